//! What a product links to ask: *may I run, until when, who am I, why not?*
//!
//! It reads the shelf of leases that the client keeps and decides by itself, in a few milliseconds, with or without a
//! network. It never speaks to the network, never signs anybody in, and never ends a running program.
//!
//! Read [`Toolcrib::may_i_run`] first; [`Answer`] is all that a product needs to know, [`ProductInformation`] what a
//! person sees under *About*. Products that are not written in Rust link `toolcrib-sdk-c`.
//!
//! It keeps nothing of its own, so nothing of it needs to survive a crash.

mod answer;
mod ask;
mod information;

pub use answer::Answer;
pub use ask::AskError;
pub use information::{LicenceType, ProductInformation};

use camino::Utf8PathBuf;
use jiff::tz::TimeZone;
use std::sync::Arc;
use thiserror::Error;
use toolcrib_licence::{Custody, Judged, Reach, Shelf, Timeline};
use toolcrib_machine::clock::{Clock as _, SystemClock};
use toolcrib_machine::device_key::DeviceKey;
use toolcrib_machine::folders::Home;
use toolcrib_machine::secrets::FileSecrets;
use toolcrib_model::ProductId;
use toolcrib_wire::lease::{LicenceKey, LicenceKeys};

/// Names the client's home, where a product was launched from another than the usual one.
pub const HOME_VARIABLE: &str = "TOOLCRIB_HOME";

/// The client on this computer, as a product sees it.
#[derive(Clone, Debug)]
pub struct Toolcrib {
    home: Option<Utf8PathBuf>,
    only: Option<LicenceKeys>,
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
            only: None,
        }
    }

    /// The client whose home is this folder.
    pub fn open_at(home: impl Into<Utf8PathBuf>) -> Self {
        Self {
            home: Some(home.into()),
            only: None,
        }
    }

    /// Believes leases only if they are signed with one of these keys, each with its name and its public half in
    /// hexadecimal: for a product that is built for one account service. Without this it believes the service that the
    /// client believes.
    #[must_use]
    pub fn signed_by(self, keys: &[(&str, &str)]) -> Self {
        let key = |(key_id, public_key): &(&str, &str)| LicenceKey {
            key_id: (*key_id).to_owned(),
            public_key: (*public_key).to_owned(),
            retired_at: None,
        };
        Self {
            only: Some(LicenceKeys {
                keys: keys.iter().map(key).collect(),
            }),
            ..self
        }
    }

    /// Answers whether `product` may run now. It always answers: what cannot be read is a refusal with its reason.
    pub fn may_i_run(&self, product: &str) -> Answer {
        self.judge(product).map_or_else(
            |error| Answer::unreadable(&error),
            |(judged, _)| Answer::from(&judged),
        )
    }

    /// What a person sees under *About → Product information* (S-145), whether the product may run or not.
    pub fn product_information(&self, product: &str) -> ProductInformation {
        match self.judge(product) {
            Ok((judged, timeline)) => ProductInformation::new(product, &judged, timeline),
            Err(error) => ProductInformation::unreadable(product, &error),
        }
    }

    fn judge(&self, product: &str) -> Result<(Judged, Timeline), Unreadable> {
        let product: ProductId = product
            .parse()
            .map_err(|_| Unreadable::Product(product.to_owned()))?;
        let home = Home::open(self.home.clone())?;
        let secrets = Arc::new(FileSecrets::open(home.secrets())?);
        // Without a key there was never a lease for this device, and no key of zeros verifies anything.
        let public = DeviceKey::load(&*secrets)?.map_or([0; 32], |key| key.public());
        let mut shelf = Shelf::open(&home.leases(), Custody::here(secrets))?;
        if let Some(keys) = &self.only {
            shelf.believe_only(keys.clone());
        }
        let (now, zone) = (SystemClock.now(), TimeZone::system());
        let judged = shelf.decide(&product, &public, now, Reach::Offline, &zone)?;
        let timeline = shelf.timeline().unwrap_or_default().of(&product);
        Ok((judged, timeline))
    }
}

#[cfg(test)]
mod tests;
