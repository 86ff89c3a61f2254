//! What a product links to ask: *may I run, until when, who am I, why not?*
//!
//! It reads the shelf of leases that the client keeps and decides by itself, in a few milliseconds, with or without a
//! network. It never speaks to the network, never signs anybody in, and never ends a running program.
//!
//! Read [`Toolcrib::may_i_run`] first; [`Answer`] is all that a product needs to know.
//!
//! It keeps nothing of its own, so nothing of it needs to survive a crash.

mod ask;

pub use ask::AskError;

use camino::Utf8PathBuf;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use thiserror::Error;
use toolcrib_licence::{Act, Judged, Reach, Shelf};
use toolcrib_machine::clock::{Clock as _, SystemClock};
use toolcrib_machine::device_key::DeviceKey;
use toolcrib_machine::folders::Home;
use toolcrib_machine::secrets::FileSecrets;
use toolcrib_model::ProductId;

/// Names the client's home, where a product was launched from another than the usual one.
pub const HOME_VARIABLE: &str = "TOOLCRIB_HOME";

/// The client on this computer, as a product sees it.
#[derive(Clone, Debug)]
pub struct Toolcrib {
    home: Option<Utf8PathBuf>,
}

/// Whether a product may run, and everything a person would ask about that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Whether the product may run.
    pub allowed: bool,
    /// The licence's standing: `active`, `grace`, `lapsed`, …
    pub standing: String,
    /// Why, as a stable code: `verified`, `never_verified`, `unreadable`, …
    pub reason: String,
    /// Why, for the person, with the exact dates.
    pub sentence: String,
    /// Until when the product works without a network.
    pub until: Option<Timestamp>,
    /// Who is licensed.
    pub who: Option<String>,
    /// Whether the client can help at once, by a sign-in or by asking the service: see [`Toolcrib::ask_client`].
    pub client_helps: bool,
}

/// The client's state could not be read; a product says it and asks the client.
#[derive(Debug, Error)]
enum Unreadable {
    #[error("`{0}` is no product id")]
    Product(String),
    #[error("the client's folder could not be read ({0})")]
    Machine(#[from] toolcrib_machine::Error),
    #[error("the licences could not be read ({0})")]
    Shelf(#[from] toolcrib_licence::Error),
}

impl Toolcrib {
    /// The client that launched this product, or else this person's usual one.
    pub fn open() -> Self {
        let named = std::env::var(HOME_VARIABLE).ok().filter(|home| !home.is_empty());
        Self {
            home: named.map(Utf8PathBuf::from),
        }
    }

    /// The client whose home is this folder.
    pub fn open_at(home: impl Into<Utf8PathBuf>) -> Self {
        Self {
            home: Some(home.into()),
        }
    }

    /// Answers whether `product` may run now. It always answers: what cannot be read is a refusal with its reason.
    pub fn may_i_run(&self, product: &str) -> Answer {
        self.judge(product)
            .map_or_else(|error| Answer::unreadable(&error), Answer::from)
    }

    fn judge(&self, product: &str) -> Result<Judged, Unreadable> {
        let product: ProductId = product
            .parse()
            .map_err(|_| Unreadable::Product(product.to_owned()))?;
        let home = Home::open(self.home.clone())?;
        let mut shelf = Shelf::open(&home.leases())?;
        // Without a key there was never a lease for this device, and no key of zeros verifies anything.
        let key = DeviceKey::load(&FileSecrets::open(home.secrets())?)?;
        let public = key.map_or([0; 32], |key| key.public());
        Ok(shelf.decide(
            &product,
            &public,
            SystemClock.now(),
            Reach::Offline,
            &TimeZone::system(),
        )?)
    }
}

impl Answer {
    fn unreadable(error: &Unreadable) -> Self {
        Self {
            allowed: false,
            standing: "none".to_owned(),
            reason: "unreadable".to_owned(),
            sentence: format!("The licence could not be looked up: {error}."),
            until: None,
            who: None,
            client_helps: false,
        }
    }
}

impl From<Judged> for Answer {
    fn from(judged: Judged) -> Self {
        let decision = judged.decision;
        Self {
            allowed: decision.may_run,
            standing: decision.standing.as_str().to_owned(),
            reason: decision.reason.as_str().to_owned(),
            sentence: decision.sentence,
            until: decision.works_offline_until,
            who: judged.held.map(|held| held.user_id().to_string()),
            client_helps: matches!(decision.act, Act::SignIn | Act::GoOnline),
        }
    }
}

#[cfg(test)]
mod tests;
