//! What computers reported: their newest state, the reports themselves, what they found wanting.

use super::value::{Count, Micros, micros, text};
use super::{Connection, Tx, Word, statements};
use crate::error::{Act, Error};
use jiff::Timestamp;
use sqlx::FromRow;
use toolcrib_model::{CheckId, Digest, MachineId, ReportId, Verdict};
use toolcrib_wire::api::readiness::board::Change;

statements! {
    BY_KEY = "SELECT id AS machine, verdict, made_at FROM readiness_machines WHERE check_id = $1 AND device_key = $2";
    COUNT = "SELECT COUNT(*) FROM readiness_machines WHERE check_id = $1";
    PUT = "INSERT INTO readiness_machines (id, check_id, device_key, name, name_key, sort_key, verdict, change, made_at,
                                           received_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key,
               sort_key = excluded.sort_key, verdict = excluded.verdict, change = excluded.change,
               made_at = excluded.made_at, received_at = excluded.received_at";
    CLEAR_FINDINGS = "DELETE FROM readiness_findings WHERE machine_id = $1";
    CLEAR_VERDICTS = "DELETE FROM readiness_product_verdicts WHERE machine_id = $1";
    FIND = "INSERT INTO readiness_findings (machine_id, product, rule, check_id, verdict, measured, needed)
            VALUES ($1, $2, $3, $4, $5, $6, $7)";
    JUDGED = "INSERT INTO readiness_product_verdicts (machine_id, product, verdict) VALUES ($1, $2, $3)";
    KEEP = "INSERT INTO readiness_reports (id, machine_id, verdict, sha256, document, made_at, received_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)";
    KNOWN = "SELECT sha256 FROM readiness_reports WHERE machine_id = $1 AND made_at = $2";
    THIN = "DELETE FROM readiness_reports WHERE machine_id = $1 AND id NOT IN
                (SELECT id FROM readiness_reports WHERE machine_id = $1 ORDER BY made_at DESC LIMIT $2)";
    REPORTS = "SELECT verdict, sha256, document, made_at, received_at FROM readiness_reports
               WHERE machine_id = $1 ORDER BY made_at DESC";
}

/// A computer that reported before.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct KnownMachine {
    #[sqlx(try_from = "String")]
    pub machine: Word<MachineId>,
    #[sqlx(try_from = "String")]
    pub verdict: Word<Verdict>,
    #[sqlx(try_from = "i64")]
    pub made_at: Micros,
}

/// A computer's state as it is written.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug)]
pub struct MachineState<'a> {
    pub machine: MachineId,
    pub check: CheckId,
    pub device_key: &'a str,
    pub name: &'a str,
    pub name_key: &'a str,
    pub verdict: Verdict,
    pub change: Change,
    pub made_at: Timestamp,
    pub received_at: Timestamp,
}

/// What a report found wanting.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug)]
pub struct NewFinding<'a> {
    pub product: &'a str,
    pub rule: &'a str,
    pub verdict: Verdict,
    pub measured: &'a str,
    pub needed: &'a str,
}

/// A report to be kept.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug)]
pub struct NewReport<'a> {
    pub machine: MachineId,
    pub verdict: Verdict,
    pub sha256: Digest,
    /// The signed document, compressed.
    pub document: &'a [u8],
    pub made_at: Timestamp,
    pub received_at: Timestamp,
}

/// A report that was kept.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct ReportRow {
    #[sqlx(try_from = "String")]
    pub verdict: Word<Verdict>,
    #[sqlx(try_from = "String")]
    pub sha256: Word<Digest>,
    /// The signed document, compressed.
    pub document: Vec<u8>,
    #[sqlx(try_from = "i64")]
    pub made_at: Micros,
    #[sqlx(try_from = "i64")]
    pub received_at: Micros,
}

/// The computer of a check with that key, if it reported before.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn by_key(
    connection: &mut Connection,
    check: CheckId,
    device_key: &str,
) -> Result<Option<KnownMachine>, Error> {
    let query = sqlx::query_as(BY_KEY).bind(check.to_string()).bind(device_key);
    query
        .fetch_optional(connection)
        .await
        .act("look up a checked computer")
}

/// How many computers reported to a check.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn count(connection: &mut Connection, check: CheckId) -> Result<u32, Error> {
    let query = sqlx::query_scalar(COUNT).bind(check.to_string());
    let found: i64 = query.fetch_one(connection).await.act("count checked computers")?;
    Ok(Count::try_from(found)?.0)
}

/// Puts a computer's newest state into place of the one before.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn put(tx: &mut Tx, state: &MachineState<'_>) -> Result<(), Error> {
    let id = state.machine.to_string();
    let query = sqlx::query(PUT)
        .bind(&id)
        .bind(state.check.to_string())
        .bind(state.device_key);
    let query = query
        .bind(state.name)
        .bind(state.name_key)
        .bind(format!("{}/{id}", state.name_key));
    let query = query.bind(text(&state.verdict)).bind(text(&state.change));
    query
        .bind(micros(state.made_at))
        .bind(micros(state.received_at))
        .execute(&mut **tx)
        .await
        .act("note a computer's readiness")
        .map(drop)
}

/// Replaces what a computer's newest report found wanting, and how it fares for each product.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn judge(
    tx: &mut Tx,
    check: CheckId,
    machine: MachineId,
    findings: &[NewFinding<'_>],
    products: &[(&str, Verdict)],
) -> Result<(), Error> {
    for sql in [CLEAR_FINDINGS, CLEAR_VERDICTS] {
        let query = sqlx::query(sql).bind(machine.to_string());
        query
            .execute(&mut **tx)
            .await
            .act("replace a computer's findings")?;
    }
    for finding in findings {
        let query = sqlx::query(FIND)
            .bind(machine.to_string())
            .bind(finding.product)
            .bind(finding.rule);
        let query = query.bind(check.to_string()).bind(text(&finding.verdict));
        let query = query.bind(finding.measured).bind(finding.needed);
        query.execute(&mut **tx).await.act("note a finding")?;
    }
    for (product, verdict) in products {
        let query = sqlx::query(JUDGED).bind(machine.to_string()).bind(*product);
        let query = query.bind(text(verdict));
        query
            .execute(&mut **tx)
            .await
            .act("note a verdict for a product")?;
    }
    Ok(())
}

/// Keeps a report, and of that computer's reports only the newest `most`.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn keep(tx: &mut Tx, id: ReportId, report: &NewReport<'_>, most: u32) -> Result<(), Error> {
    let query = sqlx::query(KEEP)
        .bind(id.to_string())
        .bind(report.machine.to_string())
        .bind(text(&report.verdict));
    let query = query.bind(report.sha256.to_string()).bind(report.document);
    let query = query
        .bind(micros(report.made_at))
        .bind(micros(report.received_at));
    query.execute(&mut **tx).await.act("keep a report")?;
    let thin = sqlx::query(THIN)
        .bind(report.machine.to_string())
        .bind(i64::from(most));
    thin.execute(&mut **tx).await.act("drop old reports").map(drop)
}

/// The digest of the report that a computer made at that moment, if it is kept.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn known(
    connection: &mut Connection,
    machine: MachineId,
    made_at: Timestamp,
) -> Result<Option<Digest>, Error> {
    let query = sqlx::query_scalar(KNOWN)
        .bind(machine.to_string())
        .bind(micros(made_at));
    let raw: Option<String> = query.fetch_optional(connection).await.act("look up a report")?;
    raw.map(|raw| Word::try_from(raw).map(|word| word.0)).transpose()
}

/// The kept reports of a computer, the newest first.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn reports(connection: &mut Connection, machine: MachineId) -> Result<Vec<ReportRow>, Error> {
    let query = sqlx::query_as(REPORTS).bind(machine.to_string());
    query.fetch_all(connection).await.act("list a computer's reports")
}
