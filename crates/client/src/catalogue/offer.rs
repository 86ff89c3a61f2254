//! Which release is offered to this device, and what the vendor says of the one that is installed (pure).

use toolcrib_model::{ChannelName, Digest, Language, Platform, ProductId, Version};
use toolcrib_wire::catalogue::{ListedProduct, ListedRelease};

/// Who asks: this device, on its channel.
#[derive(Clone, Debug)]
pub(crate) struct Asking {
    pub(crate) device: Digest,
    pub(crate) channel: ChannelName,
    pub(crate) machine: Platform,
}

impl Asking {
    /// The version that the channel offers to this device.
    pub(crate) fn version<'a>(&self, product: &ProductId, listed: &'a ListedProduct) -> Option<&'a Version> {
        listed.offered(product, &self.channel, &self.device)
    }

    /// The update that is offered to a device that has `installed`: never an older release, so that who was among the
    /// first of a rollout keeps what they have when it is halted.
    pub(crate) fn update<'a>(
        &self,
        product: &ProductId,
        listed: &'a ListedProduct,
        installed: (&Version, &Language),
    ) -> Option<&'a ListedRelease> {
        let (version, language) = installed;
        let offered = self.version(product, listed)?;
        let is_gone = withdrawn(listed, version).is_some();
        if offered == version || (offered < version && !is_gone) {
            return None;
        }
        listed.release(offered, self.machine, Some(language))
    }

    /// Whether the update must not wait for the end of a hold: it is critical, or mends what is on the way, or what is
    /// installed is no longer stood by.
    pub(crate) fn is_urgent(&self, listed: &ListedProduct, from: &Version, to: &Version) -> bool {
        let on_the_way = |release: &&ListedRelease| {
            release.version > *from
                && release.version <= *to
                && !release.withdrawn
                && release.platform.runs_on(self.machine)
        };
        listed
            .releases
            .iter()
            .filter(on_the_way)
            .any(|release| release.critical)
            || listed.minimum.as_ref().is_some_and(|minimum| from < minimum)
            || withdrawn(listed, from).is_some()
    }
}

/// Whether a version was withdrawn, and why: an empty text where the vendor gave no reason.
pub(crate) fn withdrawn<'a>(listed: &'a ListedProduct, version: &Version) -> Option<&'a str> {
    let release = listed
        .releases
        .iter()
        .find(|release| release.version == *version)?;
    release
        .withdrawn
        .then(|| release.withdrawn_reason.as_deref().unwrap_or_default())
}

#[cfg(test)]
mod tests;
