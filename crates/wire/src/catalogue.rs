//! The listing: the signed target `catalogue.json` that names every product, its releases and channels.

use crate::schema::Schema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toolcrib_model::{ChannelName, Language, Platform, ProductId, Version};

/// The name of the listing among the catalogue's targets.
pub const LISTING_TARGET: &str = "catalogue.json";

/// Everything that the vendor offers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The shape of this document.
    pub schema: Schema<1>,
    /// The products by id.
    pub products: BTreeMap<ProductId, ListedProduct>,
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
    /// Its releases, the newest first.
    pub releases: Vec<ListedRelease>,
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
    /// The name of its manifest among the catalogue's targets.
    pub manifest: String,
    /// Bytes to fetch for all components.
    pub stored_bytes: u64,
    /// Bytes on the disk with all components.
    pub installed_bytes: u64,
    /// Whether it is no longer offered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
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
    /// The release that `channel` points at for `machine`, in `language` if there is one, else in any.
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
            Some(wanted) => fitting.find(|release| release.language == *wanted),
            None => fitting.next(),
        }
    }
}
