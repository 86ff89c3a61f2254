//! Fills the database with the sample customers; what is there from an earlier start stays as it is.

use super::people::{CUSTOMERS, Customer, Person};
use crate::app::App;
use crate::error::Error;
use crate::store::accounts::{self, NewAccount};
use crate::store::audit::{Actor, Entry};
use crate::store::contracts::{self, NewContract, NewSubscription};
use crate::store::engine::Record;
use crate::store::{Tx, Word};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use toolcrib_model::serial::SerialNumber;
use toolcrib_model::{AccountId, ContractId, OrganisationId, ProductId, UserId};
use uuid::Uuid;

/// How long the sample contracts run.
const TERM: SignedDuration = SignedDuration::from_hours(24 * 365);

/// Adds the customers that are not there yet, and to each contract the products that it does not grant yet.
///
/// # Errors
/// Only where the store fails.
pub async fn fill(app: &App, now: Timestamp) -> Result<(), Error> {
    let view = app.shelf().view().await;
    let products: Vec<ProductId> = view.products().map(|(product, _)| product.clone()).collect();
    for customer in &CUSTOMERS {
        let hashes = hashes(app, customer).await?;
        let mut tx = app.store().write().await?;
        let contract = match contracts::by_number(&mut tx, customer.contract).await? {
            Some(contract) => contract,
            None => add_customer(&mut tx, customer, &hashes, now).await?,
        };
        let added = add_products(&mut tx, customer, contract, &products, now).await?;
        tx.commit(Record::Entry(Entry {
            at: now,
            organisation: None,
            actor: Actor::Service,
            act: "demo_filled",
            subject: customer.contract,
            details: json!({ "products_added": added }),
        }))
        .await?;
    }
    Ok(())
}

/// The people's password hashes; none where the people are there already, since hashing takes a while.
async fn hashes(app: &App, customer: &Customer) -> Result<Vec<String>, Error> {
    let mut reader = app.store().read().await?;
    if contracts::by_number(&mut reader, customer.contract)
        .await?
        .is_some()
    {
        return Ok(Vec::new());
    }
    let mut hashes = Vec::with_capacity(customer.people.len());
    for person in customer.people {
        hashes.push(app.hash_password(person.password.to_owned()).await?);
    }
    Ok(hashes)
}

async fn add_customer(
    tx: &mut Tx,
    customer: &Customer,
    hashes: &[String],
    now: Timestamp,
) -> Result<ContractId, Error> {
    let organisation = OrganisationId::from(Uuid::now_v7());
    let contract = ContractId::from(Uuid::now_v7());
    accounts::add_organisation(tx, organisation, customer.name, now).await?;
    let new = NewContract {
        contract,
        organisation,
        number: customer.contract,
        support: customer.support,
        starts_at: now,
        ends_at: now + TERM,
        auto_renew: true,
        origin: "demo",
    };
    contracts::add(tx, &new, now).await?;
    for (person, hash) in customer.people.iter().zip(hashes) {
        add_person(tx, person, hash, organisation, contract, now).await?;
    }
    Ok(contract)
}

async fn add_person(
    tx: &mut Tx,
    person: &Person,
    password_hash: &str,
    organisation: OrganisationId,
    contract: ContractId,
    now: Timestamp,
) -> Result<(), Error> {
    let account = AccountId::from(Uuid::now_v7());
    let user_id = user_id(person)?;
    let new = NewAccount {
        account,
        organisation,
        user_id: &user_id,
        name: person.name,
        email: person.user_id,
        password_hash,
    };
    accounts::add(tx, &new, now).await?;
    for role in person.roles {
        accounts::add_role(tx, account, contract, *role, now).await?;
    }
    for benefit in person.benefits {
        accounts::add_benefit(tx, account, contract, *benefit, now).await?;
    }
    Ok(())
}

fn user_id(person: &Person) -> Result<UserId, Error> {
    Word::try_from(person.user_id.to_owned()).map(|word| word.0)
}

/// Grants what the contract does not grant yet, and gives everybody their seats. Answers how many were added.
async fn add_products(
    tx: &mut Tx,
    customer: &Customer,
    contract: ContractId,
    products: &[ProductId],
    now: Timestamp,
) -> Result<usize, Error> {
    let granted = contracts::products_of(tx, contract).await?;
    let missing: Vec<&ProductId> = products
        .iter()
        .filter(|product| !granted.contains(product))
        .collect();
    for (at, product) in missing.iter().enumerate() {
        let number = granted.len() + at + 1;
        let Some(serial) = u32::try_from(number)
            .ok()
            .and_then(|number| SerialNumber::new(customer.serials, number))
        else {
            continue; // More products than a series has numbers.
        };
        let new = NewSubscription {
            subscription: Uuid::now_v7().into(),
            contract,
            product,
            seat_count: customer.seat_count,
            serial: serial.as_str(),
            product_key: &format!("{:03}S1", number % 1_000),
        };
        contracts::add_subscription(tx, &new, now).await?;
        for person in customer
            .people
            .iter()
            .filter(|person| person.without_seat_for != Some(product.as_str()))
        {
            let found = accounts::credentials(tx, &user_id(person)?).await?;
            if let Some(found) = found {
                contracts::assign(tx, Uuid::now_v7().into(), new.subscription, found.account.0, now).await?;
            }
        }
    }
    Ok(missing.len())
}
