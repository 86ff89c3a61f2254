//! Update policies, and since when releases are offered.

use super::groups::name_key;
use super::value::{Micros, micros};
use super::{Connection, Tx, Word, statements};
use crate::error::{Act, Error};
use jiff::Timestamp;
use sqlx::FromRow;
use toolcrib_model::{AccountId, ContractId, DeviceId, PolicyId, ProductId, UserId, Version};

statements! {
    ADD = "INSERT INTO update_policies (id, contract_id, name, name_key, rule, halted, changed_at)
           VALUES ($1, $2, $3, $4, $5, FALSE, $6)";
    CHANGE = "UPDATE update_policies SET name = $3, name_key = $4, rule = $5, changed_at = $6
              WHERE contract_id = $1 AND id = $2";
    HALT = "UPDATE update_policies SET halted = $3, changed_at = $4 WHERE contract_id = $1 AND id = $2";
    REMOVE = "DELETE FROM update_policies WHERE contract_id = $1 AND id = $2";
    TAKEN = "SELECT EXISTS (SELECT 1 FROM update_policies WHERE contract_id = $1 AND name_key = $2 AND id <> $3)";
    LIST = "SELECT id AS policy, rule, halted, changed_at FROM update_policies
            WHERE contract_id = $1 ORDER BY name_key";
    SIGHT = "INSERT INTO release_sightings (product, version, first_offered_at) VALUES ($1, $2, $3)
             ON CONFLICT (product, version) DO NOTHING";
    SIGHTINGS = "SELECT product, version, first_offered_at FROM release_sightings
                 WHERE product IN (SELECT product FROM subscriptions WHERE contract_id = $1)
                 ORDER BY product, version";
    COMPUTERS = "SELECT d.id AS device, d.name, d.public_key, a.id AS account, a.user_id, i.product, i.version
                 FROM installations i JOIN devices d ON d.id = i.device_id JOIN accounts a ON a.id = d.account_id
                 WHERE a.id IN (SELECT account_id FROM memberships WHERE contract_id = $1)
                   AND i.product IN (SELECT product FROM subscriptions WHERE contract_id = $1)
                 ORDER BY d.name, d.id, i.product";
}

/// A policy.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct PolicyRow {
    #[sqlx(try_from = "String")]
    pub policy: Word<PolicyId>,
    pub rule: String,
    pub halted: bool,
    #[sqlx(try_from = "i64")]
    pub changed_at: Micros,
}

/// Since when a release is offered.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct SightingRow {
    #[sqlx(try_from = "String")]
    pub product: Word<ProductId>,
    #[sqlx(try_from = "String")]
    pub version: Word<Version>,
    #[sqlx(try_from = "i64")]
    pub first_offered_at: Micros,
}

/// A product on a computer of a contract's person.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct ComputerRow {
    #[sqlx(try_from = "String")]
    pub device: Word<DeviceId>,
    pub name: String,
    pub public_key: String,
    #[sqlx(try_from = "String")]
    pub account: Word<AccountId>,
    #[sqlx(try_from = "String")]
    pub user_id: Word<UserId>,
    #[sqlx(try_from = "String")]
    pub product: Word<ProductId>,
    #[sqlx(try_from = "String")]
    pub version: Word<Version>,
}

/// A policy to be written.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Copy, Debug)]
pub struct NewPolicyRow<'a> {
    pub policy: PolicyId,
    pub contract: ContractId,
    pub name: &'a str,
    pub rule: &'a str,
    pub at: Timestamp,
}

/// Adds a policy.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn add(tx: &mut Tx, new: &NewPolicyRow<'_>) -> Result<(), Error> {
    let query = sqlx::query(ADD)
        .bind(new.policy.to_string())
        .bind(new.contract.to_string());
    let query = query.bind(new.name).bind(name_key(new.name)).bind(new.rule);
    let query = query.bind(micros(new.at));
    query
        .execute(&mut **tx)
        .await
        .act("add an update policy")
        .map(drop)
}

/// Changes a policy; whether there was one.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn change(tx: &mut Tx, new: &NewPolicyRow<'_>) -> Result<bool, Error> {
    let query = sqlx::query(CHANGE)
        .bind(new.contract.to_string())
        .bind(new.policy.to_string());
    let query = query.bind(new.name).bind(name_key(new.name)).bind(new.rule);
    let query = query.bind(micros(new.at));
    let done = query.execute(&mut **tx).await.act("change an update policy")?;
    Ok(done.rows_affected() > 0)
}

/// Halts a policy or lets it go on; whether there was one.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn halt(
    tx: &mut Tx,
    (contract, policy): (ContractId, PolicyId),
    halted: bool,
    at: Timestamp,
) -> Result<bool, Error> {
    let query = sqlx::query(HALT)
        .bind(contract.to_string())
        .bind(policy.to_string());
    let query = query.bind(halted).bind(micros(at));
    let done = query.execute(&mut **tx).await.act("halt an update policy")?;
    Ok(done.rows_affected() > 0)
}

/// Removes a policy; whether there was one.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn remove(tx: &mut Tx, contract: ContractId, policy: PolicyId) -> Result<bool, Error> {
    let query = sqlx::query(REMOVE)
        .bind(contract.to_string())
        .bind(policy.to_string());
    let done = query.execute(&mut **tx).await.act("remove an update policy")?;
    Ok(done.rows_affected() > 0)
}

/// Whether another policy of the contract than `but` has that name.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn is_taken(
    connection: &mut Connection,
    contract: ContractId,
    name: &str,
    but: Option<PolicyId>,
) -> Result<bool, Error> {
    let but = but.map(|policy| policy.to_string()).unwrap_or_default();
    let query = sqlx::query_scalar(TAKEN).bind(contract.to_string());
    let query = query.bind(name_key(name)).bind(but);
    query.fetch_one(connection).await.act("look up a policy's name")
}

/// The policies of a contract by name.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn list(connection: &mut Connection, contract: ContractId) -> Result<Vec<PolicyRow>, Error> {
    let query = sqlx::query_as(LIST).bind(contract.to_string());
    query.fetch_all(connection).await.act("list update policies")
}

/// Notes that a release is offered, if it was not noted before.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn sight(tx: &mut Tx, product: &ProductId, version: &Version, at: Timestamp) -> Result<(), Error> {
    let query = sqlx::query(SIGHT)
        .bind(product.as_str())
        .bind(version.to_string());
    let query = query.bind(micros(at));
    query.execute(&mut **tx).await.act("note a release").map(drop)
}

/// Since when the releases of a contract's products are offered.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn sightings(connection: &mut Connection, contract: ContractId) -> Result<Vec<SightingRow>, Error> {
    let query = sqlx::query_as(SIGHTINGS).bind(contract.to_string());
    query
        .fetch_all(connection)
        .await
        .act("look up since when releases are offered")
}

/// What is installed on the computers of a contract's people.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn computers(connection: &mut Connection, contract: ContractId) -> Result<Vec<ComputerRow>, Error> {
    let query = sqlx::query_as(COMPUTERS).bind(contract.to_string());
    query
        .fetch_all(connection)
        .await
        .act("list a contract's computers")
}
