//! The feed: changes in order, progress as the latest figure only, and a snapshot to begin with.
//!
//! A subscriber that does not keep up loses nothing: it is sent a new snapshot as soon as it reads again.

use crate::view::{FeedMessage, InstalledView, JobView};
use std::sync::{Mutex, PoisonError};
use tokio::sync::mpsc;

/// How many messages wait for a slow subscriber.
const ROOM: usize = 128;

/// Sends news to everybody who follows.
#[derive(Debug, Default)]
pub(crate) struct Hub {
    followers: Mutex<Vec<Follower>>,
}

#[derive(Debug)]
struct Follower {
    sender: mpsc::Sender<FeedMessage>,
    behind: bool,
}

/// Everything there is, for the first message.
pub(crate) struct Snapshot {
    pub(crate) jobs: Vec<JobView>,
    pub(crate) installed: Vec<InstalledView>,
}

impl From<Snapshot> for FeedMessage {
    fn from(snapshot: Snapshot) -> Self {
        Self::Snapshot {
            jobs: snapshot.jobs,
            installed: snapshot.installed,
        }
    }
}

impl Hub {
    /// A new subscriber, whose first message is what `snapshot` says now. No change falls between the two.
    pub(crate) fn follow(&self, snapshot: impl FnOnce() -> Snapshot) -> mpsc::Receiver<FeedMessage> {
        let (sender, receiver) = mpsc::channel(ROOM);
        let mut followers = self.lock();
        let _fits_always = sender.try_send(snapshot().into());
        followers.push(Follower {
            sender,
            behind: false,
        });
        receiver
    }

    /// Whether anybody follows.
    pub(crate) fn has_followers(&self) -> bool {
        let mut followers = self.lock();
        followers.retain(|follower| !follower.sender.is_closed());
        !followers.is_empty()
    }

    /// A change: whoever cannot take it now will get a snapshot.
    pub(crate) fn change(&self, message: &FeedMessage) {
        for follower in self.lock().iter_mut().filter(|follower| !follower.behind) {
            follower.behind = follower.sender.try_send(message.clone()).is_err();
        }
    }

    /// A figure: whoever is busy just misses it.
    pub(crate) fn figure(&self, message: &FeedMessage) {
        for follower in self
            .lock()
            .iter()
            .filter(|follower| !follower.behind && follower.sender.capacity() > ROOM / 2)
        {
            let _only_a_figure = follower.sender.try_send(message.clone());
        }
    }

    /// Gives a snapshot to everybody who fell behind and reads again.
    pub(crate) fn catch_up(&self, snapshot: impl Fn() -> Snapshot) {
        for follower in self.lock().iter_mut().filter(|follower| follower.behind) {
            follower.behind = follower.sender.try_send(snapshot().into()).is_err();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Follower>> {
        self.followers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nothing() -> Snapshot {
        Snapshot {
            jobs: Vec::new(),
            installed: Vec::new(),
        }
    }

    fn change(signed_in: bool) -> FeedMessage {
        FeedMessage::SignedIn { signed_in }
    }

    #[test]
    fn the_first_message_is_a_snapshot_and_changes_follow_in_order() {
        let hub = Hub::default();
        let mut feed = hub.follow(nothing);
        hub.change(&change(true));
        hub.change(&change(false));
        assert!(matches!(feed.try_recv(), Ok(FeedMessage::Snapshot { .. })));
        assert_eq!(feed.try_recv(), Ok(change(true)));
        assert_eq!(feed.try_recv(), Ok(change(false)));
    }

    #[test]
    fn a_slow_follower_gets_a_snapshot_in_place_of_what_it_missed() {
        let hub = Hub::default();
        let mut feed = hub.follow(nothing);
        (0..ROOM + 5).for_each(|_| hub.change(&change(true)));
        let queued = std::iter::from_fn(|| feed.try_recv().ok()).count();
        assert_eq!(queued, ROOM);
        hub.catch_up(nothing);
        assert!(matches!(feed.try_recv(), Ok(FeedMessage::Snapshot { .. })));
    }

    #[test]
    fn figures_never_take_the_room_that_changes_need() {
        let hub = Hub::default();
        let mut feed = hub.follow(nothing);
        (0..ROOM * 2).for_each(|_| hub.figure(&change(true)));
        hub.change(&change(false));
        let last = std::iter::from_fn(|| feed.try_recv().ok()).last();
        assert_eq!(last, Some(change(false)));
    }

    #[test]
    fn a_follower_that_went_away_is_forgotten() {
        let hub = Hub::default();
        drop(hub.follow(nothing));
        assert!(!hub.has_followers());
    }
}
