//! Checks of many computers, the computers from which reports are awaited, and signed statements.

use super::value::{Count, Micros, micros};
use super::{Connection, Tx, Word, statements};
use crate::error::{Act, Error};
use jiff::Timestamp;
use sqlx::FromRow;
use toolcrib_model::{AccountId, CheckId, OrganisationId, SignOffId};

statements! {
    ADD = "INSERT INTO readiness_checks (id, organisation_id, created_by, title, bundle, created_at, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)";
    BY_ID = "SELECT c.id AS check_id, c.organisation_id AS organisation, c.title, c.bundle, c.created_at, c.expires_at,
                    c.closed_at, a.name AS created_by,
                    (SELECT COUNT(*) FROM readiness_machines m WHERE m.check_id = c.id) AS machine_count,
                    (SELECT COUNT(*) FROM readiness_expected e WHERE e.check_id = c.id) AS expected_count
             FROM readiness_checks c JOIN accounts a ON a.id = c.created_by WHERE c.id = $1";
    LIST = "SELECT c.id AS check_id, c.organisation_id AS organisation, c.title, c.bundle, c.created_at, c.expires_at,
                   c.closed_at, a.name AS created_by,
                   (SELECT COUNT(*) FROM readiness_machines m WHERE m.check_id = c.id) AS machine_count,
                   (SELECT COUNT(*) FROM readiness_expected e WHERE e.check_id = c.id) AS expected_count
            FROM readiness_checks c JOIN accounts a ON a.id = c.created_by
            WHERE c.organisation_id = $1 AND (c.created_at < $2 OR (c.created_at = $2 AND c.id > $3))
            ORDER BY c.created_at DESC, c.id LIMIT $4";
    CLOSE = "UPDATE readiness_checks SET closed_at = $2 WHERE id = $1";
    FORGET_FINDINGS = "DELETE FROM readiness_findings WHERE check_id = $1";
    FORGET_VERDICTS = "DELETE FROM readiness_product_verdicts
                       WHERE machine_id IN (SELECT id FROM readiness_machines WHERE check_id = $1)";
    FORGET_REPORTS = "DELETE FROM readiness_reports
                      WHERE machine_id IN (SELECT id FROM readiness_machines WHERE check_id = $1)";
    FORGET_EXCEPTIONS = "DELETE FROM readiness_exceptions WHERE check_id = $1";
    FORGET_MACHINES = "DELETE FROM readiness_machines WHERE check_id = $1";
    FORGET_EXPECTED = "DELETE FROM readiness_expected WHERE check_id = $1";
    FORGET_SIGN_OFFS = "DELETE FROM readiness_sign_offs WHERE check_id = $1";
    FORGET = "DELETE FROM readiness_checks WHERE id = $1";
    EXPECT = "INSERT INTO readiness_expected (check_id, name_key, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    EXPECTED = "SELECT name FROM readiness_expected WHERE check_id = $1 ORDER BY name_key";
    SIGN = "INSERT INTO readiness_sign_offs (id, check_id, signed_by, signed_at, document) VALUES ($1, $2, $3, $4, $5)";
    SIGN_OFFS = "SELECT s.id AS sign_off, s.signed_at, a.name AS signed_by
                 FROM readiness_sign_offs s JOIN accounts a ON a.id = s.signed_by
                 WHERE s.check_id = $1 ORDER BY s.signed_at DESC, s.id LIMIT 100";
    SIGNED = "SELECT document FROM readiness_sign_offs WHERE check_id = $1 AND id = $2";
}

/// A check.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct CheckRow {
    #[sqlx(try_from = "String")]
    pub check_id: Word<CheckId>,
    #[sqlx(try_from = "String")]
    pub organisation: Word<OrganisationId>,
    pub title: String,
    pub bundle: String,
    #[sqlx(try_from = "i64")]
    pub created_at: Micros,
    #[sqlx(try_from = "i64")]
    pub expires_at: Micros,
    pub closed_at: Option<i64>,
    pub created_by: String,
    #[sqlx(try_from = "i64")]
    pub machine_count: Count,
    #[sqlx(try_from = "i64")]
    pub expected_count: Count,
}

/// A new check.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug)]
pub struct NewCheckRow<'a> {
    pub check: CheckId,
    pub organisation: OrganisationId,
    pub created_by: AccountId,
    pub title: &'a str,
    pub bundle: &'a str,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// A signed statement, without its text.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct SignOffRow {
    #[sqlx(try_from = "String")]
    pub sign_off: Word<SignOffId>,
    #[sqlx(try_from = "i64")]
    pub signed_at: Micros,
    pub signed_by: String,
}

/// Adds a check.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn add(tx: &mut Tx, new: &NewCheckRow<'_>) -> Result<(), Error> {
    let query = sqlx::query(ADD)
        .bind(new.check.to_string())
        .bind(new.organisation.to_string())
        .bind(new.created_by.to_string());
    let query = query.bind(new.title).bind(new.bundle);
    query
        .bind(micros(new.created_at))
        .bind(micros(new.expires_at))
        .execute(&mut **tx)
        .await
        .act("add a readiness check")
        .map(drop)
}

/// The check with that id, whosever it is.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn by_id(connection: &mut Connection, check: CheckId) -> Result<Option<CheckRow>, Error> {
    let query = sqlx::query_as(BY_ID).bind(check.to_string());
    query
        .fetch_optional(connection)
        .await
        .act("look up a readiness check")
}

/// A customer's checks, the newest first: those from before the time `before`, and of that time those after `beyond`.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn list(
    connection: &mut Connection,
    organisation: OrganisationId,
    before: i64,
    beyond: &str,
    limit: u32,
) -> Result<Vec<CheckRow>, Error> {
    let query = sqlx::query_as(LIST)
        .bind(organisation.to_string())
        .bind(before)
        .bind(beyond);
    query
        .bind(i64::from(limit))
        .fetch_all(connection)
        .await
        .act("list readiness checks")
}

/// Closes a check: it takes no more reports.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn close(tx: &mut Tx, check: CheckId, now: Timestamp) -> Result<(), Error> {
    let query = sqlx::query(CLOSE).bind(check.to_string()).bind(micros(now));
    query
        .execute(&mut **tx)
        .await
        .act("close a readiness check")
        .map(drop)
}

/// Removes a check with everything that belongs to it.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn forget(tx: &mut Tx, check: CheckId) -> Result<(), Error> {
    let acts = [
        FORGET_FINDINGS,
        FORGET_VERDICTS,
        FORGET_REPORTS,
        FORGET_EXCEPTIONS,
        FORGET_MACHINES,
        FORGET_EXPECTED,
        FORGET_SIGN_OFFS,
        FORGET,
    ];
    for sql in acts {
        let query = sqlx::query(sql).bind(check.to_string());
        query.execute(&mut **tx).await.act("remove a readiness check")?;
    }
    Ok(())
}

/// Replaces the list of awaited computers; each is a key to compare by, and the name as it was given.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn expect(tx: &mut Tx, check: CheckId, names: &[(String, String)]) -> Result<(), Error> {
    let forget = sqlx::query(FORGET_EXPECTED).bind(check.to_string());
    forget
        .execute(&mut **tx)
        .await
        .act("replace the awaited computers")?;
    for (key, name) in names {
        let query = sqlx::query(EXPECT).bind(check.to_string()).bind(key).bind(name);
        query.execute(&mut **tx).await.act("await a computer")?;
    }
    Ok(())
}

/// The names of the awaited computers.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn expected(connection: &mut Connection, check: CheckId) -> Result<Vec<String>, Error> {
    let query = sqlx::query_scalar(EXPECTED).bind(check.to_string());
    query
        .fetch_all(connection)
        .await
        .act("list the awaited computers")
}

/// Keeps a signed statement.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn sign(
    tx: &mut Tx,
    sign_off: SignOffId,
    check: CheckId,
    signed_by: AccountId,
    signed_at: Timestamp,
    document: &str,
) -> Result<(), Error> {
    let query = sqlx::query(SIGN)
        .bind(sign_off.to_string())
        .bind(check.to_string());
    let query = query.bind(signed_by.to_string()).bind(micros(signed_at));
    query
        .bind(document)
        .execute(&mut **tx)
        .await
        .act("keep a sign-off")
        .map(drop)
}

/// The newest hundred signed statements of a check.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn sign_offs(connection: &mut Connection, check: CheckId) -> Result<Vec<SignOffRow>, Error> {
    let query = sqlx::query_as(SIGN_OFFS).bind(check.to_string());
    query.fetch_all(connection).await.act("list sign-offs")
}

/// The text of a signed statement of that check.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn signed(
    connection: &mut Connection,
    check: CheckId,
    sign_off: SignOffId,
) -> Result<Option<String>, Error> {
    let query = sqlx::query_scalar(SIGNED)
        .bind(check.to_string())
        .bind(sign_off.to_string());
    query.fetch_optional(connection).await.act("look up a sign-off")
}
