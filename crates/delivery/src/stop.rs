//! Asking a running job to stop.

use tokio::sync::watch;

/// What somebody wants of a running job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Stop, and be ready to go on.
    Pause,
    /// Give it up.
    Cancel {
        /// Whether what was fetched stays for a later attempt.
        keep: bool,
    },
}

/// A wish to stop, shared by whoever may wish and whoever must obey. Clones are the same wish.
#[derive(Clone, Debug)]
pub struct Stop(watch::Sender<Option<Wish>>);

impl Default for Stop {
    fn default() -> Self {
        Self(watch::Sender::new(None))
    }
}

impl Stop {
    /// Nobody wants anything yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks for a pause. A cancellation that was asked for before stands.
    pub fn pause(&self) {
        self.0
            .send_if_modified(|wish| wish.is_none() && wish.replace(Wish::Pause).is_none());
    }

    /// Asks for the job to be given up; `keep` leaves what was fetched for a later attempt.
    pub fn cancel(&self, keep: bool) {
        self.0.send_replace(Some(Wish::Cancel { keep }));
    }

    /// What is wished, if anything.
    pub fn wish(&self) -> Option<Wish> {
        *self.0.borrow()
    }

    /// Waits until something is wished.
    pub async fn wished(&self) -> Wish {
        let mut wishes = self.0.subscribe();
        loop {
            if let Some(wish) = *wishes.borrow_and_update() {
                return wish;
            }
            if wishes.changed().await.is_err() {
                // The sender is `self`, so this cannot be; and if it were, nobody could wish any more.
                std::future::pending::<()>().await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_wish_reaches_every_clone() {
        let stop = Stop::new();
        let obeying = stop.clone();
        let waiting = tokio::spawn(async move { obeying.wished().await });
        stop.pause();
        assert_eq!(waiting.await.expect("joins"), Wish::Pause);
        assert_eq!(stop.wished().await, Wish::Pause);
    }

    #[test]
    fn a_cancellation_stands() {
        let stop = Stop::new();
        stop.pause();
        stop.cancel(false);
        stop.pause();
        assert_eq!(stop.wish(), Some(Wish::Cancel { keep: false }));
    }
}
