//! Finds the steps from old to new content, after Colin Percival's *Naive differences of executable code* (2003): a match
//! is taken where it explains clearly more than going on as before, and is then stretched to both sides for as long as
//! more than half of the bytes are right.

use super::matches::Matches;
use super::suffixes::{MATCH_BYTES, common_length};
use crate::Error;

/// Where the present alignment is right for so long, no better one is looked for.
const SURE_BYTES: usize = 32;
/// By how many bytes another alignment must be better: about what a step costs.
const CLEARLY: usize = 8;

/// Bytes that resemble old ones, then new bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) old_at: usize,
    pub(super) new_at: usize,
    pub(super) like: usize,
    pub(super) fresh: usize,
}

/// A place of the new content with the place of the old that it is compared with.
#[derive(Clone, Copy)]
struct Alignment {
    old_at: usize,
    new_at: usize,
}

/// Works out the steps that make `new` from `old`.
pub(super) fn steps(old: &[u8], new: &[u8]) -> Result<Vec<Step>, Error> {
    let scan = Scan {
        old,
        new,
        matches: Matches::of(old, new)?,
    };
    let mut steps = Vec::new();
    let mut here = Alignment { old_at: 0, new_at: 0 };
    let mut from = 0;
    while here.new_at < new.len() {
        let (next, length) = scan.next_match(from, here);
        let (like, back) = scan.stretch(here, next);
        let begin = Alignment {
            old_at: next.old_at - back,
            new_at: next.new_at - back,
        };
        let fresh = begin.new_at - here.new_at - like;
        if like + fresh > 0 {
            steps.push(Step {
                old_at: here.old_at,
                new_at: here.new_at,
                like,
                fresh,
            });
        }
        (here, from) = (begin, next.new_at + length);
    }
    Ok(steps)
}

struct Scan<'a> {
    old: &'a [u8],
    new: &'a [u8],
    matches: Matches<'a>,
}

impl Scan<'_> {
    /// Looks from `at` on for a match that explains clearly more bytes than the alignment `here` does; answers it with its
    /// length, or the end.
    fn next_match(&self, mut at: usize, here: Alignment) -> (Alignment, usize) {
        let right = |place: usize| self.is_right(here, place);
        // How many of the bytes from `at` up to `counted` are right as they are.
        let (mut score, mut counted) = (0, at);
        while at < self.new.len() {
            let (old_at, length) = self.longest_match(at, here);
            while counted < at + length {
                score += usize::from(right(counted));
                counted += 1;
            }
            if length == score && length > 0 {
                at += length;
                (score, counted) = (0, at);
            } else if length > score + CLEARLY {
                return (Alignment { old_at, new_at: at }, length);
            } else {
                score -= usize::from(counted > at && right(at));
                at += 1;
                counted = counted.max(at);
            }
        }
        let end = Alignment {
            old_at: 0,
            new_at: self.new.len(),
        };
        (end, 0)
    }

    /// The longest match of what begins at `at`; the present alignment's, where that is long enough.
    fn longest_match(&self, at: usize, here: Alignment) -> (usize, usize) {
        let present = here.old_at + (at - here.new_at);
        let known = self.old.get(present..).map_or(0, |old| {
            let most = old.len().min(MATCH_BYTES);
            common_length(&old[..most], &self.new[at..])
        });
        if known >= SURE_BYTES {
            return (present, known);
        }
        match self.matches.longest(&self.new[at..]) {
            (old_at, length) if length > known => (old_at, length),
            _ => (present, known),
        }
    }

    fn is_right(&self, here: Alignment, new_at: usize) -> bool {
        self.old.get(here.old_at + (new_at - here.new_at)) == Some(&self.new[new_at])
    }

    /// How far `here` reaches forward, and `next` backward, without overlap.
    fn stretch(&self, here: Alignment, next: Alignment) -> (usize, usize) {
        let gap = next.new_at - here.new_at;
        let forward = self.new[here.new_at..][..gap]
            .iter()
            .zip(&self.old[here.old_at..]);
        let mut like = furthest(forward);
        if next.new_at == self.new.len() {
            return (like, 0);
        }
        let backward = self.new[here.new_at..next.new_at].iter().rev();
        let mut back = furthest(backward.zip(self.old[..next.old_at].iter().rev()));
        if like + back > gap {
            let overlap = like + back - gap;
            let kept = self.divide(here, next, like, back, overlap);
            (like, back) = (like - overlap + kept, back - kept);
        }
        (like, back)
    }

    /// How many bytes of an overlap are better left to `here`.
    fn divide(&self, here: Alignment, next: Alignment, like: usize, back: usize, overlap: usize) -> usize {
        let new = &self.new[next.new_at - back..][..overlap];
        let ours = &self.old[here.old_at + like - overlap..][..overlap];
        let theirs = &self.old[next.old_at - back..][..overlap];
        let (mut lead, mut best, mut kept) = (0, 0, 0);
        for (place, ((new, ours), theirs)) in new.iter().zip(ours).zip(theirs).enumerate() {
            lead += i64::from(new == ours) - i64::from(new == theirs);
            if lead > best {
                (best, kept) = (lead, place + 1);
            }
        }
        kept
    }
}

/// For how long more than half of the bytes are right.
fn furthest<'a>(pairs: impl Iterator<Item = (&'a u8, &'a u8)>) -> usize {
    let (mut lead, mut best, mut length) = (0_i64, 0, 0);
    for (place, (one, other)) in pairs.enumerate() {
        lead += if one == other { 1 } else { -1 };
        if lead > best {
            (best, length) = (lead, place + 1);
        }
    }
    length
}
