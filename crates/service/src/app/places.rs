//! Places: on how many computers a person may use a seat at a time, and releasing one of them (B-25).
//!
//! A place is taken by a lease and counts until it is released, or until that lease has run out: a computer that
//! was lost frees its place by itself. One computer is one place, however often the client was installed on it.

use super::App;
use super::entitlement::Offer;
use crate::actor::Member;
use crate::error::Failure;
use crate::refusal::Refusal;
use crate::store::audit::{Actor, Entry};
use crate::store::contracts::Grant;
use crate::store::devices::{self, OwnerRow};
use crate::store::engine::Record;
use crate::store::places::{self, LivePlace};
use crate::store::timeline::{self, Happened};
use crate::store::{Connection, Tx};
use jiff::Timestamp;
use serde_json::json;
use std::collections::BTreeSet;
use toolcrib_model::{DeviceId, ProductId, Row};
use toolcrib_wire::api::device::DeviceInUse;
use toolcrib_wire::api::timeline::DeviceEvent;

/// How many installations of the client on one computer share its place. The hint that tells computers apart is only
/// the client's word, so it must not stand for any number of them.
const CLIENTS_OF_ONE_COMPUTER: usize = 3;

/// A device that asks for a product.
pub(super) struct Asking<'a> {
    /// Whose it is.
    pub(super) member: &'a Member,
    pub(super) device: DeviceId,
    pub(super) product: &'a ProductId,
    /// The subscriptions that the person meets.
    pub(super) grants: &'a [Grant],
    pub(super) now: Timestamp,
}

impl App {
    /// Releases a product from a device: the person's own, or, for an administrator of the contract, anybody's. The
    /// place is free at once; the lease there ends at the device's next contact, and at the latest at its date.
    ///
    /// # Errors
    /// Refused where the device is not one that the person may see, or does not hold the product.
    pub async fn release_product(
        &self,
        member: &Member,
        device: DeviceId,
        product: &ProductId,
    ) -> Result<(), Failure> {
        let owner = self.visible_device(member, device).await?;
        let now = self.now();
        let mut tx = self.store().write().await?;
        if owner.account.0 != member.account() {
            administers(&mut tx, member, device, product).await?;
        }
        if !places::release(&mut tx, device, product, now).await? {
            return Err(Refusal::NotFound(format!("`{product}` on this device")).into());
        }
        let happened = Happened::to_device(device, DeviceEvent::Released, member.account(), now);
        timeline::add(&mut tx, &happened.on(product)).await?;
        let entry = Entry {
            at: now,
            organisation: Some(member.organisation()),
            actor: Actor::Account(member.account()),
            act: "product_released",
            subject: product.as_str(),
            details: json!({ "device": device }),
        };
        Ok(tx.commit(Record::Entry(entry)).await?)
    }

    /// Whose a device is, if the person may see it: their own, or one of the customer's for its administrators.
    pub(super) async fn visible_device(
        &self,
        member: &Member,
        device: DeviceId,
    ) -> Result<OwnerRow, Failure> {
        let mut reader = self.store().read().await?;
        let owner = devices::owner(&mut reader, device).await?;
        let visible = owner.filter(|owner| {
            owner.account.0 == member.account()
                || (owner.organisation.0 == member.organisation() && member.permits(Row::R8))
        });
        Ok(visible.ok_or_else(|| Refusal::NotFound("such device".to_owned()))?)
    }
}

/// Somebody else's place is released only by an administrator of the contract that grants it.
async fn administers(
    connection: &mut Connection,
    member: &Member,
    device: DeviceId,
    product: &ProductId,
) -> Result<(), Failure> {
    let contract = places::contract_of(connection, device, product).await?;
    let administered = contract.and_then(|contract| member.on(contract));
    match administered.is_some_and(|on| on.is_admin()) {
        true => Ok(()),
        false => Err(Refusal::NotFound(format!("`{product}` on this device")).into()),
    }
}

/// Sees to it that there is a place for the device that asks.
///
/// # Errors
/// [`Refusal::DeviceLimit`], which names the others.
pub(super) async fn make_room(tx: &mut Tx, asking: &Asking<'_>, offer: &Offer<'_>) -> Result<(), Failure> {
    let (device, grant) = (asking.device, offer.grant);
    let account = asking.member.account();
    let hint = devices::hint_of(tx, device).await?;
    let live = places::live(tx, account, grant.subscription.0, asking.now).await?;
    let others = live.into_iter().filter(|place| place.device.0 != device);
    let (same, elsewhere): (Vec<LivePlace>, Vec<LivePlace>) =
        others.partition(|place| hint.is_some() && place.machine_hint == hint);
    let elsewhere = one_a_computer(elsewhere);
    if elsewhere.len() >= grant.device_limit.0.max(1) as usize {
        return Err(Refusal::DeviceLimit {
            product: asking.product.clone(),
            limit: grant.device_limit.0.max(1),
            devices: elsewhere,
        }
        .into());
    }
    for left in same.iter().skip(CLIENTS_OF_ONE_COMPUTER - 1) {
        places::release(tx, left.device.0, asking.product, asking.now).await?;
        let happened = Happened::to_device(left.device.0, DeviceEvent::Released, account, asking.now);
        timeline::add(tx, &happened.on(asking.product)).await?;
    }
    Ok(())
}

/// Of several devices that are one computer, the one that was used last.
fn one_a_computer(places: Vec<LivePlace>) -> Vec<DeviceInUse> {
    let mut seen = BTreeSet::new();
    places
        .into_iter()
        .filter(|place| {
            let computer = place.machine_hint.clone();
            seen.insert(computer.unwrap_or_else(|| place.device.0.to_string()))
        })
        .map(|place| DeviceInUse {
            device: place.device.0,
            name: place.name,
            platform: place.platform.0,
            last_used_at: place.last_used_at.0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Micros, Word};
    use toolcrib_model::Platform;
    use uuid::Uuid;

    fn place(device: u128, hint: Option<&str>) -> LivePlace {
        LivePlace {
            device: Word(Uuid::from_u128(device).into()),
            name: format!("computer {device}"),
            platform: Word(Platform::Any),
            machine_hint: hint.map(str::to_owned),
            last_used_at: Micros(Timestamp::UNIX_EPOCH),
        }
    }

    #[test]
    fn a_computer_with_several_clients_is_one_and_named_by_the_one_used_last() {
        let places = vec![
            place(1, Some("a")),
            place(2, None),
            place(3, Some("a")),
            place(4, None),
        ];
        let named: Vec<String> = one_a_computer(places)
            .into_iter()
            .map(|device| device.name)
            .collect();
        assert_eq!(named, ["computer 1", "computer 2", "computer 4"]);
    }
}
