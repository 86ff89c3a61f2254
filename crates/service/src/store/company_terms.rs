//! What a company says of a product to its groups and people: versions, channels, holds.

use super::value::{Micros, micros};
use super::{Connection, Tx, Word, statements};
use crate::error::{Act, Error};
use jiff::Timestamp;
use sqlx::FromRow;
use toolcrib_model::{AccountId, ChannelName, ContractId, GroupId, ProductId, UserId, VersionRule};

statements! {
    SET_GROUP_VERSIONS = "INSERT INTO group_versions (group_id, product, rules) VALUES ($1, $2, $3)
                          ON CONFLICT (group_id, product) DO UPDATE SET rules = excluded.rules";
    LIFT_GROUP_VERSIONS = "DELETE FROM group_versions WHERE group_id = $1 AND product = $2";
    GROUP_VERSIONS = "SELECT v.group_id, v.product, v.rules FROM group_versions v
                      JOIN contract_groups g ON g.id = v.group_id
                      WHERE g.contract_id = $1 ORDER BY g.name_key, v.product";
    SET_PERSON_VERSIONS = "INSERT INTO person_versions (contract_id, account_id, product, rules)
                           VALUES ($1, $2, $3, $4)
                           ON CONFLICT (contract_id, account_id, product) DO UPDATE SET rules = excluded.rules";
    LIFT_PERSON_VERSIONS = "DELETE FROM person_versions WHERE contract_id = $1 AND account_id = $2 AND product = $3";
    PERSON_VERSIONS = "SELECT v.account_id AS account, a.user_id, a.name, v.product, v.rules FROM person_versions v
                       JOIN accounts a ON a.id = v.account_id
                       WHERE v.contract_id = $1
                         AND EXISTS (SELECT 1 FROM memberships m
                                     WHERE m.contract_id = v.contract_id AND m.account_id = v.account_id)
                       ORDER BY a.user_id, v.product";
    OWN_VERSIONS = "SELECT v.account_id AS account, a.user_id, a.name, v.product, v.rules FROM person_versions v
                    JOIN accounts a ON a.id = v.account_id
                    WHERE v.contract_id = $1 AND v.account_id = $2
                      AND EXISTS (SELECT 1 FROM memberships m WHERE m.contract_id = $1 AND m.account_id = $2)
                    ORDER BY v.product";
    SET_CHANNEL = "INSERT INTO group_channels (group_id, product, channel) VALUES ($1, $2, $3)
                   ON CONFLICT (group_id, product) DO UPDATE SET channel = excluded.channel";
    LIFT_CHANNEL = "DELETE FROM group_channels WHERE group_id = $1 AND product = $2";
    CHANNELS = "SELECT c.group_id, c.product, c.channel FROM group_channels c
                JOIN contract_groups g ON g.id = c.group_id
                WHERE g.contract_id = $1 ORDER BY g.name_key, c.product";
    SET_HOLD = "INSERT INTO group_holds (group_id, product, held_at, ends_at, reason) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (group_id, product)
                DO UPDATE SET held_at = excluded.held_at, ends_at = excluded.ends_at, reason = excluded.reason";
    LIFT_HOLD = "DELETE FROM group_holds WHERE group_id = $1 AND product = $2";
    HOLDS = "SELECT h.group_id, g.name AS group_name, h.product, h.held_at, h.ends_at, h.reason FROM group_holds h
             JOIN contract_groups g ON g.id = h.group_id
             WHERE g.contract_id = $1 ORDER BY g.name_key, h.product";
}

/// The versions that a group may have.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct GroupVersionsRow {
    #[sqlx(try_from = "String")]
    pub group_id: Word<GroupId>,
    #[sqlx(try_from = "String")]
    pub product: Word<ProductId>,
    #[sqlx(try_from = "String")]
    pub rules: Rules,
}

/// The versions that a person may have.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct PersonVersionsRow {
    #[sqlx(try_from = "String")]
    pub account: Word<AccountId>,
    #[sqlx(try_from = "String")]
    pub user_id: Word<UserId>,
    pub name: String,
    #[sqlx(try_from = "String")]
    pub product: Word<ProductId>,
    #[sqlx(try_from = "String")]
    pub rules: Rules,
}

/// The channel that a group is on.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct ChannelRow {
    #[sqlx(try_from = "String")]
    pub group_id: Word<GroupId>,
    #[sqlx(try_from = "String")]
    pub product: Word<ProductId>,
    #[sqlx(try_from = "String")]
    pub channel: Word<ChannelName>,
}

/// A product that is held for a group.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct HoldRow {
    #[sqlx(try_from = "String")]
    pub group_id: Word<GroupId>,
    pub group_name: String,
    #[sqlx(try_from = "String")]
    pub product: Word<ProductId>,
    #[sqlx(try_from = "i64")]
    pub held_at: Micros,
    ends_at: Option<i64>,
    pub reason: String,
}

impl HoldRow {
    /// Until when; none until it is released.
    ///
    /// # Errors
    /// [`Error::StoredValue`] where the column holds no time.
    pub fn ends_at(&self) -> Result<Option<Timestamp>, Error> {
        self.ends_at
            .map(|raw| Micros::try_from(raw).map(|at| at.0))
            .transpose()
    }
}

/// A list of rules, stored as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules(pub Vec<VersionRule>);

impl TryFrom<String> for Rules {
    type Error = Error;
    fn try_from(raw: String) -> Result<Self, Error> {
        serde_json::from_str(&raw)
            .map(Self)
            .map_err(|_| Error::StoredValue {
                kind: "a list of version rules",
                value: raw,
            })
    }
}

fn written(rules: &[VersionRule]) -> String {
    serde_json::Value::from_iter(rules.iter().map(VersionRule::as_str)).to_string()
}

/// A product, as it concerns a group.
#[derive(Clone, Copy, Debug)]
pub struct Of<'a> {
    /// The group.
    pub group: GroupId,
    /// The product.
    pub product: &'a ProductId,
}

/// Limits a group to some versions.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn set_group_versions(tx: &mut Tx, of: Of<'_>, rules: &[VersionRule]) -> Result<(), Error> {
    let query = sqlx::query(SET_GROUP_VERSIONS).bind(of.group.to_string());
    let query = query.bind(of.product.as_str()).bind(written(rules));
    query
        .execute(&mut **tx)
        .await
        .act("limit a group's versions")
        .map(drop)
}

/// Limits a person to some versions.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn set_person_versions(
    tx: &mut Tx,
    (contract, account): (ContractId, AccountId),
    product: &ProductId,
    rules: &[VersionRule],
) -> Result<(), Error> {
    let query = sqlx::query(SET_PERSON_VERSIONS).bind(contract.to_string());
    let query = query.bind(account.to_string()).bind(product.as_str());
    let query = query.bind(written(rules));
    query
        .execute(&mut **tx)
        .await
        .act("limit a person's versions")
        .map(drop)
}

/// Takes a person's list away; whether there was one.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn lift_person_versions(
    tx: &mut Tx,
    (contract, account): (ContractId, AccountId),
    product: &ProductId,
) -> Result<bool, Error> {
    let query = sqlx::query(LIFT_PERSON_VERSIONS).bind(contract.to_string());
    let query = query.bind(account.to_string()).bind(product.as_str());
    let done = query.execute(&mut **tx).await.act("lift a person's versions")?;
    Ok(done.rows_affected() > 0)
}

/// Puts a group on a channel.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn set_channel(tx: &mut Tx, of: Of<'_>, channel: &ChannelName) -> Result<(), Error> {
    let query = sqlx::query(SET_CHANNEL).bind(of.group.to_string());
    let query = query.bind(of.product.as_str()).bind(channel.as_str());
    query
        .execute(&mut **tx)
        .await
        .act("put a group on a channel")
        .map(drop)
}

/// Holds a product for a group.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn set_hold(
    tx: &mut Tx,
    of: Of<'_>,
    ends_at: Option<Timestamp>,
    reason: &str,
    at: Timestamp,
) -> Result<(), Error> {
    let query = sqlx::query(SET_HOLD).bind(of.group.to_string());
    let query = query.bind(of.product.as_str()).bind(micros(at));
    let query = query.bind(ends_at.map(micros)).bind(reason);
    query
        .execute(&mut **tx)
        .await
        .act("hold a product for a group")
        .map(drop)
}

/// Something that was said of a product to a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Which versions it may have.
    Versions,
    /// Its channel.
    Channel,
    /// A hold.
    Hold,
}

/// Takes back what was said to a group; whether it was.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn lift(tx: &mut Tx, of: Of<'_>, said: Said) -> Result<bool, Error> {
    let sql = match said {
        Said::Versions => LIFT_GROUP_VERSIONS,
        Said::Channel => LIFT_CHANNEL,
        Said::Hold => LIFT_HOLD,
    };
    let query = sqlx::query(sql).bind(of.group.to_string());
    let query = query.bind(of.product.as_str());
    let done = query
        .execute(&mut **tx)
        .await
        .act("take back what a group was told")?;
    Ok(done.rows_affected() > 0)
}

/// The lists of all groups of a contract.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn group_versions(
    connection: &mut Connection,
    contract: ContractId,
) -> Result<Vec<GroupVersionsRow>, Error> {
    let query = sqlx::query_as(GROUP_VERSIONS).bind(contract.to_string());
    query
        .fetch_all(connection)
        .await
        .act("look up the versions of groups")
}

/// The lists of people of a contract; only that of `account` where one is named.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn person_versions(
    connection: &mut Connection,
    contract: ContractId,
    account: Option<AccountId>,
) -> Result<Vec<PersonVersionsRow>, Error> {
    let query = match account {
        Some(account) => sqlx::query_as(OWN_VERSIONS)
            .bind(contract.to_string())
            .bind(account.to_string()),
        None => sqlx::query_as(PERSON_VERSIONS).bind(contract.to_string()),
    };
    query
        .fetch_all(connection)
        .await
        .act("look up the versions of people")
}

/// The channels of all groups of a contract.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn channels(connection: &mut Connection, contract: ContractId) -> Result<Vec<ChannelRow>, Error> {
    let query = sqlx::query_as(CHANNELS).bind(contract.to_string());
    query
        .fetch_all(connection)
        .await
        .act("look up the channels of groups")
}

/// The holds of all groups of a contract, those that ended among them.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn holds(connection: &mut Connection, contract: ContractId) -> Result<Vec<HoldRow>, Error> {
    let query = sqlx::query_as(HOLDS).bind(contract.to_string());
    query
        .fetch_all(connection)
        .await
        .act("look up the holds of groups")
}
