//! Whose turn it is, over all processes of this home: whoever takes a slot's lock works, whoever stands first among
//! those that could work may try for it. A process that is gone has let go of its locks, so it blocks nobody.

use super::place::{Goal, Place, moved};
use super::record::JobRecord;
use super::state::State;
use super::store::{Jobs, StoredJob};
use crate::error::Error;
use toolcrib_machine::files::Lock;
use toolcrib_model::JobId;

/// Whether a job may begin.
pub(crate) enum Turn {
    /// It may, as long as it holds this.
    Now(Lock),
    /// It may not yet, for this reason.
    NotYet(String),
}

impl Jobs {
    /// Whether it is the turn of a job, when so many may work at once.
    ///
    /// # Errors
    /// When the jobs cannot be listed or a slot cannot be tried.
    pub(crate) fn turn(&self, job: &JobRecord, at_once: u32) -> Result<Turn, Error> {
        let all = self.all()?;
        if let Some(reason) = obstacle(job, &all) {
            return Ok(Turn::NotYet(reason));
        }
        if let Some(first) = self.ahead_of(job, &all) {
            return Ok(Turn::NotYet(format!("waits for its turn behind {first}")));
        }
        for number in 1..=at_once.max(1) {
            let slot = self.folder().join(format!("slot-{number}.lock"));
            if let Some(slot) = Lock::try_acquire(&slot).map_err(Error::Machine)? {
                return Ok(Turn::Now(slot));
            }
        }
        Ok(Turn::NotYet(match working(job, &all) {
            Some(other) => format!("waits until {other} is done"),
            None => "waits for its turn".to_owned(),
        }))
    }

    /// Moves a job in the queue.
    ///
    /// # Errors
    /// When one of the jobs is not in the queue, or a place cannot be written.
    pub fn move_to(&self, id: &JobId, goal: &Goal) -> Result<(), Error> {
        let queue = self.queue()?;
        let missing = |job: &JobId| Error::NotInQueue { job: job.clone() };
        if !queue.iter().any(|(job, _)| job == id) {
            return Err(missing(id));
        }
        let others: Vec<_> = queue.into_iter().filter(|(job, _)| job != id).collect();
        let places = match goal {
            Goal::Before(other) if other == id => Vec::new(),
            goal => moved(id, goal, &others).ok_or_else(|| match goal {
                Goal::Before(other) => missing(other),
                Goal::First | Goal::Last => missing(id),
            })?,
        };
        places.iter().try_for_each(|(job, place)| self.put(job, *place))
    }

    /// All unfinished jobs in the order in which they are begun.
    pub(crate) fn queue(&self) -> Result<Vec<(JobId, Place)>, Error> {
        let unfinished = self.all()?.into_iter().filter(|job| job.state().is_unfinished());
        let mut queue: Vec<_> = unfinished
            .map(|job| (job.record.id.clone(), self.place_in_queue(&job.record)))
            .collect();
        queue.sort_by_key(|(_, place)| *place);
        Ok(queue)
    }

    /// Where a job stands in the queue.
    pub(crate) fn place_in_queue(&self, job: &JobRecord) -> Place {
        self.place_of(&job.id, job.created_at)
    }

    /// The name of the job that waits for its turn and stands before this one, if there is one that could begin.
    fn ahead_of(&self, job: &JobRecord, all: &[StoredJob]) -> Option<String> {
        let could = |other: &&StoredJob| {
            let record = &other.record;
            record.id != job.id
                && record.state == State::Queued
                && record.task.kind.takes_a_turn()
                && obstacle(record, all).is_none()
        };
        let mine = self.place_in_queue(job);
        let ahead = all
            .iter()
            .filter(could)
            .map(|other| (self.place_in_queue(&other.record), &other.record.task.name));
        ahead
            .filter(|(place, _)| *place < mine)
            .min()
            .map(|(_, name)| name.clone())
    }
}

/// The first job that has to be done before this one and is not. One that was forgotten is in nobody's way, and nobody is
/// in the way of fetching.
fn obstacle(job: &JobRecord, all: &[StoredJob]) -> Option<String> {
    if job.only_fetches() {
        return None;
    }
    let unmet = |id: &JobId| {
        let needed = all.iter().find(|other| other.record.id == *id)?;
        (!needed.state().leaves_product()).then(|| (&needed.record.task.name, needed.state()))
    };
    let (needed, state) = job.after.iter().find_map(unmet)?;
    Some(format!("waits for {needed}, which {}", stands(state)))
}

/// The name of somebody who works just now.
fn working<'a>(job: &JobRecord, all: &'a [StoredJob]) -> Option<&'a str> {
    let works = |other: &&StoredJob| {
        other.record.id != job.id
            && other.running
            && other.record.task.kind.takes_a_turn()
            && !matches!(other.state(), State::Queued | State::Waiting)
    };
    all.iter()
        .find(works)
        .map(|other| other.record.task.name.as_str())
}

const fn stands(state: State) -> &'static str {
    match state {
        State::Queued => "has not begun yet",
        State::Checking | State::Downloading | State::Committing => "is not done yet",
        State::Pausing | State::Paused => "is paused",
        State::Waiting => "waits itself",
        State::Done => "is done",
        State::Failed => "failed",
        State::Cancelled => "was cancelled",
        State::RolledBack => "was rolled back",
    }
}

#[cfg(test)]
mod tests;
