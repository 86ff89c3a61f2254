//! The calls around licences: serial numbers, places on devices, timelines, the privacy statement.

use crate::account::{Account, NONE};
use crate::error::Error;
use crate::operation::Operation;
use std::collections::BTreeMap;
use toolcrib_model::{DeviceId, ProductId};
use toolcrib_wire::api::Page;
use toolcrib_wire::api::privacy::{PrivacyAcceptance, PrivacyStanding};
use toolcrib_wire::api::serial::{SerialEntry, SerialStanding};
use toolcrib_wire::api::timeline::TimelineEntry;

impl Account {
    /// How the serial number of a product stands on this device.
    ///
    /// # Errors
    /// All that any call may meet.
    pub async fn serial(&self, product: &ProductId) -> Result<SerialStanding, Error> {
        self.ask::<(), _>(Operation::Serial, &of_product(product), None)
            .await
    }

    /// Enters a serial number for this device, as it was typed.
    ///
    /// # Errors
    /// [`Error::Refused`] where it is mistyped or another product's, [`Error::NotFound`] where it is nobody's.
    pub async fn enter_serial(&self, product: &ProductId, typed: &str) -> Result<SerialStanding, Error> {
        let body = SerialEntry {
            serial: typed.to_owned(),
        };
        self.ask(Operation::EnterSerial, &of_product(product), Some(&body))
            .await
    }

    /// Takes the last serial number back.
    ///
    /// # Errors
    /// [`Error::Refused`] where there was none before.
    pub async fn undo_serial(&self, product: &ProductId) -> Result<SerialStanding, Error> {
        self.ask::<(), _>(Operation::UndoSerial, &of_product(product), None)
            .await
    }

    /// Releases a product from a device: its place is free at once.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the device is not the person's, or does not hold the product.
    pub async fn release_product(&self, device: DeviceId, product: &ProductId) -> Result<(), Error> {
        let mut parameters = of_product(product);
        parameters.insert("device".to_owned(), device.to_string());
        self.tell::<()>(Operation::ReleaseProduct, &parameters, None)
            .await
    }

    /// The newest entries of a device's timeline, at most a hundred.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the person may not see the device.
    pub async fn device_timeline(&self, device: DeviceId) -> Result<Vec<TimelineEntry>, Error> {
        let parameters = BTreeMap::from([("device".to_owned(), device.to_string())]);
        let page: Page<TimelineEntry> = self
            .ask::<(), _>(Operation::DeviceTimeline, &parameters, None)
            .await?;
        Ok(page.items)
    }

    /// The privacy statement in force, and whether the person accepted it.
    ///
    /// # Errors
    /// All that any call may meet.
    pub async fn privacy(&self) -> Result<PrivacyStanding, Error> {
        self.ask::<(), _>(Operation::Privacy, &NONE, None).await
    }

    /// Tells that the person accepted a version of the privacy statement.
    ///
    /// # Errors
    /// [`Error::Refused`] where another version is in force.
    pub async fn accept_privacy(&self, accepted: &PrivacyAcceptance) -> Result<PrivacyStanding, Error> {
        self.ask(Operation::AcceptPrivacy, &NONE, Some(accepted)).await
    }
}

fn of_product(product: &ProductId) -> BTreeMap<String, String> {
    BTreeMap::from([("product".to_owned(), product.to_string())])
}
