//! Time that cannot be wound back.
//!
//! The trusted time is the latest of the last signed server time, the highest time ever seen, and this computer's
//! clock. A clock up to 24 hours behind that is tolerated and the later time counts; one further behind is suspect, and
//! one contact with the service settles it. A signed server time is the only thing that can lower what was *seen*: it
//! heals a clock that jumped ahead and came back. Nothing lowers what was *signed*.
//!
//! A clock that is wrong by more than a day while the service answers is wrong by that much (`skew`) until the next
//! contact: so nobody has to repair a clock to work (S-153).

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use toolcrib_model::constants::CLOCK_TOLERANCE;

/// The memory of the clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The latest time that the service signed.
    #[serde(default)]
    signed: Option<Timestamp>,
    /// The latest trusted time that was read here since.
    #[serde(default)]
    seen: Option<Timestamp>,
    /// How far the clock was behind the service at the last contact, if more than a day; negative: ahead.
    #[serde(default)]
    skew_seconds: i64,
}

/// What time it is, as far as it can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The trusted time.
    Good {
        /// That time.
        now: Timestamp,
        /// How far the clock is behind it; negative: ahead.
        behind: SignedDuration,
    },
    /// The clock is further behind than is tolerated.
    Suspect {
        /// The latest time that is certain.
        mark: Timestamp,
        /// How far the clock is behind it.
        behind: SignedDuration,
    },
}

impl Reading {
    /// The time below which nothing counts: the trusted time, or the mark.
    pub const fn floor(&self) -> Timestamp {
        match self {
            Self::Good { now, .. } => *now,
            Self::Suspect { mark, .. } => *mark,
        }
    }
}

impl Mark {
    /// Reads the time from this computer's clock and the memory of it.
    pub fn read(&self, wall: Timestamp) -> Reading {
        let plain = self.read_as(wall, wall);
        if self.skew_seconds == 0 {
            return plain;
        }
        match self.read_as(later(wall, SignedDuration::from_secs(self.skew_seconds)), wall) {
            Reading::Suspect { .. } => plain,
            corrected => corrected,
        }
    }

    fn read_as(&self, corrected: Timestamp, wall: Timestamp) -> Reading {
        let mark = self.high_water().unwrap_or(corrected);
        let now = corrected.max(mark);
        match mark.duration_since(corrected) > CLOCK_TOLERANCE {
            true => Reading::Suspect {
                mark,
                behind: mark.duration_since(wall),
            },
            false => Reading::Good {
                now,
                behind: now.duration_since(wall),
            },
        }
    }

    /// The time below which the trusted time never falls; `None` before the first reading.
    pub fn high_water(&self) -> Option<Timestamp> {
        self.signed.max(self.seen)
    }

    /// Remembers a trusted time, so that no later one is before it.
    #[must_use]
    pub fn raised(self, now: Timestamp) -> Self {
        Self {
            seen: self.seen.max(Some(now)),
            ..self
        }
    }

    /// Takes in a time that the service signed just now; an older one than before changes nothing.
    #[must_use]
    pub fn settled(self, signed: Timestamp, wall: Timestamp) -> Self {
        if self.signed.is_some_and(|known| known > signed) {
            return self;
        }
        let skew_seconds = skew(signed, wall);
        let corrected = later(wall, SignedDuration::from_secs(skew_seconds));
        // Neither further ahead of the service than a clock may be, nor so far ahead of this clock, which the service
        // has just put up with, that the clock would be suspect at once.
        let believable = |seen: &Timestamp| {
            seen.duration_since(signed) <= CLOCK_TOLERANCE
                && seen.duration_since(corrected) <= CLOCK_TOLERANCE
        };
        Self {
            signed: Some(signed),
            seen: self.seen.filter(believable),
            skew_seconds,
        }
    }

    /// Takes in a time that the service said without signing it: it can raise the mark, never lower it, and it can tell
    /// that the clock is behind, never that it is ahead.
    #[must_use]
    pub fn told(self, said: Timestamp, wall: Timestamp) -> Self {
        if self.high_water().is_some_and(|mark| mark > said) {
            return self;
        }
        let behind = skew(said, wall).max(0);
        let skew_seconds = if behind > 0 {
            behind
        } else {
            self.skew_seconds.min(0)
        };
        Self {
            skew_seconds,
            ..self.raised(said)
        }
    }

    /// Whether both hold the clock to be wrong by about the same.
    pub(crate) fn has_skew_of(self, other: Self) -> bool {
        self.skew_seconds.abs_diff(other.skew_seconds) < 3_600
    }

    /// Takes in the date of a signed lease that was found here: the service's time was at least that.
    #[must_use]
    pub(crate) fn not_before(self, signed: Timestamp) -> Self {
        Self {
            signed: self.signed.max(Some(signed)),
            ..self
        }
    }
}

/// How far the clock is behind the service, if that is more than is tolerated anyhow.
fn skew(server: Timestamp, wall: Timestamp) -> i64 {
    let behind = server.duration_since(wall);
    if behind.abs() > CLOCK_TOLERANCE {
        behind.as_secs()
    } else {
        0
    }
}

/// `span` after `moment`, or the end of time; before it, or its beginning, if negative.
pub(crate) fn later(moment: Timestamp, span: SignedDuration) -> Timestamp {
    let end = if span.is_negative() {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    moment.checked_add(span).unwrap_or(end)
}

#[cfg(test)]
mod tests;
