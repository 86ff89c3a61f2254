//! Lists of the computers of a check, and of what they found wanting.
//!
//! How a computer stands is reckoned by [`super::readiness_state`].

use super::readiness_state::{machine, silent};
use super::value::{Count, Micros, micros, text};
use super::{Connection, Word, statements};
use crate::error::{Act, Error};
use jiff::Timestamp;
use sqlx::FromRow;
use toolcrib_model::{CheckId, Digest, MachineId, Verdict};
use toolcrib_wire::api::readiness::board::{Change, State};
use toolcrib_wire::api::readiness::machine::MachineFilter;

statements! {
    SILENT = concat!(
        "SELECT e.name, e.name_key FROM ", silent!(), " AND e.name_key > $2 ORDER BY e.name_key LIMIT $3"
    );
    MACHINES = concat!(
        "SELECT * FROM (
             SELECT ", machine!(), ", g.verdict AS finding_verdict, g.measured, g.needed
             FROM readiness_machines m
             LEFT JOIN readiness_findings g ON g.machine_id = m.id AND g.product = $7 AND g.rule = $8
             WHERE m.check_id = $1 AND m.sort_key > $3
               AND ($6 = '' OR m.change = $6) AND ($8 = '' OR g.rule IS NOT NULL)
               AND ($9 = '' OR m.name_key LIKE $9 ESCAPE '!')) AS judged
         WHERE $5 = '' OR state = $5 ORDER BY sort_key LIMIT $4"
    );
    ONE = concat!(
        "SELECT ", machine!(), ", NULL AS finding_verdict, NULL AS measured, NULL AS needed
         FROM readiness_machines m WHERE m.check_id = $1 AND m.id = $3"
    );
    VERDICTS = "SELECT product, verdict FROM readiness_product_verdicts WHERE machine_id = $1";
    FINDINGS = "SELECT m.name, f.machine_id AS machine, f.product, f.rule, f.verdict, f.measured, f.needed
                FROM readiness_machines m JOIN readiness_findings f ON f.machine_id = m.id
                WHERE m.check_id = $1 ORDER BY m.sort_key, f.product, f.rule";
    DIGESTS = "SELECT m.id AS machine, m.name, m.device_key, m.verdict, r.sha256, m.made_at
               FROM readiness_machines m
               JOIN readiness_reports r ON r.machine_id = m.id AND r.made_at = m.made_at
               WHERE m.check_id = $1 ORDER BY m.sort_key";
}

/// A computer of a list.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct MachineRow {
    #[sqlx(try_from = "String")]
    pub machine: Word<MachineId>,
    pub name: String,
    pub sort_key: String,
    #[sqlx(try_from = "String")]
    pub verdict: Word<Verdict>,
    #[sqlx(try_from = "String")]
    pub state: Word<State>,
    #[sqlx(try_from = "String")]
    pub change: Word<Change>,
    #[sqlx(try_from = "i64")]
    pub made_at: Micros,
    #[sqlx(try_from = "i64")]
    pub received_at: Micros,
    #[sqlx(try_from = "i64")]
    pub finding_count: Count,
    pub finding_verdict: Option<String>,
    pub measured: Option<String>,
    pub needed: Option<String>,
}

/// A finding of a computer.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct FindingRow {
    #[sqlx(try_from = "String")]
    pub machine: Word<MachineId>,
    pub name: String,
    pub product: String,
    pub rule: String,
    #[sqlx(try_from = "String")]
    pub verdict: Word<Verdict>,
    pub measured: String,
    pub needed: String,
}

/// A computer with the digest of its newest report.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct DigestRow {
    #[sqlx(try_from = "String")]
    pub machine: Word<MachineId>,
    pub name: String,
    pub device_key: String,
    #[sqlx(try_from = "String")]
    pub verdict: Word<Verdict>,
    #[sqlx(try_from = "String")]
    pub sha256: Word<Digest>,
    #[sqlx(try_from = "i64")]
    pub made_at: Micros,
}

/// Awaited computers that have not reported: name, and key to go on after.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn silent(
    connection: &mut Connection,
    check: CheckId,
    after: &str,
    limit: u32,
) -> Result<Vec<(String, String)>, Error> {
    let query = sqlx::query_as(SILENT).bind(check.to_string()).bind(after);
    query
        .bind(i64::from(limit))
        .fetch_all(connection)
        .await
        .act("list silent computers")
}

/// Computers by name, those that the filter lets through.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn machines(
    connection: &mut Connection,
    check: CheckId,
    filter: &MachineFilter,
    now: Timestamp,
    after: &str,
    limit: u32,
) -> Result<Vec<MachineRow>, Error> {
    let query = sqlx::query_as(MACHINES)
        .bind(check.to_string())
        .bind(micros(now))
        .bind(after)
        .bind(i64::from(limit));
    let query = query
        .bind(filter.state.map(|state| text(&state)).unwrap_or_default())
        .bind(filter.change.map(|change| text(&change)).unwrap_or_default());
    let query = query
        .bind(
            filter
                .product
                .as_ref()
                .map(|product| product.as_str().to_owned())
                .unwrap_or_default(),
        )
        .bind(filter.rule.clone().unwrap_or_default())
        .bind(filter.name.as_deref().map(contains).unwrap_or_default());
    query.fetch_all(connection).await.act("list checked computers")
}

/// A pattern for names that have `text` in them.
fn contains(text: &str) -> String {
    let escaped = text
        .to_lowercase()
        .replace('!', "!!")
        .replace('%', "!%")
        .replace('_', "!_");
    format!("%{escaped}%")
}

/// One computer of a check.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn machine(
    connection: &mut Connection,
    check: CheckId,
    machine: MachineId,
    now: Timestamp,
) -> Result<Option<MachineRow>, Error> {
    let query = sqlx::query_as(ONE).bind(check.to_string()).bind(micros(now));
    query
        .bind(machine.to_string())
        .fetch_optional(connection)
        .await
        .act("look up a checked computer")
}

/// How a computer fares for each product.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn verdicts(
    connection: &mut Connection,
    machine: MachineId,
) -> Result<Vec<(String, String)>, Error> {
    let query = sqlx::query_as(VERDICTS).bind(machine.to_string());
    query
        .fetch_all(connection)
        .await
        .act("list a computer's verdicts")
}

/// Everything that is lacking, computer by computer.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn findings(connection: &mut Connection, check: CheckId) -> Result<Vec<FindingRow>, Error> {
    let query = sqlx::query_as(FINDINGS).bind(check.to_string());
    query.fetch_all(connection).await.act("list findings")
}

/// Every computer with the digest of its newest report.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn digests(connection: &mut Connection, check: CheckId) -> Result<Vec<DigestRow>, Error> {
    let query = sqlx::query_as(DIGESTS).bind(check.to_string());
    query.fetch_all(connection).await.act("list the newest reports")
}
