//! The sample readiness check: a dozen simulated computers of the larger customer, so that its pages show something.

use super::computers::{Computer, facts};
use super::people::CUSTOMERS;
use crate::app::App;
use crate::app::readiness::Author;
use crate::error::{Error, Failure};
use crate::store::{Word, accounts, readiness_checks};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};
use toolcrib_model::{CheckId, ProductId, UserId};
use toolcrib_readiness::seal::{Trust, open};
use toolcrib_wire::api::readiness::{AskedProduct, NewReadinessCheck};
use toolcrib_wire::readiness::Bundle;

/// How many computers report, of those that are awaited.
const REPORTING: u64 = 12;
const AWAITED: u64 = 14;
/// How long the check takes reports.
const OPEN: SignedDuration = SignedDuration::from_hours(24 * 60);

/// Adds the sample check, unless that customer has checks already.
///
/// # Errors
/// Where the store fails, or the service refuses its own sample.
pub async fn fill(app: &App, now: Timestamp) -> Result<(), Error> {
    let Some(author) = author(app).await? else {
        return Ok(());
    };
    let mut reader = app.store().read().await?;
    let known = readiness_checks::list(&mut reader, author.organisation, i64::MAX, "", 1).await?;
    drop(reader);
    if !known.is_empty() {
        return Ok(());
    }
    let asked = asked(app, now).await;
    let allowed: BTreeSet<ProductId> = asked.products.iter().map(|one| one.product.clone()).collect();
    let check = app.make_check(author, &asked, &allowed).await;
    let check = check.map_err(refused)?;
    report(app, check, now).await.map_err(refused)
}

/// The contract manager of the larger customer.
async fn author(app: &App) -> Result<Option<Author>, Error> {
    let people = CUSTOMERS.iter().max_by_key(|customer| customer.people.len());
    let Some(person) = people.and_then(|customer| customer.people.first()) else {
        return Ok(None);
    };
    let user_id: UserId = Word::try_from(person.user_id.to_owned())?.0;
    let mut reader = app.store().read().await?;
    let found = accounts::credentials(&mut reader, &user_id).await?;
    Ok(found.map(|found| Author {
        organisation: found.organisation.0,
        account: found.account.0,
    }))
}

async fn asked(app: &App, now: Timestamp) -> NewReadinessCheck {
    let view = app.shelf().view().await;
    let stable = |product: &ProductId| {
        let listed = view.product(product)?;
        crate::app::products::stable(listed)
    };
    let products = view
        .products()
        .filter_map(|(product, _)| Some((product, stable(product)?)));
    NewReadinessCheck {
        title: "Autumn rollout (sample)".to_owned(),
        products: products
            .take(2)
            .map(|(product, version)| AskedProduct {
                product: product.clone(),
                version: Some(version),
            })
            .collect(),
        rules: rules(),
        expires_at: now + OPEN,
        expected: (1..=AWAITED).map(name).collect(),
    }
}

/// Rules of the admin's own, as a form or a hand would write them.
pub fn rules() -> Vec<serde_json::Value> {
    vec![
        json!({"id": "memory", "text": {"en": "Memory", "de": "Arbeitsspeicher"},
               "fix": {"en": "Add memory.", "de": "Mehr Arbeitsspeicher einbauen."},
               "minimum": {"fact": "memory.total_bytes", "at_least": "8 GB"},
               "recommended": {"fact": "memory.total_bytes", "at_least": "16 GB"}}),
        json!({"id": "free-space", "text": "Free space for projects", "fix": "Free some space, or ask for a larger disk.",
               "minimum": {"fact": "disk.free_bytes", "at_least": "40 GB"}}),
        json!({"id": "graphics-memory", "text": "Graphics memory", "fix": "Use a computer with a larger graphics adapter.",
               "recommended": {"fact": "gpu.memory_bytes", "at_least": "4 GB"}}),
        json!({"id": "restart", "text": "No restart pending", "fix": "Restart the computer.",
               "recommended": {"fact": "system.restart_pending", "is": false}}),
    ]
}

fn name(number: u64) -> String {
    format!("sample-desk-{number:02}")
}

async fn report(app: &App, check: CheckId, now: Timestamp) -> Result<(), Failure> {
    let text = app.bundle(check).await?;
    let bundle = open::<Bundle>(text.as_bytes(), Trust::AnyKey);
    let bundle = bundle.map_err(|error| Error::Demo {
        detail: error.to_string(),
    })?;
    for number in 1..=REPORTING {
        let computer = Computer::new(&name(number));
        let sealed = computer.seal(&computer.report(&bundle, facts(number), now));
        let sealed = sealed.map_err(|source| Error::SealReadiness { source })?;
        app.take_report(check, &sealed, IpAddr::V4(Ipv4Addr::LOCALHOST))
            .await?;
    }
    Ok(())
}

fn refused(failure: Failure) -> Error {
    match failure {
        Failure::Broken(error) => error,
        Failure::Refused(refusal) => Error::Demo {
            detail: refusal.detail(),
        },
    }
}
