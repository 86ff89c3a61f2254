//! The whole life of an installation in one match (pure).

use crate::stop::Wish;
use std::fmt;
use thiserror::Error;

/// Where an installation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing was touched yet.
    Planned,
    /// What is held from an earlier run is looked at; folders are made.
    Preparing,
    /// Chunks arrive and are written.
    Fetching,
    /// No more is fetched; what has arrived is still written.
    Stopping(Wish),
    /// Every chunk is in its place.
    Staged,
    /// The journalled steps run; nothing stops them.
    Committing,
    /// The release is the current one.
    Installed,
    /// It can be gone on with later.
    Paused,
    /// It was given up, as asked.
    Cancelled,
}

/// What happens to an installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The root is locked, writable and recovered.
    RootTaken,
    /// The staging tree is ready.
    StagingReady,
    /// Somebody wants it to stop.
    StopWished(Wish),
    /// The last needed chunk is in its place.
    LastChunkHeld,
    /// Only fetching was asked for.
    HeldBack,
    /// Everything that had arrived is written.
    WritersEnded,
    /// The journal is durable.
    CommitBegun,
    /// The current record names the release.
    Committed,
}

/// An event that has no place in a state.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("an installation that is {state} cannot take the event {event:?}")]
pub struct Refused {
    /// The state.
    pub state: State,
    /// The event.
    pub event: Event,
}

/// The state after an event.
///
/// # Errors
/// [`Refused`] where the event has no place.
pub fn next(state: State, event: Event) -> Result<State, Refused> {
    use {Event as E, State as S};
    Ok(match (state, event) {
        (S::Planned, E::RootTaken) => S::Preparing,
        (S::Preparing, E::StagingReady) => S::Fetching,
        (S::Preparing | S::Staged, E::StopWished(wish)) => stopped(wish),
        (S::Fetching, E::StopWished(wish)) => S::Stopping(wish),
        (S::Stopping(_), E::StopWished(wish)) => S::Stopping(wish),
        (S::Stopping(wish), E::WritersEnded) => stopped(wish),
        (S::Fetching, E::LastChunkHeld) => S::Staged,
        (S::Staged, E::HeldBack) => S::Paused,
        (S::Staged, E::CommitBegun) => S::Committing,
        (S::Committing, E::Committed) => S::Installed,
        (state, event) => return Err(Refused { state, event }),
    })
}

fn stopped(wish: Wish) -> State {
    match wish {
        Wish::Pause => State::Paused,
        Wish::Cancel { .. } => State::Cancelled,
    }
}

impl fmt::Display for State {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Planned => "planned",
            Self::Preparing => "preparing",
            Self::Fetching => "fetching",
            Self::Stopping(_) => "stopping",
            Self::Staged => "staged",
            Self::Committing => "committing",
            Self::Installed => "installed",
            Self::Paused => "paused",
            Self::Cancelled => "cancelled",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(events: &[Event]) -> Result<State, Refused> {
        events
            .iter()
            .try_fold(State::Planned, |state, event| next(state, *event))
    }

    #[test]
    fn an_undisturbed_installation_ends_installed() {
        use Event::*;
        let whole = [RootTaken, StagingReady, LastChunkHeld, CommitBegun, Committed];
        assert_eq!(run(&whole), Ok(State::Installed));
    }

    #[test]
    fn a_stop_while_fetching_waits_for_what_has_arrived() {
        use Event::*;
        let fetching = [RootTaken, StagingReady, StopWished(Wish::Pause)];
        assert_eq!(run(&fetching), Ok(State::Stopping(Wish::Pause)));
        assert_eq!(
            next(State::Stopping(Wish::Pause), WritersEnded),
            Ok(State::Paused)
        );
        let cancel = Wish::Cancel { keep: true };
        assert_eq!(
            next(State::Stopping(Wish::Pause), StopWished(cancel)),
            Ok(State::Stopping(cancel))
        );
        assert_eq!(next(State::Stopping(cancel), WritersEnded), Ok(State::Cancelled));
    }

    #[test]
    fn what_is_only_to_be_fetched_stands_still_when_it_is_held() {
        use Event::*;
        let fetched = [RootTaken, StagingReady, LastChunkHeld, HeldBack];
        assert_eq!(run(&fetched), Ok(State::Paused));
        assert!(next(State::Fetching, HeldBack).is_err(), "something is missing");
    }

    #[test]
    fn nothing_stops_a_commit() {
        let refused = next(State::Committing, Event::StopWished(Wish::Pause));
        assert_eq!(
            refused,
            Err(Refused {
                state: State::Committing,
                event: Event::StopWished(Wish::Pause)
            })
        );
        assert!(next(State::Installed, Event::StopWished(Wish::Pause)).is_err());
    }

    #[test]
    fn nothing_is_committed_before_the_last_chunk_is_held() {
        for state in [
            State::Planned,
            State::Preparing,
            State::Fetching,
            State::Stopping(Wish::Pause),
            State::Paused,
        ] {
            assert!(next(state, Event::CommitBegun).is_err(), "{state}");
            assert!(next(state, Event::Committed).is_err(), "{state}");
        }
    }
}
