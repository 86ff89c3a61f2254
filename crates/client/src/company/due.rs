//! Installing what a company's policy has made due, while a program runs that can.

use crate::client::Client;
use crate::error::Error;
use crate::prepare::Request;
use crate::updates::Begun;
use crate::view::{InstallOptions, OfferView};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::time::Duration;
use toolcrib_model::{ProductId, Version};

/// How often the company is asked, at most and at least.
const ROUNDS: (Duration, Duration) = (Duration::from_secs(30), Duration::from_secs(900));
/// How long it is before what failed is tried again.
const AGAIN: SignedDuration = SignedDuration::from_hours(6);

impl Client {
    /// Installs what is due by the company's policies now, holds of the person's own or not; the person is asked nothing,
    /// so that what needs their consent first stays open.
    ///
    /// # Errors
    /// When the catalogue cannot be had; one product that cannot be updated does not keep the others, and is told of.
    pub async fn update_due(&self, request: &Request) -> Result<Begun, Error> {
        self.hear_company().await;
        let due = self.due_now().await?;
        Ok(self.begin_due(due, request).await)
    }

    /// Looks after what companies want installed, for as long as the program lives.
    pub async fn look_after_updates(&self) {
        let mut tried: BTreeMap<(ProductId, Version), Timestamp> = BTreeMap::new();
        loop {
            self.hear_company().await;
            let offers = self.offers().await.unwrap_or_default();
            let now = self.0.clock.now();
            tried.retain(|_, at| now.duration_since(*at) < AGAIN);
            let next = offers.iter().filter_map(due_at).filter(|due| *due > now).min();
            let due: Vec<_> = self.of_due(offers).collect();
            let fresh: Vec<_> = due.into_iter().filter(|one| !tried.contains_key(one)).collect();
            tried.extend(fresh.iter().map(|one| (one.clone(), now)));
            self.begin_due(fresh, &quietly()).await;
            tokio::time::sleep(pause(next, now)).await;
        }
    }

    async fn due_now(&self) -> Result<Vec<(ProductId, Version)>, Error> {
        let offers = self.offers().await?;
        Ok(self.of_due(offers).collect())
    }

    fn of_due(&self, offers: Vec<OfferView>) -> impl Iterator<Item = (ProductId, Version)> {
        let now = self.0.clock.now();
        let due = offers.into_iter().filter(move |offer| {
            let allowed = offer.policy.as_ref().is_some_and(|policy| policy.allows_now);
            allowed && due_at(offer).is_some_and(|due| due <= now)
        });
        due.filter_map(|offer| Some((offer.product, offer.update?)))
    }

    async fn begin_due(&self, due: Vec<(ProductId, Version)>, request: &Request) -> Begun {
        let named = due.into_iter().map(|(product, _)| {
            let receipt = self.receipt(&product).ok().flatten();
            let name = receipt.map_or_else(|| product.to_string(), |receipt| receipt.name);
            (product, name)
        });
        self.begin_each(named.collect(), request).await
    }
}

fn due_at(offer: &OfferView) -> Option<Timestamp> {
    offer.policy.as_ref().and_then(|policy| policy.due)
}

/// Until the next thing is due, but never so long that a halt would be heard late.
fn pause(next: Option<Timestamp>, now: Timestamp) -> Duration {
    let until = next.map(|next| next.duration_since(now).unsigned_abs());
    until.unwrap_or(ROUNDS.1).clamp(ROUNDS.0, ROUNDS.1)
}

/// Nobody sits there to be asked: warnings do not stop it, new texts and dear networks do.
fn quietly() -> Request {
    Request::new(InstallOptions {
        despite_warnings: true,
        ..InstallOptions::default()
    })
}
