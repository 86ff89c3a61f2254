//! How many connections a job has: found out by measuring what another one brings (pure).
//!
//! It begins with a few and doubles them as long as that pays. When it does not, it goes back to the number before and
//! stays there, trying one step more from time to time. A server that says that it is busy halves the number.

use std::time::{Duration, Instant};

/// How many connections a job begins with.
const FIRST: usize = 4;
/// How long new connections get to reach their speed before they are measured.
const SETTLING: Duration = Duration::from_millis(150);
/// How long is measured.
const MEASURING: Duration = Duration::from_millis(250);
/// More connections pay when they bring this much more.
const PAYS: f64 = 1.15;
/// Where they bring this much more, each one is slowed down by losses, and more than the usual number is allowed.
const LOSSY: f64 = 1.3;
/// A speed that falls below this share of what it was is a reason to try again.
const FELL: f64 = 0.6;
/// How long the first number that pays is kept before a step more is tried.
const KEPT: Duration = Duration::from_secs(5);
/// Refusals within this time are of one moment, and count once.
const ONE_MOMENT: Duration = Duration::from_secs(2);
/// How long a number is kept at the longest.
const KEPT_LONGEST: Duration = Duration::from_secs(60);

/// Finds out how many connections pay.
#[derive(Debug)]
pub(crate) struct Tuner {
    most: Connections,
    wanted: usize,
    mode: Mode,
    /// What was measured last, in bytes a second.
    rate: Option<f64>,
    window: Option<Window>,
    kept: Duration,
    refused: Option<Instant>,
}

/// The most connections that a job may have; how many of them it uses is found out by measuring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    /// Usually.
    pub usual: usize,
    /// Where each one is slowed down by losses.
    pub lossy: usize,
}

impl Connections {
    /// So many and no more, whatever the network is like.
    pub const fn at_most(most: usize) -> Self {
        Self {
            usual: most,
            lossy: most,
        }
    }
}

impl Default for Connections {
    fn default() -> Self {
        Self { usual: 16, lossy: 32 }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    /// More were opened; `before` connections brought `rate`.
    Growing { before: usize, rate: f64 },
    /// It stays so for a while.
    Steady { until: Instant, rate: f64 },
}

#[derive(Clone, Copy, Debug)]
struct Window {
    from: Instant,
    came: u64,
}

impl Tuner {
    /// A tuner for a job that begins now.
    pub(crate) fn new(most: Connections) -> Self {
        Self {
            most,
            wanted: FIRST.min(most.usual.max(1)),
            mode: Mode::Growing { before: 1, rate: 0.0 },
            rate: None,
            window: None,
            kept: KEPT,
            refused: None,
        }
    }

    /// How many connections there should be.
    pub(crate) const fn wanted(&self) -> usize {
        self.wanted
    }

    /// What one connection brings, in bytes a second; `None` before that was measured.
    pub(crate) fn rate_of_one(&self) -> Option<f64> {
        self.rate.map(|rate| rate / self.wanted as f64)
    }

    /// Takes in how many bytes `came` in all until now. `held_up` says that something else than the network is slow.
    pub(crate) fn observe(&mut self, now: Instant, came: u64, held_up: bool) {
        let Some(window) = self.window else {
            self.window = Some(Window {
                from: now + SETTLING,
                came,
            });
            return;
        };
        if now < window.from {
            self.window = Some(Window { came, ..window });
            return;
        }
        let length = now.duration_since(window.from);
        if length >= MEASURING {
            let rate = came.saturating_sub(window.came) as f64 / length.as_secs_f64();
            self.window = Some(Window { from: now, came });
            self.rate = Some(rate);
            self.judge(now, rate, held_up);
        }
    }

    /// A server said that it is busy.
    pub(crate) fn refused(&mut self, now: Instant) {
        let recently = |then| now.saturating_duration_since(then) < ONE_MOMENT;
        if self.refused.is_some_and(recently) {
            return;
        }
        self.refused = Some(now);
        self.change(now, (self.wanted / 2).max(1));
        self.keep(now, 0.0, KEPT_LONGEST);
    }

    fn judge(&mut self, now: Instant, rate: f64, held_up: bool) {
        match self.mode {
            Mode::Growing { before, rate: then } if rate >= then * PAYS => {
                let next = self.more(self.wanted * 2, rate / then.max(1.0), before);
                if held_up || next == self.wanted {
                    self.keep(now, rate, KEPT);
                } else {
                    self.grow(now, next, rate);
                }
            }
            Mode::Growing { before, rate: then } => {
                self.change(now, before);
                let longer = self.kept.saturating_mul(2).min(KEPT_LONGEST);
                self.keep(now, then, longer);
            }
            Mode::Steady { until, rate: then } => {
                let fell = rate < then * FELL;
                let next = self.more(self.wanted + self.wanted.div_ceil(2), 0.0, self.wanted);
                if !held_up && next > self.wanted && (fell || now >= until) {
                    self.grow(now, next, rate);
                }
            }
        }
    }

    /// The next number, within the limits. More than usual only where the last doubling nearly doubled the speed.
    fn more(&self, next: usize, gain: f64, before: usize) -> usize {
        let lossy = self.wanted > self.most.usual || (gain >= LOSSY && before > 1);
        let most = if lossy { self.most.lossy } else { self.most.usual };
        next.min(most.max(self.wanted))
    }

    fn grow(&mut self, now: Instant, next: usize, rate: f64) {
        self.mode = Mode::Growing {
            before: self.wanted,
            rate,
        };
        self.change(now, next);
    }

    fn keep(&mut self, now: Instant, rate: f64, kept: Duration) {
        self.kept = kept;
        self.mode = Mode::Steady {
            until: now + kept,
            rate,
        };
    }

    fn change(&mut self, now: Instant, wanted: usize) {
        self.wanted = wanted;
        if let Some(window) = &mut self.window {
            window.from = now + SETTLING;
        }
    }
}

#[cfg(test)]
mod tests;
