//! `withdraw`: stops offering a release. What is installed goes on working and can be repaired.

use super::{Vendor, listed};
use crate::Error;
use serde::Serialize;
use toolcrib_model::{ChannelName, ProductId, Version};

/// A release that is to be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// The product.
    pub product: ProductId,
    /// The release.
    pub version: Version,
    /// Why, for the people who have it.
    pub reason: Option<String>,
}

/// What is no longer offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Withdrawn {
    /// The product.
    pub product: ProductId,
    /// The release.
    pub version: Version,
    /// Why.
    pub reason: Option<String>,
    /// The channels that pointed at it, or rolled it out, and now do not.
    pub channels: Vec<ChannelName>,
}

/// Stops offering a release on every platform, and tells those who have it why.
///
/// # Errors
/// [`Error::NoRelease`], or where signing or writing fails.
pub fn withdraw(vendor: &Vendor<'_>, withdrawal: &Withdrawal) -> Result<Withdrawn, Error> {
    let (folder, state) = vendor.open()?;
    let Withdrawal {
        product,
        version,
        reason,
    } = withdrawal.clone();
    let mut listing = state.listing.clone();
    let listed = listed(&mut listing, &product, &version)?;
    for release in &mut listed.releases {
        if release.version == version {
            release.withdrawn = true;
            release.withdrawn_reason.clone_from(&reason);
        }
    }
    let rolling = listed
        .rollouts
        .iter()
        .map(|(name, rollout)| (name, &rollout.version));
    let pointing = listed
        .channels
        .iter()
        .chain(rolling)
        .filter(|(_, at)| **at == version);
    let mut channels: Vec<ChannelName> = pointing.map(|(name, _)| name.clone()).collect();
    channels.sort();
    channels.dedup();
    listed.channels.retain(|_, at| *at != version);
    listed.rollouts.retain(|_, rollout| rollout.version != version);
    vendor.commit(&folder, &state, &listing)?;
    Ok(Withdrawn {
        product,
        version,
        reason,
        channels,
    })
}
