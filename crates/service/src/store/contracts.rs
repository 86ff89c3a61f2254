//! Contracts, subscriptions and seats.

use super::value::{Count, Micros, micros, text};
use super::{Connection, Tx, Word, statements};
use crate::error::{Act, Error};
use jiff::Timestamp;
use sqlx::FromRow;
use toolcrib_model::{
    AccountId, ContractId, OrganisationId, ProductId, SeatId, SubscriptionId, SupportLevel,
};

statements! {
    ADD = "INSERT INTO contracts (id, organisation_id, number, support, starts_at, ends_at, auto_renew, origin,
                                  created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    ADD_SUBSCRIPTION = "INSERT INTO subscriptions (id, contract_id, product, seat_count, serial, product_key,
                                                   created_at)
                        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    ASSIGN = "INSERT INTO seats (id, subscription_id, account_id, assigned_at) VALUES ($1, $2, $3, $4)";
    BY_NUMBER = "SELECT id FROM contracts WHERE number = $1";
    PRODUCTS_OF = "SELECT product FROM subscriptions WHERE contract_id = $1";
    OF_ACCOUNT = "SELECT s.id AS subscription, s.contract_id AS contract, s.product, s.seat_count, s.serial, s.device_limit,
                         (SELECT COUNT(*) FROM seats x WHERE x.subscription_id = s.id) AS seats_used,
                         EXISTS (SELECT 1 FROM seats x
                                 WHERE x.subscription_id = s.id AND x.account_id = $1) AS seat_assigned
                  FROM subscriptions s
                  WHERE s.contract_id IN (SELECT contract_id FROM memberships WHERE account_id = $1)
                  ORDER BY s.product, s.id";
    LIST = "SELECT id AS contract, number, support, starts_at, ends_at, auto_renew
            FROM contracts WHERE organisation_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    SUBSCRIPTIONS = "SELECT id AS subscription, product, serial, seat_count
                     FROM subscriptions WHERE contract_id = $1 ORDER BY product, id";
    SEATS = "SELECT x.id AS seat, x.subscription_id AS subscription, a.user_id, a.name
             FROM seats x
             JOIN subscriptions s ON s.id = x.subscription_id
             JOIN accounts a ON a.id = x.account_id
             WHERE s.contract_id = $1 ORDER BY a.name, x.id";
}

/// A new contract.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug)]
pub struct NewContract<'a> {
    pub contract: ContractId,
    pub organisation: OrganisationId,
    pub number: &'a str,
    pub support: SupportLevel,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub auto_renew: bool,
    pub origin: &'a str,
}

/// A new subscription.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug)]
pub struct NewSubscription<'a> {
    pub subscription: SubscriptionId,
    pub contract: ContractId,
    pub product: &'a ProductId,
    pub seat_count: u32,
    pub serial: &'a str,
    pub product_key: &'a str,
}

/// A subscription as one person meets it.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct Grant {
    #[sqlx(try_from = "String")]
    pub subscription: Word<SubscriptionId>,
    #[sqlx(try_from = "String")]
    pub contract: Word<ContractId>,
    #[sqlx(try_from = "String")]
    pub product: Word<ProductId>,
    #[sqlx(try_from = "i64")]
    pub seat_count: Count,
    #[sqlx(try_from = "i64")]
    pub seats_used: Count,
    pub seat_assigned: bool,
    pub serial: String,
    #[sqlx(try_from = "i64")]
    pub device_limit: Count,
}

/// A contract.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct ContractRow {
    #[sqlx(try_from = "String")]
    pub contract: Word<ContractId>,
    pub number: String,
    #[sqlx(try_from = "String")]
    pub support: Word<SupportLevel>,
    #[sqlx(try_from = "i64")]
    pub starts_at: Micros,
    #[sqlx(try_from = "i64")]
    pub ends_at: Micros,
    pub auto_renew: bool,
}

/// A subscription of a contract.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct SubscriptionRow {
    #[sqlx(try_from = "String")]
    pub subscription: Word<SubscriptionId>,
    #[sqlx(try_from = "String")]
    pub product: Word<ProductId>,
    pub serial: String,
    #[sqlx(try_from = "i64")]
    pub seat_count: Count,
}

/// An assigned seat of a contract.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct SeatRow {
    #[sqlx(try_from = "String")]
    pub seat: Word<SeatId>,
    #[sqlx(try_from = "String")]
    pub subscription: Word<SubscriptionId>,
    pub user_id: String,
    pub name: String,
}

/// Adds a contract.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn add(tx: &mut Tx, new: &NewContract<'_>, at: Timestamp) -> Result<(), Error> {
    let query = sqlx::query(ADD)
        .bind(new.contract.to_string())
        .bind(new.organisation.to_string());
    let query = query
        .bind(new.number)
        .bind(text(&new.support))
        .bind(micros(new.starts_at));
    let query = query
        .bind(micros(new.ends_at))
        .bind(new.auto_renew)
        .bind(new.origin)
        .bind(micros(at));
    query.execute(&mut **tx).await.act("add a contract").map(drop)
}

/// Adds a subscription.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn add_subscription(tx: &mut Tx, new: &NewSubscription<'_>, at: Timestamp) -> Result<(), Error> {
    let query = sqlx::query(ADD_SUBSCRIPTION)
        .bind(new.subscription.to_string())
        .bind(new.contract.to_string());
    let query = query.bind(new.product.as_str()).bind(i64::from(new.seat_count));
    let query = query.bind(new.serial).bind(new.product_key).bind(micros(at));
    query.execute(&mut **tx).await.act("add a subscription").map(drop)
}

/// Assigns a seat.
///
/// # Errors
/// [`Error::Store`] where it cannot be written, or the person has one already.
pub async fn assign(
    tx: &mut Tx,
    seat: SeatId,
    subscription: SubscriptionId,
    account: AccountId,
    at: Timestamp,
) -> Result<(), Error> {
    let query = sqlx::query(ASSIGN)
        .bind(seat.to_string())
        .bind(subscription.to_string());
    query
        .bind(account.to_string())
        .bind(micros(at))
        .execute(&mut **tx)
        .await
        .act("assign a seat")
        .map(drop)
}

/// The contract of that number.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn by_number(connection: &mut Connection, number: &str) -> Result<Option<ContractId>, Error> {
    let query = sqlx::query_scalar(BY_NUMBER).bind(number);
    let raw: Option<String> = query.fetch_optional(connection).await.act("look up a contract")?;
    raw.map(|raw| Word::try_from(raw).map(|word| word.0)).transpose()
}

/// The products that a contract grants.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn products_of(connection: &mut Connection, contract: ContractId) -> Result<Vec<ProductId>, Error> {
    let query = sqlx::query_scalar(PRODUCTS_OF).bind(contract.to_string());
    let raw: Vec<String> = query
        .fetch_all(connection)
        .await
        .act("look up a contract's products")?;
    raw.into_iter()
        .map(|raw| Word::try_from(raw).map(|word| word.0))
        .collect()
}

/// Every subscription of the contracts that the person is on, by product.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn grants(connection: &mut Connection, account: AccountId) -> Result<Vec<Grant>, Error> {
    let query = sqlx::query_as(OF_ACCOUNT).bind(account.to_string());
    query
        .fetch_all(connection)
        .await
        .act("look up a person's subscriptions")
}

/// Contracts of a customer after the one with the id `after`.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn list(
    connection: &mut Connection,
    organisation: OrganisationId,
    after: &str,
    limit: u32,
) -> Result<Vec<ContractRow>, Error> {
    let query = sqlx::query_as(LIST)
        .bind(organisation.to_string())
        .bind(after)
        .bind(i64::from(limit));
    query.fetch_all(connection).await.act("list contracts")
}

/// The subscriptions of a contract.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn subscriptions(
    connection: &mut Connection,
    contract: ContractId,
) -> Result<Vec<SubscriptionRow>, Error> {
    let query = sqlx::query_as(SUBSCRIPTIONS).bind(contract.to_string());
    query.fetch_all(connection).await.act("list subscriptions")
}

/// The assigned seats of a contract.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn seats(connection: &mut Connection, contract: ContractId) -> Result<Vec<SeatRow>, Error> {
    let query = sqlx::query_as(SEATS).bind(contract.to_string());
    query.fetch_all(connection).await.act("list seats")
}
