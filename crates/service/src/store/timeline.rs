//! The timeline of each device: what happened to its licences, in the transaction of the deed itself.

use super::value::{Micros, micros, text};
use super::{Connection, Tx, Word, statements};
use crate::error::{Act, Error};
use jiff::{SignedDuration, Timestamp};
use sqlx::FromRow;
use toolcrib_model::{AccountId, DeviceId, ProductId};
use toolcrib_wire::api::timeline::DeviceEvent;
use uuid::Uuid;

/// The same refusal within this span is told once, however often a client asks.
const SAME_REFUSAL: SignedDuration = SignedDuration::from_hours(1);

statements! {
    ADD = "INSERT INTO device_events (id, device_id, at, event, product, reason, detail, next_at, actor_id)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    BEFORE = "SELECT e.id, e.at, e.event, e.product, e.reason, e.detail, e.next_at,
                     CASE WHEN e.actor_id = d.account_id THEN NULL ELSE a.name END AS by_name
              FROM device_events e
              JOIN devices d ON d.id = e.device_id
              LEFT JOIN accounts a ON a.id = e.actor_id
              WHERE e.device_id = $1 AND e.id < $2 ORDER BY e.id DESC LIMIT $3";
    TOLD_SINCE = "SELECT EXISTS (SELECT 1 FROM device_events
                                 WHERE device_id = $1 AND product = $2 AND reason = $3 AND at > $4)";
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Happened<'a> {
    /// Where.
    pub device: DeviceId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: DeviceEvent,
    /// To which product, if it concerns one.
    pub product: Option<&'a ProductId>,
    /// Why it was refused, if it was: the code, and the same in words.
    pub refusal: Option<(&'a str, &'a str)>,
    /// The next date that follows.
    pub next_at: Option<Timestamp>,
    /// Who did it; nobody, where the device asked by itself.
    pub actor: Option<AccountId>,
}

impl<'a> Happened<'a> {
    /// What happened to a device itself.
    pub const fn to_device(device: DeviceId, event: DeviceEvent, actor: AccountId, at: Timestamp) -> Self {
        Self {
            device,
            at,
            event,
            product: None,
            refusal: None,
            next_at: None,
            actor: Some(actor),
        }
    }

    /// What happened to a product on it.
    pub const fn on(self, product: &'a ProductId) -> Self {
        Self {
            product: Some(product),
            ..self
        }
    }

    /// The next date that follows.
    pub const fn then(self, next_at: Timestamp) -> Self {
        Self {
            next_at: Some(next_at),
            ..self
        }
    }
}

/// An entry as it is read.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct EventRow {
    #[sqlx(try_from = "String")]
    pub id: Word<Uuid>,
    #[sqlx(try_from = "i64")]
    pub at: Micros,
    #[sqlx(try_from = "String")]
    pub event: Word<DeviceEvent>,
    pub product: Option<String>,
    pub reason: Option<String>,
    pub detail: Option<String>,
    pub next_at: Option<i64>,
    pub by_name: Option<String>,
}

/// Adds an entry.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn add(tx: &mut Tx, happened: &Happened<'_>) -> Result<(), Error> {
    let (reason, detail) = happened.refusal.unzip();
    let query = sqlx::query(ADD)
        .bind(Uuid::now_v7().to_string())
        .bind(happened.device.to_string());
    let query = query.bind(micros(happened.at)).bind(text(&happened.event));
    let query = query.bind(happened.product.map(ProductId::as_str)).bind(reason);
    let query = query.bind(detail).bind(happened.next_at.map(micros));
    query
        .bind(happened.actor.map(|actor| actor.to_string()))
        .execute(&mut **tx)
        .await
        .act("write a timeline")
        .map(drop)
}

/// Whether the same refusal was told a short while ago.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn was_just_told(
    connection: &mut Connection,
    device: DeviceId,
    product: &ProductId,
    reason: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let query = sqlx::query_scalar(TOLD_SINCE)
        .bind(device.to_string())
        .bind(product.as_str());
    query
        .bind(reason)
        .bind(micros(now - SAME_REFUSAL))
        .fetch_one(connection)
        .await
        .act("look up a timeline")
}

/// Entries of a device before the one with the id `before`, the newest first; an empty `before` begins at the end.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn list(
    connection: &mut Connection,
    device: DeviceId,
    before: &str,
    limit: u32,
) -> Result<Vec<EventRow>, Error> {
    // Every id is of hexadecimal digits, so `g` stands behind all of them.
    let before = if before.is_empty() { "g" } else { before };
    let query = sqlx::query_as(BEFORE).bind(device.to_string()).bind(before);
    query
        .bind(i64::from(limit))
        .fetch_all(connection)
        .await
        .act("read a timeline")
}
