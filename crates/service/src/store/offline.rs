//! Answers to computers without a network: each request is answered once, and a lost answer can be had again.

use super::{Connection, Tx, Word, statements};
use crate::error::{Act, Error};
use crate::store::value::micros;
use jiff::Timestamp;
use sqlx::FromRow;
use toolcrib_model::{AccountId, DeviceId};

statements! {
    BY_NONCE = "SELECT account_id AS account, answer FROM offline_answers WHERE nonce = $1";
    ADD = "INSERT INTO offline_answers (nonce, account_id, device_id, answered_at, answer) VALUES ($1, $2, $3, $4, $5)";
}

/// A request that was answered.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, FromRow)]
pub struct AnsweredRow {
    #[sqlx(try_from = "String")]
    pub account: Word<AccountId>,
    /// What was answered, as JSON.
    pub answer: String,
}

/// What was answered to the request of that nonce, if it was.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn by_nonce(connection: &mut Connection, nonce: &str) -> Result<Option<AnsweredRow>, Error> {
    let query = sqlx::query_as(BY_NONCE).bind(nonce);
    query
        .fetch_optional(connection)
        .await
        .act("look up an offline answer")
}

/// Remembers an answer.
///
/// # Errors
/// [`Error::Store`] where it cannot be written, or the request was answered meanwhile.
pub async fn add(
    tx: &mut Tx,
    nonce: &str,
    account: AccountId,
    device: DeviceId,
    answer: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let query = sqlx::query(ADD)
        .bind(nonce)
        .bind(account.to_string())
        .bind(device.to_string());
    query
        .bind(micros(now))
        .bind(answer)
        .execute(&mut **tx)
        .await
        .act("remember an offline answer")
        .map(drop)
}
