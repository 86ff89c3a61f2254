use super::engine::Record;
use super::*;
use camino::Utf8PathBuf;
use sqlx::{Executor as _, SqlSafeStr as _};

struct Open {
    _folder: tempfile::TempDir,
    store: Store,
}

async fn open() -> Open {
    let folder = tempfile::tempdir().expect("a folder");
    let path = Utf8PathBuf::try_from(folder.path().join("service.db")).expect("Unicode");
    let store = Store::open(&path).await.expect("opens");
    store.migrate(&path).await.expect("migrates");
    Open {
        _folder: folder,
        store,
    }
}

#[tokio::test]
async fn every_statement_fits_the_migrated_database() {
    let open = open().await;
    let mut reader = open.store.read().await.expect("a reader");
    let all = [
        accounts::STATEMENTS,
        audit::STATEMENTS,
        company_terms::STATEMENTS,
        contracts::STATEMENTS,
        device_facts::STATEMENTS,
        devices::STATEMENTS,
        groups::STATEMENTS,
        hand_overs::STATEMENTS,
        kept_releases::STATEMENTS,
        leases::STATEMENTS,
        offline::STATEMENTS,
        readiness_board::STATEMENTS,
        readiness_checks::STATEMENTS,
        readiness_exceptions::STATEMENTS,
        readiness_lists::STATEMENTS,
        readiness_machines::STATEMENTS,
        open_sessions::STATEMENTS,
        places::STATEMENTS,
        privacy::STATEMENTS,
        second_steps::STATEMENTS,
        serials::STATEMENTS,
        sessions::STATEMENTS,
        timeline::STATEMENTS,
        update_policies::STATEMENTS,
    ];
    for (name, sql) in all.concat() {
        reader
            .prepare(sql.into_sql_str())
            .await
            .unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

/// The steps by which the database would answer a statement with two values.
async fn plan(reader: &mut Connection, statements: &[(&str, &str)], name: &str) -> String {
    let named = statements.iter().find(|(one, _)| *one == name);
    let (_, sql) = named.expect("there is such a statement");
    let query = sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}")));
    let steps: Vec<(i64, i64, i64, String)> = query
        .bind("a contract")
        .bind("a person")
        .fetch_all(reader)
        .await
        .expect("a plan");
    let steps: Vec<String> = steps.into_iter().map(|(_, _, _, step)| step).collect();
    steps.join("\n")
}

#[tokio::test]
async fn what_one_person_is_told_takes_no_look_at_everybody_else() {
    let open = open().await;
    let mut reader = open.store.read().await.expect("a reader");
    let groups = plan(&mut reader, groups::STATEMENTS, "MEMBER").await;
    assert!(
        groups.contains("group_members_by_account (account_id=?)"),
        "{groups}"
    );
    let versions = plan(&mut reader, company_terms::STATEMENTS, "OWN_VERSIONS").await;
    let own = "SEARCH v USING INDEX sqlite_autoindex_person_versions_1 (contract_id=? AND account_id=?)";
    assert!(versions.contains(own), "{versions}");
}

#[tokio::test]
async fn a_reader_cannot_write() {
    let open = open().await;
    let mut reader = open.store.read().await.expect("a reader");
    let refused = sqlx::query("DELETE FROM audit").execute(&mut *reader).await;
    assert!(refused.is_err());
}

#[tokio::test]
async fn a_write_that_is_not_committed_leaves_nothing() {
    let open = open().await;
    let now = jiff::Timestamp::now();
    let entry = || audit::Entry {
        at: now,
        organisation: None,
        actor: audit::Actor::Service,
        act: "tried",
        subject: "nothing",
        details: serde_json::json!({}),
    };
    let mut dropped = open.store.write().await.expect("a writer");
    audit::append(&mut dropped, &entry()).await.expect("appends");
    drop(dropped);
    let kept = open.store.write().await.expect("a writer");
    kept.commit(Record::Entry(entry())).await.expect("commits");
    let mut reader = open.store.read().await.expect("a reader");
    assert_eq!(audit::count(&mut reader, "tried").await.expect("counts"), 1);
}

#[tokio::test]
async fn a_sound_database_has_no_faults_and_migrating_twice_is_nothing() {
    let open = open().await;
    assert_eq!(open.store.faults().await.expect("checks"), Vec::<String>::new());
}
