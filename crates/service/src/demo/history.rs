//! What happened before the demo began: two computers of one sample person, so that the pages have something to show.

use crate::app::App;
use crate::error::Error;
use crate::store::audit::{Actor, Entry};
use crate::store::devices::{self, Arrived, Introduced};
use crate::store::engine::Record;
use crate::store::places::{self, Taken};
use crate::store::timeline::{self, Happened};
use crate::store::{Tx, Word, accounts, contracts};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use toolcrib_model::constants::VERIFICATION_PERIOD;
use toolcrib_model::serial::BroughtBy;
use toolcrib_model::{AccountId, DeviceId, Digest, Platform, ProductId, UserId};
use toolcrib_wire::api::timeline::DeviceEvent::{
    self, DeviceRegistered, Installed, LeaseGranted, LeaseRefused, LeaseRenewed, LeaseVerified, SignedIn,
};
use uuid::Uuid;

/// Whose computers they are: somebody with seats, whom nobody needs for anything else.
const PERSON: &str = "user.two@smith.example";
const PRODUCT: &str = "sample-studio";
const VERSION: &str = "1.0.0";

/// A computer with its past.
struct Past {
    name: &'static str,
    platform: Platform,
    /// The days before now of each event, the oldest first.
    events: &'static [(i64, DeviceEvent)],
}

const COMPUTERS: [Past; 2] = [
    Past {
        name: "sample-desktop",
        platform: Platform::WindowsX86_64,
        events: &[
            (48, DeviceRegistered),
            (48, Installed),
            (48, LeaseGranted),
            (33, LeaseRenewed),
            (19, LeaseRefused),
            (18, SignedIn),
            (18, LeaseVerified),
            (1, LeaseRenewed),
        ],
    },
    Past {
        name: "sample-old-laptop",
        platform: Platform::LinuxX86_64,
        events: &[(120, DeviceRegistered), (120, Installed), (120, LeaseGranted)],
    },
];

/// Adds the computers, unless the person has some already or there is no such product.
///
/// # Errors
/// Only where the store fails.
pub async fn fill(app: &App, now: Timestamp) -> Result<(), Error> {
    let product = Word::<ProductId>::try_from(PRODUCT.to_owned())?.0;
    let person = Word::<UserId>::try_from(PERSON.to_owned())?.0;
    let mut tx = app.store().write().await?;
    let Some(found) = accounts::credentials(&mut tx, &person).await? else {
        return Ok(());
    };
    let account = found.account.0;
    let grants = contracts::grants(&mut tx, account).await?;
    let known = devices::list(&mut tx, devices::Whose::Own(account), "", 1).await?;
    let Some(grant) = grants
        .iter()
        .find(|grant| grant.product.0 == product && known.is_empty())
    else {
        return Ok(());
    };
    for past in &COMPUTERS {
        let device = add(&mut tx, past, account, &product, now).await?;
        let verified = past.last_of(&[LeaseGranted, LeaseVerified], now);
        let taken = Taken {
            device,
            product: &product,
            account,
            subscription: grant.subscription.0,
            verify_by: verified + VERIFICATION_PERIOD,
            works_until: verified + VERIFICATION_PERIOD + days(7),
            offline_until: None,
        };
        places::take(&mut tx, &taken, past.last_of(&[LeaseGranted, LeaseRenewed], now)).await?;
    }
    tx.commit(Record::Entry(Entry {
        at: now,
        organisation: Some(found.organisation.0),
        actor: Actor::Service,
        act: "demo_filled",
        subject: PERSON,
        details: json!({ "devices": COMPUTERS.len() }),
    }))
    .await
}

async fn add(
    tx: &mut Tx,
    past: &Past,
    account: AccountId,
    product: &ProductId,
    now: Timestamp,
) -> Result<DeviceId, Error> {
    // A key that nobody holds: these computers are only in the past.
    let public_key = Digest::of(past.name.as_bytes()).to_string();
    let introduced = Introduced {
        account,
        public_key: &public_key,
        name: past.name,
        platform: past.platform,
        machine_hint: None,
    };
    let registered = past.last_of(&[DeviceRegistered], now);
    let device = devices::know(tx, Uuid::now_v7().into(), &introduced, registered).await?;
    let arrived = Arrived {
        product,
        version: &Word::try_from(VERSION.to_owned())?.0,
        brought_by: BroughtBy::InstallNow,
        fetched_at: None,
    };
    devices::installed(tx, device, &arrived, registered).await?;
    for (before, event) in past.events {
        let at = now - days(*before);
        timeline::add(tx, &told(device, *event, account, product, at)).await?;
        devices::seen(tx, device, at).await?;
    }
    Ok(device)
}

fn told<'a>(
    device: DeviceId,
    event: DeviceEvent,
    account: AccountId,
    product: &'a ProductId,
    at: Timestamp,
) -> Happened<'a> {
    let happened = Happened::to_device(device, event, account, at);
    match event {
        DeviceRegistered | SignedIn => happened,
        LeaseRefused => Happened {
            refusal: Some((
                "verification_needed",
                "Prove who you are: sign in again with your password.",
            )),
            ..happened.on(product)
        },
        LeaseGranted | LeaseVerified => happened.on(product).then(at + VERIFICATION_PERIOD),
        _ => happened.on(product),
    }
}

impl Past {
    /// When one of these happened last.
    fn last_of(&self, wanted: &[DeviceEvent], now: Timestamp) -> Timestamp {
        let found = self.events.iter().rev().find(|(_, event)| wanted.contains(event));
        found.map_or(now, |(before, _)| now - days(*before))
    }
}

const fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}
