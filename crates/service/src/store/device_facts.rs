//! The facts of the computers that use the client, for customers who collect them.

use super::value::{Micros, micros};
use super::{Connection, Tx, Word, statements};
use crate::error::{Act, Error};
use jiff::Timestamp;
use sqlx::FromRow;
use toolcrib_model::{AccountId, DeviceId, OrganisationId};

statements! {
    SETTING = "SELECT s.collected, a.name AS changed_by, s.changed_at
               FROM device_facts_settings s JOIN accounts a ON a.id = s.changed_by WHERE s.organisation_id = $1";
    SET = "INSERT INTO device_facts_settings (organisation_id, collected, changed_by, changed_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT (organisation_id) DO UPDATE SET collected = excluded.collected,
               changed_by = excluded.changed_by, changed_at = excluded.changed_at";
    FORGET = "DELETE FROM device_facts WHERE device_id IN
                  (SELECT d.id FROM devices d JOIN accounts a ON a.id = d.account_id WHERE a.organisation_id = $1)";
    PUT = "INSERT INTO device_facts (device_id, facts, received_at) VALUES ($1, $2, $3)
           ON CONFLICT (device_id) DO UPDATE SET facts = excluded.facts, received_at = excluded.received_at";
    LIST = "SELECT d.id AS device, d.name, a.name AS user_name, f.facts, f.received_at
            FROM device_facts f JOIN devices d ON d.id = f.device_id JOIN accounts a ON a.id = d.account_id
            WHERE a.organisation_id = $1 AND d.id > $2 ORDER BY d.id LIMIT $3";
    OF_ACCOUNT = "SELECT d.id AS device, d.name, a.name AS user_name, f.facts, f.received_at
                  FROM device_facts f JOIN devices d ON d.id = f.device_id JOIN accounts a ON a.id = d.account_id
                  WHERE d.account_id = $1 ORDER BY f.received_at DESC, d.id LIMIT $2";
}

/// Whether a customer collects facts, and who decided that.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct SettingRow {
    pub collected: bool,
    pub changed_by: String,
    #[sqlx(try_from = "i64")]
    pub changed_at: Micros,
}

/// The facts of a device.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct FactsRow {
    #[sqlx(try_from = "String")]
    pub device: Word<DeviceId>,
    pub name: String,
    pub user_name: String,
    pub facts: String,
    #[sqlx(try_from = "i64")]
    pub received_at: Micros,
}

/// What a customer decided, if it ever did.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn setting(
    connection: &mut Connection,
    organisation: OrganisationId,
) -> Result<Option<SettingRow>, Error> {
    let query = sqlx::query_as(SETTING).bind(organisation.to_string());
    query
        .fetch_optional(connection)
        .await
        .act("look up whether facts are collected")
}

/// Notes what a customer decided; without collecting, what was collected goes.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn set(
    tx: &mut Tx,
    organisation: OrganisationId,
    collected: bool,
    by: AccountId,
    now: Timestamp,
) -> Result<(), Error> {
    let query = sqlx::query(SET).bind(organisation.to_string()).bind(collected);
    let query = query.bind(by.to_string()).bind(micros(now));
    query
        .execute(&mut **tx)
        .await
        .act("decide whether facts are collected")?;
    if !collected {
        let forget = sqlx::query(FORGET).bind(organisation.to_string());
        forget.execute(&mut **tx).await.act("forget collected facts")?;
    }
    Ok(())
}

/// Replaces the facts of a device.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn put(tx: &mut Tx, device: DeviceId, facts: &str, now: Timestamp) -> Result<(), Error> {
    let query = sqlx::query(PUT).bind(device.to_string()).bind(facts);
    query
        .bind(micros(now))
        .execute(&mut **tx)
        .await
        .act("keep a device's facts")
        .map(drop)
}

/// The facts of a customer's devices, after the one with the id `after`.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn list(
    connection: &mut Connection,
    organisation: OrganisationId,
    after: &str,
    limit: u32,
) -> Result<Vec<FactsRow>, Error> {
    let query = sqlx::query_as(LIST).bind(organisation.to_string()).bind(after);
    query
        .bind(i64::from(limit))
        .fetch_all(connection)
        .await
        .act("list devices' facts")
}

/// The facts of a person's own devices, the one that told last first.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn of_account(
    connection: &mut Connection,
    account: AccountId,
    limit: u32,
) -> Result<Vec<FactsRow>, Error> {
    let query = sqlx::query_as(OF_ACCOUNT).bind(account.to_string());
    query
        .bind(i64::from(limit))
        .fetch_all(connection)
        .await
        .act("list one's own devices' facts")
}
