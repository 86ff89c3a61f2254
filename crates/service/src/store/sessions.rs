//! Sessions and their tokens. A token is known here only by its SHA-256.

use super::value::{Micros, micros};
use super::{Connection, Tx, Word, statements};
use crate::error::{Act, Error};
use jiff::Timestamp;
use sqlx::FromRow;
use toolcrib_model::{AccountId, DeviceId, OrganisationId, UserId};
use uuid::Uuid;

statements! {
    OPEN = "INSERT INTO sessions (id, account_id, device_id, signed_in_at) VALUES ($1, $2, $3, $4)";
    ADD_ACCESS = "INSERT INTO access_tokens (hash, session_id, kind, expires_at) VALUES ($1, $2, $3, $4)";
    ADD_REFRESH = "INSERT INTO refresh_tokens (hash, session_id, expires_at) VALUES ($1, $2, $3)";
    BY_ACCESS = "SELECT s.id AS session, s.signed_in_at, s.device_id AS device, a.id AS account, a.user_id, a.name,
                        o.id AS organisation, o.name AS organisation_name
                 FROM access_tokens t
                 JOIN sessions s ON s.id = t.session_id
                 JOIN accounts a ON a.id = s.account_id
                 JOIN organisations o ON o.id = a.organisation_id
                 WHERE t.hash = $1 AND t.kind = $2 AND t.expires_at > $3 AND s.ended_at IS NULL";
    BY_REFRESH = "SELECT r.session_id AS session, r.claimed_at, c.claimed_at AS child_claimed_at,
                         s.device_id AS device, s.account_id AS account, a.organisation_id AS organisation
                  FROM refresh_tokens r
                  JOIN sessions s ON s.id = r.session_id
                  JOIN accounts a ON a.id = s.account_id
                  LEFT JOIN refresh_tokens c ON c.hash = r.child_hash
                  WHERE r.hash = $1 AND r.expires_at > $2 AND s.ended_at IS NULL";
    CLAIM = "UPDATE refresh_tokens SET claimed_at = $2, child_hash = $3 WHERE hash = $1 AND claimed_at IS NULL";
    ACCESS_END = "SELECT expires_at FROM access_tokens WHERE hash = $1";
    END = "UPDATE sessions SET ended_at = $2, end_reason = $3 WHERE id = $1 AND ended_at IS NULL";
    DROP_ACCESS = "DELETE FROM access_tokens WHERE session_id = $1";
    SWEEP_ACCESS = "DELETE FROM access_tokens WHERE expires_at <= $1";
    SWEEP_REFRESH = "DELETE FROM refresh_tokens WHERE expires_at <= $1";
}

/// How an access token is presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// In the `Authorization` header, by a client.
    Bearer,
    /// In a cookie, by the portal.
    Cookie,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::Bearer => "bearer",
            Self::Cookie => "cookie",
        }
    }
}

/// The session behind an access token, with the person.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the columns under their own names")]
pub struct Live {
    #[sqlx(try_from = "String")]
    pub session: Word<Uuid>,
    #[sqlx(try_from = "i64")]
    pub signed_in_at: Micros,
    pub device: Option<String>,
    #[sqlx(try_from = "String")]
    pub account: Word<AccountId>,
    #[sqlx(try_from = "String")]
    pub user_id: Word<UserId>,
    pub name: String,
    #[sqlx(try_from = "String")]
    pub organisation: Word<OrganisationId>,
    pub organisation_name: String,
}

/// A refresh token and what has become of it.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the columns under their own names")]
pub struct Refreshable {
    #[sqlx(try_from = "String")]
    pub session: Word<Uuid>,
    #[sqlx(try_from = "String")]
    pub account: Word<AccountId>,
    #[sqlx(try_from = "String")]
    pub organisation: Word<OrganisationId>,
    pub device: Option<String>,
    pub claimed_at: Option<i64>,
    pub child_claimed_at: Option<i64>,
}

/// Reads a device id that may be absent.
///
/// # Errors
/// [`Error::StoredValue`] where the column holds something else.
pub fn device(raw: Option<&String>) -> Result<Option<DeviceId>, Error> {
    raw.map(|raw| Word::try_from(raw.clone()).map(|word| word.0))
        .transpose()
}

/// Opens a session at the moment of an interactive sign-in.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn open(
    tx: &mut Tx,
    session: Uuid,
    account: AccountId,
    device: Option<DeviceId>,
    at: Timestamp,
) -> Result<(), Error> {
    let query = sqlx::query(OPEN)
        .bind(session.to_string())
        .bind(account.to_string());
    let query = query
        .bind(device.map(|device| device.to_string()))
        .bind(micros(at));
    query.execute(&mut **tx).await.act("open a session").map(drop)
}

/// Adds an access token to a session.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn add_access(
    tx: &mut Tx,
    hash: &str,
    session: Uuid,
    kind: Kind,
    expires_at: Timestamp,
) -> Result<(), Error> {
    let query = sqlx::query(ADD_ACCESS)
        .bind(hash)
        .bind(session.to_string())
        .bind(kind.word());
    query
        .bind(micros(expires_at))
        .execute(&mut **tx)
        .await
        .act("add an access token")
        .map(drop)
}

/// Adds a refresh token to a session.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn add_refresh(tx: &mut Tx, hash: &str, session: Uuid, expires_at: Timestamp) -> Result<(), Error> {
    let query = sqlx::query(ADD_REFRESH)
        .bind(hash)
        .bind(session.to_string())
        .bind(micros(expires_at));
    query
        .execute(&mut **tx)
        .await
        .act("add a refresh token")
        .map(drop)
}

/// The live session behind an access token.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn by_access(
    connection: &mut Connection,
    hash: &str,
    kind: Kind,
    now: Timestamp,
) -> Result<Option<Live>, Error> {
    let query = sqlx::query_as(BY_ACCESS)
        .bind(hash)
        .bind(kind.word())
        .bind(micros(now));
    query.fetch_optional(connection).await.act("look up a session")
}

/// The refresh token of a session that has not ended.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn by_refresh(
    connection: &mut Connection,
    hash: &str,
    now: Timestamp,
) -> Result<Option<Refreshable>, Error> {
    let query = sqlx::query_as(BY_REFRESH).bind(hash).bind(micros(now));
    query
        .fetch_optional(connection)
        .await
        .act("look up a refresh token")
}

/// Claims a refresh token for one child. Answers whether this call was the one that claimed it.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn claim(tx: &mut Tx, hash: &str, child: &str, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(CLAIM).bind(hash).bind(micros(now)).bind(child);
    let done = query.execute(&mut **tx).await.act("claim a refresh token")?;
    Ok(done.rows_affected() == 1)
}

/// When an access token ends.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn access_end(connection: &mut Connection, hash: &str) -> Result<Option<Timestamp>, Error> {
    let query = sqlx::query_scalar(ACCESS_END).bind(hash);
    let raw: Option<i64> = query
        .fetch_optional(connection)
        .await
        .act("look up an access token")?;
    raw.map(|raw| Micros::try_from(raw).map(|time| time.0))
        .transpose()
}

/// Ends a session with all its tokens. Answers whether it was still open.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn end(tx: &mut Tx, session: Uuid, reason: &str, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(END)
        .bind(session.to_string())
        .bind(micros(now))
        .bind(reason);
    let done = query.execute(&mut **tx).await.act("end a session")?;
    sqlx::query(DROP_ACCESS)
        .bind(session.to_string())
        .execute(&mut **tx)
        .await
        .act("drop the access tokens")?;
    Ok(done.rows_affected() == 1)
}

/// Removes tokens that have ended.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64, Error> {
    let mut swept = 0;
    for statement in [SWEEP_ACCESS, SWEEP_REFRESH] {
        let done = sqlx::query(statement).bind(micros(now)).execute(&mut **tx).await;
        swept += done.act("sweep old tokens")?.rows_affected();
    }
    Ok(swept)
}
