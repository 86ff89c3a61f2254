//! Serial numbers on devices: attached by Install Now, or typed; asked for as the truth table of S-148 says.

use super::App;
use super::entitlement::{Offer, best, offers};
use super::places::Asking;
use crate::actor::Device;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::audit::{Actor, Entry};
use crate::store::devices::{self, ArrivalRow};
use crate::store::engine::Record;
use crate::store::serials::{self, SerialRow};
use crate::store::timeline::{self, Happened};
use crate::store::{Connection, Micros, Tx};
use jiff::Timestamp;
use serde_json::json;
use toolcrib_model::ProductId;
use toolcrib_model::constants::SERIAL_FREE_START;
use toolcrib_model::serial::{BroughtBy, SerialNumber, SerialReason};
use toolcrib_wire::api::serial::SerialStanding;
use toolcrib_wire::api::timeline::DeviceEvent;

impl App {
    /// How the serial number of a product stands on the device.
    ///
    /// # Errors
    /// Refused where the person may not run the product.
    pub async fn serial(&self, device: &Device, product: &ProductId) -> Result<SerialStanding, Failure> {
        let grants = self.grants(device.member()).await?;
        let offer = self
            .given(device.member(), &grants, product, Offer::may_run)
            .await?;
        let mut reader = self.store().read().await?;
        let asked = self.shelf().view().await.policy(product).needs_serial;
        let attached = serials::one(&mut reader, device.id(), product).await?;
        let arrival = devices::arrival(&mut reader, device.id(), product).await?;
        let asking = Asking {
            member: device.member(),
            device: device.id(),
            product,
            grants: &grants,
            now: self.now(),
        };
        let shown = offer.shows_serial(asked);
        Ok(SerialStanding {
            product: product.clone(),
            asked,
            needed: needed(asked, &asking, attached.as_ref(), arrival.as_ref())?,
            start_ends_at: start_end(asked, attached.as_ref(), arrival.as_ref()),
            attached_at: attached.as_ref().map(|row| row.attached_at.0),
            can_undo: attached.as_ref().is_some_and(|row| row.previous.is_some()),
            serial: attached.filter(|_| shown).map(|row| row.serial),
        })
    }

    /// Attaches the serial number that a person typed, in place of the one before; nothing is installed anew (S-147).
    ///
    /// # Errors
    /// Refused where it is mistyped, or not one of a subscription by which the person may run the product.
    pub async fn enter_serial(
        &self,
        device: &Device,
        product: &ProductId,
        typed: &str,
    ) -> Result<SerialStanding, Failure> {
        let grants = self.grants(device.member()).await?;
        let asking = Asking {
            member: device.member(),
            device: device.id(),
            product,
            grants: &grants,
            now: self.now(),
        };
        let serial = self.attach_serial(&asking, typed).await?;
        let standing = self.serial(device, product).await?;
        // Whoever typed it knows it.
        Ok(SerialStanding {
            serial: Some(serial.to_string()),
            ..standing
        })
    }

    /// Judges what was typed, and attaches it.
    pub(super) async fn attach_serial(
        &self,
        asking: &Asking<'_>,
        typed: &str,
    ) -> Result<SerialNumber, Failure> {
        let serial: SerialNumber = typed
            .parse()
            .map_err(|bad| Refusal::Invalid(format!("This is no serial number: {bad}.")))?;
        let mut of_serial = asking.grants.to_vec();
        of_serial.retain(|grant| grant.serial == serial.as_str());
        match of_serial.first() {
            Some(grant) if grant.product.0 != *asking.product => {
                let (found, wanted) = (&grant.product.0, asking.product);
                let why = format!("This is the serial number of `{found}`, not of `{wanted}`.");
                return Err(Refusal::Invalid(why).into());
            }
            Some(_) => {
                self.given(asking.member, &of_serial, asking.product, Offer::may_run)
                    .await?;
            }
            None => return Err(Refusal::NotFound("such serial number on your contracts".to_owned()).into()),
        }
        let mut tx = self.store().write().await?;
        if serials::attach(
            &mut tx,
            asking.device,
            asking.product,
            serial.as_str(),
            asking.now,
        )
        .await?
        {
            self.told(tx, asking, DeviceEvent::SerialEntered).await?;
        }
        Ok(serial)
    }

    /// Takes the last entry back: the serial number before it counts again.
    ///
    /// # Errors
    /// Refused where there was none before.
    pub async fn undo_serial(&self, device: &Device, product: &ProductId) -> Result<SerialStanding, Failure> {
        let asking = Asking {
            member: device.member(),
            device: device.id(),
            product,
            grants: &[],
            now: self.now(),
        };
        let mut tx = self.store().write().await?;
        if !serials::undo(&mut tx, device.id(), product, asking.now).await? {
            return Err(
                Refusal::Conflict("There is no earlier serial number to go back to.".to_owned()).into(),
            );
        }
        self.told(tx, &asking, DeviceEvent::SerialUndone).await?;
        self.serial(device, product).await
    }

    async fn told(&self, mut tx: Tx, asking: &Asking<'_>, event: DeviceEvent) -> Result<(), Error> {
        let member = asking.member;
        let happened = Happened::to_device(asking.device, event, member.account(), asking.now);
        timeline::add(&mut tx, &happened.on(asking.product)).await?;
        tx.commit(Record::Entry(Entry {
            at: asking.now,
            organisation: Some(member.organisation()),
            actor: Actor::Account(member.account()),
            act: "serial_changed",
            subject: asking.product.as_str(),
            details: json!({ "device": asking.device, "event": event }),
        }))
        .await
    }
}

/// What is missing before a lease may be signed, if anything is.
pub(super) async fn missing(
    connection: &mut Connection,
    needs_serial: bool,
    asking: &Asking<'_>,
) -> Result<Option<SerialReason>, Error> {
    let attached = serials::one(connection, asking.device, asking.product).await?;
    let arrival = devices::arrival(connection, asking.device, asking.product).await?;
    needed(needs_serial, asking, attached.as_ref(), arrival.as_ref())
}

/// Attaches the serial number where Install Now brought the product in time.
pub(super) async fn attach_by_install_now(tx: &mut Tx, asking: &Asking<'_>) -> Result<(), Error> {
    let arrival = devices::arrival(tx, asking.device, asking.product).await?;
    let Some(arrival) = arrival else { return Ok(()) };
    if SerialReason::of(arrival.brought_by.0, is_late(&arrival)?, false).is_some() {
        return Ok(());
    }
    let of_person = offers(asking.member.contracts(), asking.grants);
    let Some((offer, Ok(()))) = best(of_person, asking.product, |offer| offer.may_run(asking.now)) else {
        return Ok(());
    };
    let (device, serial) = (asking.device, &offer.grant.serial);
    if serials::attach(tx, device, asking.product, serial, asking.now).await? {
        let account = asking.member.account();
        let happened = Happened::to_device(device, DeviceEvent::SerialAttached, account, asking.now);
        timeline::add(tx, &happened.on(asking.product)).await?;
    }
    Ok(())
}

fn needed(
    needs_serial: bool,
    asking: &Asking<'_>,
    attached: Option<&SerialRow>,
    arrival: Option<&ArrivalRow>,
) -> Result<Option<SerialReason>, Error> {
    let running = offers(asking.member.contracts(), asking.grants)
        .filter(|offer| offer.grant.product.0 == *asking.product && offer.may_run(asking.now).is_ok());
    let serials: Vec<&str> = running.map(|offer| offer.grant.serial.as_str()).collect();
    match attached {
        _ if !needs_serial => Ok(None),
        Some(row) if serials.contains(&row.serial.as_str()) => Ok(None),
        Some(_) => Ok(SerialReason::of(BroughtBy::InstallNow, false, true)),
        // Of what was not reported yet nothing is known: the report comes, and with it the answer.
        None => arrival.map_or(Ok(None), |arrival| {
            Ok(SerialReason::of(arrival.brought_by.0, is_late(arrival)?, false))
        }),
    }
}

/// Whether it was installed more than 30 days after its download (S-148).
fn is_late(arrival: &ArrivalRow) -> Result<bool, Error> {
    let fetched = arrival.fetched_at.map(Micros::try_from).transpose()?;
    Ok(fetched.is_some_and(|fetched| arrival.installed_at.0.duration_since(fetched.0) > SERIAL_FREE_START))
}

/// The end of the start without a serial number: 30 days after the installation (X3).
fn start_end(
    needs_serial: bool,
    attached: Option<&SerialRow>,
    arrival: Option<&ArrivalRow>,
) -> Option<Timestamp> {
    let open = needs_serial && attached.is_none();
    arrival
        .filter(|_| open)
        .map(|arrival| arrival.installed_at.0 + SERIAL_FREE_START)
}
