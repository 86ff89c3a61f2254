//! Phased rollout (B-17): which devices are among the first to be offered a release.
//!
//! A device's place depends on nothing but its key, the product and the release. So the same device always gets the
//! same answer, a higher share only adds devices, and no device is always among the first.

use crate::digest::{Digest, Hasher};
use crate::id::ProductId;
use semver::Version;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// How many places there are: a hundredth of a percent each.
const PLACES: u64 = 10_000;

/// A share of a hundred, 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Percent(u8);

/// A number that is no share of a hundred.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("a share has 0 to 100 percent")]
pub struct BadPercent;

impl Percent {
    /// Everybody.
    pub const ALL: Self = Self(100);

    /// The share as a number.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Percent {
    type Error = BadPercent;

    fn try_from(percent: u8) -> Result<Self, BadPercent> {
        match percent {
            0..=100 => Ok(Self(percent)),
            _ => Err(BadPercent),
        }
    }
}

impl From<Percent> for u8 {
    fn from(percent: Percent) -> Self {
        percent.0
    }
}

impl FromStr for Percent {
    type Err = BadPercent;

    fn from_str(raw: &str) -> Result<Self, BadPercent> {
        raw.parse::<u8>().map_err(|_| BadPercent)?.try_into()
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} %", self.0)
    }
}

/// The place of a device in the queue for a release, 0 to 9,999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(u64);

impl Place {
    /// The first eight bytes, read as a big-endian number, of the SHA-256 of `rollout 1`, the product, the release and
    /// the thumbprint of the device's key in hexadecimal, each followed by a line feed; of that the remainder by 10,000.
    pub fn of(device: &Digest, product: &ProductId, release: &Version) -> Self {
        let mut hasher = Hasher::new();
        hasher.update(format!("rollout 1\n{product}\n{release}\n{device}\n").as_bytes());
        let digest = hasher.finish();
        let first = digest.as_bytes().iter().take(8);
        Self(first.fold(0, |number, byte| (number << 8) | u64::from(*byte)) % PLACES)
    }

    /// Whether the release is offered to this device while it is offered to `percent` of all.
    pub const fn is_within(self, percent: Percent) -> bool {
        self.0 < percent.0 as u64 * (PLACES / 100)
    }

    /// The place as a number.
    pub const fn get(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests;
