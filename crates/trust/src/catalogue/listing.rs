//! Judges the listing.

use super::Catalogue;
use crate::{Error, text};
use std::collections::HashSet;
use toolcrib_model::{ProductId, Version};
use toolcrib_wire::catalogue::{LISTING_TARGET, ListedProduct, ListedRelease, Listing};
use url::{Host, Url};

/// The longest listing, in bytes.
pub(super) const MAX_LISTING_BYTES: u64 = 32 << 20;
const MAX_LINE: usize = 500;
/// The longest reason and the longest "what's new", in bytes.
const MAX_TEXT: usize = 20_000;
const MAX_MIRRORS: usize = 16;
const MAX_PACKS: usize = 500;

/// Judges the bytes of the listing: what it names is there, and it does not contradict itself.
pub(super) fn judge(catalogue: &Catalogue, bytes: &[u8]) -> Result<Listing, Error> {
    catalogue.judge_target(LISTING_TARGET, bytes)?;
    let listing: Listing = serde_json::from_slice(bytes).map_err(|source| Error::ParseListing { source })?;
    let refuse = |reason| Error::Listing { reason };
    judge_mirrors(&listing.mirrors).map_err(refuse)?;
    for (id, product) in &listing.products {
        judge_words(id, product).map_err(refuse)?;
        judge_releases(catalogue, id, product).map_err(refuse)?;
        judge_offers(id, product).map_err(refuse)?;
    }
    Ok(listing)
}

fn judge_mirrors(mirrors: &[String]) -> Result<(), String> {
    if mirrors.len() > MAX_MIRRORS {
        return Err(format!("it names more than {MAX_MIRRORS} mirrors"));
    }
    match mirrors.iter().find(|mirror| !is_mirror(mirror)) {
        Some(_) => Err("a mirror is no plain https address".to_owned()),
        None => Ok(()),
    }
}

/// An address over https (or this computer itself), without name and password, question or fragment.
fn is_mirror(raw: &str) -> bool {
    let is_safe = |url: &Url| match url.scheme() {
        "https" => true,
        "http" => is_loopback(url),
        _ => false,
    };
    let is_plain = |url: &Url| {
        url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none()
    };
    text::is_line(raw, MAX_LINE) && Url::parse(raw).is_ok_and(|url| is_safe(&url) && is_plain(&url))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn judge_words(id: &ProductId, product: &ListedProduct) -> Result<(), String> {
    let lines = [&product.name, &product.publisher, &product.summary];
    let texts = product
        .releases
        .iter()
        .flat_map(|release| [&release.withdrawn_reason, &release.whats_new])
        .flatten();
    let fit = !product.name.trim().is_empty()
        && lines.into_iter().all(|line| text::is_line(line, MAX_LINE))
        && texts.into_iter().all(|words| text::is_text(words, MAX_TEXT));
    match fit {
        true => Ok(()),
        false => Err(format!(
            "the words of `{id}` are too long, or have characters that do not show"
        )),
    }
}

fn judge_releases(catalogue: &Catalogue, id: &ProductId, product: &ListedProduct) -> Result<(), String> {
    let mut seen = HashSet::new();
    for release in &product.releases {
        let name = Listing::manifest_target(id, &release.version, release.platform, &release.language);
        if release.manifest != name || catalogue.target(&name).is_none() {
            return Err(format!(
                "`{}` is not the manifest of a listed package of `{id}`",
                text::shortened(&release.manifest)
            ));
        }
        if release.packs.len() > MAX_PACKS {
            return Err(format!("`{name}` is for more than {MAX_PACKS} languages"));
        }
        if !seen.insert(&release.manifest) {
            return Err(format!("`{name}` is listed twice"));
        }
        if release.withdrawn_reason.is_some() && !release.withdrawn {
            return Err(format!("`{name}` is offered, and has a reason why it is not"));
        }
    }
    Ok(())
}

/// Whatever a channel gives, now or to a share of the devices, has to be offered.
fn judge_offers(id: &ProductId, product: &ListedProduct) -> Result<(), String> {
    let offers =
        |release: &ListedRelease, version: &Version| release.version == *version && !release.withdrawn;
    let is_offered = |version: &Version| product.releases.iter().any(|release| offers(release, version));
    let rolling = product
        .rollouts
        .iter()
        .map(|(channel, rollout)| (channel, &rollout.version));
    let mut given = product.channels.iter().chain(rolling);
    match given.find(|(_, version)| !is_offered(version)) {
        Some((channel, version)) => Err(format!(
            "the channel `{channel}` of `{id}` points at {version}, which is not offered"
        )),
        None => Ok(()),
    }
}
