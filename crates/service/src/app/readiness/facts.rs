//! The facts of computers that use the client, for customers who switched that on.

use super::detail::facts;
use super::done;
use crate::actor::{Device, Member};
use crate::app::App;
use crate::app::pages::PageRequest;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::device_facts::{self as store, FactsRow};
use crate::store::engine::Record;
use serde_json::json;
use toolcrib_model::Facts;
use toolcrib_wire::api::Page;
use toolcrib_wire::api::readiness::facts::{DeviceFacts, FactsKept, FactsSetting};

impl App {
    /// Whether the customer collects facts.
    ///
    /// # Errors
    /// Only where the store fails.
    pub async fn facts_setting(&self, member: &Member) -> Result<FactsSetting, Error> {
        let mut reader = self.store().read().await?;
        let row = store::setting(&mut reader, member.organisation()).await?;
        Ok(FactsSetting {
            collected: row.as_ref().is_some_and(|row| row.collected),
            changed_by: row.as_ref().map(|row| row.changed_by.clone()),
            changed_at: row.map(|row| row.changed_at.0),
        })
    }

    /// Decides whether the customer collects facts; without, what was collected is removed.
    ///
    /// # Errors
    /// Only where the store fails.
    pub async fn set_facts_setting(&self, member: &Member, collected: bool) -> Result<FactsSetting, Error> {
        let now = self.now();
        let mut tx = self.store().write().await?;
        store::set(&mut tx, member.organisation(), collected, member.account(), now).await?;
        let subject = member.organisation().to_string();
        let details = json!({ "collected": collected });
        tx.commit(done(member, "device_facts_decided", &subject, details, now))
            .await?;
        self.facts_setting(member).await
    }

    /// Keeps what a device tells of itself, if its customer wants to know.
    ///
    /// # Errors
    /// Refused where the facts cannot be written down.
    pub async fn put_device_facts(&self, device: &Device, told: &Facts) -> Result<FactsKept, Failure> {
        let mut tx = self.store().write().await?;
        let setting = store::setting(&mut tx, device.member().organisation()).await?;
        if !setting.is_some_and(|setting| setting.collected) {
            return Ok(FactsKept { kept: false });
        }
        let text = serde_json::to_string(told)
            .map_err(|_| Refusal::Invalid("The facts cannot be written down.".to_owned()))?;
        store::put(&mut tx, device.id(), &text, self.now()).await?;
        tx.commit(Record::Upkeep("a device told its facts")).await?;
        Ok(FactsKept { kept: true })
    }

    /// The facts that the customer's devices told.
    ///
    /// # Errors
    /// Only where the store fails.
    pub async fn device_facts(
        &self,
        member: &Member,
        asked: &PageRequest,
    ) -> Result<Page<DeviceFacts>, Error> {
        let mut reader = self.store().read().await?;
        let after = asked.after();
        let rows = store::list(&mut reader, member.organisation(), after, asked.lookahead()).await?;
        let found: Result<Vec<DeviceFacts>, Error> = rows.into_iter().map(shown).collect();
        Ok(asked.page(found?, |device| device.device.to_string()))
    }
}

fn shown(row: FactsRow) -> Result<DeviceFacts, Error> {
    let told: Facts = serde_json::from_str(&row.facts).map_err(|_| Error::StoredValue {
        kind: "facts",
        value: row.device.0.to_string(),
    })?;
    Ok(DeviceFacts {
        device: row.device.0,
        name: row.name,
        user_name: row.user_name,
        facts: facts(&told),
        received_at: row.received_at.0,
    })
}
