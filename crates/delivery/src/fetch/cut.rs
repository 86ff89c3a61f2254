//! Cuts a body into the bytes that are wanted.

use bytes::Bytes;
use std::time::Duration;
use tokio::time::timeout;
use toolcrib_net::{Body, Error};

/// A body that is read forward, and where in the part it stands.
pub(super) struct Cutter {
    body: Body,
    url: String,
    piece: Bytes,
    at: u64,
    silence: Duration,
}

impl Cutter {
    /// A body that begins at this place of the part, and may be silent for so long.
    pub(super) const fn new(body: Body, url: String, at: u64, silence: Duration) -> Self {
        Self {
            body,
            url,
            piece: Bytes::new(),
            at,
            silence,
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
            self.next(most).await?;
        }
        Ok(())
    }

    /// The next bytes, at most so many and at least one.
    pub(super) async fn next(&mut self, most: usize) -> Result<Bytes, Error> {
        while self.piece.is_empty() {
            self.piece = self.receive().await?;
        }
        let taken = self.piece.split_to(most.min(self.piece.len()));
        self.at += taken.len() as u64;
        Ok(taken)
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
