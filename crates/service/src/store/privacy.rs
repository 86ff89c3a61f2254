//! Who accepted which version of the privacy statement.

use super::value::{Micros, micros};
use super::{Connection, Tx, statements};
use crate::error::{Act, Error};
use jiff::Timestamp;
use toolcrib_model::AccountId;

statements! {
    ACCEPTED_AT = "SELECT accepted_at FROM privacy_acceptances WHERE account_id = $1 AND version = $2";
    ACCEPT = "INSERT INTO privacy_acceptances (account_id, version, accepted_at) VALUES ($1, $2, $3)
              ON CONFLICT (account_id, version) DO NOTHING";
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
