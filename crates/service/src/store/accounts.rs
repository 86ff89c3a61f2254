//! Organisations, accounts, and what each person is on each contract.

use super::value::{Micros, micros, text};
use super::{Connection, Tx, Word, statements};
use crate::error::{Act, Error};
use jiff::Timestamp;
use sqlx::FromRow;
use toolcrib_model::{AccountId, Benefit, ContractId, OrganisationId, Role, SupportLevel, UserId};

statements! {
    ADD_ORGANISATION = "INSERT INTO organisations (id, name, created_at) VALUES ($1, $2, $3)";
    ADD_ACCOUNT = "INSERT INTO accounts (id, organisation_id, user_id, name, email, password_hash, created_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
    ADD_ROLE = "INSERT INTO memberships (account_id, contract_id, role, created_at) VALUES ($1, $2, $3, $4)";
    ADD_BENEFIT = "INSERT INTO benefits (account_id, contract_id, benefit, created_at) VALUES ($1, $2, $3, $4)";
    CREDENTIALS = "SELECT id AS account, organisation_id AS organisation, password_hash
                   FROM accounts WHERE user_id = $1";
    ROLES = "SELECT c.id AS contract, c.number, c.support, c.starts_at, c.ends_at, m.role,
                    EXISTS (SELECT 1 FROM memberships x
                            WHERE x.contract_id = c.id AND x.role = 'software_coordinator') AS coordinator_assigned
             FROM memberships m JOIN contracts c ON c.id = m.contract_id
             WHERE m.account_id = $1 ORDER BY c.number, m.role";
    BENEFITS = "SELECT contract_id AS contract, benefit FROM benefits WHERE account_id = $1";
    ADMINISTRATORS = "SELECT m.contract_id AS contract, m.role, a.name, a.email
                      FROM memberships m JOIN accounts a ON a.id = m.account_id
                      WHERE m.role IN ('contract_manager', 'software_coordinator')
                        AND m.contract_id IN (SELECT contract_id FROM memberships WHERE account_id = $1)
                      ORDER BY m.contract_id, m.role, a.name";
    ORGANISATION_OF = "SELECT organisation_id FROM accounts WHERE user_id = $1";
}

/// A new account.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug)]
pub struct NewAccount<'a> {
    pub account: AccountId,
    pub organisation: OrganisationId,
    pub user_id: &'a UserId,
    pub name: &'a str,
    pub email: &'a str,
    pub password_hash: &'a str,
}

/// What a password is checked against.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(FromRow)]
pub struct Credentials {
    #[sqlx(try_from = "String")]
    pub account: Word<AccountId>,
    #[sqlx(try_from = "String")]
    pub organisation: Word<OrganisationId>,
    pub password_hash: String,
}

/// One role of a person on a contract, with what the permission table needs of the contract.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct RoleRow {
    #[sqlx(try_from = "String")]
    pub contract: Word<ContractId>,
    pub number: String,
    #[sqlx(try_from = "String")]
    pub support: Word<SupportLevel>,
    #[sqlx(try_from = "i64")]
    pub starts_at: Micros,
    #[sqlx(try_from = "i64")]
    pub ends_at: Micros,
    #[sqlx(try_from = "String")]
    pub role: Word<Role>,
    pub coordinator_assigned: bool,
}

/// One benefit of a person on a contract.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct BenefitRow {
    #[sqlx(try_from = "String")]
    pub contract: Word<ContractId>,
    #[sqlx(try_from = "String")]
    pub benefit: Word<Benefit>,
}

/// A contract manager or software coordinator of a contract.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct AdministratorRow {
    #[sqlx(try_from = "String")]
    pub contract: Word<ContractId>,
    #[sqlx(try_from = "String")]
    pub role: Word<Role>,
    pub name: String,
    pub email: String,
}

/// Adds a customer.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn add_organisation(
    tx: &mut Tx,
    id: OrganisationId,
    name: &str,
    at: Timestamp,
) -> Result<(), Error> {
    let query = sqlx::query(ADD_ORGANISATION)
        .bind(id.to_string())
        .bind(name)
        .bind(micros(at));
    query
        .execute(&mut **tx)
        .await
        .act("add an organisation")
        .map(drop)
}

/// Adds a person.
///
/// # Errors
/// [`Error::Store`] where it cannot be written, or the User ID is taken.
pub async fn add(tx: &mut Tx, new: &NewAccount<'_>, at: Timestamp) -> Result<(), Error> {
    let query = sqlx::query(ADD_ACCOUNT)
        .bind(new.account.to_string())
        .bind(new.organisation.to_string());
    let query = query.bind(new.user_id.as_str()).bind(new.name).bind(new.email);
    let query = query.bind(new.password_hash).bind(micros(at));
    query.execute(&mut **tx).await.act("add an account").map(drop)
}

/// Gives a person a role on a contract.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn add_role(
    tx: &mut Tx,
    account: AccountId,
    contract: ContractId,
    role: Role,
    at: Timestamp,
) -> Result<(), Error> {
    let query = sqlx::query(ADD_ROLE)
        .bind(account.to_string())
        .bind(contract.to_string());
    query
        .bind(text(&role))
        .bind(micros(at))
        .execute(&mut **tx)
        .await
        .act("give a role")
        .map(drop)
}

/// Gives a person a benefit on a contract.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn add_benefit(
    tx: &mut Tx,
    account: AccountId,
    contract: ContractId,
    benefit: Benefit,
    at: Timestamp,
) -> Result<(), Error> {
    let query = sqlx::query(ADD_BENEFIT)
        .bind(account.to_string())
        .bind(contract.to_string());
    query
        .bind(text(&benefit))
        .bind(micros(at))
        .execute(&mut **tx)
        .await
        .act("give a benefit")
        .map(drop)
}

/// What to check the password of `user_id` against, if there is such a person.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn credentials(
    connection: &mut Connection,
    user_id: &UserId,
) -> Result<Option<Credentials>, Error> {
    let query = sqlx::query_as(CREDENTIALS).bind(user_id.as_str());
    query.fetch_optional(connection).await.act("look up an account")
}

/// The person's roles, contract by contract.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn roles(connection: &mut Connection, account: AccountId) -> Result<Vec<RoleRow>, Error> {
    let query = sqlx::query_as(ROLES).bind(account.to_string());
    query.fetch_all(connection).await.act("look up a person's roles")
}

/// The person's benefits.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn benefits(connection: &mut Connection, account: AccountId) -> Result<Vec<BenefitRow>, Error> {
    let query = sqlx::query_as(BENEFITS).bind(account.to_string());
    query
        .fetch_all(connection)
        .await
        .act("look up a person's benefits")
}

/// Who administers the contracts that the person is on.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn administrators(
    connection: &mut Connection,
    account: AccountId,
) -> Result<Vec<AdministratorRow>, Error> {
    let query = sqlx::query_as(ADMINISTRATORS).bind(account.to_string());
    query
        .fetch_all(connection)
        .await
        .act("look up the administrators")
}

/// The customer that `user_id` belongs to, if there is such a person.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn organisation_of(
    connection: &mut Connection,
    user_id: &UserId,
) -> Result<Option<OrganisationId>, Error> {
    let query = sqlx::query_scalar(ORGANISATION_OF).bind(user_id.as_str());
    let raw: Option<String> = query.fetch_optional(connection).await.act("look up an account")?;
    raw.map(|raw| Word::try_from(raw).map(|word| word.0)).transpose()
}
