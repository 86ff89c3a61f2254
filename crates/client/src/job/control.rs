//! What a person can do with jobs, whichever process works on them.

use super::desk::until;
use super::driver::KEPT;
use super::run::{Work, begin};
use super::{Event, Held, JobRecord, State, StoredJob, Wish};
use crate::client::Client;
use crate::error::Error;
use crate::view::{FeedMessage, JobView};
use std::time::{Duration, Instant};
use tokio::time::sleep;
use toolcrib_model::JobId;

/// How long somebody waits for a job to stand still: an install step is never cut, and takes at most 10 s (S-132).
const STANDSTILL: Duration = Duration::from_secs(15);
/// How long the answer to a wish may take.
const ANSWER: Duration = Duration::from_secs(1);
/// How often another process is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(100);

impl Client {
    /// All jobs, the newest first.
    ///
    /// # Errors
    /// When the home cannot be read.
    pub fn jobs(&self) -> Result<Vec<JobView>, Error> {
        self.settle_interrupted();
        Ok(self.0.jobs.all()?.iter().map(|job| self.job_view(job)).collect())
    }

    /// Pauses a job and waits until it stands still; a job that stands still already is left as it is.
    ///
    /// # Errors
    /// When there is no such job, or it is done.
    pub async fn pause(&self, id: &JobId) -> Result<JobView, Error> {
        self.stop(id, Wish::Pause).await
    }

    /// Gives a job up, removes what it held unless that is to be kept, and waits until it is done.
    ///
    /// # Errors
    /// When there is no such job, it is done, or what it held cannot be removed.
    pub async fn cancel(&self, id: &JobId, held: Held) -> Result<JobView, Error> {
        self.stop(id, Wish::Cancel(held)).await
    }

    /// Asks for a pause and answers at once, with the task that is being finished (S-132).
    ///
    /// # Errors
    /// When there is no such job.
    pub async fn ask_to_pause(&self, id: &JobId) -> Result<JobView, Error> {
        if let Some((stop, mut latest)) = self.0.desk.find(id) {
            stop.pause();
            return Ok(until(&mut latest, ANSWER, |state| !is_going(state)).await);
        }
        let job = self.job(id)?;
        if job.running {
            self.0.jobs.wish(id, Wish::Pause)?;
        }
        Ok(self.job_view(&job))
    }

    /// Goes on with a job in this process; one that is being worked on is left alone.
    ///
    /// # Errors
    /// When there is no such job, or it has come to its end.
    pub async fn resume(&self, id: &JobId) -> Result<JobView, Error> {
        self.resume_changed(id, |_| {}).await
    }

    /// Does not let a job wait any longer: installs without waiting for its time what was fetched for later, or fetches
    /// over a metered network where it waits for another one. Goes on with it in this process where nobody works on it.
    ///
    /// # Errors
    /// As [`Client::resume`].
    pub async fn hurry(&self, id: &JobId) -> Result<JobView, Error> {
        self.hurry_changed(id, |record| record.not_before = None).await
    }

    /// Goes on with a job, also where much is to be fetched over a metered network.
    ///
    /// # Errors
    /// As [`Client::resume`].
    pub async fn resume_metered(&self, id: &JobId) -> Result<JobView, Error> {
        self.hurry_changed(id, |record| record.metered = true).await
    }

    async fn hurry_changed(
        &self,
        id: &JobId,
        change: impl FnOnce(&mut JobRecord) + Send,
    ) -> Result<JobView, Error> {
        let job = self.job(id)?;
        if job.running {
            self.0.jobs.wish(id, Wish::Now)?;
            return Ok(self.job_view(&job));
        }
        self.resume_changed(id, change).await
    }

    /// As [`Client::resume`], with a change that is written down first.
    pub(crate) async fn resume_changed(
        &self,
        id: &JobId,
        change: impl FnOnce(&mut JobRecord) + Send,
    ) -> Result<JobView, Error> {
        let job = self.job(id)?;
        if job.running {
            return Ok(self.job_view(&job));
        }
        let Some(lock) = self.0.jobs.lock(id)? else {
            return Err(Error::Busy { job: id.clone() });
        };
        let mut job = self.0.jobs.held(id)?;
        if job.record.state.is_final() {
            return Err(Error::JobEnded {
                job: id.clone(),
                state: job.record.state,
            });
        }
        let before = job.record.clone();
        change(&mut job.record);
        if job.record != before {
            self.0.jobs.save(&job.record)?;
        }
        let work = Work::again(job.record.task.kind);
        begin(self, job.record, lock, work)
    }

    /// Forgets a job that has come to its end or failed; answers it as it is now, or `None` once it is forgotten.
    ///
    /// # Errors
    /// When its folder, or what it held, cannot be removed.
    pub fn dismiss(&self, id: &JobId) -> Result<Option<JobView>, Error> {
        let job = self.job(id)?;
        match job.record.state {
            State::Done | State::Cancelled | State::RolledBack => {}
            State::Failed => self.discard(&job.record.task)?,
            _ => return Ok(Some(self.job_view(&job))),
        }
        self.0.jobs.remove(id)?;
        self.0.hub.change(&self.snapshot().into());
        Ok(None)
    }

    /// The job of that id.
    pub(crate) fn job(&self, id: &JobId) -> Result<StoredJob, Error> {
        self.0
            .jobs
            .find(id)?
            .ok_or_else(|| Error::UnknownJob { job: id.clone() })
    }

    /// A job as the faces see it: the latest figures if this process works on it, else the noted ones.
    pub(crate) fn job_view(&self, job: &StoredJob) -> JobView {
        match self.0.desk.find(&job.record.id) {
            Some((_, latest)) => {
                let place = self.0.jobs.place_in_queue(&job.record);
                latest.borrow().clone().at(place)
            }
            None => self.0.jobs.view(&job.record),
        }
    }

    async fn stop(&self, id: &JobId, wish: Wish) -> Result<JobView, Error> {
        if let Some((stop, mut latest)) = self.0.desk.find(id) {
            match wish {
                Wish::Pause => stop.pause(),
                Wish::Cancel(held) => stop.cancel(held == Held::Kept),
                Wish::Now => {}
            }
            return Ok(until(&mut latest, STANDSTILL, |state| !state.is_running()).await);
        }
        let end = Instant::now() + STANDSTILL;
        loop {
            let job = self.job(id)?;
            if !job.running {
                return self.stop_still(id, wish);
            }
            if Instant::now() > end {
                return Ok(self.job_view(&job));
            }
            self.0.jobs.wish(id, wish)?;
            sleep(LOOK_EVERY).await;
        }
    }

    /// Stops a job that nobody works on.
    fn stop_still(&self, id: &JobId, wish: Wish) -> Result<JobView, Error> {
        let Some(_lock) = self.0.jobs.lock(id)? else {
            return Err(Error::Busy { job: id.clone() });
        };
        let job = self.0.jobs.held(id)?;
        let state = job.record.state;
        let held = match wish {
            _ if state == State::Cancelled => return Ok(self.job_view(&job)),
            _ if state.is_final() => {
                return Err(Error::JobEnded {
                    job: id.clone(),
                    state,
                });
            }
            Wish::Pause | Wish::Now => return Ok(self.job_view(&job)),
            Wish::Cancel(held) => held,
        };
        let reason = match held {
            Held::Kept => Some(KEPT.to_owned()),
            Held::Dropped => {
                self.discard(&job.record.task)?;
                None
            }
        };
        let dropped = job
            .record
            .after(Event::Dropped, reason, self.0.clock.now())
            .map_err(Error::JobStep)?;
        self.0.jobs.save(&dropped)?;
        let view = self.0.jobs.view(&dropped);
        self.0.hub.change(&FeedMessage::Job {
            job: Box::new(view.clone()),
        });
        Ok(view)
    }
}

const fn is_going(state: State) -> bool {
    matches!(
        state,
        State::Queued | State::Checking | State::Downloading | State::Waiting
    )
}
