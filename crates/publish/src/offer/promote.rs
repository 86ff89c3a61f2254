//! `promote` and `halt`: what a channel offers, and to how many.

use super::{Vendor, listed};
use crate::Error;
use serde::Serialize;
use toolcrib_model::rollout::Percent;
use toolcrib_model::{ChannelName, ProductId, Version};
use toolcrib_wire::catalogue::{ListedProduct, Rollout};

/// A release, and how it is to be offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promotion {
    /// The product.
    pub product: ProductId,
    /// The release.
    pub version: Version,
    /// The channel.
    pub channel: ChannelName,
    /// To how many of a hundred devices; the others are offered what they were offered before.
    pub percent: Percent,
    /// Whether it must not wait for the end of a hold.
    pub critical: bool,
    /// The oldest release that is still stood by, if that changes.
    pub minimum: Option<Version>,
    /// What is new in it, if that is to be told.
    pub whats_new: Option<String>,
}

/// What a channel offers now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Promoted {
    /// The product.
    pub product: ProductId,
    /// The channel.
    pub channel: ChannelName,
    /// The release that it offers.
    pub version: Version,
    /// To how many of a hundred devices.
    pub percent: Percent,
    /// The release that the channel points at for the others, or pointed at before.
    pub before: Option<Version>,
}

/// What is offered to nobody new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Halted {
    /// The product.
    pub product: ProductId,
    /// The channel.
    pub channel: ChannelName,
    /// The release whose rollout is halted.
    pub version: Version,
    /// How far it had come.
    pub percent: Percent,
}

/// Offers a release on a channel: to everybody, or to a share of the devices.
///
/// # Errors
/// [`Error::NoRelease`], [`Error::Withdrawn`], [`Error::Settled`] or [`Error::BadMinimum`], or where signing or
/// writing fails.
pub fn promote(vendor: &Vendor<'_>, promotion: &Promotion) -> Result<Promoted, Error> {
    let (folder, state) = vendor.open()?;
    let mut listing = state.listing.clone();
    let listed = listed(&mut listing, &promotion.product, &promotion.version)?;
    promotion.judge(listed)?;
    let before = promotion.apply(listed);
    vendor.commit(&folder, &state, &listing)?;
    Ok(Promoted {
        product: promotion.product.clone(),
        channel: promotion.channel.clone(),
        version: promotion.version.clone(),
        percent: promotion.percent,
        before,
    })
}

impl Promotion {
    fn judge(&self, listed: &ListedProduct) -> Result<(), Error> {
        let (product, version) = (self.product.clone(), self.version.clone());
        let is_it = |offered: &Version| *offered == version;
        if !listed
            .releases
            .iter()
            .any(|release| is_it(&release.version) && !release.withdrawn)
        {
            return Err(Error::Withdrawn { product, version });
        }
        if self.percent != Percent::ALL && listed.channels.get(&self.channel).is_some_and(is_it) {
            let channel = self.channel.clone();
            return Err(Error::Settled {
                product,
                version,
                channel,
            });
        }
        match self.minimum.clone().filter(|minimum| *minimum > version) {
            Some(minimum) => Err(Error::BadMinimum {
                product,
                minimum,
                version,
            }),
            None => Ok(()),
        }
    }

    /// Answers what the channel points at for the others, or pointed at before.
    fn apply(&self, listed: &mut ListedProduct) -> Option<Version> {
        let of_version = |release: &&mut _| -> bool {
            let release: &toolcrib_wire::catalogue::ListedRelease = release;
            release.version == self.version
        };
        for release in listed.releases.iter_mut().filter(of_version) {
            release.critical |= self.critical;
            if let Some(text) = &self.whats_new {
                release.whats_new = Some(text.clone());
            }
        }
        if let Some(minimum) = &self.minimum {
            listed.minimum = Some(minimum.clone());
        }
        let (channel, version) = (self.channel.clone(), self.version.clone());
        if self.percent == Percent::ALL {
            listed.rollouts.remove(&channel);
            return listed.channels.insert(channel, version);
        }
        let before = listed.channels.get(&channel).cloned();
        let rollout = Rollout {
            version,
            percent: self.percent,
            halted: false,
        };
        listed.rollouts.insert(channel, rollout);
        before
    }
}

/// Offers a release that is being rolled out to nobody new. Who has it keeps it; promoting it again goes on.
///
/// # Errors
/// [`Error::NoRollout`], or where signing or writing fails.
pub fn halt(vendor: &Vendor<'_>, product: &ProductId, channel: &ChannelName) -> Result<Halted, Error> {
    let (folder, state) = vendor.open()?;
    let mut listing = state.listing.clone();
    let found = listing.products.get_mut(product);
    let rollout = found.and_then(|listed| listed.rollouts.get_mut(channel));
    let rollout = rollout.ok_or_else(|| Error::NoRollout {
        product: product.clone(),
        channel: channel.clone(),
    })?;
    rollout.halted = true;
    let Rollout { version, percent, .. } = rollout.clone();
    vendor.commit(&folder, &state, &listing)?;
    Ok(Halted {
        product: product.clone(),
        channel: channel.clone(),
        version,
        percent,
    })
}
