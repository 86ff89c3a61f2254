//! What the vendor offers for what is installed: updates, and what is said of releases that were taken back.

use super::offer::Asking;
use super::withdrawn::{taken_back, way_out};
use crate::client::Client;
use crate::company::{CompanyWord, policy_view};
use crate::error::Error;
use crate::view::{NewsView, OfferView, ReleaseView};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use toolcrib_model::policy::Question;
use toolcrib_model::{ProductId, Version};
use toolcrib_wire::catalogue::ListedProduct;
use toolcrib_wire::receipt::Receipt;

impl Client {
    /// What the vendor offers for each installed product, by id. Products that are not listed are left out.
    ///
    /// # Errors
    /// When the catalogue can neither be had nor be remembered, or is not believed.
    pub async fn offers(&self) -> Result<Vec<OfferView>, Error> {
        let opened = self.catalogue().await?;
        let mut offers = Vec::new();
        for receipt in self.receipts()? {
            if let Ok(listed) = opened.product(&receipt.product) {
                offers.push(self.offer_of(listed, &receipt)?);
            }
        }
        offers.sort_by(|one, other| one.product.cmp(&other.product));
        Ok(offers)
    }

    /// What the vendor offers for one installed product.
    ///
    /// # Errors
    /// As [`Client::offers`], and when it is not installed or not listed.
    pub async fn offer(&self, product: &ProductId) -> Result<OfferView, Error> {
        let receipt = self.receipt_of(product)?;
        let opened = self.catalogue().await?;
        let listed = opened.product(product)?;
        self.offer_of(listed, &receipt)
    }

    fn offer_of(&self, listed: &ListedProduct, receipt: &Receipt) -> Result<OfferView, Error> {
        self.offer_to(&self.asking(&receipt.product)?, listed, receipt)
    }

    /// What would be offered to whoever asks so, for one installed product.
    pub(super) fn offer_to(
        &self,
        asking: &Asking,
        listed: &ListedProduct,
        receipt: &Receipt,
    ) -> Result<OfferView, Error> {
        let said = self.company_word(&receipt.product)?;
        let clock = (self.0.clock.now(), &TimeZone::system());
        let here = self.releases(receipt);
        Ok(offer(asking, listed, (receipt, &here), (&said, clock)))
    }
}

fn offer(
    asking: &Asking,
    listed: &ListedProduct,
    (receipt, here): (&Receipt, &[ReleaseView]),
    (said, (now, zone)): (&CompanyWord, (Timestamp, &TimeZone)),
) -> OfferView {
    let installed = &receipt.version;
    let offered = asking.update(&receipt.product, listed, (installed, &receipt.language));
    let urgent = |to: &Version| asking.is_urgent(listed, installed, to);
    let asked = Question {
        installed,
        offered: offered.map(|release| &release.version),
        is_critical: &urgent,
        now,
        zone,
    };
    // What was set on the computer goes before what is said of the person.
    let answer = match asking.is_settled() {
        true => None,
        false => said.judge(&asked),
    };
    // The company may name another release, which may be an older one.
    let named = answer.as_ref().map(|answer| &answer.version);
    let update = named.map_or(offered, |named| {
        listed.release(named, asking.machine, Some(&receipt.language))
    });
    let answer = answer.filter(|_| update.is_some());
    let policy = answer.and_then(|answer| policy_view(&answer, installed, now, zone));
    let in_its_place = update.map(|update| (&update.version, policy.as_ref()));
    OfferView {
        way_out: way_out(listed, installed, here, in_its_place),
        taken_back: taken_back(listed, here),
        policy,
        product: receipt.product.clone(),
        channel: asking.channel.clone(),
        installed: installed.clone(),
        withdrawn: listed.withdrawn(installed).map(str::to_owned),
        too_old: listed.minimum.as_ref().is_some_and(|minimum| installed < minimum),
        critical: update.is_some_and(|update| urgent(&update.version)),
        stored_bytes: update.map_or(0, |update| update.stored_bytes),
        news: update.map_or_else(Vec::new, |update| {
            news(asking, listed, installed, &update.version)
        }),
        update: update.map(|update| update.version.clone()),
    }
}

/// What is new after `from`, up to `to`; of each release once, whatever its languages.
fn news(asking: &Asking, listed: &ListedProduct, from: &Version, to: &Version) -> Vec<NewsView> {
    let mut news: Vec<NewsView> = Vec::new();
    for release in &listed.releases {
        let is_meant = release.version > *from
            && release.version <= *to
            && !release.withdrawn
            && release.platform.runs_on(asking.machine)
            && news.iter().all(|known| known.version != release.version);
        if let Some(text) = release.whats_new.as_ref().filter(|_| is_meant) {
            news.push(NewsView {
                version: release.version.clone(),
                text: text.clone(),
            });
        }
    }
    news.sort_by(|one, other| other.version.cmp(&one.version));
    news
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use toolcrib_model::{Digest, Platform, VersionRights};

    #[test]
    fn what_is_new_is_told_of_every_release_on_the_way_and_of_no_other() {
        let release = |version: &str, language: &str| {
            json!({
                "version": version, "platform": "any", "language": language, "stored_bytes": 9, "installed_bytes": 9,
                "manifest": "", "whats_new": format!("- new in {version}"),
            })
        };
        let listed: ListedProduct = serde_json::from_value(json!({
            "name": "A", "publisher": "V", "summary": "", "channels": { "stable": "1.2.0" },
            "releases": [
                release("1.3.0", "en"), release("1.2.0", "de"), release("1.2.0", "en"),
                release("1.1.0", "en"), release("1.0.0", "en"),
            ],
        }))
        .expect("a listed product");
        let blob = json!({ "sha256": "0".repeat(64), "length": 1 });
        let receipt: Receipt = serde_json::from_value(json!({
            "schema": 1, "product": "a", "name": "A", "version": "1.0.0", "platform": "any", "language": "en",
            "manifest": blob, "index": blob, "root": "/apps/a", "tree": "releases/1.0.0", "components": [],
            "installed_bytes": 1, "file_count": 1, "installed_at": "2026-01-01T00:00:00Z",
        }))
        .expect("a receipt");
        let asking = Asking {
            device: Digest::of(b"a device"),
            channel: "stable".parse().expect("a channel"),
            machine: Platform::current(),
            target: None,
            updates: crate::policy::Updates::Free,
            rights: VersionRights::default(),
            named: None,
        };
        let clock = (Timestamp::UNIX_EPOCH, &TimeZone::UTC);
        let offer = offer(
            &asking,
            &listed,
            (&receipt, &[]),
            (&CompanyWord::default(), clock),
        );
        assert_eq!(offer.update, Some(Version::new(1, 2, 0)));
        assert_eq!(
            (offer.stored_bytes, offer.critical, offer.withdrawn),
            (9, false, None)
        );
        let told: Vec<_> = offer.news.iter().map(|news| news.text.as_str()).collect();
        assert_eq!(told, ["- new in 1.2.0", "- new in 1.1.0"]);
    }
}
