//! A bucket that fills at the rate of the limit, and that bytes are taken out of (pure).

use std::time::{Duration, Instant};

/// A full bucket holds what comes in this share of a second: more would be a burst that others on the line notice.
const DEPTH_SHARE: u64 = 4;
/// What is taken at a time is this share of a full bucket, where so much is wanted: less would only cost, more would keep
/// the others in the line waiting.
const SIP_SHARE: u64 = 4;
const NANOS: u128 = 1_000_000_000;

/// What may pass by now.
#[derive(Debug, Default)]
pub(super) struct Bucket {
    /// In billionths of a byte, so that no fraction is lost or gained.
    held: u128,
    filled: Option<Instant>,
}

/// The answer to a wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// So many bytes may pass.
    Now(u64),
    /// None may before so long.
    NotBefore(Duration),
}

/// The most that ever passes at once at a rate, in bytes.
pub(super) const fn depth(rate: u64) -> u64 {
    let depth = rate / DEPTH_SHARE;
    if depth < SIP_SHARE { SIP_SHARE } else { depth }
}

impl Bucket {
    /// Takes some of `wanted` bytes, at a rate of so many bytes a second. It is empty at first: a limit begins with no
    /// burst. `wanted` is at least one.
    pub(super) fn take(&mut self, now: Instant, rate: u64, wanted: u64) -> Taken {
        self.fill(now, rate);
        let sip = wanted.min(depth(rate) / SIP_SHARE).max(1);
        let missing = (u128::from(sip) * NANOS).saturating_sub(self.held);
        if missing > 0 {
            return Taken::NotBefore(time_for(missing, rate));
        }
        self.held -= u128::from(sip) * NANOS;
        Taken::Now(sip)
    }

    fn fill(&mut self, now: Instant, rate: u64) {
        let passed = self
            .filled
            .map_or(Duration::ZERO, |then| now.saturating_duration_since(then));
        let full = u128::from(depth(rate)) * NANOS;
        let came = passed.as_nanos().saturating_mul(u128::from(rate));
        self.held = self.held.saturating_add(came).min(full);
        self.filled = Some(now);
    }
}

/// How long it takes until so much is there, rounded up.
fn time_for(missing: u128, rate: u64) -> Duration {
    let nanos = missing.div_ceil(u128::from(rate.max(1)));
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests;
