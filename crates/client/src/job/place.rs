//! Where a job stands in the queue: its priority, and its rank among those of the same priority.
//!
//! It lies beside the record and not in it, because whoever wants another order may write it, while the record
//! belongs to the process that works on the job.

use super::store::Jobs;
use crate::error::Error;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_machine::files;
use toolcrib_model::JobId;
use ts_rs::TS;

/// How far apart ranks are when all are given anew, and how far before the first somebody is put.
const STEP: i64 = 1_000_000;

/// How soon a job is begun among others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "JobPriority")]
pub enum Priority {
    /// Before everything else.
    Urgent,
    /// What a person asked for.
    #[default]
    Normal,
    /// What can wait for what a person asked for: updates of everything.
    Background,
}

/// A place in the queue; the smaller one is begun first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// How soon.
    pub priority: Priority,
    /// The rank among those of the same priority; at first the microseconds of the job's making.
    pub rank: i64,
}

/// Where a job is moved to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Before all others.
    First,
    /// Behind all others.
    Last,
    /// Right before another one.
    Before(JobId),
}

impl Place {
    /// The place of a job that was asked for at that time.
    pub fn new(priority: Priority, asked_at: Timestamp) -> Self {
        Self {
            priority,
            rank: asked_at.as_microsecond(),
        }
    }
}

/// The places to write so that `job` stands at `goal`, given all others in their order. Usually it is one place; all
/// are given anew where there is no room between two.
///
/// `None` when the job that it should stand before is not among the others.
pub(super) fn moved(job: &JobId, goal: &Goal, others: &[(JobId, Place)]) -> Option<Vec<(JobId, Place)>> {
    let at = match goal {
        Goal::First => 0,
        Goal::Last => others.len(),
        Goal::Before(other) => others.iter().position(|(id, _)| id == other)?,
    };
    let (before, after) = (at.checked_sub(1).map(|at| others[at].1), others.get(at));
    let place = match (before, after.map(|(_, place)| *place)) {
        (None, None) => return Some(Vec::new()),
        (_, Some(after)) if before.is_none_or(|before| before.priority != after.priority) => Some(Place {
            rank: after.rank - STEP,
            ..after
        }),
        (Some(before), None) => Some(Place {
            rank: before.rank + STEP,
            ..before
        }),
        (Some(before), Some(after)) => between(before, after),
        (None, Some(_)) => None,
    };
    Some(match place {
        Some(place) => vec![(job.clone(), place)],
        None => anew(job, at, others),
    })
}

fn between(before: Place, after: Place) -> Option<Place> {
    let rank = before.rank + (after.rank - before.rank) / 2;
    (rank > before.rank && rank < after.rank).then_some(Place { rank, ..after })
}

/// All in their order, with room between them.
fn anew(job: &JobId, at: usize, others: &[(JobId, Place)]) -> Vec<(JobId, Place)> {
    let mut all = others.to_vec();
    let priority = others
        .get(at)
        .map(|(_, place)| place.priority)
        .unwrap_or_default();
    all.insert(at, (job.clone(), Place { priority, rank: 0 }));
    let first = others.first().map_or(0, |(_, place)| place.rank);
    for ((_, place), number) in all.iter_mut().zip(0_i64..) {
        place.rank = first + number * STEP;
    }
    all
}

impl Jobs {
    /// Puts a job at a place of the queue.
    ///
    /// # Errors
    /// When the place cannot be written.
    pub fn put(&self, id: &JobId, place: Place) -> Result<(), Error> {
        files::store_json(&self.folder_of(id).join("place.json"), &place).map_err(Error::Machine)
    }

    /// The place of a job that was asked for at that time; one that cannot be read is as if it had never been moved.
    pub fn place_of(&self, id: &JobId, asked_at: Timestamp) -> Place {
        let read = fs_err::read(self.folder_of(id).join("place.json")).ok();
        read.and_then(|text| serde_json::from_slice(&text).ok())
            .unwrap_or_else(|| Place::new(Priority::Normal, asked_at))
    }
}

#[cfg(test)]
mod tests;
