//! `promote`, `withdraw`, `refresh`: changes of what is offered, without a new package.

use crate::Error;
use crate::catalogue::{Folder, Keys, Lifetimes, Prepared, Signer, State};
use camino::Utf8Path;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use toolcrib_machine::clock::Clock;
use toolcrib_model::{ChannelName, ProductId, Version};
use toolcrib_trust::catalogue::Role;
use toolcrib_wire::catalogue::{ListedProduct, Listing};

/// What a channel points at now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Promoted {
    /// The product.
    pub product: ProductId,
    /// The channel.
    pub channel: ChannelName,
    /// The release that it points at.
    pub version: Version,
    /// The release that it pointed at before.
    pub before: Option<Version>,
}

/// What is no longer offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Withdrawn {
    /// The product.
    pub product: ProductId,
    /// The release.
    pub version: Version,
    /// The channels that pointed at it, and now at nothing.
    pub channels: Vec<ChannelName>,
}

/// Until when the catalogue is vouched for now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refreshed {
    /// The version of the timestamp metadata.
    pub version: u64,
    /// Until when clients take it.
    pub expires: Timestamp,
}

/// Points a channel at a release.
///
/// # Errors
/// [`Error::NoRelease`] or [`Error::Withdrawn`], or where signing or writing fails.
pub fn promote(
    catalogue: &Utf8Path,
    keys: &Utf8Path,
    (product, version, channel): (&ProductId, &Version, &ChannelName),
    lifetimes: Lifetimes,
    clock: &dyn Clock,
) -> Result<Promoted, Error> {
    let (folder, state) = open(catalogue, clock)?;
    let mut listing = state.listing.clone();
    let listed = listed(&mut listing, product, version)?;
    if !listed
        .releases
        .iter()
        .any(|release| release.version == *version && !release.withdrawn)
    {
        return Err(Error::Withdrawn {
            product: product.clone(),
            version: version.clone(),
        });
    }
    let before = listed.channels.insert(channel.clone(), version.clone());
    commit(&folder, &state, &listing, keys, lifetimes, clock)?;
    let (product, channel, version) = (product.clone(), channel.clone(), version.clone());
    Ok(Promoted {
        product,
        channel,
        version,
        before,
    })
}

/// Stops offering a release on every platform. What is installed goes on working and can be repaired.
///
/// # Errors
/// [`Error::NoRelease`], or where signing or writing fails.
pub fn withdraw(
    catalogue: &Utf8Path,
    keys: &Utf8Path,
    (product, version): (&ProductId, &Version),
    lifetimes: Lifetimes,
    clock: &dyn Clock,
) -> Result<Withdrawn, Error> {
    let (folder, state) = open(catalogue, clock)?;
    let mut listing = state.listing.clone();
    let listed = listed(&mut listing, product, version)?;
    for release in listed
        .releases
        .iter_mut()
        .filter(|release| release.version == *version)
    {
        release.withdrawn = true;
    }
    let pointing = listed.channels.iter().filter(|(_, at)| *at == version);
    let channels: Vec<ChannelName> = pointing.map(|(channel, _)| channel.clone()).collect();
    listed.channels.retain(|_, at| at != version);
    commit(&folder, &state, &listing, keys, lifetimes, clock)?;
    Ok(Withdrawn {
        product: product.clone(),
        version: version.clone(),
        channels,
    })
}

/// Signs snapshot and timestamp anew, so that the catalogue does not expire. Needs only those two keys.
///
/// # Errors
/// [`Error`] where signing or writing fails, or root or targets themselves have expired.
pub fn refresh(
    catalogue: &Utf8Path,
    keys: &Utf8Path,
    lifetimes: Lifetimes,
    clock: &dyn Clock,
) -> Result<Refreshed, Error> {
    let (folder, state) = open(catalogue, clock)?;
    let keys = Keys::in_folder(keys);
    let signer = Signer {
        root: &state.root,
        keys: &keys,
        now: clock.now(),
        lifetimes,
    };
    let state = Prepared::renewed(&signer, &state)?.commit(&folder)?;
    let timestamp = state
        .catalogue
        .states()
        .iter()
        .find(|one| one.role == Role::Timestamp);
    let expires = state.catalogue.states().iter().map(|one| one.expires).min();
    Ok(Refreshed {
        version: timestamp.map_or(0, |one| one.version),
        expires: expires.unwrap_or(Timestamp::UNIX_EPOCH),
    })
}

fn open(catalogue: &Utf8Path, clock: &dyn Clock) -> Result<(Folder, State), Error> {
    let folder = Folder::open(catalogue)?;
    let state = folder.state(clock.now())?;
    Ok((folder, state))
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

fn commit(
    folder: &Folder,
    state: &State,
    listing: &Listing,
    keys: &Utf8Path,
    lifetimes: Lifetimes,
    clock: &dyn Clock,
) -> Result<State, Error> {
    let keys = Keys::in_folder(keys);
    let signer = Signer {
        root: &state.root,
        keys: &keys,
        now: clock.now(),
        lifetimes,
    };
    Prepared::new(&signer, state, listing, BTreeMap::new())?.commit(folder)
}
