//! How fast may be fetched: what the person set, and what of it holds now (B-05).
//!
//! Every process looks at the settings while it fetches, so that a change counts at once, whoever makes it. What is fetched
//! at the same time, here and in other processes, shares the limit.

mod hours;

pub use hours::Hours;
pub(crate) use hours::read_time;

use crate::client::Client;
use crate::error::Error;
use crate::job::State;
use crate::policy::Key;
use crate::view::{LimitChoice, LimitView};
use jiff::civil::Time;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::time::Duration;
use tokio::time::sleep;
use toolcrib_model::Rate;

/// How often the settings and the clock are looked at while something is fetched.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// What the person set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// How fast at all other times; as fast as it goes without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual: Option<Rate>,
    /// Hours of each day with a limit of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
}

impl Limit {
    /// Whether nothing is limited at any time.
    pub fn is_off(&self) -> bool {
        *self == Self::default()
    }

    /// What holds when clocks on the wall show this time.
    pub fn at(&self, time: Time) -> Option<Rate> {
        match self.hours.filter(|hours| hours.contain(time)) {
            Some(hours) => hours.rate,
            None => self.usual,
        }
    }
}

impl Client {
    /// How fast may be fetched.
    ///
    /// # Errors
    /// When the settings cannot be read, or the policy of this computer cannot be understood.
    pub fn limit(&self) -> Result<LimitView, Error> {
        let by_policy = self.policy()?.limit;
        let limit = match &by_policy {
            Some(limit) => limit.clone(),
            None => self.0.settings.read()?.limit,
        };
        Ok(LimitView {
            now_bytes_per_s: limit.at(self.time_on_the_wall()).map(Rate::bytes_per_s),
            set: LimitChoice::of(&limit),
            by_policy: by_policy.is_some(),
        })
    }

    /// Says how fast may be fetched, from now on and by everything on this computer.
    ///
    /// # Errors
    /// When it makes no sense, the organisation has set it, or the settings cannot be changed.
    pub fn set_limit(&self, choice: &LimitChoice) -> Result<LimitView, Error> {
        let limit = choice.judged()?;
        let policy = self.policy()?;
        if policy.limit.is_some() {
            return Err(policy.set_by(Key::Limit));
        }
        self.0.settings.change(|settings| settings.limit = limit)?;
        self.limit()
    }

    /// A limit for this process alone, whatever the person set; what the organisation set is never exceeded by it.
    pub fn limit_this_process(&self, rate: Rate) {
        let _the_first_one_stays = self.0.own_limit.set(rate);
    }

    /// Keeps to the limit as it changes, for ever; to be dropped with what fetches.
    pub(crate) async fn follow_limit(&self) -> Infallible {
        loop {
            self.0.throttle.limit(self.limit_now());
            sleep(LOOK_EVERY).await;
        }
    }

    fn limit_now(&self) -> Option<Rate> {
        let by_policy = self.policy().unwrap_or_default().limit;
        let own = self.0.own_limit.get().copied();
        match (own, by_policy) {
            (Some(own), None) => Some(own),
            (Some(own), Some(limit)) => Some(self.share_now(&limit).map_or(own, |share| own.min(share))),
            (None, Some(limit)) => self.share_now(&limit),
            // Settings that cannot be read limit nothing; whoever changes them is told.
            (None, None) => self.share_now(&self.0.settings.read().ok()?.limit),
        }
    }

    /// What of a limit falls to this process now.
    fn share_now(&self, limit: &Limit) -> Option<Rate> {
        let whole = limit.at(self.time_on_the_wall())?;
        let (ours, others) = self.jobs_that_fetch();
        Some(whole.share(ours.max(1), ours.max(1) + others))
    }

    /// How many jobs fetch just now: in this process, and in others.
    fn jobs_that_fetch(&self) -> (u64, u64) {
        let jobs = self.0.jobs.all().unwrap_or_default().into_iter();
        let fetching = jobs.filter(|job| job.running && job.state() == State::Downloading);
        fetching.fold((0, 0), |(ours, others), job| {
            match self.0.desk.find(&job.record.id) {
                Some(_) => (ours + 1, others),
                None => (ours, others + 1),
            }
        })
    }

    fn time_on_the_wall(&self) -> Time {
        self.0.clock.now().to_zoned(TimeZone::system()).time()
    }
}

#[cfg(test)]
mod tests;
