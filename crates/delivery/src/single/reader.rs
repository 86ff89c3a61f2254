//! A body read forward, and where in the file it stands.

use bytes::{Buf as _, Bytes};
use std::time::{Duration, Instant};
use toolcrib_net::{Body, Error, Throttle};

/// Slower than this, in bytes a second, is no better than silence.
pub(super) const CRAWL: f64 = 1000.0;

/// A body that is read forward. A server that falls silent, or next to silent, is not waited for.
pub(super) struct Reader {
    body: Body,
    url: String,
    silence: Duration,
    throttle: Throttle,
    piece: Bytes,
    at: u64,
    pace: Pace,
}

/// How much came since when; the time that the reader takes for itself does not count.
#[derive(Clone, Copy, Debug, Default)]
struct Pace {
    waited: Duration,
    bytes: usize,
}

impl Pace {
    /// Adds a piece; false if less than [`CRAWL`] came over the whole of `limit`.
    fn keeps_up(&mut self, waited: Duration, bytes: usize, limit: Duration) -> bool {
        self.waited += waited;
        self.bytes += bytes;
        if self.waited < limit {
            return true;
        }
        let enough = self.bytes as f64 >= self.waited.as_secs_f64() * CRAWL;
        *self = Self::default();
        enough
    }
}

impl Reader {
    /// A body from its first byte on.
    pub(super) fn new(body: Body, url: String, silence: Duration, throttle: Throttle) -> Self {
        Self {
            at: body.range().start,
            body,
            url,
            silence,
            throttle,
            piece: Bytes::new(),
            pace: Pace::default(),
        }
    }

    /// Throws away what lies before this place.
    pub(super) async fn skip_to(&mut self, place: u64) -> Result<(), Error> {
        while self.at < place {
            let most = usize::try_from(place - self.at).unwrap_or(usize::MAX);
            let step = self.more().await?.min(most);
            let step = self.throttle.pass(step).await;
            self.take(step);
        }
        Ok(())
    }

    /// Appends to `into` until it is `length` long, and tells how much came each time.
    pub(super) async fn fill(
        &mut self,
        into: &mut Vec<u8>,
        length: usize,
        mut came: impl FnMut(usize),
    ) -> Result<(), Error> {
        while into.len() < length {
            let step = self.more().await?.min(length - into.len());
            let step = self.throttle.pass(step).await;
            into.extend_from_slice(&self.piece[..step]);
            self.take(step);
            came(step);
        }
        Ok(())
    }

    /// Reads the end of the body, so that its connection can be used again. All that was wanted is here already.
    pub(super) async fn finish(mut self) {
        if self.body.left() == 0 {
            while let Ok(Some(_)) = self.body.next().await {}
        }
    }

    fn take(&mut self, step: usize) {
        self.piece.advance(step);
        self.at += step as u64;
    }

    /// How many bytes are at hand; waits for some.
    async fn more(&mut self) -> Result<usize, Error> {
        while self.piece.is_empty() {
            let start = Instant::now();
            let next = tokio::time::timeout(self.silence, self.body.next()).await;
            let next = next.map_err(|_| stalled(&self.url, self.silence))?;
            self.piece = next?.ok_or_else(|| Error::Truncated {
                url: self.url.clone(),
                missing: 1,
            })?;
            if !self
                .pace
                .keeps_up(start.elapsed(), self.piece.len(), self.silence)
            {
                return Err(stalled(&self.url, self.silence));
            }
        }
        Ok(self.piece.len())
    }
}

/// A server that said nothing for so long.
pub(super) fn stalled(url: &str, silence: Duration) -> Error {
    Error::Stalled {
        url: url.to_owned(),
        silence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_at_the_beginning_does_not_excuse_a_trickle() {
        let (mut pace, limit) = (Pace::default(), Duration::from_secs(15));
        let mut keeps_up = |seconds, bytes| pace.keeps_up(Duration::from_secs(seconds), bytes, limit);
        assert!(keeps_up(1, 60_000));
        assert!(keeps_up(14, 100));
        assert!(keeps_up(14, 100));
        assert!(!keeps_up(1, 100));
    }
}
