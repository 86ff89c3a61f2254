//! How many bytes a second may be fetched, as people write and read it.

use crate::size::{BadSize, ByteSize};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// The least rate, in bytes a second: with less, servers and proxies take a connection for dead.
const LEAST: u64 = 16_000;
/// The greatest, in bytes a second: what is more is no limit to anything.
const GREATEST: u64 = 1_000_000_000_000;

/// A number of bytes a second, of which there is always some. Read from `500 kB`, `2 MB/s` or a bare number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct Rate(u64);

/// The text or the number is not a rate.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum BadRate {
    /// The text is not a size.
    #[error("a rate is a size for each second, such as `500 kB` or `2 MB/s`: {0}")]
    NotASize(BadSize),
    /// It is too small or too great.
    #[error("a rate has 16 kB/s to 1 TB/s, and this is {}/s", ByteSize(*.0))]
    OutOfRange(u64),
}

impl Rate {
    /// Bytes a second.
    pub const fn bytes_per_s(self) -> u64 {
        self.0
    }

    /// The share that falls to `ours` of `all`; never less than the least rate.
    #[must_use]
    pub fn share(self, ours: u64, all: u64) -> Self {
        let share = u128::from(self.0) * u128::from(ours.min(all)) / u128::from(all.max(1));
        Self(u64::try_from(share).unwrap_or(GREATEST).max(LEAST))
    }
}

impl TryFrom<u64> for Rate {
    type Error = BadRate;

    fn try_from(bytes_per_s: u64) -> Result<Self, BadRate> {
        match bytes_per_s {
            LEAST..=GREATEST => Ok(Self(bytes_per_s)),
            _ => Err(BadRate::OutOfRange(bytes_per_s)),
        }
    }
}

impl From<Rate> for u64 {
    fn from(rate: Rate) -> Self {
        rate.0
    }
}

impl FromStr for Rate {
    type Err = BadRate;

    fn from_str(raw: &str) -> Result<Self, BadRate> {
        let text = raw.trim();
        let size: ByteSize = text
            .strip_suffix("/s")
            .unwrap_or(text)
            .parse()
            .map_err(BadRate::NotASize)?;
        size.0.try_into()
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/s", ByteSize(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_as_people_write_them() {
        for (raw, bytes) in [
            ("500kB", 500_000),
            ("2 MB/s", 2_000_000),
            ("1.5 MiB", 1_572_864),
            ("16000", 16_000),
        ] {
            assert_eq!(raw.parse().map(Rate::bytes_per_s), Ok(bytes), "{raw:?}");
        }
        for raw in ["", "off", "15999", "-1 MB", "2 TB", "5 m/s"] {
            assert!(raw.parse::<Rate>().is_err(), "{raw:?}");
        }
    }

    #[test]
    fn what_is_written_down_is_judged_when_it_is_read() {
        assert_eq!(serde_json::from_str::<Rate>("500000").ok(), Some(Rate(500_000)));
        assert!(serde_json::from_str::<Rate>("0").is_err());
    }

    #[test]
    fn shares_come_to_the_whole_and_to_no_standstill() {
        let whole = Rate(1_000_000);
        assert_eq!(whole.share(1, 4), Rate(250_000));
        assert_eq!(whole.share(4, 4), whole);
        assert_eq!(whole.share(5, 4), whole);
        assert_eq!(Rate(LEAST).share(1, 8), Rate(LEAST));
    }
}
