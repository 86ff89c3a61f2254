//! Places: the devices on which a person's seat is in use.

use super::value::{Micros, micros};
use super::{Connection, Tx, Word, statements};
use crate::error::{Act, Error};
use jiff::Timestamp;
use sqlx::FromRow;
use toolcrib_model::{AccountId, DeviceId, Platform, ProductId, SubscriptionId};

statements! {
    OF_DEVICE = "SELECT product, subscription_id AS subscription, last_used_at, verify_by, works_until, offline_until,
                        released_at
                 FROM places WHERE device_id = $1 ORDER BY product";
    ONE = "SELECT product, subscription_id AS subscription, last_used_at, verify_by, works_until, offline_until,
                  released_at
           FROM places WHERE device_id = $1 AND product = $2";
    LIVE = "SELECT p.device_id AS device, d.name, d.platform, d.machine_hint, p.last_used_at
            FROM places p JOIN devices d ON d.id = p.device_id
            WHERE p.account_id = $1 AND p.subscription_id = $2 AND p.released_at IS NULL AND p.works_until > $3
            ORDER BY p.last_used_at DESC, p.device_id";
    TAKE = "INSERT INTO places (device_id, product, account_id, subscription_id, taken_at, last_used_at, verify_by,
                                works_until, offline_until)
            VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8)
            ON CONFLICT (device_id, product)
            DO UPDATE SET subscription_id = excluded.subscription_id, last_used_at = excluded.last_used_at,
                          verify_by = excluded.verify_by, works_until = excluded.works_until,
                          offline_until = excluded.offline_until, released_at = NULL";
    RELEASE = "UPDATE places SET released_at = $3, offline_until = NULL
               WHERE device_id = $1 AND product = $2 AND released_at IS NULL";
    CONTRACT_OF = "SELECT s.contract_id FROM places p JOIN subscriptions s ON s.id = p.subscription_id
                   WHERE p.device_id = $1 AND p.product = $2";
}

/// A product's place on a device.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct PlaceRow {
    #[sqlx(try_from = "String")]
    pub product: Word<ProductId>,
    #[sqlx(try_from = "String")]
    pub subscription: Word<SubscriptionId>,
    #[sqlx(try_from = "i64")]
    pub last_used_at: Micros,
    #[sqlx(try_from = "i64")]
    pub verify_by: Micros,
    #[sqlx(try_from = "i64")]
    pub works_until: Micros,
    pub offline_until: Option<i64>,
    pub released_at: Option<i64>,
}

impl PlaceRow {
    /// Until when the product was taken offline.
    ///
    /// # Errors
    /// [`Error::StoredValue`] where the column holds no time.
    pub fn offline_until(&self) -> Result<Option<Timestamp>, Error> {
        time(self.offline_until)
    }

    /// When the product was released from the device.
    ///
    /// # Errors
    /// [`Error::StoredValue`] where the column holds no time.
    pub fn released_at(&self) -> Result<Option<Timestamp>, Error> {
        time(self.released_at)
    }
}

fn time(raw: Option<i64>) -> Result<Option<Timestamp>, Error> {
    raw.map(|raw| Micros::try_from(raw).map(|time| time.0))
        .transpose()
}

/// A place that counts.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct LivePlace {
    #[sqlx(try_from = "String")]
    pub device: Word<DeviceId>,
    pub name: String,
    #[sqlx(try_from = "String")]
    pub platform: Word<Platform>,
    pub machine_hint: Option<String>,
    #[sqlx(try_from = "i64")]
    pub last_used_at: Micros,
}

/// A place as a lease takes it.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug)]
pub struct Taken<'a> {
    pub device: DeviceId,
    pub product: &'a ProductId,
    pub account: AccountId,
    pub subscription: SubscriptionId,
    pub verify_by: Timestamp,
    pub works_until: Timestamp,
    pub offline_until: Option<Timestamp>,
}

/// All places on a device, released ones too, by product.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn of_device(connection: &mut Connection, device: DeviceId) -> Result<Vec<PlaceRow>, Error> {
    let query = sqlx::query_as(OF_DEVICE).bind(device.to_string());
    query.fetch_all(connection).await.act("list places")
}

/// The place of a product on a device, if it ever had one.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn one(
    connection: &mut Connection,
    device: DeviceId,
    product: &ProductId,
) -> Result<Option<PlaceRow>, Error> {
    let query = sqlx::query_as(ONE)
        .bind(device.to_string())
        .bind(product.as_str());
    query.fetch_optional(connection).await.act("look up a place")
}

/// The places of a person that count for a subscription, the one used last first.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn live(
    connection: &mut Connection,
    account: AccountId,
    subscription: SubscriptionId,
    now: Timestamp,
) -> Result<Vec<LivePlace>, Error> {
    let query = sqlx::query_as(LIVE)
        .bind(account.to_string())
        .bind(subscription.to_string());
    query
        .bind(micros(now))
        .fetch_all(connection)
        .await
        .act("list the places of a person")
}

/// Takes a place, or goes on holding it.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn take(tx: &mut Tx, taken: &Taken<'_>, now: Timestamp) -> Result<(), Error> {
    let query = sqlx::query(TAKE)
        .bind(taken.device.to_string())
        .bind(taken.product.as_str());
    let query = query
        .bind(taken.account.to_string())
        .bind(taken.subscription.to_string());
    let query = query
        .bind(micros(now))
        .bind(micros(taken.verify_by))
        .bind(micros(taken.works_until));
    query
        .bind(taken.offline_until.map(micros))
        .execute(&mut **tx)
        .await
        .act("take a place")
        .map(drop)
}

/// Releases a place. Answers whether it was held.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn release(
    tx: &mut Tx,
    device: DeviceId,
    product: &ProductId,
    now: Timestamp,
) -> Result<bool, Error> {
    let query = sqlx::query(RELEASE)
        .bind(device.to_string())
        .bind(product.as_str());
    let done = query.bind(micros(now)).execute(&mut **tx).await;
    Ok(done.act("release a place")?.rows_affected() == 1)
}

/// The contract that grants what is used in a place.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn contract_of(
    connection: &mut Connection,
    device: DeviceId,
    product: &ProductId,
) -> Result<Option<toolcrib_model::ContractId>, Error> {
    let query = sqlx::query_scalar(CONTRACT_OF)
        .bind(device.to_string())
        .bind(product.as_str());
    let raw: Option<String> = query.fetch_optional(connection).await.act("look up a place")?;
    raw.map(|raw| Word::try_from(raw).map(|word| word.0)).transpose()
}
