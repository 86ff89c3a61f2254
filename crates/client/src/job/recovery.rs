//! Jobs whose process is gone: what they left is finished or undone, and their record says what came of it.

use super::run::{Work, begin};
use super::store::INTERRUPTED;
use super::{Event, Going, JobRecord, Kind, OwnFiles, OwnSettings, State, StoredJob, Task};
use crate::client::Client;
use crate::error::Error;
use crate::view::JobView;
use camino::Utf8Path;
use jiff::Timestamp;
use std::collections::BTreeSet;
use tokio::sync::watch;
use toolcrib_delivery::{Error as DeliveryError, Fate, Progress, Recovered, Removal};
use toolcrib_model::{JobId, ProductId};

impl Client {
    /// Removes an installed product; of what [`Client::removal_of`] lists that goes with it which the person says.
    ///
    /// # Errors
    /// When it is not installed, another job of it is unfinished, or it is open and this client does not wait.
    pub async fn uninstall(&self, product: &ProductId, going: Going) -> Result<JobView, Error> {
        let settled = self.settle_interrupted();
        if let Some(job) = settled.into_iter().find(|job| is_removal_of(job, product)) {
            return Ok(self.0.jobs.view(&job));
        }
        if let Some(job) = self
            .same_or_make_way(product, |task| task.kind == Kind::Uninstall)
            .await?
        {
            return Ok(job);
        }
        let receipt = self.receipt_of(product)?;
        let leaving = Some(self.leaving(&receipt));
        let task = Task {
            settings: going.settings,
            files: going.files,
            ..Task::on(Kind::Uninstall, receipt, String::new())
        };
        self.must_be_closed_at_once(&task)?;
        let (record, lock) = self.0.jobs.create(task, self.0.clock.now())?;
        let record = JobRecord { leaving, ..record };
        self.0.jobs.save(&record)?;
        begin(self, record, lock, Work::Uninstall)
    }

    /// Goes on with the unfinished job of that kind, if a product has one; a failed job of another kind makes way.
    pub(crate) async fn same_or_make_way(
        &self,
        product: &ProductId,
        is_same: impl Fn(&Task) -> bool,
    ) -> Result<Option<JobView>, Error> {
        self.same_changed_or_make_way(product, is_same, |_| {}).await
    }

    /// As [`Client::same_or_make_way`], with a change that is written down first.
    pub(crate) async fn same_changed_or_make_way(
        &self,
        product: &ProductId,
        is_same: impl Fn(&Task) -> bool,
        change: impl FnOnce(&mut JobRecord) + Send,
    ) -> Result<Option<JobView>, Error> {
        self.settle_interrupted();
        let Some(job) = self.0.jobs.unfinished(product)? else {
            return Ok(None);
        };
        let id = job.record.id.clone();
        match is_same(&job.record.task) {
            _ if job.running && self.0.desk.find(&id).is_none() => Err(Error::Busy { job: id }),
            true => self.resume_changed(&id, change).await.map(Some),
            false => self.make_way(job).map(|()| None),
        }
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
        let id = job.id;
        match self.settle(&id) {
            Ok(settled) => settled.filter(|job| job.state == State::Done),
            Err(Error::Delivery(DeliveryError::Busy { .. })) => None,
            Err(error) => {
                let error = error.sentence();
                tracing::warn!(job.id = %id, error, "an interrupted job could not be settled");
                None
            }
        }
    }

    /// Settles a job, unless somebody works on it again or has settled it while its lock was waited for.
    fn settle(&self, id: &JobId) -> Result<Option<JobRecord>, Error> {
        let Some(_lock) = self.0.jobs.lock(id)? else {
            return Ok(None);
        };
        let Some(job) = self.0.jobs.still_interrupted(id)? else {
            return Ok(None);
        };
        let recovered = toolcrib_delivery::recover(Utf8Path::new(&job.task.root)).map_err(Error::Delivery)?;
        let is_done = match recovered {
            Recovered::RolledBack => false,
            Recovered::Finished | Recovered::Removed | Recovered::Moved => true,
            Recovered::Nothing => may_be_done(&job) && self.is_done(&job.task)?,
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
        done.left = self.left_by(&done);
        if done.task.kind == Kind::Uninstall {
            self.forget_product(&done.task.product);
        }
        Ok(match self.receipt(&done.task.product)? {
            Some(receipt) => done.with(self.installed_components(&receipt)),
            None => done,
        })
    }

    /// Whether what a task asks for is the case.
    fn is_done(&self, task: &Task) -> Result<bool, Error> {
        let receipt = self.receipt(&task.product)?;
        Ok(match (task.kind, receipt) {
            (Kind::Uninstall, receipt) => receipt.is_none(),
            (Kind::Repair | Kind::Download, _) | (Kind::Install | Kind::Update | Kind::Move, None) => false,
            (Kind::Move, Some(receipt)) => task.to.as_deref() == Some(&*receipt.root),
            (Kind::Install | Kind::Update, Some(receipt))
                if task.beside && receipt.version != task.version =>
            {
                self.has_release(&receipt, &task.version)?
            }
            (Kind::Install | Kind::Update, Some(receipt)) => {
                let have: BTreeSet<_> = receipt.components.iter().collect();
                receipt.version == task.version && have == task.components.iter().collect()
            }
        })
    }

    /// Removes what an unfinished installation holds; a release that is installed stays.
    pub(crate) fn discard(&self, task: &Task) -> Result<(), Error> {
        match task.kind {
            Kind::Install | Kind::Update | Kind::Repair | Kind::Move => {
                toolcrib_delivery::discard(Utf8Path::new(&task.root)).map_err(Error::Delivery)
            }
            Kind::Download | Kind::Uninstall => Ok(()),
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
        // Somebody may have gone on with it, and come to an end, while its lock was waited for.
        let job = self.0.jobs.held(&id)?;
        if job.record.state != State::Failed {
            return Err(Error::OtherJob { job: id });
        }
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
            let settings: Vec<_> = match task.settings {
                OwnSettings::Kept => Vec::new(),
                OwnSettings::Removed => receipt
                    .settings
                    .iter()
                    .map(|folder| folder.path.clone().into())
                    .collect(),
            };
            let also = Removal {
                settings: &settings,
                files: match task.files {
                    OwnFiles::Kept => Fate::Kept,
                    OwnFiles::Removed => Fate::Removed,
                },
            };
            toolcrib_delivery::uninstall(&receipt, &path, also, progress).map_err(Error::Delivery)?;
        }
        self.forget_product(product);
        self.shelf()?.remove_lease(product).map_err(Error::Licence)
    }
}

/// A move is never said to be committing, because it can be stopped until it has happened.
fn may_be_done(job: &JobRecord) -> bool {
    job.state == State::Committing || job.task.kind == Kind::Move
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Options;
    use crate::job::tests::task;
    use camino::Utf8PathBuf;

    #[test]
    fn a_job_that_another_settled_meanwhile_stays_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let home = Utf8PathBuf::from_path_buf(folder.path().join("home")).expect("a UTF-8 path");
        let options = Options {
            home: Some(home.clone()),
            ..Options::default()
        };
        let client = Client::open(options).expect("a client");
        let task = Task {
            root: home.join("apps/sample-studio").to_string(),
            ..task("sample-studio")
        };
        let now = client.0.clock.now();
        let (record, lock) = client.0.jobs.create(task, now).expect("written");
        let begun = record.after(Event::Started, None, now).expect("queued");
        client.0.jobs.save(&begun).expect("written");
        drop(lock);
        let interrupted = client.0.jobs.interrupted().expect("listed");
        assert_eq!(interrupted, std::slice::from_ref(&begun));

        let settled = client.settle(&begun.id).expect("settled");
        assert_eq!(settled.map(|job| job.state), Some(State::Paused));
        let job = client.0.jobs.held(&begun.id).expect("read").record;
        let dropped = job.after(Event::Dropped, None, now).expect("paused");
        client.0.jobs.save(&dropped).expect("written");
        assert_eq!(client.settle(&begun.id).expect("looked at"), None);
        assert_eq!(client.0.jobs.held(&begun.id).expect("read").record, dropped);
    }
}
