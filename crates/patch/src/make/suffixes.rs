//! All suffixes of the old content in order, so that the longest match of anything is found by halving.

use crate::Error;
use libsais::SuffixArrayConstruction;

/// Matches are followed so far only; beyond it nothing changes the choice, and repetitive content would cost its square.
pub(super) const MATCH_BYTES: usize = 4 << 10;

/// The sorted suffixes of the old content.
pub(super) struct Suffixes<'a> {
    old: &'a [u8],
    sorted: Vec<i32>,
    /// For each two first bytes, where their suffixes begin.
    begins: Vec<u32>,
}

impl<'a> Suffixes<'a> {
    pub(super) fn of(old: &'a [u8]) -> Result<Self, Error> {
        let sort = SuffixArrayConstruction::for_text(old)
            .in_owned_buffer32()
            .single_threaded()
            .run();
        let sorted = sort.map_err(|error| Error::Sort {
            bytes: old.len(),
            reason: error.to_string(),
        })?;
        Ok(Self {
            old,
            sorted: sorted.into_vec(),
            begins: begins(old),
        })
    }

    /// The longest match of the beginning of `wanted`, up to [`MATCH_BYTES`]: where it lies in the old content, and its length.
    pub(super) fn longest_match(&self, wanted: &[u8]) -> (usize, usize) {
        let wanted = &wanted[..wanted.len().min(MATCH_BYTES)];
        let [first, second, ..] = wanted else {
            return (0, 0);
        };
        let pair = pair(*first, *second);
        let (mut low, mut high) = (self.begins[pair] as usize, self.begins[pair + 1] as usize);
        let (mut low_common, mut high_common) = (0, 0);
        let mut longest = (0, 0);
        while low < high && longest.1 < wanted.len() {
            let middle = low.midpoint(high);
            let at = self.sorted[middle] as usize;
            let suffix = &self.old[at..];
            // What both neighbours share with `wanted`, everything between them shares.
            let known = low_common.min(high_common);
            let common = known + common_length(&suffix[known..], &wanted[known..]);
            if common > longest.1 {
                longest = (at, common);
            }
            match (suffix.get(common), wanted.get(common)) {
                (Some(here), Some(there)) if here > there => (high, high_common) = (middle, common),
                _ => (low, low_common) = (middle + 1, common),
            }
        }
        longest
    }
}

const fn pair(first: u8, second: u8) -> usize {
    (first as usize) << 8 | second as usize
}

fn begins(old: &[u8]) -> Vec<u32> {
    let mut begins = vec![0; (1 << 16) + 1];
    for two in old.windows(2) {
        begins[pair(two[0], two[1]) + 1] += 1;
    }
    // The last suffix has one byte and comes before all others that begin with it.
    if let Some(last) = old.last() {
        begins[pair(*last, 0) + 1] += 1;
    }
    let mut sum = 0;
    for begin in &mut begins {
        sum += *begin;
        *begin = sum;
    }
    begins
}

/// How many bytes two contents have in common at their beginning.
pub(super) fn common_length(one: &[u8], other: &[u8]) -> usize {
    let eights = one.chunks_exact(8).zip(other.chunks_exact(8));
    let whole = 8 * eights.take_while(|(one, other)| one == other).count();
    let rest = one[whole..].iter().zip(&other[whole..]);
    whole + rest.take_while(|(one, other)| one == other).count()
}
