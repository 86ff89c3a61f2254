//! Cuts a body into the bytes that are wanted.

use bytes::Bytes;
use std::time::Duration;
use tokio::time::timeout;
use toolcrib_net::{Body, Error, Throttle};

/// A body that is read forward, and where in the part it stands.
pub(super) struct Cutter {
    body: Body,
    url: String,
    piece: Bytes,
    at: u64,
    silence: Duration,
    throttle: Throttle,
}

impl Cutter {
    /// A body that begins at this place of the part, and may be silent for so long.
    pub(super) const fn new(body: Body, url: String, at: u64, silence: Duration, throttle: Throttle) -> Self {
        Self {
            body,
            url,
            piece: Bytes::new(),
            at,
            silence,
            throttle,
        }
    }

    /// Where it stands.
    pub(super) const fn at(&self) -> u64 {
        self.at
    }

    /// Throws away what lies before this place.
    pub(super) async fn skip_to(&mut self, place: u64) -> Result<(), Error> {
        while self.at < place {
            let most = usize::try_from(place - self.at).unwrap_or(usize::MAX);
            let at_hand = self.at_hand().await?;
            let passed = self.throttle.pass(most.min(at_hand)).await;
            self.take(passed);
        }
        Ok(())
    }

    /// How many bytes are at hand; waits for some.
    pub(super) async fn at_hand(&mut self) -> Result<usize, Error> {
        while self.piece.is_empty() {
            self.piece = self.receive().await?;
        }
        Ok(self.piece.len())
    }

    /// The next bytes, so many of those at hand.
    pub(super) fn take(&mut self, count: usize) -> Bytes {
        let taken = self.piece.split_to(count.min(self.piece.len()));
        self.at += taken.len() as u64;
        taken
    }

    /// Reads the end of the body, so that its connection can be used again. All that was wanted is here already.
    pub(super) async fn finish(mut self) {
        while let Ok(Some(_)) = self.body.next().await {}
    }

    async fn receive(&mut self) -> Result<Bytes, Error> {
        let Ok(received) = timeout(self.silence, self.body.next()).await else {
            return Err(Error::Stalled {
                url: self.url.clone(),
                silence: self.silence,
            });
        };
        received?.ok_or_else(|| Error::Truncated {
            url: self.url.clone(),
            missing: self.body.left().max(1),
        })
    }
}
