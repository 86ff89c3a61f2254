//! A file of known length over several connections at once: one alone takes several ways there and back until it is as
//! fast as the network.

use crate::{Http, Result, SafeUrl};
use bytes::Bytes;
use futures::future::try_join_all;
use std::ops::Range;

impl Http {
    /// The whole of a file of `length` bytes, in as many ranges at once as `connections` says. They stay open, for what
    /// is fetched from the same server next.
    ///
    /// # Errors
    /// As [`Http::range`]: also where the server knows no ranges.
    pub async fn fetch_divided(&self, url: &SafeUrl, length: u64, connections: usize) -> Result<Bytes> {
        let ranges = divide(length, connections as u64);
        let pieces = ranges.map(|range| self.whole_range(url, range, length));
        Ok(try_join_all(pieces).await?.concat().into())
    }

    async fn whole_range(&self, url: &SafeUrl, range: Range<u64>, length: u64) -> Result<Vec<u8>> {
        let mut body = self.range(url, range, length, None).await?;
        let mut bytes = Vec::new();
        while let Some(piece) = body.next().await? {
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }
}

/// Ranges of one length, but for the last, that make up the whole.
fn divide(length: u64, pieces: u64) -> impl Iterator<Item = Range<u64>> {
    let piece = length.div_ceil(pieces.max(1)).max(1);
    let count = length.div_ceil(piece);
    (0..count).map(move |at| at * piece..((at + 1) * piece).min(length))
}

#[cfg(test)]
mod tests {
    use super::divide;

    #[test]
    fn the_pieces_make_up_the_whole() {
        let divided = |length, pieces| {
            let ranges = divide(length, pieces).map(|range| (range.start, range.end));
            ranges.collect::<Vec<_>>()
        };
        assert_eq!(divided(10, 4), [(0, 3), (3, 6), (6, 9), (9, 10)]);
        assert_eq!(divided(2, 4), [(0, 1), (1, 2)]);
        assert_eq!(divided(9, 1), [(0, 9)]);
        assert_eq!(divided(0, 4), []);
        assert_eq!(divided(3, 0), [(0, 3)]);
    }
}
