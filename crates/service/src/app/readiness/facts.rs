//! The facts of computers that use the client, for customers who switched that on.

use super::bundle::recommended;
use super::detail::facts;
use super::done;
use crate::actor::{Device, Member};
use crate::app::App;
use crate::app::pages::PageRequest;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::device_facts::{self as store, FactsRow, SettingRow};
use serde_json::json;
use toolcrib_model::{Facts, Language, Verdict};
use toolcrib_readiness::judge;
use toolcrib_wire::api::Page;
use toolcrib_wire::api::readiness::facts::{
    DeviceFacts, DeviceFit, DeviceLack, FactsKept, FactsSetting, OwnFacts, ToldFacts,
};
use toolcrib_wire::readiness::{CheckedProduct, Ruling};

/// How many of a person's own computers are shown: more than anybody has.
const OWN_SHOWN: u32 = 100;

impl App {
    /// Whether the customer collects facts.
    ///
    /// # Errors
    /// Only where the store fails.
    pub async fn facts_setting(&self, member: &Member) -> Result<FactsSetting, Error> {
        let mut reader = self.store().read().await?;
        Ok(setting(store::setting(&mut reader, member.organisation()).await?))
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
        let (now, member) = (self.now(), device.member());
        let mut tx = self.store().write().await?;
        let setting = store::setting(&mut tx, member.organisation()).await?;
        if !setting.is_some_and(|setting| setting.collected) {
            return Ok(FactsKept { kept: false });
        }
        let text = serde_json::to_string(told)
            .map_err(|_| Refusal::Invalid("The facts cannot be written down.".to_owned()))?;
        store::put(&mut tx, device.id(), &text, now).await?;
        let subject = device.id().to_string();
        let details = json!({ "facts": told.iter().count() });
        tx.commit(done(member, "device_facts_told", &subject, details, now))
            .await?;
        Ok(FactsKept { kept: true })
    }

    /// What the person's own computers told, and whether they are asked to.
    ///
    /// # Errors
    /// Only where the store fails.
    pub async fn own_facts(&self, member: &Member) -> Result<OwnFacts, Error> {
        let mut reader = self.store().read().await?;
        let decided = store::setting(&mut reader, member.organisation()).await?;
        let rows = store::of_account(&mut reader, member.account(), OWN_SHOWN).await?;
        Ok(OwnFacts {
            setting: setting(decided),
            devices: rows.into_iter().map(told).collect::<Result<_, _>>()?,
        })
    }

    /// The facts that the customer's devices told, judged by what the products that the person may check for need.
    ///
    /// # Errors
    /// Only where the store fails.
    pub async fn device_facts(
        &self,
        member: &Member,
        asked: &PageRequest,
    ) -> Result<Page<DeviceFacts>, Error> {
        let products = self.recommended_products(member).await?;
        let mut reader = self.store().read().await?;
        let after = asked.after();
        let rows = store::list(&mut reader, member.organisation(), after, asked.lookahead()).await?;
        let found: Result<Vec<DeviceFacts>, Error> =
            rows.into_iter().map(|row| shown(row, &products)).collect();
        Ok(asked.page(found?, |device| device.device.to_string()))
    }

    /// The recommended release of each product that the person may check computers for, with what it needs.
    async fn recommended_products(&self, member: &Member) -> Result<Vec<CheckedProduct>, Error> {
        let allowed = self.checkable(member).await?;
        let view = self.shelf().view().await;
        let products = allowed.iter().filter_map(|product| recommended(product, &view));
        Ok(products.collect())
    }
}

fn setting(row: Option<SettingRow>) -> FactsSetting {
    FactsSetting {
        collected: row.as_ref().is_some_and(|row| row.collected),
        changed_by: row.as_ref().map(|row| row.changed_by.clone()),
        changed_at: row.map(|row| row.changed_at.0),
    }
}

fn read(row: &FactsRow) -> Result<Facts, Error> {
    serde_json::from_str(&row.facts).map_err(|_| Error::StoredValue {
        kind: "facts",
        value: row.device.0.to_string(),
    })
}

fn told(row: FactsRow) -> Result<ToldFacts, Error> {
    Ok(ToldFacts {
        facts: facts(&read(&row)?),
        device: row.device.0,
        name: row.name,
        received_at: row.received_at.0,
    })
}

fn shown(row: FactsRow, products: &[CheckedProduct]) -> Result<DeviceFacts, Error> {
    let told = read(&row)?;
    Ok(DeviceFacts {
        device: row.device.0,
        name: row.name,
        user_name: row.user_name,
        facts: facts(&told),
        received_at: row.received_at.0,
        products: products.iter().map(|product| fit(product, &told)).collect(),
    })
}

fn fit(product: &CheckedProduct, told: &Facts) -> DeviceFit {
    let report = judge(&product.requirements, told, &Language::english());
    let lacking = report
        .rules
        .into_iter()
        .filter(|rule| rule.verdict != Verdict::Pass);
    DeviceFit {
        product: product.product.clone(),
        name: product.name.clone(),
        version: product.version.clone(),
        verdict: report.verdict,
        lacks: lacking.map(lack).collect(),
    }
}

fn lack(rule: Ruling) -> DeviceLack {
    DeviceLack {
        rule: rule.id,
        text: rule.text,
        verdict: rule.verdict,
        measured: rule.measured,
        needed: rule.needed,
        fix: rule.fix,
    }
}
