//! Newer releases of what is installed, and what an update of everything makes of them.

use super::{CompanyView, HoldView, NewsView, UiError};
use crate::code::Code;
use crate::error::Error;
use jiff::tz::TimeZone;
use serde::Serialize;
use toolcrib_model::{ProductId, Version};
use ts_rs::TS;

/// A newer release of what is installed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct UpdateView {
    /// The product.
    #[ts(as = "String")]
    pub product: ProductId,
    /// Its name for people.
    pub name: String,
    /// The release that is installed.
    #[ts(as = "String")]
    pub from: Version,
    /// The newer one.
    #[ts(as = "String")]
    pub to: Version,
    /// What is new since the installed release, the newest first.
    pub news: Vec<NewsView>,
    /// Whether the vendor says that nobody should go on without it.
    pub critical: bool,
    /// Bytes still to fetch.
    pub fetch_bytes: u64,
    /// Bytes on the disk afterwards.
    pub installed_bytes: u64,
    /// Bytes on the disk at the worst moment.
    pub peak_bytes: u64,
    /// Bytes that are free now.
    pub free_bytes: u64,
    /// Whether the computer must be restarted afterwards.
    pub restart_needed: bool,
    /// Whether the product is held at its release.
    pub hold: Option<HoldView>,
    /// What the person's company says of it, if it says something.
    pub policy: Option<CompanyView>,
    /// Why it cannot be installed as things are, and what helps: the disk is full, the folder cannot be written. The sizes
    /// are 0 where it could not be thought through because of that, but for what is to be fetched.
    pub obstacle: Option<UiError>,
    /// Its texts that the person has not accepted yet, by title.
    pub terms: Vec<String>,
    /// The scripts that it asks to run.
    pub scripts: Vec<String>,
    /// Whether a job of the product is unfinished.
    pub under_way: bool,
}

/// A product whose newer release could not begin to be installed, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct NotBegunView {
    /// The product.
    #[ts(as = "String")]
    pub product: ProductId,
    /// Its name for people.
    pub name: String,
    /// Why not, and what helps.
    pub failure: UiError,
}

impl UpdateView {
    /// What the company says, where it does not allow it now.
    fn refusal(&self) -> Option<&CompanyView> {
        self.policy.as_ref().filter(|policy| !policy.allows_now)
    }

    /// The hold that keeps it from being installed; a critical release is not kept.
    fn kept_by(&self) -> Option<&HoldView> {
        self.hold.as_ref().filter(|_| !self.critical)
    }
}

/// What an update of everything would do as things are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct EverythingView {
    /// What would be installed.
    pub updates: Vec<UpdateView>,
    /// Bytes to fetch for all of it.
    pub fetch_bytes: u64,
    /// Whether so much is not fetched without asking, because the network of now is metered.
    pub asks_metered: bool,
    /// Whether the computer must be restarted afterwards.
    pub restart_needed: bool,
    /// What would stay as it is, and why.
    pub passed_over: Vec<PassedOverView>,
}

/// A product that an update of everything leaves as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PassedOverView {
    /// The product.
    #[ts(as = "String")]
    pub product: ProductId,
    /// Its name for people.
    pub name: String,
    /// The release that it stays without.
    #[ts(as = "String")]
    pub to: Version,
    /// Why.
    pub why: PassedOver,
    /// The same for people.
    pub sentence: String,
    /// What somebody has to do before it can begin, as a failure of the wish to update everything; `None` where that is as
    /// it should be: it is held, or comes later.
    pub failure: Option<UiError>,
}

/// Why an update of everything leaves a product as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PassedOver {
    /// Something is being done with it, or waits.
    UnderWay,
    /// The person's company does not allow it now.
    Company,
    /// The person holds it at its release.
    Held,
    /// Something on this computer is in the way.
    Obstacle,
    /// It has texts that the person has not accepted.
    Terms,
    /// It has scripts that the person has not agreed to.
    Scripts,
}

/// What the person has said of all products beforehand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Whether the texts are accepted.
    pub accepts_terms: bool,
    /// Whether it is said what becomes of scripts: that they are run, or left out.
    pub of_scripts: bool,
    /// Whether unfinished jobs are to go on.
    pub goes_on: bool,
}

impl EverythingView {
    /// What is begun and what is passed over of these. Nothing is ever begun for which somebody has still to say yes.
    pub fn of(updates: Vec<UpdateView>, said: Said) -> Self {
        let (mut begun, mut passed_over) = (Vec::new(), Vec::new());
        for update in updates {
            match update.passed_over(said) {
                None => begun.push(update),
                Some((why, sentence)) => passed_over.push(PassedOverView {
                    failure: update.failure(why),
                    product: update.product,
                    name: update.name,
                    to: update.to,
                    why,
                    sentence,
                }),
            }
        }
        Self {
            fetch_bytes: begun.iter().map(|update| update.fetch_bytes).sum(),
            restart_needed: begun.iter().any(|update| update.restart_needed),
            asks_metered: false,
            updates: begun,
            passed_over,
        }
    }
}

impl UpdateView {
    /// Why an update of everything leaves this one as it is, if it does.
    fn passed_over(&self, said: Said) -> Option<(PassedOver, String)> {
        if self.under_way && !said.goes_on {
            let sentence = "A job of it is not finished yet.".to_owned();
            return Some((PassedOver::UnderWay, sentence));
        }
        if let Some(policy) = self.refusal() {
            return Some((PassedOver::Company, policy.sentence.clone()));
        }
        if let Some(hold) = self.kept_by() {
            return Some((PassedOver::Held, self.held(hold)));
        }
        if self.under_way {
            return None; // What its job needs somebody said when it began.
        }
        if let Some(obstacle) = &self.obstacle {
            let sentence = format!("{} {}", obstacle.message, obstacle.advice);
            return Some((PassedOver::Obstacle, sentence));
        }
        if !self.terms.is_empty() && !said.accepts_terms {
            let sentence = format!("Its terms are to be accepted first: {}.", self.terms.join(", "));
            return Some((PassedOver::Terms, sentence));
        }
        if !self.scripts.is_empty() && !said.of_scripts {
            let sentence = "It asks to run scripts, to which somebody has to agree first.".to_owned();
            return Some((PassedOver::Scripts, sentence));
        }
        None
    }

    /// What keeps it, where somebody has to do something about that before it can begin.
    fn failure(&self, why: PassedOver) -> Option<UiError> {
        match why {
            PassedOver::UnderWay | PassedOver::Company | PassedOver::Held => None,
            PassedOver::Obstacle => self.obstacle.clone(),
            PassedOver::Terms => Some(
                Error::TextsNotAccepted {
                    product: self.product.clone(),
                    titles: self.terms.clone(),
                }
                .into_view(),
            ),
            PassedOver::Scripts => Some(UiError {
                code: Code::Invalid,
                message: "It asks to run scripts.".to_owned(),
                advice: "Say what is to become of them; on the command line with --allow-scripts.".to_owned(),
                retryable: false,
            }),
        }
    }

    fn held(&self, hold: &HoldView) -> String {
        let from = &self.from;
        match hold.until {
            None => format!("You hold it at {from}."),
            Some(until) => {
                let until = until.to_zoned(TimeZone::system());
                format!("You hold it at {from} until {}.", until.strftime("%-d %B %Y"))
            }
        }
    }
}

#[cfg(test)]
mod tests;
