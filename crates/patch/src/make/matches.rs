//! Finds the longest match in the old content: exactly where sorting it is cheap, nearly where it is not.

use super::anchors::Anchors;
use super::suffixes::Suffixes;
use crate::Error;

/// Larger contents are not sorted, in bytes: looking something up in a sorted order that is larger than a processor's cache
/// costs microseconds for each byte that is new.
const SORTED_BYTES: usize = 16 << 20;

/// The old content, ready to be searched.
pub(super) enum Matches<'a> {
    /// All its suffixes, sorted.
    Sorted(Suffixes<'a>),
    /// Places of it, by what begins there.
    Anchored(Anchors<'a>),
}

impl<'a> Matches<'a> {
    pub(super) fn of(old: &'a [u8], new: &[u8]) -> Result<Self, Error> {
        Ok(match old.len().max(new.len()) <= SORTED_BYTES {
            true => Self::Sorted(Suffixes::of(old)?),
            false => Self::Anchored(Anchors::of(old, new.len())),
        })
    }

    /// Where in the old content the longest match of the beginning of `wanted` lies, and its length.
    pub(super) fn longest(&self, wanted: &[u8]) -> (usize, usize) {
        match self {
            Self::Sorted(suffixes) => suffixes.longest_match(wanted),
            Self::Anchored(anchors) => anchors.longest_match(wanted),
        }
    }
}
