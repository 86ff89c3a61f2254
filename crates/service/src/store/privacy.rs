//! The operator's privacy statements, and who accepted which version.

use super::value::{Micros, micros};
use super::{Connection, Tx, statements};
use crate::error::{Act, Error};
use jiff::Timestamp;
use sqlx::FromRow;
use toolcrib_model::AccountId;

statements! {
    IN_FORCE = "SELECT number, version, text FROM privacy_statements ORDER BY number DESC LIMIT 1";
    REPLACE = "INSERT INTO privacy_statements (number, version, text, in_force_from) VALUES ($1, $2, $3, $4)";
    ACCEPTED_AT = "SELECT accepted_at FROM privacy_acceptances WHERE account_id = $1 AND version = $2";
    ACCEPT = "INSERT INTO privacy_acceptances (account_id, version, accepted_at) VALUES ($1, $2, $3)
              ON CONFLICT (account_id, version) DO NOTHING";
}

/// A statement of the operator's own.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct StatementRow {
    pub number: i64,
    pub version: String,
    pub text: String,
}

/// The operator's own statement that is in force, if there is one.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn in_force(connection: &mut Connection) -> Result<Option<StatementRow>, Error> {
    let query = sqlx::query_as(IN_FORCE).fetch_optional(connection).await;
    query.act("look up the privacy statement")
}

/// Puts a statement in force.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn replace(tx: &mut Tx, new: &StatementRow, now: Timestamp) -> Result<(), Error> {
    let query = sqlx::query(REPLACE).bind(new.number).bind(&new.version);
    let done = query.bind(&new.text).bind(micros(now)).execute(&mut **tx).await;
    done.act("replace the privacy statement").map(drop)
}

/// When a person accepted a version, if they did.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn accepted_at(
    connection: &mut Connection,
    account: AccountId,
    version: &str,
) -> Result<Option<Timestamp>, Error> {
    let query = sqlx::query_scalar(ACCEPTED_AT)
        .bind(account.to_string())
        .bind(version);
    let raw: Option<i64> = query
        .fetch_optional(connection)
        .await
        .act("look up an acceptance")?;
    raw.map(|raw| Micros::try_from(raw).map(|time| time.0))
        .transpose()
}

/// Notes that a person accepted a version. Answers whether it was for the first time.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn accept(tx: &mut Tx, account: AccountId, version: &str, at: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(ACCEPT).bind(account.to_string()).bind(version);
    let done = query.bind(micros(at)).execute(&mut **tx).await;
    Ok(done.act("note an acceptance")?.rows_affected() == 1)
}
