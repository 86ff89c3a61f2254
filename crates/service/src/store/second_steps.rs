//! The second step of signing in: its sealed secret, the newest code that was accepted, the recovery codes.

use super::value::{Micros, micros};
use super::{Connection, Tx, statements};
use crate::error::{Act, Error};
use jiff::Timestamp;
use sqlx::FromRow;
use toolcrib_model::AccountId;

statements! {
    OF_ACCOUNT = "SELECT sealed_secret, offered_at, on_since FROM second_steps WHERE account_id = $1";
    // Only what is not on may be offered anew.
    OFFER = "INSERT INTO second_steps (account_id, sealed_secret, offered_at, last_step) VALUES ($1, $2, $3, 0)
             ON CONFLICT (account_id)
             DO UPDATE SET sealed_secret = excluded.sealed_secret, offered_at = excluded.offered_at, last_step = 0
             WHERE second_steps.on_since IS NULL";
    SWITCH_ON = "UPDATE second_steps SET on_since = $2 WHERE account_id = $1 AND on_since IS NULL";
    CLAIM_STEP = "UPDATE second_steps SET last_step = $2 WHERE account_id = $1 AND last_step < $2";
    REMOVE = "DELETE FROM second_steps WHERE account_id = $1";
    ADD_CODE = "INSERT INTO recovery_codes (account_id, digest) VALUES ($1, $2)";
    CLAIM_CODE = "UPDATE recovery_codes SET used_at = $3
                  WHERE account_id = $1 AND digest = $2 AND used_at IS NULL";
    CODES_LEFT = "SELECT COUNT(*) FROM recovery_codes WHERE account_id = $1 AND used_at IS NULL";
    DROP_CODES = "DELETE FROM recovery_codes WHERE account_id = $1";
}

/// A person's second step, on or only offered.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, FromRow)]
pub struct SecondStepRow {
    pub sealed_secret: String,
    #[sqlx(try_from = "i64")]
    pub offered_at: Micros,
    pub on_since: Option<i64>,
}

/// A person's second step, if there is one.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn of_account(
    connection: &mut Connection,
    account: AccountId,
) -> Result<Option<SecondStepRow>, Error> {
    let query = sqlx::query_as(OF_ACCOUNT).bind(account.to_string());
    query
        .fetch_optional(connection)
        .await
        .act("look up a second step")
}

/// Keeps a secret that was offered, in place of an earlier offer. Answers whether it was kept: not while it is on.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn offer(tx: &mut Tx, account: AccountId, sealed: &str, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(OFFER).bind(account.to_string()).bind(sealed);
    let done = query.bind(micros(now)).execute(&mut **tx).await;
    Ok(done.act("offer a second step")?.rows_affected() == 1)
}

/// Switches an offered second step on. Answers whether it was off.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn switch_on(tx: &mut Tx, account: AccountId, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(SWITCH_ON).bind(account.to_string()).bind(micros(now));
    let done = query.execute(&mut **tx).await;
    Ok(done.act("switch a second step on")?.rows_affected() == 1)
}

/// Claims the code of a time step. Answers whether this call was the first to claim it or a later one.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn claim_step(tx: &mut Tx, account: AccountId, step: u64) -> Result<bool, Error> {
    let query = sqlx::query(CLAIM_STEP)
        .bind(account.to_string())
        .bind(step.cast_signed());
    let done = query.execute(&mut **tx).await;
    Ok(done.act("claim a code")?.rows_affected() == 1)
}

/// Claims a recovery code. Answers whether there is such a code and nobody had used it.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn claim_code(
    tx: &mut Tx,
    account: AccountId,
    digest: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let query = sqlx::query(CLAIM_CODE).bind(account.to_string()).bind(digest);
    let done = query.bind(micros(now)).execute(&mut **tx).await;
    Ok(done.act("claim a recovery code")?.rows_affected() == 1)
}

/// How many recovery codes have not been used.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn codes_left(connection: &mut Connection, account: AccountId) -> Result<i64, Error> {
    let query = sqlx::query_scalar(CODES_LEFT).bind(account.to_string());
    query.fetch_one(connection).await.act("count recovery codes")
}

/// Puts recovery codes in place of all earlier ones.
///
/// # Errors
/// [`Error::Store`] where they cannot be written.
pub async fn replace_codes(tx: &mut Tx, account: AccountId, digests: &[String]) -> Result<(), Error> {
    drop_codes(tx, account).await?;
    for digest in digests {
        let query = sqlx::query(ADD_CODE).bind(account.to_string()).bind(digest);
        query.execute(&mut **tx).await.act("add a recovery code")?;
    }
    Ok(())
}

/// Removes the second step with its recovery codes.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn remove(tx: &mut Tx, account: AccountId) -> Result<(), Error> {
    drop_codes(tx, account).await?;
    let query = sqlx::query(REMOVE).bind(account.to_string());
    query
        .execute(&mut **tx)
        .await
        .act("remove a second step")
        .map(drop)
}

async fn drop_codes(tx: &mut Tx, account: AccountId) -> Result<(), Error> {
    let query = sqlx::query(DROP_CODES).bind(account.to_string());
    query
        .execute(&mut **tx)
        .await
        .act("drop recovery codes")
        .map(drop)
}
