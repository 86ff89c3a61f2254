//! Devices and what is installed on them.

use super::value::{Micros, micros, text};
use super::{Connection, Tx, Word, statements};
use crate::error::{Act, Error};
use jiff::Timestamp;
use sqlx::FromRow;
use toolcrib_model::serial::BroughtBy;
use toolcrib_model::{AccountId, DeviceId, OrganisationId, Platform, ProductId, UserId, Version};

statements! {
    KNOW = "INSERT INTO devices (id, account_id, public_key, name, platform, registered_at, last_seen_at, machine_hint)
            VALUES ($1, $2, $3, $4, $5, $6, $6, $7)
            ON CONFLICT (account_id, public_key)
            DO UPDATE SET name = excluded.name, platform = excluded.platform, last_seen_at = excluded.last_seen_at,
                          machine_hint = COALESCE(excluded.machine_hint, devices.machine_hint)
            RETURNING id";
    ON_MACHINE = "SELECT EXISTS (SELECT 1 FROM devices WHERE account_id = $1 AND machine_hint = $2 AND id <> $3)";
    HINT_OF = "SELECT machine_hint FROM devices WHERE id = $1";
    OWNER = "SELECT d.account_id AS account, a.organisation_id AS organisation
             FROM devices d JOIN accounts a ON a.id = d.account_id WHERE d.id = $1";
    BY_KEY = "SELECT d.id FROM devices d JOIN accounts a ON a.id = d.account_id
              WHERE a.user_id = $1 AND d.public_key = $2";
    SEEN = "UPDATE devices SET last_seen_at = $2 WHERE id = $1";
    KEY_OF = "SELECT public_key FROM devices WHERE id = $1 AND account_id = $2";
    OWN = "SELECT d.id AS device, d.name, d.platform, a.name AS user_name, a.user_id, d.registered_at, d.last_seen_at,
                  EXISTS (SELECT 1 FROM sessions s WHERE s.device_id = d.id AND s.ended_at IS NULL) AS signed_in
           FROM devices d JOIN accounts a ON a.id = d.account_id
           WHERE d.account_id = $1 AND d.id > $2 ORDER BY d.id LIMIT $3";
    ALL = "SELECT d.id AS device, d.name, d.platform, a.name AS user_name, a.user_id, d.registered_at, d.last_seen_at,
                  EXISTS (SELECT 1 FROM sessions s WHERE s.device_id = d.id AND s.ended_at IS NULL) AS signed_in
           FROM devices d JOIN accounts a ON a.id = d.account_id
           WHERE a.organisation_id = $1 AND d.id > $2 ORDER BY d.id LIMIT $3";
    INSTALLATIONS = "SELECT product, version, reported_at FROM installations WHERE device_id = $1 ORDER BY product";
    INSTALLED = "INSERT INTO installations (device_id, product, version, reported_at, installed_at, brought_by,
                                            fetched_at)
                 VALUES ($1, $2, $3, $4, $4, $5, $6)
                 ON CONFLICT (device_id, product)
                 DO UPDATE SET version = excluded.version, reported_at = excluded.reported_at,
                               brought_by = excluded.brought_by, fetched_at = excluded.fetched_at";
    INSTALLATION = "SELECT brought_by, fetched_at, installed_at FROM installations
                    WHERE device_id = $1 AND product = $2";
    UNINSTALLED = "DELETE FROM installations WHERE device_id = $1 AND product = $2";
}

/// A device.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct DeviceRow {
    #[sqlx(try_from = "String")]
    pub device: Word<DeviceId>,
    pub name: String,
    #[sqlx(try_from = "String")]
    pub platform: Word<Platform>,
    pub user_name: String,
    #[sqlx(try_from = "String")]
    pub user_id: Word<UserId>,
    pub signed_in: bool,
    #[sqlx(try_from = "i64")]
    pub registered_at: Micros,
    #[sqlx(try_from = "i64")]
    pub last_seen_at: Micros,
}

/// A product on a device.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct InstallationRow {
    #[sqlx(try_from = "String")]
    pub product: Word<ProductId>,
    #[sqlx(try_from = "String")]
    pub version: Word<Version>,
    #[sqlx(try_from = "i64")]
    pub reported_at: Micros,
}

/// Whose a device is.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Copy, Debug, FromRow)]
pub struct OwnerRow {
    #[sqlx(try_from = "String")]
    pub account: Word<AccountId>,
    #[sqlx(try_from = "String")]
    pub organisation: Word<OrganisationId>,
}

/// How a product came onto a device.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Copy, Debug, FromRow)]
pub struct ArrivalRow {
    #[sqlx(try_from = "String")]
    pub brought_by: Word<BroughtBy>,
    pub fetched_at: Option<i64>,
    #[sqlx(try_from = "i64")]
    pub installed_at: Micros,
}

/// What a device reports of a product.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Copy, Debug)]
pub struct Arrived<'a> {
    pub product: &'a ProductId,
    pub version: &'a Version,
    pub brought_by: BroughtBy,
    pub fetched_at: Option<Timestamp>,
}

/// A device as it introduced itself.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug)]
pub struct Introduced<'a> {
    pub account: AccountId,
    pub public_key: &'a str,
    pub name: &'a str,
    pub platform: Platform,
    pub machine_hint: Option<&'a str>,
}

/// Whose devices to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// One person's own.
    Own(AccountId),
    /// All of a customer.
    All(OrganisationId),
}

/// Registers a device, or refreshes what is known of it. Answers its id.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn know(
    tx: &mut Tx,
    new: DeviceId,
    device: &Introduced<'_>,
    now: Timestamp,
) -> Result<DeviceId, Error> {
    let query = sqlx::query_scalar(KNOW)
        .bind(new.to_string())
        .bind(device.account.to_string());
    let query = query
        .bind(device.public_key)
        .bind(device.name)
        .bind(text(&device.platform))
        .bind(micros(now))
        .bind(device.machine_hint);
    let raw: String = query.fetch_one(&mut **tx).await.act("register a device")?;
    Ok(Word::try_from(raw)?.0)
}

/// The device of `user_id` with that key, if it is known.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn by_key(
    connection: &mut Connection,
    user_id: &str,
    public_key: &str,
) -> Result<Option<DeviceId>, Error> {
    let query = sqlx::query_scalar(BY_KEY).bind(user_id).bind(public_key);
    let raw: Option<String> = query.fetch_optional(connection).await.act("look up a device")?;
    raw.map(|raw| Word::try_from(raw).map(|word| word.0)).transpose()
}

/// Notes that a device was seen.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn seen(tx: &mut Tx, device: DeviceId, now: Timestamp) -> Result<(), Error> {
    let query = sqlx::query(SEEN).bind(device.to_string()).bind(micros(now));
    query
        .execute(&mut **tx)
        .await
        .act("note a device as seen")
        .map(drop)
}

/// The public key of a person's device, in hexadecimal.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn key_of(
    connection: &mut Connection,
    device: DeviceId,
    account: AccountId,
) -> Result<Option<String>, Error> {
    let query = sqlx::query_scalar(KEY_OF)
        .bind(device.to_string())
        .bind(account.to_string());
    query
        .fetch_optional(connection)
        .await
        .act("look up a device's key")
}

/// Devices after the one with the id `after`.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn list(
    connection: &mut Connection,
    whose: Whose,
    after: &str,
    limit: u32,
) -> Result<Vec<DeviceRow>, Error> {
    let query = match whose {
        Whose::Own(account) => sqlx::query_as(OWN).bind(account.to_string()),
        Whose::All(organisation) => sqlx::query_as(ALL).bind(organisation.to_string()),
    };
    query
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(connection)
        .await
        .act("list devices")
}

/// What is installed on a device.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn installations(
    connection: &mut Connection,
    device: DeviceId,
) -> Result<Vec<InstallationRow>, Error> {
    let query = sqlx::query_as(INSTALLATIONS).bind(device.to_string());
    query.fetch_all(connection).await.act("list installations")
}

/// Notes a product as installed.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn installed(
    tx: &mut Tx,
    device: DeviceId,
    arrived: &Arrived<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    let query = sqlx::query(INSTALLED)
        .bind(device.to_string())
        .bind(arrived.product.as_str());
    let query = query.bind(arrived.version.to_string()).bind(micros(now));
    query
        .bind(text(&arrived.brought_by))
        .bind(arrived.fetched_at.map(micros))
        .execute(&mut **tx)
        .await
        .act("note an installation")
        .map(drop)
}

/// How a product came onto a device, if it is there.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn arrival(
    connection: &mut Connection,
    device: DeviceId,
    product: &ProductId,
) -> Result<Option<ArrivalRow>, Error> {
    let query = sqlx::query_as(INSTALLATION)
        .bind(device.to_string())
        .bind(product.as_str());
    query
        .fetch_optional(connection)
        .await
        .act("look up an installation")
}

/// Whose a device is, if there is such a device.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn owner(connection: &mut Connection, device: DeviceId) -> Result<Option<OwnerRow>, Error> {
    let query = sqlx::query_as(OWNER).bind(device.to_string());
    query.fetch_optional(connection).await.act("look up a device")
}

/// The hint of the computer that a device is.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn hint_of(connection: &mut Connection, device: DeviceId) -> Result<Option<String>, Error> {
    let query = sqlx::query_scalar(HINT_OF).bind(device.to_string());
    let found: Option<Option<String>> = query.fetch_optional(connection).await.act("look up a device")?;
    Ok(found.flatten())
}

/// Whether the person has another device on the same computer.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn has_twin(
    connection: &mut Connection,
    account: AccountId,
    hint: &str,
    device: DeviceId,
) -> Result<bool, Error> {
    let query = sqlx::query_scalar(ON_MACHINE)
        .bind(account.to_string())
        .bind(hint);
    query
        .bind(device.to_string())
        .fetch_one(connection)
        .await
        .act("look for devices of one computer")
}

/// Notes a product as removed.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn uninstalled(tx: &mut Tx, device: DeviceId, product: &ProductId) -> Result<(), Error> {
    let query = sqlx::query(UNINSTALLED)
        .bind(device.to_string())
        .bind(product.as_str());
    query.execute(&mut **tx).await.act("note a removal").map(drop)
}
