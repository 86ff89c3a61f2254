//! The temporary right while the service itself fails (S-154): four hours, repeated, for three days at most.
//!
//! It bridges nothing but the service's own failure: a person who was verified here, or is in the first days, goes on
//! working; nobody else begins. Decision: `docs/decisions/0030-outage.md`.

use crate::reason::Reason;
use crate::time::later;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::constants::{OUTAGE_LIMIT, OUTAGE_RIGHT};

/// The temporary rights of one failure of the service, as the shelf remembers them under its seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outage {
    /// When the first of them was given.
    began_at: Timestamp,
    /// When the last of them ends.
    until: Timestamp,
}

impl Outage {
    /// The next temporary right at the trusted time `now`, after `last`; `None` where the service must have answered
    /// first.
    pub(crate) fn next(last: Option<Self>, now: Timestamp) -> Option<Self> {
        let began_at = last.map_or(now, |last| last.began_at);
        let limit = later(began_at, OUTAGE_LIMIT);
        (began_at <= now && now < limit).then(|| Self {
            began_at,
            until: later(now, OUTAGE_RIGHT).min(limit),
        })
    }

    /// When it ends.
    pub const fn until(&self) -> Timestamp {
        self.until
    }

    /// Whether it covers `now`.
    pub(crate) fn covers(self, now: Timestamp) -> bool {
        self.began_at <= now && now < self.until
    }

    /// Whether a refusal for this reason is bridged: only where a renewal would help that the service fails to give.
    pub(crate) const fn bridges(reason: Reason) -> bool {
        matches!(
            reason,
            Reason::GraceOver | Reason::OfflineTimeOver | Reason::SerialFreeStartOver
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;

    fn at(hours: i64) -> Timestamp {
        later(
            "2026-06-01T12:00:00Z".parse().expect("a time"),
            SignedDuration::from_hours(hours),
        )
    }

    #[test]
    fn a_right_lasts_four_hours_and_is_repeated_for_three_days() {
        let mut outage = Outage::next(None, at(0)).expect("the first");
        assert!(outage.covers(at(3)) && !outage.covers(at(4)) && !outage.covers(at(-1)));
        let mut count = 1;
        while let Some(next) = Outage::next(Some(outage), outage.until) {
            (outage, count) = (next, count + 1);
        }
        assert_eq!((count, outage.until), (18, at(72)));
        assert_eq!(Outage::next(Some(outage), at(100)), None);
    }

    #[test]
    fn the_last_right_ends_with_the_three_days() {
        let first = Outage::next(None, at(0)).expect("the first");
        let last = Outage::next(Some(first), at(70)).expect("another");
        assert_eq!(last.until, at(72));
        assert_eq!(Outage::next(Some(last), at(72)), None);
    }

    #[test]
    fn a_right_that_was_given_later_than_now_helps_nobody() {
        let later = Outage::next(None, at(10)).expect("the first");
        assert_eq!(Outage::next(Some(later), at(0)), None);
        assert!(!later.covers(at(9)));
    }
}
