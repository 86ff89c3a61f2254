//! Judges the listing.

use super::Catalogue;
use crate::{Error, text};
use std::collections::HashSet;
use toolcrib_model::{ProductId, Version};
use toolcrib_wire::catalogue::{LISTING_TARGET, ListedProduct, Listing};

/// The longest listing, in bytes.
pub(super) const MAX_LISTING_BYTES: u64 = 32 << 20;
const MAX_LINE: usize = 500;

/// Judges the bytes of the listing: what it names is there, and it does not contradict itself.
pub(super) fn judge(catalogue: &Catalogue, bytes: &[u8]) -> Result<Listing, Error> {
    catalogue.judge_target(LISTING_TARGET, bytes)?;
    let listing: Listing = serde_json::from_slice(bytes).map_err(|source| Error::ParseListing { source })?;
    for (id, product) in &listing.products {
        judge_product(catalogue, id, product).map_err(|reason| Error::Listing { reason })?;
    }
    Ok(listing)
}

fn judge_product(catalogue: &Catalogue, id: &ProductId, product: &ListedProduct) -> Result<(), String> {
    let words = [&product.name, &product.publisher, &product.summary];
    if product.name.trim().is_empty() || !words.into_iter().all(|word| text::is_line(word, MAX_LINE)) {
        return Err(format!(
            "the words of `{id}` are too long, or have characters that do not show"
        ));
    }
    let mut seen = HashSet::new();
    for release in &product.releases {
        let name = Listing::manifest_target(id, &release.version, release.platform, &release.language);
        if release.manifest != name || catalogue.target(&name).is_none() {
            return Err(format!(
                "`{}` is not the manifest of a listed package of `{id}`",
                release.manifest
            ));
        }
        if !seen.insert(&release.manifest) {
            return Err(format!("`{}` is listed twice", release.manifest));
        }
    }
    let offered = |version: &Version| {
        product
            .releases
            .iter()
            .any(|release| release.version == *version && !release.withdrawn)
    };
    match product.channels.iter().find(|(_, version)| !offered(version)) {
        Some((channel, version)) => Err(format!(
            "the channel `{channel}` of `{id}` points at {version}, which is not offered"
        )),
        None => Ok(()),
    }
}
