//! Jobs whose process is gone: what they left is finished or undone, and their record says what came of it.

use super::run::{Work, begin};
use super::store::INTERRUPTED;
use super::{Event, JobRecord, Kind, State, StoredJob, Task};
use crate::client::Client;
use crate::error::Error;
use crate::view::JobView;
use camino::Utf8Path;
use jiff::Timestamp;
use std::collections::BTreeSet;
use tokio::sync::watch;
use toolcrib_delivery::{Error as DeliveryError, Progress, Recovered};
use toolcrib_model::ProductId;
use toolcrib_wire::receipt::Receipt;

impl Client {
    /// Removes an installed product.
    ///
    /// # Errors
    /// When it is not installed, or another job of it is unfinished.
    pub async fn uninstall(&self, product: &ProductId) -> Result<JobView, Error> {
        let settled = self.settle_interrupted();
        if let Some(job) = settled.into_iter().find(|job| is_removal_of(job, product)) {
            return Ok(job.view(self.0.jobs.progress(&job.id)));
        }
        match self.0.jobs.unfinished(product)? {
            Some(job) if job.running && self.0.desk.find(&job.record.id).is_none() => {
                return Err(Error::Busy { job: job.record.id });
            }
            Some(job) if job.record.task.kind == Kind::Uninstall => return self.resume(&job.record.id).await,
            Some(job) => self.make_way(job)?,
            None => {}
        }
        let task = removal_task(self.receipt_of(product)?);
        let (record, lock) = self.0.jobs.create(task, self.0.clock.now())?;
        begin(self, record, lock, Work::Uninstall)
    }

    /// Finishes or undoes what interrupted jobs left, so that what is told of them and of their products is true.
    /// Answers those that thereby came to their end.
    pub(crate) fn settle_interrupted(&self) -> Vec<JobRecord> {
        let interrupted = self.0.jobs.interrupted().unwrap_or_default();
        interrupted
            .into_iter()
            .filter_map(|job| self.try_settle(job))
            .collect()
    }

    fn try_settle(&self, job: JobRecord) -> Option<JobRecord> {
        let id = job.id.clone();
        match self.settle(job) {
            Ok(settled) => settled.filter(|job| job.state == State::Done),
            Err(Error::Delivery(DeliveryError::Busy { .. })) => None,
            Err(error) => {
                let error = error.sentence();
                tracing::warn!(job.id = %id, error, "an interrupted job could not be settled");
                None
            }
        }
    }

    fn settle(&self, job: JobRecord) -> Result<Option<JobRecord>, Error> {
        let Some(_lock) = self.0.jobs.try_lock(&job.id)? else {
            return Ok(None);
        };
        let recovered = toolcrib_delivery::recover(Utf8Path::new(&job.task.root)).map_err(Error::Delivery)?;
        let is_done = match recovered {
            Recovered::RolledBack => false,
            Recovered::Finished | Recovered::Removed | Recovered::Moved => true,
            Recovered::Nothing => job.state == State::Committing && self.is_done(&job.task)?,
        };
        let now = self.0.clock.now();
        let settled = if is_done {
            self.finished(job, now)?
        } else {
            interrupted(job, now)?
        };
        self.0.jobs.save(&settled)?;
        Ok(Some(settled))
    }

    fn finished(&self, job: JobRecord, now: Timestamp) -> Result<JobRecord, Error> {
        let mut done = committing(job, now)?
            .after(Event::Committed, None, now)
            .map_err(Error::JobStep)?;
        if let Some(receipt) = self.receipt(&done.task.product)? {
            done.installed = self.component_names(&receipt);
        }
        Ok(done)
    }

    /// Whether what a task asks for is the case.
    fn is_done(&self, task: &Task) -> Result<bool, Error> {
        let receipt = self.receipt(&task.product)?;
        Ok(match (task.kind, receipt) {
            (Kind::Uninstall, receipt) => receipt.is_none(),
            (Kind::Install | Kind::Update, None) => false,
            (Kind::Install | Kind::Update, Some(receipt)) => {
                let have: BTreeSet<_> = receipt.components.iter().collect();
                receipt.version == task.version && have == task.components.iter().collect()
            }
        })
    }

    /// Removes what an unfinished installation holds; a release that is installed stays.
    pub(crate) fn discard(&self, task: &Task) -> Result<(), Error> {
        match task.kind {
            Kind::Install | Kind::Update => {
                toolcrib_delivery::discard(Utf8Path::new(&task.root)).map_err(Error::Delivery)
            }
            Kind::Uninstall => Ok(()),
        }
    }

    /// A job that failed makes way for another one of its product; a paused one has to be decided about.
    pub(crate) fn make_way(&self, job: StoredJob) -> Result<(), Error> {
        let (id, state) = (job.record.id.clone(), job.record.state);
        if state != State::Failed {
            return Err(Error::OtherJob { job: id });
        }
        let Some(_lock) = self.0.jobs.lock(&id)? else {
            return Err(Error::Busy { job: id });
        };
        self.discard(&job.record.task)?;
        let dropped = job
            .record
            .after(Event::Dropped, None, self.0.clock.now())
            .map_err(Error::JobStep)?;
        self.0.jobs.save(&dropped)
    }

    /// Removes a product, on a thread that may block.
    pub(crate) fn remove(&self, task: &Task, progress: &watch::Sender<Progress>) -> Result<(), Error> {
        let product = &task.product;
        let root = Utf8Path::new(&task.root);
        toolcrib_delivery::recover(root).map_err(Error::Delivery)?;
        if let Some(receipt) = self.receipt(product)? {
            let path = self.receipt_path(product);
            toolcrib_delivery::uninstall(&receipt, &path, progress).map_err(Error::Delivery)?;
        }
        self.shelf()?.remove_lease(product).map_err(Error::Licence)
    }
}

fn is_removal_of(job: &JobRecord, product: &ProductId) -> bool {
    job.task.kind == Kind::Uninstall && job.task.product == *product
}

fn interrupted(job: JobRecord, now: Timestamp) -> Result<JobRecord, Error> {
    job.after(Event::Interrupted, Some(INTERRUPTED.to_owned()), now)
        .map_err(Error::JobStep)
}

/// The figures that are written down lag behind what was done.
fn committing(job: JobRecord, now: Timestamp) -> Result<JobRecord, Error> {
    let held = |job: JobRecord| job.after(Event::LastChunkHeld, None, now);
    match job.state {
        State::Committing => Ok(job),
        State::Queued => job.after(Event::Started, None, now).and_then(held),
        State::Waiting => job.after(Event::WaitEnded, None, now).and_then(held),
        _ => held(job),
    }
    .map_err(Error::JobStep)
}

fn removal_task(receipt: Receipt) -> Task {
    Task {
        kind: Kind::Uninstall,
        product: receipt.product,
        name: receipt.name,
        version: receipt.version,
        language: receipt.language,
        root: receipt.root,
        components: receipt.components,
        server: String::new(),
    }
}
