//! Hand-overs that are open. A token is known here only by its SHA-256; one that was used is gone.

use super::value::{Micros, micros, text};
use super::{Connection, Tx, Word, statements};
use crate::error::{Act, Error};
use jiff::Timestamp;
use sqlx::FromRow;
use toolcrib_model::{AccountId, Language, OrganisationId, ProductId, UserId, Version};
use toolcrib_wire::api::hand_over::NewHandOver;
use uuid::Uuid;

statements! {
    ADD = "INSERT INTO hand_overs (hash, account_id, session_id, product, version, language, made_at, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    // The newest stay.
    TRIM = "DELETE FROM hand_overs WHERE account_id = $1
            AND hash NOT IN (SELECT hash FROM hand_overs WHERE account_id = $1 ORDER BY made_at DESC, hash LIMIT $2)";
    OPEN = "SELECT a.id AS account, a.user_id, a.name, o.id AS organisation, o.name AS organisation_name,
                   s.signed_in_at, h.product, h.version, h.language, h.expires_at
            FROM hand_overs h
            JOIN sessions s ON s.id = h.session_id
            JOIN accounts a ON a.id = h.account_id
            JOIN organisations o ON o.id = a.organisation_id
            WHERE h.hash = $1 AND h.expires_at > $2 AND s.ended_at IS NULL";
    // Judged once more in the deed itself: between looking and claiming somebody may have signed out.
    CLAIM = "DELETE FROM hand_overs WHERE hash = $1 AND expires_at > $2
             AND EXISTS (SELECT 1 FROM sessions s WHERE s.id = hand_overs.session_id AND s.ended_at IS NULL)";
    SWEEP = "DELETE FROM hand_overs WHERE expires_at <= $1";
}

/// A hand-over that can be used.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the columns under their own names")]
pub struct OpenHandOver {
    #[sqlx(try_from = "String")]
    pub account: Word<AccountId>,
    #[sqlx(try_from = "String")]
    pub user_id: Word<UserId>,
    pub name: String,
    #[sqlx(try_from = "String")]
    pub organisation: Word<OrganisationId>,
    pub organisation_name: String,
    /// When the person proved who they are for the session that made it.
    #[sqlx(try_from = "i64")]
    pub signed_in_at: Micros,
    #[sqlx(try_from = "String")]
    pub product: Word<ProductId>,
    version: Option<String>,
    language: Option<String>,
    #[sqlx(try_from = "i64")]
    pub expires_at: Micros,
}

impl OpenHandOver {
    /// The release that was chosen.
    ///
    /// # Errors
    /// [`Error::StoredValue`] where the column holds something else.
    pub fn version(&self) -> Result<Option<Version>, Error> {
        self.version.clone().map(word).transpose()
    }

    /// The language that was chosen.
    ///
    /// # Errors
    /// [`Error::StoredValue`] where the column holds something else.
    pub fn language(&self) -> Result<Option<Language>, Error> {
        self.language.clone().map(word).transpose()
    }
}

fn word<T: serde::de::DeserializeOwned>(raw: String) -> Result<T, Error> {
    Word::try_from(raw).map(|word| word.0)
}

/// Who makes a hand-over, and until when it works.
#[derive(Clone, Copy, Debug)]
pub struct Maker {
    /// The person.
    pub account: AccountId,
    /// The session.
    pub session: Uuid,
    /// Now.
    pub made_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// Adds a hand-over; of the person's others the newest `others` stay.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn add(
    tx: &mut Tx,
    hash: &str,
    maker: &Maker,
    wanted: &NewHandOver,
    others: u32,
) -> Result<(), Error> {
    let trim = sqlx::query(TRIM)
        .bind(maker.account.to_string())
        .bind(i64::from(others));
    trim.execute(&mut **tx).await.act("forget old hand-overs")?;
    let query = sqlx::query(ADD)
        .bind(hash)
        .bind(maker.account.to_string())
        .bind(maker.session.to_string())
        .bind(wanted.product.as_str())
        .bind(wanted.version.as_ref().map(text))
        .bind(wanted.language.as_ref().map(text))
        .bind(micros(maker.made_at))
        .bind(micros(maker.expires_at));
    query.execute(&mut **tx).await.act("add a hand-over").map(drop)
}

/// The hand-over behind a token, if it can still be used.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn open(
    connection: &mut Connection,
    hash: &str,
    now: Timestamp,
) -> Result<Option<OpenHandOver>, Error> {
    let query = sqlx::query_as(OPEN).bind(hash).bind(micros(now));
    query.fetch_optional(connection).await.act("look up a hand-over")
}

/// Uses a hand-over up. Answers whether this call was the one that did.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn claim(tx: &mut Tx, hash: &str, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(CLAIM).bind(hash).bind(micros(now));
    let done = query.execute(&mut **tx).await.act("claim a hand-over")?;
    Ok(done.rows_affected() == 1)
}

/// Removes hand-overs that have ended.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64, Error> {
    let query = sqlx::query(SWEEP).bind(micros(now));
    let done = query.execute(&mut **tx).await.act("sweep old hand-overs")?;
    Ok(done.rows_affected())
}
