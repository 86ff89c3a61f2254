//! Sessions that have not ended: where a person is signed in.

use super::sessions::end;
use super::value::{Micros, micros};
use super::{Connection, Tx, Word, statements};
use crate::error::{Act, Error};
use jiff::Timestamp;
use sqlx::FromRow;
use toolcrib_model::{AccountId, DeviceId};
use uuid::Uuid;

statements! {
    OPEN_OF = "SELECT s.id AS session, s.device_id AS device, d.name AS device_name, s.signed_in_at
               FROM sessions s LEFT JOIN devices d ON d.id = s.device_id
               WHERE s.account_id = $1 AND s.ended_at IS NULL AND s.id > $2
                 AND (EXISTS (SELECT 1 FROM access_tokens t WHERE t.session_id = s.id AND t.expires_at > $3)
                      OR EXISTS (SELECT 1 FROM refresh_tokens r
                                 WHERE r.session_id = s.id AND r.claimed_at IS NULL AND r.expires_at > $3))
               ORDER BY s.id LIMIT $4";
    OWN = "SELECT EXISTS (SELECT 1 FROM sessions WHERE id = $1 AND account_id = $2 AND ended_at IS NULL)";
    ON_DEVICE = "SELECT id FROM sessions WHERE device_id = $1 AND ended_at IS NULL";
}

/// A session that has not ended.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the columns under their own names")]
pub struct OpenRow {
    #[sqlx(try_from = "String")]
    pub session: Word<Uuid>,
    pub device: Option<String>,
    pub device_name: Option<String>,
    #[sqlx(try_from = "i64")]
    pub signed_in_at: Micros,
}

/// The person's sessions that have not ended, after the one with the id `after`.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn open_of(
    connection: &mut Connection,
    account: AccountId,
    after: &str,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<OpenRow>, Error> {
    let query = sqlx::query_as(OPEN_OF).bind(account.to_string()).bind(after);
    query
        .bind(micros(now))
        .bind(i64::from(limit))
        .fetch_all(connection)
        .await
        .act("list sessions")
}

/// Whether a session is the person's and has not ended.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn is_own(connection: &mut Connection, session: Uuid, account: AccountId) -> Result<bool, Error> {
    let query = sqlx::query_scalar(OWN)
        .bind(session.to_string())
        .bind(account.to_string());
    query.fetch_one(connection).await.act("look up a session")
}

/// Ends all sessions on a device. Answers how many there were.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn end_on_device(
    tx: &mut Tx,
    device: DeviceId,
    reason: &str,
    now: Timestamp,
) -> Result<usize, Error> {
    let query = sqlx::query_scalar(ON_DEVICE).bind(device.to_string());
    let open: Vec<String> = query.fetch_all(&mut **tx).await.act("list sessions")?;
    let mut ended = 0;
    for session in open {
        let session: Word<Uuid> = session.try_into()?;
        ended += usize::from(end(tx, session.0, reason, now).await?);
    }
    Ok(ended)
}
