//! Devices and what is installed on them.

use super::App;
use super::pages::PageRequest;
use crate::actor::{Device as Reporter, Member};
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::audit::{Actor, Entry};
use crate::store::devices::{self, DeviceRow, InstallationRow, Whose};
use crate::store::engine::Record;
use serde_json::json;
use toolcrib_model::Row;
use toolcrib_wire::api::Page;
use toolcrib_wire::api::device::{Device, Installation, InstallationReport, InstallationState};

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
            found.push(shown(row, installations, member));
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
        let now = self.now();
        let mut tx = self.store().write().await?;
        let act = match report.state {
            InstallationState::Installed => {
                devices::installed(&mut tx, device.id(), &report.product, &report.version, now).await?;
                "product_installed"
            }
            InstallationState::Uninstalled => {
                devices::uninstalled(&mut tx, device.id(), &report.product).await?;
                "product_uninstalled"
            }
        };
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

fn shown(row: DeviceRow, installations: Vec<InstallationRow>, member: &Member) -> Device {
    let installation = |row: InstallationRow| Installation {
        product: row.product.0,
        version: row.version.0,
        reported_at: row.reported_at.0,
    };
    Device {
        device: row.device.0,
        name: row.name,
        platform: row.platform.0,
        user_name: row.user_name,
        registered_at: row.registered_at.0,
        last_seen_at: row.last_seen_at.0,
        installations: installations.into_iter().map(installation).collect(),
        this_device: member.device() == Some(row.device.0),
    }
}
