//! Cuts a body into chunks.

use crate::progress::Meter;
use bytes::{Buf as _, Bytes};
use toolcrib_net::{Body, Error};

/// A body that is read forward, and where in the part it stands.
pub(super) struct Cutter {
    body: Body,
    url: String,
    piece: Bytes,
    at: u64,
}

impl Cutter {
    /// A body that begins at this place of the part.
    pub(super) const fn new(body: Body, url: String, at: u64) -> Self {
        Self {
            body,
            url,
            piece: Bytes::new(),
            at,
        }
    }

    /// Throws away what lies before this place.
    pub(super) async fn skip_to(&mut self, place: u64) -> Result<(), Error> {
        while self.at < place {
            let step = self
                .more()
                .await?
                .min(usize::try_from(place - self.at).unwrap_or(usize::MAX));
            self.take(step);
        }
        Ok(())
    }

    /// Appends to `into` until it is `length` long.
    pub(super) async fn fill(
        &mut self,
        into: &mut Vec<u8>,
        length: usize,
        meter: &Meter,
    ) -> Result<(), Error> {
        while into.len() < length {
            let step = self.more().await?.min(length - into.len());
            into.extend_from_slice(&self.piece[..step]);
            meter.arrived(step as u64);
            self.take(step);
        }
        Ok(())
    }

    /// Reads the end of the body, so that its connection can be used again. All that was wanted is here already.
    pub(super) async fn finish(mut self) {
        while let Ok(Some(_)) = self.body.next().await {}
    }

    fn take(&mut self, step: usize) {
        self.piece.advance(step);
        self.at += step as u64;
    }

    /// How many bytes are at hand; waits for some.
    async fn more(&mut self) -> Result<usize, Error> {
        while self.piece.is_empty() {
            let ended = || Error::Truncated {
                url: self.url.clone(),
                missing: 1,
            };
            self.piece = self.body.next().await?.ok_or_else(ended)?;
        }
        Ok(self.piece.len())
    }
}
