//! One job in the hands of this process: every step is judged, persisted, and only then announced.

use super::{Event, JobRecord, Kind, State};
use crate::client::Client;
use crate::error::Error;
use crate::view::{FeedMessage, JobView, ProgressView};
use std::sync::Arc;
use tokio::sync::watch;
use toolcrib_delivery::{Examination, Progress, Stage, Stop, WaitingFor, Wish as StopWish};
use toolcrib_machine::files::Lock;

/// Why a job stands still whose program ended.
const PROGRAM_ENDED: &str = "the program ended; go on with it whenever you like";
/// What is said of a job that was given up, but whose bytes stay.
pub(super) const KEPT: &str = "what was fetched is kept: installing it again goes on from there";

/// One job, and the process that works on it.
pub(super) struct Driver {
    pub(super) client: Client,
    pub(super) record: JobRecord,
    pub(super) progress: ProgressView,
    /// What a repair found, while it waits for a network that is not metered: it is not read all over again.
    pub(super) examined: Option<Arc<Examination>>,
    /// What had come from other computers of the local network before this try.
    pub(super) peer_bytes_before: u64,
    pub(super) stop: Stop,
    pub(super) latest: watch::Sender<JobView>,
    pub(super) lock: Lock,
    /// What lets it work beside others; given back while it waits.
    pub(super) slot: Option<Lock>,
}

impl Driver {
    pub(super) fn commit(&mut self) -> Result<(), Error> {
        match self.record.state {
            State::Committing => Ok(()),
            _ => self.step(Event::LastChunkHeld, None),
        }
    }

    pub(super) fn stopped(&mut self, wish: StopWish) -> Result<(), Error> {
        let is_queued = self.record.state == State::Queued;
        if !is_queued {
            self.ask()?;
        }
        match wish {
            StopWish::Pause if self.client.0.desk.is_closing() => {
                self.step(Event::Interrupted, Some(PROGRAM_ENDED.to_owned()))
            }
            StopWish::Pause if is_queued => self.step(Event::StopAsked, None),
            StopWish::Pause => self.step(Event::Stopped, None),
            StopWish::Cancel { keep: true } => self.step(Event::Dropped, Some(KEPT.to_owned())),
            StopWish::Cancel { keep: false } => {
                self.client.discard(&self.record.task)?;
                self.step(Event::Dropped, None)
            }
        }
    }

    /// Says why the job stands where it stands.
    pub(super) fn explain(&mut self, reason: String) -> Result<(), Error> {
        if self.record.reason.as_deref() == Some(&*reason) {
            return Ok(());
        }
        let explained = JobRecord {
            reason: Some(reason),
            updated_at: self.client.0.clock.now(),
            ..self.record.clone()
        };
        self.client.0.jobs.save(&explained)?;
        self.record = explained;
        self.announce();
        Ok(())
    }

    fn ask(&mut self) -> Result<(), Error> {
        match self.record.state {
            State::Pausing => Ok(()),
            _ => self.step(Event::StopAsked, None),
        }
    }

    /// Notes a failure; should even that not be possible, it is at least told.
    pub(super) fn fail(&mut self, error: Error) {
        tracing::info!(job.id = %self.record.id, error = &error as &dyn std::error::Error, "a job could not go on");
        let before = self.record.clone();
        let after = before
            .clone()
            .after(Event::Failed, None, self.client.0.clock.now());
        let mut failed = after.unwrap_or(JobRecord {
            state: State::Failed,
            ..before
        });
        failed.failure = Some(error.into_view());
        if let Err(error) = self.client.0.jobs.save(&failed) {
            tracing::warn!(job.id = %failed.id, %error, "a job's failure could not be written down");
        }
        self.record = failed;
        self.announce();
    }

    pub(super) fn step(&mut self, event: Event, reason: Option<String>) -> Result<(), Error> {
        let after = self
            .record
            .clone()
            .after(event, reason, self.client.0.clock.now())
            .map_err(Error::JobStep)?;
        self.client.0.jobs.save(&after)?;
        if !matches!(
            after.state,
            State::Downloading | State::Pausing | State::Committing
        ) {
            self.progress.rate_bytes_per_s = 0;
            self.progress.remaining_s = None;
            self.progress.task.clear();
            self.progress.waiting_for = None;
            self.progress.limit_bytes_per_s = None;
        }
        self.record = after;
        self.announce();
        Ok(())
    }

    pub(super) fn announce(&self) {
        let view = self.view();
        self.client.0.jobs.note_progress(&view.id, &view.progress);
        self.latest.send_replace(view.clone());
        self.client
            .0
            .hub
            .change(&FeedMessage::Job { job: Box::new(view) });
    }

    pub(super) fn view(&self) -> JobView {
        let place = self.client.0.jobs.place_in_queue(&self.record);
        self.record.view(place, self.progress.clone())
    }

    /// Figures of the engine: they may also say that it has begun to commit.
    pub(super) fn take_in(&mut self, figures: &Progress, noted: bool) -> Result<(), Error> {
        // A move can be stopped until it has happened.
        let is_stoppable = self.record.task.kind == Kind::Move;
        if is_committing(figures.stage) && !is_stoppable && self.record.state != State::Committing {
            self.step(Event::LastChunkHeld, None)?;
        }
        self.figure(figures, noted);
        Ok(())
    }

    fn figure(&mut self, figures: &Progress, noted: bool) {
        if figures.total_bytes == 0 {
            return;
        }
        self.progress = ProgressView {
            done_bytes: figures
                .done_bytes
                .max(self.progress.done_bytes.min(figures.total_bytes)),
            total_bytes: figures.total_bytes,
            fetched_bytes: figures.fetched_bytes,
            // Each try counts what came in it.
            peer_bytes: (self.peer_bytes_before + figures.peer_bytes).max(self.progress.peer_bytes),
            peer_count: figures.peer_count.max(self.progress.peer_count),
            rate_bytes_per_s: figures.rate_bytes_per_s,
            remaining_s: figures.remaining_s,
            task: figures.task.clone(),
            waiting_for: figures.waiting_for.as_ref().map(standstill),
            growth: figures
                .growth
                .map(|growth| growth.to_string())
                .or_else(|| self.progress.growth.take()),
            limit_bytes_per_s: self.client.0.throttle.bytes_per_s(),
        };
        if noted {
            self.client.0.jobs.note_progress(&self.record.id, &self.progress);
        }
        let view = self.view();
        self.latest.send_replace(view.clone());
        self.client
            .0
            .hub
            .figure(&FeedMessage::Job { job: Box::new(view) });
    }
}

/// Why nothing moves, and what is done about it.
fn standstill(waiting_for: &WaitingFor) -> String {
    let tried = match waiting_for {
        WaitingFor::Server(_) => "; another connection is tried",
        WaitingFor::Account => "; it is asked again",
        WaitingFor::Disk => "",
    };
    format!("No progress for 20 s. {waiting_for}{tried}")
}

const fn is_committing(stage: Stage) -> bool {
    match stage {
        Stage::Installing | Stage::Tidying | Stage::Removing => true,
        Stage::Checking | Stage::Downloading | Stage::Unpacking | Stage::Pausing | Stage::Cancelling => false,
    }
}
