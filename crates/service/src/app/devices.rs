//! Devices and what is installed on them.

use super::App;
use super::pages::PageRequest;
use super::places::Asking;
use super::serials::attach_by_install_now;
use crate::actor::{Device as Reporter, Member};
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::audit::{Actor, Entry};
use crate::store::devices::{self, Arrived, DeviceRow, InstallationRow, Whose};
use crate::store::engine::Record;
use crate::store::places::{self, PlaceRow};
use crate::store::timeline::{self, Happened};
use jiff::Timestamp;
use serde_json::json;
use toolcrib_model::Row;
use toolcrib_wire::api::Page;
use toolcrib_wire::api::device::{
    Device, DeviceLicence, DeviceLicenceState, Installation, InstallationReport, InstallationState,
};
use toolcrib_wire::api::timeline::DeviceEvent;

impl App {
    /// The person's own devices; for administrators those of the whole customer (S-50).
    ///
    /// # Errors
    /// Only where the store fails.
    pub async fn devices(&self, member: &Member, asked: &PageRequest) -> Result<Page<Device>, Error> {
        let whose = match member.permits(Row::R8) {
            true => Whose::All(member.organisation()),
            false => Whose::Own(member.account()),
        };
        let mut reader = self.store().read().await?;
        let rows = devices::list(&mut reader, whose, asked.after(), asked.lookahead()).await?;
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            let installations = devices::installations(&mut reader, row.device.0).await?;
            let places = places::of_device(&mut reader, row.device.0).await?;
            found.push(Device {
                installations: installations.into_iter().map(installed).collect(),
                licences: licences(&places, self.now())?,
                ..shown(row, member)
            });
        }
        Ok(asked.page(found, |device| device.device.to_string()))
    }

    /// Notes what has become of a product on the device that says so.
    ///
    /// # Errors
    /// Refused where none of the person's contracts has the product.
    pub async fn report_installation(
        &self,
        device: &Reporter,
        report: &InstallationReport,
    ) -> Result<(), Failure> {
        let member = device.member();
        let grants = self.grants(member).await?;
        if !grants.iter().any(|grant| grant.product.0 == report.product) {
            return Err(Refusal::NotFound(format!("product `{}`", report.product)).into());
        }
        let (now, product) = (self.now(), &report.product);
        let needs_serial = self.shelf().view().await.policy(product).needs_serial;
        let mut tx = self.store().write().await?;
        let (act, event) = match report.state {
            InstallationState::Installed => {
                devices::installed(&mut tx, device.id(), &arrived(report, now), now).await?;
                ("product_installed", DeviceEvent::Installed)
            }
            InstallationState::Uninstalled => {
                devices::uninstalled(&mut tx, device.id(), product).await?;
                ("product_uninstalled", DeviceEvent::Uninstalled)
            }
        };
        self.keep_release(&mut tx, (device, &grants), report).await?;
        let happened = Happened::to_device(device.id(), event, member.account(), now);
        timeline::add(&mut tx, &happened.on(product)).await?;
        if needs_serial && report.state == InstallationState::Installed {
            let asking = Asking {
                member,
                device: device.id(),
                product,
                grants: &grants,
                now,
            };
            attach_by_install_now(&mut tx, &asking).await?;
        }
        devices::seen(&mut tx, device.id(), now).await?;
        let entry = Entry {
            at: now,
            organisation: Some(member.organisation()),
            actor: Actor::Account(member.account()),
            act,
            subject: report.product.as_str(),
            details: json!({ "device": device.id(), "version": report.version }),
        };
        Ok(tx.commit(Record::Entry(entry)).await?)
    }
}

fn arrived(report: &InstallationReport, now: Timestamp) -> Arrived<'_> {
    Arrived {
        product: &report.product,
        version: &report.version,
        brought_by: report.brought_by,
        // A computer with a wrong clock may name a time to come.
        fetched_at: report.fetched_at.map(|at| at.min(now)),
    }
}

fn shown(row: DeviceRow, member: &Member) -> Device {
    Device {
        device: row.device.0,
        name: row.name,
        platform: row.platform.0,
        user_name: row.user_name,
        user_id: row.user_id.0.to_string(),
        registered_at: row.registered_at.0,
        last_seen_at: row.last_seen_at.0,
        installations: vec![],
        licences: vec![],
        signed_in: row.signed_in,
        this_device: member.device() == Some(row.device.0),
    }
}

fn installed(row: InstallationRow) -> Installation {
    Installation {
        product: row.product.0,
        version: row.version.0,
        reported_at: row.reported_at.0,
    }
}

fn licences(places: &[PlaceRow], now: Timestamp) -> Result<Vec<DeviceLicence>, Error> {
    let held = places.iter().filter(|place| place.released_at.is_none());
    held.map(|place| {
        Ok(DeviceLicence {
            product: place.product.0.clone(),
            state: state_of(place, now),
            last_used_at: place.last_used_at.0,
            verify_by: place.verify_by.0,
            works_until: place.works_until.0,
            offline_until: place.offline_until()?.filter(|until| *until > now),
        })
    })
    .collect()
}

fn state_of(place: &PlaceRow, now: Timestamp) -> DeviceLicenceState {
    if now < place.verify_by.0 {
        DeviceLicenceState::Active
    } else if now < place.works_until.0 {
        DeviceLicenceState::Grace
    } else {
        DeviceLicenceState::Lapsed
    }
}
