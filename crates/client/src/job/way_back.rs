//! Jobs from which the person went back: the list says so, and they hold nothing any more.

use super::{Event, JobRecord, Kind, State, StoredJob};
use crate::client::Client;
use crate::error::Error;
use crate::view::FeedMessage;
use toolcrib_model::{ProductId, Version};

impl Client {
    /// Whether an installation or update of a product failed and nobody decided about it since.
    pub(crate) fn has_failed_change(&self, product: &ProductId) -> bool {
        let jobs = self.0.jobs.all().unwrap_or_default();
        jobs.iter().any(|job| has_failed(job, product))
    }

    /// Notes that the person went back to the release `to` of a product: from a change that failed, and, where the
    /// release `from` fails to start, from the job that brought it. The way back is done by now, so nothing fails.
    pub(crate) fn note_way_back(&self, product: &ProductId, from: Option<&Version>, to: &Version) {
        let jobs = self.0.jobs.all().unwrap_or_default();
        let brought = |job: &&StoredJob| {
            is_change_of(job, product) && job.state() == State::Done && Some(&job.record.task.version) == from
        };
        let failed = jobs.iter().filter(|job| has_failed(job, product));
        for job in failed.chain(jobs.iter().find(brought)) {
            if let Err(error) = self.went_back_from(job, to) {
                tracing::warn!(job.id = %job.record.id, %error, "that the person went back could not be noted");
            }
        }
    }

    fn went_back_from(&self, job: &StoredJob, to: &Version) -> Result<(), Error> {
        let id = &job.record.id;
        let Some(_lock) = self.0.jobs.lock(id)? else {
            return Err(Error::Busy { job: id.clone() });
        };
        let job = self.0.jobs.held(id)?;
        if job.state() == State::Failed {
            self.discard(&job.record.task)?;
        }
        let record = JobRecord {
            went_back_to: Some(to.clone()),
            ..job.record
        };
        let reason = Some(format!("{to} is the current release"));
        let record = record
            .after(Event::WentBack, reason, self.0.clock.now())
            .map_err(Error::JobStep)?;
        self.0.jobs.save(&record)?;
        let job = Box::new(self.0.jobs.view(&record));
        self.0.hub.change(&FeedMessage::Job { job });
        Ok(())
    }
}

fn has_failed(job: &StoredJob, product: &ProductId) -> bool {
    is_change_of(job, product) && job.state() == State::Failed
}

fn is_change_of(job: &StoredJob, product: &ProductId) -> bool {
    let task = &job.record.task;
    task.product == *product && matches!(task.kind, Kind::Install | Kind::Update)
}
