//! What the person's company says of products: their channel, approved versions, and when updates are installed
//! (S-112, B-14 to B-18).
//!
//! The account service says it with what the person may have, and what it said last stays in force without a network: it is
//! judged again by the clock of now, by the same rule that the service previews with.

mod due;
mod words;

use crate::client::Client;
use crate::error::Error;
use crate::view::CompanyView;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use std::time::Duration;
use tokio::time::timeout;
use toolcrib_model::policy::{Answer, Decision, Question, UpdateTerms};
use toolcrib_model::{ChannelName, ProductId, Version, VersionRights};
use toolcrib_wire::api::product::ProductEntitlement;
use toolcrib_wire::catalogue::ListedProduct;

/// How long a person waits for the company's newest word: what it said last will do.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the company says of one product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CompanyWord {
    pub(crate) channel: Option<ChannelName>,
    pub(crate) rights: VersionRights,
    pub(crate) updates: UpdateTerms,
}

/// A release, and the question whether it may take the place of what is installed.
pub(crate) struct Change<'a> {
    pub(crate) installed: Option<&'a Version>,
    pub(crate) wanted: &'a Version,
    /// Whether going over to a release must not wait.
    pub(crate) is_critical: &'a dyn Fn(&Version) -> bool,
    /// When it would be done.
    pub(crate) at: Timestamp,
}

impl CompanyWord {
    fn of(granted: ProductEntitlement) -> Self {
        Self {
            channel: granted.channel,
            rights: VersionRights::of(granted.approved, Vec::new()),
            updates: granted.updates.unwrap_or_default(),
        }
    }

    /// What becomes of an update; `None` where there is none, and the company names no other release.
    pub(crate) fn judge(&self, asked: &Question<'_>) -> Option<Answer> {
        self.updates.judge(asked)
    }

    /// Why a change must not be made, in a sentence; `None` where it may.
    pub(crate) fn bar(&self, change: &Change<'_>, zone: &TimeZone) -> Option<String> {
        let other_target = self.updates.target().filter(|target| *target != change.wanted);
        if let Some(target) = other_target.filter(|_| change.installed != Some(change.wanted)) {
            return Some(words::fixed(target));
        }
        let installed = change.installed?;
        let answer = self.judge(&Question {
            installed,
            offered: Some(change.wanted),
            is_critical: change.is_critical,
            now: change.at,
            zone,
        })?;
        let is_barred = answer.version == *change.wanted && !answer.decision.allows_now();
        is_barred.then(|| words::sentence(&answer, installed, change.at, zone))
    }
}

impl Client {
    /// What the company said last of a product; nothing where nobody is known here.
    pub(crate) fn company_word(&self, product: &ProductId) -> Result<CompanyWord, Error> {
        let server = match self.server() {
            Ok(server) => server,
            Err(Error::NoServer) => return Ok(CompanyWord::default()),
            Err(error) => return Err(error),
        };
        let granted = self.memory(&server)?.products.unwrap_or_default();
        let found = granted.into_iter().find(|granted| granted.product == *product);
        Ok(found.map(CompanyWord::of).unwrap_or_default())
    }

    /// Why the company does not allow a product to go over from one version to another, if it does not: now, or at the time
    /// at which that is to be.
    pub(crate) fn barred(
        &self,
        listed: &ListedProduct,
        (product, installed, wanted): (&ProductId, Option<&Version>, &Version),
        at: Option<Timestamp>,
    ) -> Result<Option<String>, Error> {
        let (asking, said) = (self.asking(product)?, self.company_word(product)?);
        if asking.target.as_ref() == Some(wanted) {
            return Ok(None);
        }
        let is_critical = |to: &Version| installed.is_some_and(|from| asking.is_urgent(listed, from, to));
        let change = Change {
            installed,
            wanted,
            is_critical: &is_critical,
            at: at.unwrap_or_else(|| self.0.clock.now()),
        };
        Ok(said.bar(&change, &TimeZone::system()))
    }

    /// Asks the account service what the company says now. Where it cannot be asked, what it said last stays.
    pub(crate) async fn hear_company(&self) {
        if !self.is_signed_in() {
            return;
        }
        match timeout(PATIENCE, self.products_now()).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::info!(
                error = error.sentence(),
                "what the company says could not be asked; what it said last stays"
            ),
            Err(_) => {
                tracing::info!("the service is slow to say what the company says; what it said last stays")
            }
        }
    }
}

/// An answer as faces show it; `None` where the person decides.
pub(crate) fn policy_view(
    answer: &Answer,
    installed: &Version,
    now: Timestamp,
    zone: &TimeZone,
) -> Option<CompanyView> {
    let not_before = match &answer.decision {
        Decision::Free => return None,
        Decision::NotBefore { at, .. } => instant(*at, zone),
        Decision::Due { .. } | Decision::Never { .. } => None,
    };
    Some(CompanyView {
        policy: answer.policy.clone(),
        allows_now: answer.decision.allows_now(),
        not_before,
        due: answer.decision.due().and_then(|due| instant(due, zone)),
        goes_back: answer.version < *installed,
        sentence: words::sentence(answer, installed, now, zone),
    })
}

/// The instant at which the wall shows this here; right after, where the clock is put forward over it.
fn instant(wall: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_timestamp(wall).ok()
}

#[cfg(test)]
mod tests;
