//! Where jobs are remembered: one folder each, with the record, a lock, a wish and the latest figures.
//!
//! `job.json` is replaced atomically at every change of state. `lock` is held by the process that works on the job,
//! so a job in a running state whose lock is free was interrupted. `wish` is how another process asks for a pause or
//! the end. `place.json` is the job's place in the queue. `progress.json` is written often and without ceremony: losing it costs one figure on a page.

use super::record::{JobRecord, Task};
use super::state::{Event, State};
use crate::error::Error;
use crate::view::JobView;
use camino::{Utf8Path, Utf8PathBuf};
use jiff::Timestamp;
use std::time::Duration;
use toolcrib_machine::files::{self, Lock};
use toolcrib_model::{JobId, ProductId};

/// Why an interrupted job stands still.
pub(crate) const INTERRUPTED: &str = "interrupted; run it again to go on";

/// The newest shape of `job.json` that this program knows.
const SCHEMA: u32 = 1;
/// How many jobs that came to their end are kept.
const KEPT: usize = 50;
/// How long looking at a job may take somebody.
const LOOKING: Duration = Duration::from_millis(500);

/// The jobs of one home.
#[derive(Clone, Debug)]
pub struct Jobs {
    folder: Utf8PathBuf,
}

/// A job as it was found: its record and whether some process works on it.
#[derive(Clone, Debug)]
pub struct StoredJob {
    /// The record; an interrupted job reads as paused.
    pub record: JobRecord,
    /// Whether some process works on it.
    pub running: bool,
}

impl Jobs {
    /// The jobs in `folder`, which need not exist yet.
    pub fn new(folder: Utf8PathBuf) -> Self {
        Self { folder }
    }

    /// Writes down a new job under a name that nobody has, together with the right to work on it.
    ///
    /// # Errors
    /// When the home cannot be written.
    pub fn create(&self, task: Task, now: Timestamp) -> Result<(JobRecord, Lock), Error> {
        let first = self.highest_number(&task.product)? + 1;
        for number in first..first + 100 {
            let id = job_id(&task.product, number)?;
            if self.claim(&id)?
                && let Some(lock) = self.try_lock(&id)?
            {
                let record = JobRecord::new(id, task, now);
                self.save(&record)?;
                self.forget_oldest();
                return Ok((record, lock));
            }
        }
        Err(Error::JobNumbers {
            folder: self.folder.clone(),
        })
    }

    /// Replaces the record of a job.
    ///
    /// # Errors
    /// When the home cannot be written.
    pub fn save(&self, record: &JobRecord) -> Result<(), Error> {
        files::store_json(&self.folder_of(&record.id).join("job.json"), record).map_err(Error::Machine)
    }

    /// The job of that id, or `None`.
    ///
    /// # Errors
    /// When its record cannot be read.
    pub fn find(&self, id: &JobId) -> Result<Option<StoredJob>, Error> {
        let Some(record) = self.raw(id)? else {
            return Ok(None);
        };
        let running = record.state.is_running() && self.is_worked_on(id)?;
        Ok(Some(StoredJob {
            record: seen(record, running),
            running,
        }))
    }

    /// The job of that id, whose lock the caller holds: nobody else works on it.
    ///
    /// # Errors
    /// When there is no such job, or its record cannot be read.
    pub fn held(&self, id: &JobId) -> Result<StoredJob, Error> {
        let record = self
            .raw(id)?
            .ok_or_else(|| Error::UnknownJob { job: id.clone() })?;
        Ok(StoredJob {
            record: seen(record, false),
            running: false,
        })
    }

    /// All jobs, the newest first. A record that cannot be read is reported and left out.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn all(&self) -> Result<Vec<StoredJob>, Error> {
        let mut jobs = Vec::new();
        for id in self.ids()? {
            match self.find(&id) {
                Ok(Some(job)) => jobs.push(job),
                Ok(None) => {}
                Err(error) => tracing::warn!(job.id = %id, %error, "a job's record cannot be read"),
            }
        }
        jobs.sort_by_key(|job| std::cmp::Reverse(job.record.created_at));
        Ok(jobs)
    }

    /// The jobs whose process is gone, as they were written down.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub(crate) fn interrupted(&self) -> Result<Vec<JobRecord>, Error> {
        let records = self
            .ids()?
            .into_iter()
            .filter_map(|id| self.raw(&id).ok().flatten());
        let is_left = |record: &JobRecord| {
            record.state.is_running() && matches!(self.is_worked_on(&record.id), Ok(false))
        };
        Ok(records.filter(is_left).collect())
    }

    /// The record of a job whose process is gone, as it was written down, for whoever holds its lock; `None` where
    /// somebody else has settled it meanwhile.
    ///
    /// # Errors
    /// When its record cannot be read.
    pub(crate) fn still_interrupted(&self, id: &JobId) -> Result<Option<JobRecord>, Error> {
        Ok(self.raw(id)?.filter(|record| record.state.is_running()))
    }

    /// The newest job of `product` that has not come to its end.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn unfinished(&self, product: &ProductId) -> Result<Option<StoredJob>, Error> {
        let mut jobs = self.all()?.into_iter();
        Ok(jobs.find(|job| job.record.task.product == *product && job.record.state.is_unfinished()))
    }

    /// A job as the faces see it, with its latest figures.
    pub fn view(&self, job: &JobRecord) -> JobView {
        job.view(self.place_in_queue(job), self.progress(&job.id))
    }

    /// Whether a process works on a job. Whoever looks is no obstacle to others who look at the same moment.
    fn is_worked_on(&self, id: &JobId) -> Result<bool, Error> {
        Lock::is_held(&self.folder_of(id).join("lock")).map_err(Error::Machine)
    }

    /// Takes the right to work on a job, or `None` when a process has it.
    ///
    /// # Errors
    /// When the lock cannot be made.
    pub fn try_lock(&self, id: &JobId) -> Result<Option<Lock>, Error> {
        Lock::try_acquire(&self.folder_of(id).join("lock")).map_err(Error::Machine)
    }

    /// Takes the right to work on a job. Somebody who only looks holds it for a moment, so it is tried for a while.
    ///
    /// # Errors
    /// When the lock cannot be made.
    pub fn lock(&self, id: &JobId) -> Result<Option<Lock>, Error> {
        Lock::acquire(&self.folder_of(id).join("lock"), LOOKING).map_err(Error::Machine)
    }

    /// Forgets a job.
    ///
    /// # Errors
    /// When its folder cannot be removed.
    pub fn remove(&self, id: &JobId) -> Result<(), Error> {
        files::remove_tree(&self.folder_of(id)).map_err(Error::Machine)
    }

    /// Jobs that came to their end are history, and history is not kept for ever.
    fn forget_oldest(&self) {
        let ended = self
            .all()
            .unwrap_or_default()
            .into_iter()
            .filter(|job| job.record.state.is_final());
        for job in ended.skip(KEPT) {
            if let Err(error) = self.remove(&job.record.id) {
                tracing::warn!(job.id = %job.record.id, %error, "an old job could not be forgotten");
            }
        }
    }

    fn raw(&self, id: &JobId) -> Result<Option<JobRecord>, Error> {
        let read = files::load_json(&self.folder_of(id).join("job.json"), SCHEMA);
        Ok(read.map_err(Error::Machine)?.map(JobRecord::read_back))
    }

    pub(super) fn folder(&self) -> &Utf8Path {
        &self.folder
    }

    pub(super) fn folder_of(&self, id: &JobId) -> Utf8PathBuf {
        self.folder.join(id.as_str())
    }

    fn claim(&self, id: &JobId) -> Result<bool, Error> {
        files::create_folders(&self.folder).map_err(Error::Machine)?;
        match fs_err::create_dir(self.folder_of(id)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
            Err(source) => Err(Error::WriteJob {
                job: id.clone(),
                source,
            }),
        }
    }

    fn ids(&self) -> Result<Vec<JobId>, Error> {
        let entries = match fs_err::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(Error::ListJobs { source }),
        };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        Ok(names.filter_map(|name| name.parse().ok()).collect())
    }

    fn highest_number(&self, product: &ProductId) -> Result<u32, Error> {
        let stem = stem(product);
        let ids = self.ids()?;
        let numbers = ids
            .iter()
            .filter_map(|id| id.as_str().strip_prefix(stem)?.strip_prefix('-')?.parse().ok());
        Ok(numbers.max().unwrap_or(0))
    }
}

/// An interrupted job is shown as paused, so that the person sees the way on.
fn seen(record: JobRecord, running: bool) -> JobRecord {
    if running || !record.state.is_running() {
        return record;
    }
    let (unchanged, at) = (record.clone(), record.updated_at);
    record
        .after(Event::Interrupted, Some(INTERRUPTED.to_owned()), at)
        .unwrap_or(unchanged)
}

fn stem(product: &ProductId) -> &str {
    product.as_str().get(..53).unwrap_or(product.as_str())
}

fn job_id(product: &ProductId, number: u32) -> Result<JobId, Error> {
    format!("{}-{number}", stem(product))
        .parse()
        .map_err(Error::JobName)
}

impl StoredJob {
    /// Where the job stands, as seen from outside.
    pub fn state(&self) -> State {
        self.record.state
    }
}
