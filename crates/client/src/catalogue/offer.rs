//! Which release is offered to this device, and what the vendor says of the one that is installed (pure).

use crate::policy::Updates;
use toolcrib_model::{ChannelName, Digest, Language, Platform, ProductId, Version, VersionRights};
use toolcrib_wire::catalogue::{ListedProduct, ListedRelease};

/// Who asks: this device, on its channel.
#[derive(Clone, Debug)]
pub(crate) struct Asking {
    pub(crate) device: Digest,
    pub(crate) channel: ChannelName,
    pub(crate) machine: Platform,
    /// The release that the organisation wants on this computer; it goes before everything that is said of a person.
    pub(crate) target: Option<Version>,
    /// Whether the organisation lets installed products be updated here.
    pub(crate) updates: Updates,
    /// What the company has approved for the person.
    pub(crate) rights: VersionRights,
    /// The release that the company's update policies name.
    pub(crate) named: Option<Version>,
}

impl Asking {
    /// The version that a first installation is of: the one that is wanted or named, else what the channel offers.
    pub(crate) fn version<'a>(&self, product: &ProductId, listed: &'a ListedProduct) -> Option<&'a Version> {
        match self.target.as_ref().or(self.named.as_ref()) {
            Some(named) => known(listed, named),
            None => self.offered(product, listed),
        }
    }

    /// Whether this computer is settled by what was set on it, whatever is said of the person.
    pub(crate) fn is_settled(&self) -> bool {
        self.target.is_some() || self.updates == Updates::Disabled
    }

    /// The version that is wanted here, or else that the channel offers to this device; where that is locked, the newest
    /// older one that is not.
    fn offered<'a>(&self, product: &ProductId, listed: &'a ListedProduct) -> Option<&'a Version> {
        if let Some(target) = &self.target {
            return known(listed, target);
        }
        let limit = listed.offered(product, &self.channel, &self.device)?;
        if self.rights.allow(limit) {
            return Some(limit);
        }
        listed.newest_up_to(limit, |release| {
            release.platform.runs_on(self.machine) && self.rights.allow(&release.version)
        })
    }

    /// The update that is offered to a device that has `installed`: never an older release, so that who was among the
    /// first of a rollout keeps what they have when it is halted. Where the organisation wants one release, it is that
    /// one, older or newer.
    pub(crate) fn update<'a>(
        &self,
        product: &ProductId,
        listed: &'a ListedProduct,
        installed: (&Version, &Language),
    ) -> Option<&'a ListedRelease> {
        let (version, language) = installed;
        let offered = self.offered(product, listed)?;
        let is_gone = listed.withdrawn(version).is_some();
        let is_wanted = match (&self.target, self.updates) {
            (Some(_), _) => offered != version,
            (None, Updates::Disabled) => false,
            (None, Updates::Free) => offered > version || (offered < version && is_gone),
        };
        if !is_wanted {
            return None;
        }
        listed.release(offered, self.machine, Some(language))
    }

    /// Whether the update must not wait for the end of a hold: it is critical, or mends what is on the way, or what is
    /// installed is no longer stood by.
    pub(crate) fn is_urgent(&self, listed: &ListedProduct, from: &Version, to: &Version) -> bool {
        listed.is_urgent(from, to, |release| release.platform.runs_on(self.machine))
    }
}

/// The version, if a release of it is listed.
fn known<'a>(listed: &'a ListedProduct, version: &Version) -> Option<&'a Version> {
    let mut known = listed.releases.iter().map(|release| &release.version);
    known.find(|known| *known == version)
}

#[cfg(test)]
mod tests;
