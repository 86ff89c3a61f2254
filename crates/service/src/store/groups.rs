//! Groups of a contract's people.

use super::value::{Count, micros};
use super::{Connection, Tx, Word, statements};
use crate::error::{Act, Error};
use jiff::Timestamp;
use sqlx::FromRow;
use toolcrib_model::{AccountId, ContractId, GroupId, Role, UserId};

statements! {
    ADD = "INSERT INTO contract_groups (id, contract_id, name, name_key, created_at) VALUES ($1, $2, $3, $4, $5)";
    RENAME = "UPDATE contract_groups SET name = $2, name_key = $3 WHERE id = $1";
    REMOVE = "DELETE FROM contract_groups WHERE id = $1";
    TAKEN = "SELECT EXISTS (SELECT 1 FROM contract_groups WHERE contract_id = $1 AND name_key = $2 AND id <> $3)";
    COUNT = "SELECT COUNT(*) FROM contract_groups WHERE contract_id = $1";
    LIST = "SELECT g.id AS group_id, g.name,
                   (SELECT COUNT(DISTINCT x.account_id) FROM group_members x
                    JOIN memberships m ON m.account_id = x.account_id AND m.contract_id = g.contract_id
                    WHERE x.group_id = g.id) AS member_count
            FROM contract_groups g WHERE g.contract_id = $1 ORDER BY g.name_key";
    NAME = "SELECT name FROM contract_groups WHERE contract_id = $1 AND id = $2";
    ADD_MEMBER = "INSERT INTO group_members (group_id, account_id, added_at) VALUES ($1, $2, $3)
                  ON CONFLICT (group_id, account_id) DO NOTHING";
    REMOVE_MEMBER = "DELETE FROM group_members WHERE group_id = $1 AND account_id = $2";
    IS_PERSON = "SELECT EXISTS (SELECT 1 FROM memberships WHERE contract_id = $1 AND account_id = $2)";
    PEOPLE = "SELECT a.id AS account, a.user_id, a.name FROM accounts a
              WHERE a.id IN (SELECT account_id FROM memberships WHERE contract_id = $1)
                AND ($2 = '' OR a.id IN (SELECT account_id FROM group_members WHERE group_id = $2))
                AND a.user_id > $3 ORDER BY a.user_id LIMIT $4";
    ROLES_OF = "SELECT role FROM memberships WHERE contract_id = $1 AND account_id = $2 ORDER BY role";
    GROUPS_OF = "SELECT x.group_id FROM group_members x JOIN contract_groups g ON g.id = x.group_id
                 WHERE g.contract_id = $1 AND x.account_id = $2 ORDER BY g.name_key";
    MEMBERS = "SELECT x.group_id, x.account_id AS account FROM contract_groups g
               JOIN group_members x ON x.group_id = g.id
               WHERE g.contract_id = $1
                 AND EXISTS (SELECT 1 FROM memberships m
                             WHERE m.account_id = x.account_id AND m.contract_id = g.contract_id)";
    MEMBER = "SELECT x.group_id, x.account_id AS account FROM group_members x
              JOIN contract_groups g ON g.id = x.group_id
              WHERE x.account_id = $2 AND g.contract_id = $1
                AND EXISTS (SELECT 1 FROM memberships m WHERE m.account_id = $2 AND m.contract_id = $1)";
}

/// A group.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct GroupRow {
    #[sqlx(try_from = "String")]
    pub group_id: Word<GroupId>,
    pub name: String,
    #[sqlx(try_from = "i64")]
    pub member_count: Count,
}

/// A person of a contract.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct PersonRow {
    #[sqlx(try_from = "String")]
    pub account: Word<AccountId>,
    #[sqlx(try_from = "String")]
    pub user_id: Word<UserId>,
    pub name: String,
}

/// That a person is in a group.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Copy, Debug, FromRow)]
pub struct MemberRow {
    #[sqlx(try_from = "String")]
    pub group_id: Word<GroupId>,
    #[sqlx(try_from = "String")]
    pub account: Word<AccountId>,
}

/// What names differ by.
pub fn name_key(name: &str) -> String {
    name.to_lowercase()
}

/// Adds a group.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn add(
    tx: &mut Tx,
    group: GroupId,
    contract: ContractId,
    name: &str,
    at: Timestamp,
) -> Result<(), Error> {
    let query = sqlx::query(ADD)
        .bind(group.to_string())
        .bind(contract.to_string());
    let query = query.bind(name).bind(name_key(name)).bind(micros(at));
    query.execute(&mut **tx).await.act("add a group").map(drop)
}

/// Gives a group another name.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn rename(tx: &mut Tx, group: GroupId, name: &str) -> Result<(), Error> {
    let query = sqlx::query(RENAME).bind(group.to_string());
    let query = query.bind(name).bind(name_key(name));
    query.execute(&mut **tx).await.act("rename a group").map(drop)
}

/// Removes a group with everything that was said of it.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn remove(tx: &mut Tx, group: GroupId) -> Result<(), Error> {
    let query = sqlx::query(REMOVE).bind(group.to_string());
    query.execute(&mut **tx).await.act("remove a group").map(drop)
}

/// Whether another group of the contract than `but` has that name.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn is_taken(
    connection: &mut Connection,
    contract: ContractId,
    name: &str,
    but: Option<GroupId>,
) -> Result<bool, Error> {
    let but = but.map(|group| group.to_string()).unwrap_or_default();
    let query = sqlx::query_scalar(TAKEN).bind(contract.to_string());
    let query = query.bind(name_key(name)).bind(but);
    query.fetch_one(connection).await.act("look up a group's name")
}

/// How many groups a contract has.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn count(connection: &mut Connection, contract: ContractId) -> Result<i64, Error> {
    let query = sqlx::query_scalar(COUNT).bind(contract.to_string());
    query.fetch_one(connection).await.act("count groups")
}

/// The groups of a contract by name.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn list(connection: &mut Connection, contract: ContractId) -> Result<Vec<GroupRow>, Error> {
    let query = sqlx::query_as(LIST).bind(contract.to_string());
    query.fetch_all(connection).await.act("list groups")
}

/// The name of a group, if it is one of the contract's.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn name(
    connection: &mut Connection,
    contract: ContractId,
    group: GroupId,
) -> Result<Option<String>, Error> {
    let query = sqlx::query_scalar(NAME).bind(contract.to_string());
    let query = query.bind(group.to_string());
    query.fetch_optional(connection).await.act("look up a group")
}

/// Puts a person into a group; whether they were not in it.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn add_member(
    tx: &mut Tx,
    group: GroupId,
    account: AccountId,
    at: Timestamp,
) -> Result<bool, Error> {
    let query = sqlx::query(ADD_MEMBER)
        .bind(group.to_string())
        .bind(account.to_string())
        .bind(micros(at));
    let done = query.execute(&mut **tx).await.act("add a person to a group")?;
    Ok(done.rows_affected() > 0)
}

/// Takes a person out of a group; whether they were in it.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn remove_member(tx: &mut Tx, group: GroupId, account: AccountId) -> Result<bool, Error> {
    let query = sqlx::query(REMOVE_MEMBER)
        .bind(group.to_string())
        .bind(account.to_string());
    let done = query
        .execute(&mut **tx)
        .await
        .act("take a person out of a group")?;
    Ok(done.rows_affected() > 0)
}

/// Whether somebody is on the contract.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn is_person(
    connection: &mut Connection,
    contract: ContractId,
    account: AccountId,
) -> Result<bool, Error> {
    let query = sqlx::query_scalar(IS_PERSON).bind(contract.to_string());
    let query = query.bind(account.to_string());
    query
        .fetch_one(connection)
        .await
        .act("look up a person of a contract")
}

/// The people of a contract, or of one of its groups, by User ID after `after`.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn people(
    connection: &mut Connection,
    contract: ContractId,
    group: Option<GroupId>,
    after: &str,
    limit: u32,
) -> Result<Vec<PersonRow>, Error> {
    let group = group.map(|group| group.to_string()).unwrap_or_default();
    let query = sqlx::query_as(PEOPLE).bind(contract.to_string()).bind(group);
    let query = query.bind(after).bind(i64::from(limit));
    query.fetch_all(connection).await.act("list a contract's people")
}

/// What a person is on a contract.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn roles_of(
    connection: &mut Connection,
    contract: ContractId,
    account: AccountId,
) -> Result<Vec<Role>, Error> {
    let query = sqlx::query_scalar(ROLES_OF).bind(contract.to_string());
    let query = query.bind(account.to_string());
    let raw: Vec<String> = query
        .fetch_all(connection)
        .await
        .act("look up a person's roles")?;
    words(raw)
}

/// The groups of a contract that a person is in.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn groups_of(
    connection: &mut Connection,
    contract: ContractId,
    account: AccountId,
) -> Result<Vec<GroupId>, Error> {
    let query = sqlx::query_scalar(GROUPS_OF).bind(contract.to_string());
    let query = query.bind(account.to_string());
    let raw: Vec<String> = query
        .fetch_all(connection)
        .await
        .act("look up a person's groups")?;
    words(raw)
}

/// Who is in which group of a contract; only what concerns `account` where one is named.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn members(
    connection: &mut Connection,
    contract: ContractId,
    account: Option<AccountId>,
) -> Result<Vec<MemberRow>, Error> {
    let query = match account {
        Some(account) => sqlx::query_as(MEMBER)
            .bind(contract.to_string())
            .bind(account.to_string()),
        None => sqlx::query_as(MEMBERS).bind(contract.to_string()),
    };
    query.fetch_all(connection).await.act("look up who is in a group")
}

fn words<T: serde::de::DeserializeOwned>(raw: Vec<String>) -> Result<Vec<T>, Error> {
    let words = raw.into_iter().map(|raw| Word::try_from(raw).map(|word| word.0));
    words.collect()
}
