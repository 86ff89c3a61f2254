//! Retrying as a verdict: what counts is not how often something failed, but how often in a row nothing came.

use crate::error::Error;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use toolcrib_model::Remedy;

/// How much failing is put up with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Tries in a row without any progress.
    pub tries: u32,
    /// The time in a row without any progress.
    pub time: SignedDuration,
    /// The first wait; each later one is twice as long.
    pub first_wait: Duration,
    /// The longest wait that we choose ourselves.
    pub longest_wait: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            tries: 8,
            time: SignedDuration::from_mins(30),
            first_wait: Duration::from_millis(250),
            longest_wait: Duration::from_secs(30),
        }
    }
}

/// What is to be done about a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Try again.
    Again {
        /// After this time, which can always be interrupted.
        after: Duration,
    },
    /// It will not get better by itself, or has not for too long.
    GiveUp,
}

/// Counts tries without progress.
#[derive(Clone, Debug)]
pub struct Budget {
    patience: Patience,
    tries: u32,
    since: Option<Timestamp>,
}

impl Default for Budget {
    fn default() -> Self {
        Self::new(Patience::default())
    }
}

impl Budget {
    /// A fresh budget.
    pub const fn new(patience: Patience) -> Self {
        Self {
            patience,
            tries: 0,
            since: None,
        }
    }

    /// Judges a failure. `progressed` says whether anything new arrived since the last one; `now` is the time.
    pub fn judge(&mut self, error: &Error, progressed: bool, now: Timestamp) -> Verdict {
        self.judge_remedy(error.remedy(), progressed, now)
    }

    /// As [`Budget::judge`], for a failure of another kind.
    pub fn judge_remedy(&mut self, remedy: Remedy, progressed: bool, now: Timestamp) -> Verdict {
        if progressed {
            (self.tries, self.since) = (0, None);
        }
        self.tries += 1;
        let since = *self.since.get_or_insert(now);
        let spent = self.tries > self.patience.tries || now.duration_since(since) > self.patience.time;
        match remedy {
            Remedy::RetryAfter(least) if !spent => Verdict::Again {
                after: self.wait().max(least),
            },
            Remedy::Refetch if !spent => Verdict::Again { after: self.wait() },
            Remedy::RetryAfter(_) | Remedy::Refetch | Remedy::AskUser | Remedy::SignIn | Remedy::GiveUp => {
                Verdict::GiveUp
            }
        }
    }

    /// Tries in a row without progress.
    pub const fn tries(&self) -> u32 {
        self.tries
    }

    /// Between half and all of the doubled wait, so that many clients do not come back at the same instant.
    fn wait(&self) -> Duration {
        let doubled = self
            .patience
            .first_wait
            .saturating_mul(1 << (self.tries - 1).min(20));
        doubled
            .min(self.patience.longest_wait)
            .mul_f64(rand::random_range(0.5..=1.0))
    }
}

#[cfg(test)]
mod tests;
