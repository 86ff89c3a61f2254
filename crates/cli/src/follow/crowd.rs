//! The jobs that are followed, and those that they wait for.

use std::collections::HashMap;
use toolcrib_client::job::State;
use toolcrib_client::view::{FeedMessage, JobView};
use toolcrib_model::JobId;

/// Jobs that are followed together.
pub(super) struct Crowd {
    followed: Vec<JobId>,
    known: HashMap<JobId, JobView>,
}

impl Crowd {
    /// Follows `jobs`.
    pub(super) fn of(jobs: Vec<JobView>) -> Self {
        let followed = jobs.iter().map(|job| job.id.clone()).collect();
        let known = jobs.into_iter().map(|job| (job.id.clone(), job)).collect();
        Self { followed, known }
    }

    /// Takes in what is new, and answers what of it is about followed jobs.
    pub(super) fn take(&mut self, news: FeedMessage) -> Vec<JobView> {
        let jobs = match news {
            FeedMessage::Job { job } => vec![*job],
            FeedMessage::Snapshot { jobs, .. } => jobs,
            FeedMessage::Installed { .. } | FeedMessage::SignedIn { .. } | FeedMessage::Invited => Vec::new(),
        };
        jobs.iter().cloned().for_each(|job| self.put(job));
        jobs.into_iter()
            .filter(|job| self.followed.contains(&job.id))
            .collect()
    }

    /// Takes in how one job stands.
    pub(super) fn put(&mut self, job: JobView) {
        self.known.insert(job.id.clone(), job);
    }

    /// Whether nothing of what is followed goes on by itself.
    pub(super) fn is_still(&self) -> bool {
        self.followed.iter().all(|id| self.stands(id, self.known.len()))
    }

    /// The followed jobs that do not stand still.
    pub(super) fn going(&self) -> Vec<JobId> {
        let going = |id: &&JobId| self.known.get(*id).is_some_and(|job| job.state.is_running());
        self.followed.iter().filter(going).cloned().collect()
    }

    /// The followed jobs as they stand, in the order in which they were asked for.
    pub(super) fn into_jobs(mut self) -> Vec<JobView> {
        self.followed
            .iter()
            .filter_map(|id| self.known.remove(id))
            .collect()
    }

    /// Whether a job stands still, or waits for one that does; `depth` bounds how far that is looked after.
    fn stands(&self, id: &JobId, depth: usize) -> bool {
        let Some(job) = self.known.get(id) else {
            return true;
        };
        match job.state {
            State::Done | State::Failed | State::Cancelled | State::RolledBack | State::Paused => true,
            State::Queued => job.after.iter().any(|needed| self.blocks(needed, depth)),
            State::Checking | State::Downloading | State::Pausing | State::Committing | State::Waiting => {
                false
            }
        }
    }

    fn blocks(&self, needed: &JobId, depth: usize) -> bool {
        let needed_job = self.known.get(needed);
        let is_done = needed_job.is_none_or(|job| job.state.leaves_product());
        depth > 0 && !is_done && self.stands(needed, depth - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::job;

    fn one(id: &str, state: State, after: &[&str]) -> JobView {
        JobView {
            id: id.parse().expect("an id"),
            after: after.iter().map(|id| id.parse().expect("an id")).collect(),
            ..job(state, None)
        }
    }

    #[test]
    fn whoever_waits_for_a_job_that_failed_stands_still_too() {
        let table = [
            (State::Downloading, false),
            (State::Failed, true),
            (State::Paused, true),
            (State::Done, false),
        ];
        for (state, still) in table {
            let mut crowd = Crowd::of(vec![
                one("b-1", State::Queued, &["a-1"]),
                one("c-1", State::Queued, &["b-1"]),
            ]);
            crowd.put(one("a-1", state, &[]));
            assert_eq!(crowd.is_still(), still, "{state:?}");
        }
    }
}
