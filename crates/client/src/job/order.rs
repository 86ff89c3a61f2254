//! What a person can do with the queue as a whole.

use super::{Goal, State, StoredJob};
use crate::client::Client;
use crate::error::Error;
use crate::view::JobView;
use toolcrib_model::JobId;

impl Client {
    /// Moves a job in the queue and answers the unfinished jobs in their new order. One that works already is not
    /// stopped for another one.
    ///
    /// # Errors
    /// When one of the jobs is not in the queue, or a place cannot be written.
    pub fn move_job(&self, id: &JobId, goal: &Goal) -> Result<Vec<JobView>, Error> {
        self.0.jobs.move_to(id, goal)?;
        self.0.hub.change(&self.snapshot().into());
        self.queue()
    }

    /// Lets so many jobs fetch and write at once; those that work already go on.
    ///
    /// # Errors
    /// When the settings cannot be changed.
    pub fn work_at_once(&self, number: u32) -> Result<(), Error> {
        self.0
            .settings
            .change(|settings| settings.jobs_at_once = number.max(1))
    }

    /// The unfinished jobs in the order in which they are begun.
    ///
    /// # Errors
    /// When the home cannot be read.
    pub fn queue(&self) -> Result<Vec<JobView>, Error> {
        let mut queue: Vec<_> = self
            .jobs()?
            .into_iter()
            .filter(|job| job.state.is_unfinished())
            .collect();
        queue.sort_by_key(|job| (job.priority, job.rank));
        Ok(queue)
    }

    /// Pauses everything, the last of the queue first so that nobody moves up meanwhile; answers what stands still now.
    ///
    /// # Errors
    /// When the home cannot be read or a wish cannot be written.
    pub async fn pause_all(&self) -> Result<Vec<JobView>, Error> {
        let going = self
            .queue()?
            .into_iter()
            .rev()
            .filter(|job| job.state.is_running());
        let going: Vec<_> = going.map(|job| job.id).collect();
        for id in &going {
            self.ask_to_pause(id).await?;
        }
        let mut paused = Vec::new();
        for id in going.iter().rev() {
            match self.pause(id).await {
                Ok(job) => paused.push(job),
                Err(Error::JobEnded { .. } | Error::UnknownJob { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(paused)
    }

    /// Goes on with everything that is paused, in its order; one that cannot go on does not keep the others.
    ///
    /// # Errors
    /// When the home cannot be read.
    pub async fn resume_all(&self) -> Result<Vec<JobView>, Error> {
        self.resume_those(|job| job.state() == State::Paused).await
    }

    /// Goes on with what stands still only because its program ended.
    ///
    /// # Errors
    /// When the home cannot be read.
    pub async fn go_on(&self) -> Result<Vec<JobView>, Error> {
        self.settle_interrupted();
        self.resume_those(|job| job.state() == State::Paused && job.record.goes_on)
            .await
    }

    async fn resume_those(&self, wanted: impl Fn(&StoredJob) -> bool) -> Result<Vec<JobView>, Error> {
        let mut jobs: Vec<_> = self.0.jobs.all()?.into_iter().filter(wanted).collect();
        jobs.sort_by_key(|job| self.0.jobs.place_in_queue(&job.record));
        let mut resumed = Vec::new();
        for job in jobs {
            match self.resume(&job.record.id).await {
                Ok(job) => resumed.push(job),
                Err(error) => {
                    tracing::warn!(job.id = %job.record.id, error = error.sentence(), "a job could not go on");
                }
            }
        }
        Ok(resumed)
    }
}
