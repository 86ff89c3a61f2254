//! How fast it goes, smoothed over a few seconds (pure).

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// The span over which speeds are smoothed.
const WINDOW: Duration = Duration::from_secs(5);
/// A shorter span than this says nothing.
const LEAST: Duration = Duration::from_millis(300);

/// Remembers the last few seconds.
#[derive(Debug, Default)]
pub(super) struct Estimator {
    samples: VecDeque<(Instant, u64, u64)>,
}

/// Speeds over the last few seconds, in bytes a second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pace {
    /// Of all work.
    pub(super) done_per_s: u64,
    /// Of what arrives.
    pub(super) fetched_per_s: u64,
}

impl Estimator {
    /// Takes a sample and answers with the speeds.
    pub(super) fn add(&mut self, now: Instant, done: u64, fetched: u64) -> Pace {
        self.samples.push_back((now, done, fetched));
        while self.samples.len() > 2 && now.duration_since(self.samples[1].0) >= WINDOW {
            self.samples.pop_front();
        }
        let (then, done_then, fetched_then) = self.samples[0];
        let span = now.duration_since(then);
        if span < LEAST {
            return Pace::default();
        }
        let per_s = |bytes: u64| (bytes as f64 / span.as_secs_f64()) as u64;
        Pace {
            done_per_s: per_s(done.saturating_sub(done_then)),
            fetched_per_s: per_s(fetched.saturating_sub(fetched_then)),
        }
    }
}

impl Pace {
    /// How many seconds `left` bytes of work take at this speed, rounded up.
    pub(super) fn remaining_s(self, left: u64) -> Option<u64> {
        (self.done_per_s > 0).then(|| left.div_ceil(self.done_per_s))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paces(samples: &[(u64, u64, u64)]) -> Vec<Pace> {
        let start = Instant::now();
        let mut estimator = Estimator::default();
        samples
            .iter()
            .map(|&(ms, done, fetched)| estimator.add(start + Duration::from_millis(ms), done, fetched))
            .collect()
    }

    #[test]
    fn speeds_are_those_of_the_last_seconds() {
        let paces = paces(&[
            (0, 0, 0),
            (1_000, 100, 50),
            (5_000, 500, 250),
            (10_000, 10_500, 250),
        ]);
        assert_eq!(
            paces[1],
            Pace {
                done_per_s: 100,
                fetched_per_s: 50
            }
        );
        assert_eq!(
            paces[3],
            Pace {
                done_per_s: 2_000,
                fetched_per_s: 0
            }
        );
    }

    #[test]
    fn nothing_is_said_before_there_is_something_to_say() {
        let paces = paces(&[(0, 0, 0), (100, 1_000_000, 1_000_000)]);
        assert_eq!(paces[1].remaining_s(10), None);
    }

    #[test]
    fn a_standstill_has_no_end() {
        let paces = paces(&[(0, 10, 10), (6_000, 10, 10), (12_000, 10, 10)]);
        assert_eq!(paces[2].remaining_s(10), None);
    }

    #[test]
    fn the_rest_is_rounded_up() {
        let pace = Pace {
            done_per_s: 100,
            fetched_per_s: 0,
        };
        assert_eq!(
            (pace.remaining_s(0), pace.remaining_s(1), pace.remaining_s(250)),
            (Some(0), Some(1), Some(3))
        );
    }
}
