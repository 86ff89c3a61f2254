//! The listing: the signed target `catalogue.json` that names every product, its releases and channels.

use crate::schema::Schema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toolcrib_model::rollout::{Percent, Place};
use toolcrib_model::{ChannelName, Digest, Language, Platform, ProductId, Version};

/// The name of the listing among the catalogue's targets.
pub const LISTING_TARGET: &str = "catalogue.json";

/// Everything that the vendor offers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The shape of this document.
    pub schema: Schema<1>,
    /// The products by id.
    pub products: BTreeMap<ProductId, ListedProduct>,
    /// Other places that hold the content: addresses below which a file is found by its digest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mirrors: Vec<String>,
}

/// One product of the listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedProduct {
    /// Its name for people.
    pub name: String,
    /// Who made it.
    pub publisher: String,
    /// One sentence about it.
    pub summary: String,
    /// Which release each channel points at.
    #[serde(default)]
    pub channels: BTreeMap<ChannelName, Version>,
    /// Which release each channel is about to point at, for a share of the devices.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rollouts: BTreeMap<ChannelName, Rollout>,
    /// The oldest release that the vendor still stands by; older ones must be updated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Version>,
    /// Its releases, the newest first.
    pub releases: Vec<ListedRelease>,
}

/// A release that a channel offers to a share of the devices; to the others it offers what it points at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rollout {
    /// The release.
    pub version: Version,
    /// To how many of a hundred devices it is offered.
    pub percent: Percent,
    /// Whether it is offered to nobody any more, for the time being. Who has it keeps it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub halted: bool,
}

/// One package of the listing: a release for one platform and language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedRelease {
    /// The release.
    pub version: Version,
    /// What it runs on.
    pub platform: Platform,
    /// Its language.
    pub language: Language,
    /// Languages that it has components for, besides its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packs: Vec<Language>,
    /// The name of its manifest among the catalogue's targets.
    pub manifest: String,
    /// Bytes to fetch for all components.
    pub stored_bytes: u64,
    /// Bytes on the disk with all components.
    pub installed_bytes: u64,
    /// Whether it is no longer offered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
    /// Why it is no longer offered, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_reason: Option<String>,
    /// Whether it mends something that must not wait: it goes before holds.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub critical: bool,
    /// What is new in it, for people; several lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whats_new: Option<String>,
}

impl Listing {
    /// The name under which a package's manifest is listed: `manifests/PRODUCT/VERSION/PLATFORM/LANGUAGE.json`.
    pub fn manifest_target(
        product: &ProductId,
        version: &Version,
        platform: Platform,
        language: &Language,
    ) -> String {
        format!("manifests/{product}/{version}/{platform}/{language}.json")
    }
}

impl ListedProduct {
    /// The release that `channel` offers to the device with this thumbprint.
    pub fn offered(&self, product: &ProductId, channel: &ChannelName, device: &Digest) -> Option<&Version> {
        let rollout = self.rollouts.get(channel).filter(|rollout| {
            let place = Place::of(device, product, &rollout.version);
            !rollout.halted && place.is_within(rollout.percent)
        });
        let settled = || self.channels.get(channel);
        rollout.map(|rollout| &rollout.version).or_else(settled)
    }

    /// The newest version up to `limit` of which a release may be had.
    pub fn newest_up_to(
        &self,
        limit: &Version,
        may_have: impl Fn(&ListedRelease) -> bool,
    ) -> Option<&Version> {
        let older = self.releases.iter().filter(|release| release.version <= *limit);
        let had = older.filter(|release| !release.withdrawn && may_have(release));
        had.map(|release| &release.version).max()
    }

    /// Whether going from one version to another must not wait: it is critical or mends what is critical on the way, or
    /// what is installed is no longer stood by. Only releases that `runs` count.
    pub fn is_urgent(&self, from: &Version, to: &Version, runs: impl Fn(&ListedRelease) -> bool) -> bool {
        let on_the_way = |release: &&ListedRelease| {
            release.version > *from && release.version <= *to && !release.withdrawn && runs(release)
        };
        let mut passed = self.releases.iter().filter(on_the_way);
        passed.any(|release| release.critical)
            || self.minimum.as_ref().is_some_and(|minimum| from < minimum)
            || self.withdrawn(from).is_some()
    }

    /// Whether a version was withdrawn, and why: an empty text where the vendor gave no reason.
    pub fn withdrawn(&self, version: &Version) -> Option<&str> {
        let mut releases = self.releases.iter();
        let release = releases.find(|release| release.version == *version)?;
        release
            .withdrawn
            .then(|| release.withdrawn_reason.as_deref().unwrap_or_default())
    }

    /// The package of a release for `machine`: in `language`, else one with components for it; in any where none is
    /// asked for.
    pub fn release(
        &self,
        version: &Version,
        machine: Platform,
        language: Option<&Language>,
    ) -> Option<&ListedRelease> {
        let fits =
            |release: &&ListedRelease| release.version == *version && release.platform.runs_on(machine);
        let mut fitting = self.releases.iter().filter(fits);
        match language {
            Some(wanted) => {
                let mut with_pack = fitting.clone();
                let has_pack =
                    |release: &&ListedRelease| release.packs.iter().any(|pack| pack.serves(wanted));
                let own = fitting.find(|release| release.language == *wanted);
                own.or_else(|| with_pack.find(has_pack))
            }
            None => fitting.next(),
        }
    }
}
