//! The sample groups of the larger customer and what they are told, so that *Groups* and *Update policies* show something.

use super::people::CUSTOMERS;
use crate::app::App;
use crate::app::products::stable_channel;
use crate::error::Error;
use crate::store::audit::{Actor, Entry};
use crate::store::company_terms::{self as terms, Of};
use crate::store::engine::Record;
use crate::store::groups as store;
use crate::store::update_policies::{self as policies, NewPolicyRow};
use crate::store::{Tx, Word, accounts, contracts};
use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};
use serde_json::json;
use toolcrib_model::policy::{Cadence, Day, Freeze, Schedule};
use toolcrib_model::{ContractId, GroupId, OrganisationId, ProductId, UserId};
use toolcrib_wire::api::update_policy::{Ring, UpdatePolicyRule};
use uuid::Uuid;

/// What is said, it is said of this product.
const PRODUCT: &str = "sample-studio";
/// The line that one group may have: every release of the sample product so far.
const APPROVED: &str = "1";
const HOLD: SignedDuration = SignedDuration::from_hours(24 * 14);
const HOLD_REASON: &str = "Sample: a plug-in is being tried";

/// The groups, and who is in each. Nobody of them is needed with another release than everybody has.
const PILOTS: (&str, &[&str]) = ("Pilots (sample)", &["coordinator@smith.example"]);
const OFFICE: (&str, &[&str]) = ("Office (sample)", &["user.two@smith.example"]);
const VISITORS: (&str, &[&str]) = (
    "Visitors (sample)",
    &["user.two@smith.example", "user.three@smith.example"],
);

/// Where the groups are added.
struct Place {
    organisation: OrganisationId,
    contract: ContractId,
    product: ProductId,
    now: Timestamp,
}

/// Adds the groups, unless that customer has some already or does not have the product.
///
/// # Errors
/// Only where the store fails.
pub async fn fill(app: &App, now: Timestamp) -> Result<(), Error> {
    let mut tx = app.store().write().await?;
    let Some(place) = place(&mut tx, now).await? else {
        return Ok(());
    };
    let pilots = add_group(&mut tx, &place, PILOTS).await?;
    let office = add_group(&mut tx, &place, OFFICE).await?;
    let visitors = add_group(&mut tx, &place, VISITORS).await?;
    let of = |group: GroupId| Of {
        group,
        product: &place.product,
    };
    terms::set_channel(&mut tx, of(pilots), &stable_channel()).await?;
    let approved = Word::try_from(APPROVED.to_owned())?.0;
    terms::set_group_versions(&mut tx, of(office), &[approved]).await?;
    terms::set_hold(&mut tx, of(visitors), Some(now + HOLD), HOLD_REASON, now).await?;
    add_policy(&mut tx, &place, [pilots, office]).await?;
    tx.commit(Record::Entry(Entry {
        at: now,
        organisation: Some(place.organisation),
        actor: Actor::Service,
        act: "demo_filled",
        subject: PRODUCT,
        details: json!({ "groups": [PILOTS.0, OFFICE.0, VISITORS.0] }),
    }))
    .await
}

async fn place(tx: &mut Tx, now: Timestamp) -> Result<Option<Place>, Error> {
    let product = Word::<ProductId>::try_from(PRODUCT.to_owned())?.0;
    let larger = CUSTOMERS.iter().max_by_key(|customer| customer.people.len());
    let Some((customer, person)) = larger.and_then(|one| Some((one, one.people.first()?))) else {
        return Ok(None);
    };
    let found = accounts::credentials(tx, &user_id(person.user_id)?).await?;
    let contract = contracts::by_number(tx, customer.contract).await?;
    let (Some(found), Some(contract)) = (found, contract) else {
        return Ok(None);
    };
    let is_new = store::count(tx, contract).await? == 0;
    let is_granted = contracts::products_of(tx, contract).await?.contains(&product);
    Ok((is_new && is_granted).then_some(Place {
        organisation: found.organisation.0,
        contract,
        product,
        now,
    }))
}

async fn add_group(tx: &mut Tx, place: &Place, (name, people): (&str, &[&str])) -> Result<GroupId, Error> {
    let group = GroupId::from(Uuid::now_v7());
    store::add(tx, group, place.contract, name, place.now).await?;
    for person in people {
        if let Some(found) = accounts::credentials(tx, &user_id(person)?).await? {
            store::add_member(tx, group, found.account.0, place.now).await?;
        }
    }
    Ok(group)
}

/// Every week, the pilots first; nothing over the week that begins a month from now.
async fn add_policy(tx: &mut Tx, place: &Place, [pilots, office]: [GroupId; 2]) -> Result<(), Error> {
    let ring = |group, delay_days| Ring { group, delay_days };
    let rule = UpdatePolicyRule {
        name: "Thursday evenings (sample)".to_owned(),
        products: Vec::new(),
        schedule: Some(Schedule {
            cadence: Cadence::Weekly,
            day: Day::Thursday,
            time: Time::constant(20, 0, 0, 0),
            minimum_age_days: None,
        }),
        target: None,
        freezes: freeze(place.now).into_iter().collect(),
        groups: Vec::new(),
        people: Vec::new(),
        rings: vec![ring(pilots, 0), ring(office, 7)],
    };
    let written = serde_json::to_string(&rule).map_err(|source| Error::Demo {
        detail: source.to_string(),
    })?;
    let row = NewPolicyRow {
        policy: Uuid::now_v7().into(),
        contract: place.contract,
        name: &rule.name,
        rule: &written,
        at: place.now,
    };
    policies::add(tx, &row).await
}

/// None at the end of the calendar.
fn freeze(now: Timestamp) -> Option<Freeze> {
    let today = now.to_zoned(TimeZone::UTC).date();
    let from = today.checked_add(Span::new().days(30)).ok()?;
    let to = from.checked_add(Span::new().days(6)).ok()?;
    Some(Freeze { from, to })
}

fn user_id(raw: &str) -> Result<UserId, Error> {
    Word::try_from(raw.to_owned()).map(|word| word.0)
}
