//! Changes of what is offered, without a new package: `promote`, `halt`, `withdraw`, `mirrors`, `refresh`.

mod mirrors;
mod promote;
mod refresh;
mod withdraw;

pub use mirrors::{Mirrors, mirrors};
pub use promote::{Halted, Promoted, Promotion, halt, promote};
pub use refresh::{Refreshed, refresh};
pub use withdraw::{Withdrawal, Withdrawn, withdraw};

use crate::Error;
use crate::catalogue::{Folder, Keys, Lifetimes, Prepared, Signer, State};
use camino::Utf8Path;
use std::collections::BTreeMap;
use toolcrib_machine::clock::Clock;
use toolcrib_model::{ProductId, Version};
use toolcrib_wire::catalogue::{ListedProduct, Listing};

/// A catalogue, and what it takes to sign it.
#[derive(Clone, Copy)]
pub struct Vendor<'a> {
    /// The folder of the catalogue.
    pub catalogue: &'a Utf8Path,
    /// The private keys.
    pub keys: &'a Keys,
    /// For how long what is signed is vouched for.
    pub lifetimes: Lifetimes,
    /// The time.
    pub clock: &'a dyn Clock,
}

impl Vendor<'_> {
    pub(crate) fn open(&self) -> Result<(Folder, State), Error> {
        let folder = Folder::open(self.catalogue)?;
        let state = folder.state(self.clock.now())?;
        Ok((folder, state))
    }

    pub(crate) fn signer<'a>(&'a self, root: &'a tough::schema::Root) -> Signer<'a> {
        Signer {
            root,
            keys: self.keys,
            now: self.clock.now(),
            lifetimes: self.lifetimes,
        }
    }

    fn commit(&self, folder: &Folder, state: &State, listing: &Listing) -> Result<State, Error> {
        Prepared::new(&self.signer(&state.root), state, listing, BTreeMap::new())?.commit(folder)
    }
}

/// The product of a release that is there.
fn listed<'a>(
    listing: &'a mut Listing,
    product: &ProductId,
    version: &Version,
) -> Result<&'a mut ListedProduct, Error> {
    let refuse = |hint: String| Error::NoRelease {
        product: product.clone(),
        version: version.clone(),
        hint,
    };
    let hint = match listing.products.get(product) {
        None => {
            let known: Vec<&str> = listing.products.keys().map(ProductId::as_str).collect();
            format!("; its products are: {}", known.join(", "))
        }
        Some(known) if !known.releases.iter().any(|release| release.version == *version) => {
            let known: Vec<String> = known
                .releases
                .iter()
                .map(|release| release.version.to_string())
                .collect();
            format!("; its versions are: {}", known.join(", "))
        }
        Some(_) => String::new(),
    };
    let listed = listing.products.get_mut(product).filter(|_| hint.is_empty());
    listed.ok_or_else(|| refuse(hint))
}
