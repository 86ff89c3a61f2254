//! The whole life of a job in one match.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use ts_rs::TS;

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "JobState")]
pub enum State {
    /// It waits for its turn.
    Queued,
    /// It asks what it may do and what there is to do.
    Checking,
    /// It fetches, verifies and unpacks.
    Downloading,
    /// It finishes the task at hand and then stands still (S-132).
    Pausing,
    /// It stands still; what it holds is kept.
    Paused,
    /// It puts things into place; this is never cut.
    Committing,
    /// It waits for something outside, and says for what.
    Waiting,
    /// It is done.
    Done,
    /// It failed; what it holds is kept, and it can be started again.
    Failed,
    /// It was given up and what it held is gone.
    Cancelled,
    /// The person went back from what it did, or tried to do, to another release.
    RolledBack,
}

impl State {
    /// All states.
    pub const ALL: [Self; 11] = [
        Self::Queued,
        Self::Checking,
        Self::Downloading,
        Self::Pausing,
        Self::Paused,
        Self::Committing,
        Self::Waiting,
        Self::Done,
        Self::Failed,
        Self::Cancelled,
        Self::RolledBack,
    ];

    /// Whether a process must be working on a job in this state; if none does, the job was interrupted.
    pub const fn is_running(self) -> bool {
        match self {
            Self::Queued
            | Self::Checking
            | Self::Downloading
            | Self::Pausing
            | Self::Committing
            | Self::Waiting => true,
            Self::Paused | Self::Done | Self::Failed | Self::Cancelled | Self::RolledBack => false,
        }
    }

    /// Whether nobody will work on the job any more.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled | Self::RolledBack)
    }

    /// Whether others that need its product need not wait for it: who went back has another release of that.
    pub const fn leaves_product(self) -> bool {
        matches!(self, Self::Done | Self::RolledBack)
    }

    /// Whether starting the same again would go on with this job.
    pub const fn is_unfinished(self) -> bool {
        !self.is_final()
    }
}

/// What happened to a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// Somebody asked for it to go on.
    Asked,
    /// It is its turn, and a process works on it.
    Started,
    /// What there is to do is known and allowed.
    Checked,
    /// Somebody asked for a pause or for the end.
    StopAsked,
    /// The task at hand ended after a stop was asked for.
    Stopped,
    /// The process that worked on it is gone.
    Interrupted,
    /// Something outside is missing.
    WaitBegan,
    /// It may be there again.
    WaitEnded,
    /// Everything is here; the rest is putting it into place.
    LastChunkHeld,
    /// It is in place.
    Committed,
    /// It could not go on.
    Failed,
    /// It was given up, and what it held removed.
    Dropped,
    /// The person went back to another release.
    WentBack,
}

impl Event {
    /// All events.
    pub const ALL: [Self; 13] = [
        Self::Asked,
        Self::Started,
        Self::Checked,
        Self::StopAsked,
        Self::Stopped,
        Self::Interrupted,
        Self::WaitBegan,
        Self::WaitEnded,
        Self::LastChunkHeld,
        Self::Committed,
        Self::Failed,
        Self::Dropped,
        Self::WentBack,
    ];
}

/// The event cannot happen to a job in that state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a job that is {state:?} cannot take the event {event:?}")]
pub struct Refused {
    /// Where the job stands.
    pub state: State,
    /// What was said to have happened.
    pub event: Event,
}

/// The state after `event`.
///
/// # Errors
/// [`Refused`], with both names, for every pair that is not written here.
pub fn next(state: State, event: Event) -> Result<State, Refused> {
    use {Event as E, State as S};
    Ok(match (state, event) {
        (S::Paused | S::Failed, E::Asked) => S::Queued,
        (S::Queued, E::Started) | (S::Waiting, E::WaitEnded) => S::Checking,
        (S::Checking, E::Checked) => S::Downloading,
        (S::Queued | S::Paused, E::StopAsked) => S::Paused,
        (S::Checking | S::Downloading | S::Pausing | S::Waiting, E::StopAsked) => S::Pausing,
        (S::Committing, E::StopAsked) => S::Committing,
        (S::Pausing, E::Stopped) => S::Paused,
        (state, E::Interrupted) if state.is_running() => S::Paused,
        (S::Checking | S::Downloading | S::Committing, E::WaitBegan) => S::Waiting,
        (S::Checking | S::Downloading | S::Pausing, E::LastChunkHeld) => S::Committing,
        (S::Committing, E::Committed) => S::Done,
        (S::Checking | S::Downloading | S::Pausing | S::Committing | S::Waiting, E::Failed) => S::Failed,
        (S::Queued | S::Pausing | S::Paused | S::Failed, E::Dropped) => S::Cancelled,
        (S::Done | S::Failed, E::WentBack) => S::RolledBack,
        (state, event) => return Err(Refused { state, event }),
    })
}
