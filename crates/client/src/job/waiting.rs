//! How a job waits: for its turn, for what is missing (a network, room, programs that are to be closed), and for the time
//! at which it is to be installed (B-12).
//!
//! That time is one of the clock on the wall, which is looked at again and again: a computer that slept, or whose clock was
//! set, is as right as one that did neither. Nothing stays behind when the program ends: the next one goes on.

use super::driver::Driver;
use super::need::{Missing, Need};
use super::queue::Turn;
use super::run::{End, LISTEN_EVERY, Work, wished};
use super::{Event, State, Wish};
use crate::client::Patience;
use crate::error::Error;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::time::{Duration, Instant};
use tokio::time::sleep;
use toolcrib_delivery::Wish as StopWish;

/// How long a job waits before it is tried again, at first and at most.
const WAITS: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(120));

impl Driver {
    /// Waits until it is this job's turn; answers the wish if somebody wants to stop instead.
    pub(super) async fn take_turn(&mut self) -> Result<Option<StopWish>, Error> {
        if !self.record.task.kind.takes_a_turn() {
            return Ok(None);
        }
        loop {
            let at_once = self.client.0.settings.read()?.jobs_at_once;
            match self.client.0.jobs.turn(&self.record, at_once)? {
                Turn::Now(slot) => {
                    self.slot = Some(slot);
                    return Ok(None);
                }
                Turn::NotYet(reason) => self.explain(reason)?,
            }
            tokio::select! {
                () = sleep(LISTEN_EVERY) => {}
                wish = wished(&self.stop) => return Ok(Some(wish)),
            }
        }
    }

    /// Tries again as long as only something outside is missing.
    pub(super) async fn insist(&mut self, mut work: Work) -> Result<End, Error> {
        let mut pause = WAITS.0;
        loop {
            let fetched = self.progress.fetched_bytes;
            let again = Work::again(self.record.task.kind);
            match self.attempt(std::mem::replace(&mut work, again)).await {
                Err(error) => {
                    let Some(missing) = self.waited_for(&error) else {
                        return Err(error);
                    };
                    if self.progress.fetched_bytes > fetched {
                        pause = WAITS.0;
                    }
                    if let Some(wish) = self.wait(&error, &missing, pause).await? {
                        return Ok(End::Stopped(wish));
                    }
                    pause = (pause * 2).min(WAITS.1);
                }
                Ok(End::Held) => {
                    self.record.held = true;
                    if let Some(wish) = self.wait_until_due().await? {
                        return Ok(End::Stopped(wish));
                    }
                }
                ended => return ended,
            }
        }
    }

    /// What is to be waited for after a try that failed. What could not be put into place was undone, so that also then
    /// room may be waited for.
    fn waited_for(&self, error: &Error) -> Option<Missing> {
        let missing = Missing::of(error, &self.record.task)?;
        let may_wait = match self.record.state {
            State::Checking | State::Downloading => true,
            State::Committing => missing.need() == Need::Disk,
            _ => false,
        };
        (may_wait && self.client.0.options.patience == Patience::UntilBack).then_some(missing)
    }

    /// Waits for what is missing, at least for `pause` where only another try shows whether it is back, and lets others
    /// work meanwhile; answers the wish if somebody wants to stop instead.
    async fn wait(
        &mut self,
        error: &Error,
        missing: &Missing,
        pause: Duration,
    ) -> Result<Option<StopWish>, Error> {
        self.record.asks_metered = missing.need() == Need::OtherNetwork;
        self.record.waits_for = Some(missing.need());
        let reason = missing.still().unwrap_or_else(|| error.sentence());
        self.step(Event::WaitBegan, Some(reason))?;
        self.slot = None;
        if let Some(wish) = self.wait_until_back(missing, pause).await? {
            return Ok(Some(wish));
        }
        self.record.waits_for = None;
        if let Some(wish) = self.take_turn().await? {
            return Ok(Some(wish));
        }
        self.step(Event::WaitEnded, None)?;
        Ok(None)
    }

    /// Looks again and again, until it is back or somebody does not want to wait.
    async fn wait_until_back(
        &mut self,
        missing: &Missing,
        pause: Duration,
    ) -> Result<Option<StopWish>, Error> {
        let since = Instant::now();
        loop {
            tokio::select! {
                () = sleep(missing.look_after(pause)) => {}
                () = self.hurried() => {
                    self.client.0.jobs.clear_wish(&self.record.id);
                    self.record.metered |= missing.need() == Need::OtherNetwork;
                    return Ok(None);
                }
                wish = wished(&self.stop) => return Ok(Some(wish)),
            }
            match missing.still() {
                Some(reason) => self.explain(reason)?,
                // Room that another try finds used up again is not tried every two seconds.
                None if missing.need() == Need::Disk && since.elapsed() < pause => {}
                None => return Ok(None),
            }
        }
    }

    /// Waits until it is time, or until somebody does not want to wait; lets others work meanwhile. Answers the wish if
    /// somebody wants to stop instead.
    pub(super) async fn wait_until_due(&mut self) -> Result<Option<StopWish>, Error> {
        let reason = self.record.not_before.map(reason);
        self.record.waits_for = Some(Need::Window);
        self.step(Event::WaitBegan, reason)?;
        self.slot = None;
        while !self.is_due() {
            tokio::select! {
                () = sleep(LISTEN_EVERY) => {}
                wish = wished(&self.stop) => return Ok(Some(wish)),
            }
        }
        self.record.not_before = None;
        self.record.waits_for = None;
        if let Some(wish) = self.take_turn().await? {
            return Ok(Some(wish));
        }
        self.step(Event::WaitEnded, None)?;
        Ok(None)
    }

    /// Waits until somebody does not want it to wait.
    async fn hurried(&self) {
        while self.client.0.jobs.wished(&self.record.id) != Some(Wish::Now) {
            sleep(LISTEN_EVERY).await;
        }
    }

    fn is_due(&self) -> bool {
        let client = &self.client.0;
        let has_come = |due: Timestamp| client.clock.now() >= due;
        self.record.not_before.is_none_or(has_come) || client.jobs.wished(&self.record.id) == Some(Wish::Now)
    }
}

fn reason(due: Timestamp) -> String {
    let due = due.to_zoned(TimeZone::system());
    format!(
        "everything is here; it is installed on {}",
        due.strftime("%-d %B at %H:%M")
    )
}
