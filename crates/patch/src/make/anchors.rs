//! Where the old content has what the new one looks for, by the hash of the next few bytes: for content that is too large
//! to be sorted. It finds nearly what sorting finds, in a fraction of the time, and needs memory that is bounded.

use super::suffixes::{MATCH_BYTES, common_length};
use std::cell::Cell;

/// How many bytes must be right for a match to be found.
const WINDOW: usize = 12;
/// How many places are remembered at most; of larger content every second, every third, … one.
const MAX_PLACES: usize = 192 << 20;
/// The most lists of places, as a power of two.
const MAX_LISTS_LOG: u32 = 26;
/// How many places with the same window are compared.
const TRIES: usize = 64;
/// How many places of a list are looked at, of other windows too.
const LOOKS: usize = 4 * TRIES;
/// How many are, once more was looked at than is reasonable for content of this length.
const FEW_LOOKS: usize = 4;
/// How many places are looked at for each new byte, on the whole, before that.
const LOOKS_A_BYTE: u64 = 8;
/// The end of a list.
const NONE: u32 = u32::MAX;

/// Places of the old content, in lists of those whose windows have the same hash, the last place first.
pub(super) struct Anchors<'a> {
    old: &'a [u8],
    /// The last place of each list.
    last: Vec<u32>,
    /// For each place the one before it in its list.
    before: Vec<u32>,
    /// How far apart the places are, in bytes.
    stride: usize,
    /// How many more places may be looked at before only a few are.
    looks: Cell<u64>,
}

impl<'a> Anchors<'a> {
    /// The places of `old`, for new content of so many bytes.
    pub(super) fn of(old: &'a [u8], new_bytes: usize) -> Self {
        let windows = old.len().saturating_sub(WINDOW - 1);
        let stride = windows.div_ceil(MAX_PLACES).max(1);
        let places = windows.div_ceil(stride);
        let log = places.next_power_of_two().ilog2().clamp(8, MAX_LISTS_LOG);
        let mut anchors = Self {
            old,
            last: vec![NONE; 1 << log],
            before: vec![NONE; places],
            stride,
            looks: Cell::new(LOOKS_A_BYTE.saturating_mul(new_bytes as u64)),
        };
        anchors.fill();
        anchors
    }

    fn fill(&mut self) {
        let mut previous = None;
        for place in 0..self.before.len() {
            let Some(list) = self.list(&self.old[place * self.stride..]) else {
                continue;
            };
            // Of a run of one byte the first place is enough.
            if previous.replace(list) != Some(list) {
                self.before[place] = std::mem::replace(&mut self.last[list], place as u32);
            }
        }
    }

    /// The list of what these bytes begin with; none where they are too few.
    fn list(&self, bytes: &[u8]) -> Option<usize> {
        let (first, rest) = bytes.split_first_chunk::<8>()?;
        let second = rest.first_chunk::<{ WINDOW - 8 }>()?;
        let mixed = u64::from_le_bytes(*first).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (mixed ^ mixed >> 32 ^ u64::from(u32::from_le_bytes(*second)))
            .wrapping_mul(0xd6e8_feb8_6659_fd93);
        Some((mixed >> (64 - self.last.len().ilog2())) as usize)
    }

    /// The longest match of the beginning of `wanted` that is known, up to [`MATCH_BYTES`]: where it lies in the old
    /// content, and its length.
    pub(super) fn longest_match(&self, wanted: &[u8]) -> (usize, usize) {
        let wanted = &wanted[..wanted.len().min(MATCH_BYTES)];
        let mut next = self.list(wanted).map_or(NONE, |list| self.last[list]);
        let (mut longest, mut looks, mut tries) = ((0, 0), 0, 0);
        let most = if self.looks.get() > 0 { LOOKS } else { FEW_LOOKS };
        while next != NONE && looks < most && tries < TRIES && longest.1 < wanted.len() {
            let at = next as usize * self.stride;
            let common = common_length(&self.old[at..], wanted);
            if common > longest.1 {
                longest = (at, common);
            }
            tries += usize::from(common >= WINDOW);
            looks += 1;
            next = self.before[next as usize];
        }
        self.looks.set(self.looks.get().saturating_sub(looks as u64));
        longest
    }
}

#[cfg(test)]
mod tests;
