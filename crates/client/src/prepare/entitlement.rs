//! Whether the person may have a release.

use crate::client::Client;
use crate::error::Error;
use std::collections::BTreeSet;
use toolcrib_model::{ProductId, Version};
use toolcrib_wire::api::account::{Administrator, Me};
use toolcrib_wire::api::product::ProductEntitlement;

/// How fresh the service's word has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// Of now: what is begun anew and fetched.
    OfNow,
    /// A remembered one will do where the service cannot be reached: the content is here already (B-13).
    Remembered,
    /// None: the content is here, and nobody is signed in whom it could be about. The licence decides at the start.
    Later,
}

impl Client {
    /// Whether the service says, or has said, that the person may have a release.
    pub(crate) async fn must_be_entitled(
        &self,
        product: &ProductId,
        version: Option<&Version>,
        word: Word,
    ) -> Result<(), Error> {
        let known = match word {
            Word::OfNow => self.products_now().await?,
            Word::Remembered => self.products().await?.value,
            Word::Later => return Ok(()),
        };
        let is_it = |entitlement: &&ProductEntitlement| entitlement.product == *product;
        let granted = known
            .iter()
            .find(is_it)
            .ok_or_else(|| self.not_granted(product))?;
        let offered = |version: &Version| granted.releases.iter().any(|offer| offer.version == *version);
        let is_locked = |version: &Version| granted.locked.iter().any(|locked| locked.version == *version);
        if let Some(version) = version.filter(|version| !offered(version) && is_locked(version)) {
            return Err(self.locked(granted, version));
        }
        match version.filter(|version| !offered(version)) {
            Some(version) => Err(Error::UnknownRelease {
                product: product.clone(),
                version: Some(version.clone()),
            }),
            None => Ok(()),
        }
    }

    fn locked(&self, granted: &ProductEntitlement, version: &Version) -> Error {
        let approved = granted.approved.iter().flatten();
        Error::LockedRelease {
            product: granted.product.clone(),
            version: version.clone(),
            approved: approved.map(ToString::to_string).collect(),
            administrators: self.administrators(),
        }
    }

    fn not_granted(&self, product: &ProductId) -> Error {
        Error::NotGranted {
            product: product.clone(),
            administrators: self.administrators(),
        }
    }

    /// Whom the person can ask for access, by name and address, as far as is remembered.
    pub(crate) fn administrators(&self) -> Vec<String> {
        let memory = self
            .server()
            .and_then(|server| self.memory(&server))
            .unwrap_or_default();
        memory.me.map(|me| others(&me)).unwrap_or_default()
    }
}

/// The administrators whom a person can ask, once each.
fn others(me: &Me) -> Vec<String> {
    let is_other = |person: &&Administrator| !person.email.eq_ignore_ascii_case(me.user_id.as_str());
    let named = |person: &Administrator| format!("{} ({})", person.name, person.email);
    let named: BTreeSet<_> = me.administrators.iter().filter(is_other).map(named).collect();
    named.into_iter().collect()
}
