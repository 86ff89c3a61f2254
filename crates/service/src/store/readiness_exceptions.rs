//! Findings that somebody answers for.

use super::value::{Micros, micros};
use super::{Connection, Tx, Word, statements};
use crate::error::{Act, Error};
use jiff::Timestamp;
use sqlx::FromRow;
use toolcrib_model::{AccountId, CheckId, ExceptionId, MachineId};

statements! {
    ADD = "INSERT INTO readiness_exceptions (id, check_id, product, rule, machine_id, reason, accepted_by, accepted_at,
                                             ends_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    LIST = "SELECT e.id AS exception, e.product, e.rule, e.machine_id, m.name AS machine_name, e.reason,
                   a.name AS accepted_by, e.accepted_at, e.ends_at
            FROM readiness_exceptions e
            JOIN accounts a ON a.id = e.accepted_by
            LEFT JOIN readiness_machines m ON m.id = e.machine_id
            WHERE e.check_id = $1 ORDER BY e.accepted_at DESC, e.id";
    COUNT = "SELECT COUNT(*) FROM readiness_exceptions WHERE check_id = $1";
    WITHDRAW = "DELETE FROM readiness_exceptions WHERE check_id = $1 AND id = $2";
}

/// A new exception.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug)]
pub struct NewExceptionRow<'a> {
    pub exception: ExceptionId,
    pub check: CheckId,
    pub product: &'a str,
    pub rule: &'a str,
    pub machine: Option<MachineId>,
    pub reason: &'a str,
    pub accepted_by: AccountId,
    pub accepted_at: Timestamp,
    pub ends_at: Timestamp,
}

/// An exception.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct ExceptionRow {
    #[sqlx(try_from = "String")]
    pub exception: Word<ExceptionId>,
    pub product: String,
    pub rule: String,
    pub machine_id: Option<String>,
    pub machine_name: Option<String>,
    pub reason: String,
    pub accepted_by: String,
    #[sqlx(try_from = "i64")]
    pub accepted_at: Micros,
    #[sqlx(try_from = "i64")]
    pub ends_at: Micros,
}

/// Adds an exception.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn add(tx: &mut Tx, new: &NewExceptionRow<'_>) -> Result<(), Error> {
    let query = sqlx::query(ADD)
        .bind(new.exception.to_string())
        .bind(new.check.to_string());
    let query = query
        .bind(new.product)
        .bind(new.rule)
        .bind(new.machine.map(|machine| machine.to_string()));
    let query = query.bind(new.reason).bind(new.accepted_by.to_string());
    query
        .bind(micros(new.accepted_at))
        .bind(micros(new.ends_at))
        .execute(&mut **tx)
        .await
        .act("add an exception")
        .map(drop)
}

/// The exceptions of a check, the newest first, those that ended among them.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn list(connection: &mut Connection, check: CheckId) -> Result<Vec<ExceptionRow>, Error> {
    let query = sqlx::query_as(LIST).bind(check.to_string());
    query.fetch_all(connection).await.act("list exceptions")
}

/// How many exceptions a check has.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn count(connection: &mut Connection, check: CheckId) -> Result<i64, Error> {
    let query = sqlx::query_scalar(COUNT).bind(check.to_string());
    query.fetch_one(connection).await.act("count exceptions")
}

/// Withdraws an exception; whether there was one.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn withdraw(tx: &mut Tx, check: CheckId, exception: ExceptionId) -> Result<bool, Error> {
    let query = sqlx::query(WITHDRAW)
        .bind(check.to_string())
        .bind(exception.to_string());
    let done = query.execute(&mut **tx).await.act("withdraw an exception")?;
    Ok(done.rows_affected() > 0)
}
