//! Bodies as they arrive: neither shorter nor longer than promised, and never standing still for long.

use crate::blame::{blame, is_early_end};
use crate::error::Error;
use crate::range::Found;
use crate::{Result, SafeUrl, Validator};
use bytes::Bytes;
use reqwest::Response;
use std::ops::Range;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// Slower than this, in bytes a second, counts as silence.
const CRAWL: u64 = 1000;
/// How long an answer of unknown length may stay open after its last expected byte.
const CLOSING: Duration = Duration::from_secs(1);

/// The pieces of an answer, with their pace watched.
#[derive(Debug)]
pub(crate) struct Pieces {
    url: SafeUrl,
    response: Response,
    pace: Pace,
}

/// How much came in how much waiting; the time that the reader takes for itself does not count.
#[derive(Debug)]
struct Pace {
    silence: Duration,
    waited: Duration,
    received: u64,
}

impl Pace {
    /// Adds a piece; false if it has all been too slow for too long.
    fn keeps_up(&mut self, waited: Duration, received: usize) -> bool {
        self.waited += waited;
        self.received += received as u64;
        if self.waited < self.silence {
            return true;
        }
        let enough = self.received as f64 >= self.waited.as_secs_f64() * CRAWL as f64;
        (self.waited, self.received) = (Duration::ZERO, 0);
        enough
    }
}

impl Pieces {
    pub(crate) fn new(url: SafeUrl, response: Response, silence: Duration) -> Self {
        Self {
            url,
            response,
            pace: Pace {
                silence,
                waited: Duration::ZERO,
                received: 0,
            },
        }
    }

    pub(crate) const fn url(&self) -> &SafeUrl {
        &self.url
    }

    /// The next piece; `None` at the end.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>> {
        let silence = self.pace.silence;
        let stalled = |url: &SafeUrl| Error::Stalled {
            url: url.to_string(),
            silence,
        };
        let start = Instant::now();
        let piece = timeout(silence, self.response.chunk())
            .await
            .map_err(|_| stalled(&self.url))?;
        match piece.map_err(|error| self.broken(error))? {
            None => Ok(None),
            Some(piece) if self.pace.keeps_up(start.elapsed(), piece.len()) => Ok(Some(piece)),
            Some(_) => Err(stalled(&self.url)),
        }
    }

    /// The whole rest, if it is no longer than `limit`.
    pub(crate) async fn collect(mut self, limit: u64) -> Result<Bytes> {
        let promised = self.response.content_length();
        if promised.is_some_and(|length| length > limit) {
            return Err(self.too_long(limit));
        }
        let mut whole = Vec::new();
        loop {
            match self.next().await {
                Ok(None) => return Ok(whole.into()),
                Ok(Some(piece)) if (whole.len() + piece.len()) as u64 > limit => {
                    return Err(self.too_long(limit));
                }
                Ok(Some(piece)) => whole.extend_from_slice(&piece),
                Err(error) => return Err(told_missing(error, promised.unwrap_or(0), whole.len() as u64)),
            }
        }
    }

    fn broken(&self, error: reqwest::Error) -> Error {
        match is_early_end(&error) {
            true => Error::Truncated {
                url: self.url.to_string(),
                missing: 0,
            },
            false => blame(&self.url, error),
        }
    }

    fn too_long(&self, limit: u64) -> Error {
        Error::TooLong {
            url: self.url.to_string(),
            limit,
        }
    }
}

/// A range of a file as it arrives.
#[derive(Debug)]
pub struct Body {
    pieces: Pieces,
    found: Found,
    length: u64,
    left: u64,
    /// More came than belongs to it.
    overrun: bool,
}

impl Body {
    pub(crate) const fn new(pieces: Pieces, found: Found) -> Self {
        let length = found.range.end - found.range.start;
        Self {
            pieces,
            found,
            length,
            left: length,
            overrun: false,
        }
    }

    /// The next piece; `None` once all came and nothing after it. A piece is as long as it arrived, well below 1 MiB.
    /// What comes after the end is dropped, and an error after the last piece.
    pub async fn next(&mut self) -> Result<Option<Bytes>> {
        if self.left == 0 {
            return self.close().await;
        }
        match self.pieces.next().await {
            Ok(Some(mut piece)) => {
                self.overrun = piece.len() as u64 > self.left;
                piece.truncate(usize::try_from(self.left).unwrap_or(usize::MAX));
                self.left -= piece.len() as u64;
                Ok(Some(piece))
            }
            Ok(None) => Err(Error::Truncated {
                url: self.pieces.url().to_string(),
                missing: self.left,
            }),
            Err(error) => Err(told_missing(error, self.length, self.length - self.left)),
        }
    }

    /// What identifies the file that the range is from; `None` if the server does not say it for sure.
    pub const fn validator(&self) -> Option<&Validator> {
        self.found.validator.as_ref()
    }

    /// Which bytes of the file these are.
    pub fn range(&self) -> Range<u64> {
        self.found.range.clone()
    }

    /// Bytes that are still to come.
    pub const fn left(&self) -> u64 {
        self.left
    }

    /// Everything is here. A server that sends more is not to be trusted; one that just stays open does no harm.
    async fn close(&mut self) -> Result<Option<Bytes>> {
        if self.overrun {
            return Err(self.pieces.too_long(self.length));
        }
        match timeout(CLOSING, self.pieces.response.chunk()).await {
            Ok(Ok(Some(_))) => Err(self.pieces.too_long(self.length)),
            Ok(Ok(None) | Err(_)) | Err(_) => Ok(None),
        }
    }
}

/// Says how much was missing, in an error that could not know.
fn told_missing(error: Error, promised: u64, received: u64) -> Error {
    match error {
        Error::Truncated { url, .. } => Error::Truncated {
            url,
            missing: promised.saturating_sub(received),
        },
        error => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trickle_is_silence_and_the_readers_own_time_is_not_counted() {
        let mut pace = Pace {
            silence: Duration::from_secs(30),
            waited: Duration::ZERO,
            received: 0,
        };
        assert!(pace.keeps_up(Duration::from_secs(29), 0));
        assert!(!pace.keeps_up(Duration::from_secs(2), 100));
        assert!(pace.keeps_up(Duration::from_secs(20), 31_000));
        assert!(pace.keeps_up(Duration::from_secs(11), 0));
        assert!(pace.keeps_up(Duration::ZERO, 0));
    }
}
