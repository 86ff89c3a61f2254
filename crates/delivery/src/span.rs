//! Spans: runs of neighbouring chunks of one part, each fetched by one request (pure).

use std::collections::VecDeque;
use toolcrib_wire::index::Chunk;

/// The largest span, in bytes.
pub(crate) const MAX_SPAN_BYTES: u64 = 8 << 20;
/// The span that is not cut any further towards the end of a job, in bytes.
const MIN_SPAN_BYTES: u64 = 1 << 20;
/// A gap between two wanted chunks that is fetched and thrown away rather than asked around, in bytes.
const BRIDGED_BYTES: u64 = 64 << 10;

/// Neighbouring chunks of one part, in the order of the part, without overlaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// The part, by its place in the manifest.
    pub(crate) part: u32,
    /// The chunks; at least one.
    pub(crate) chunks: Vec<u32>,
}

impl Span {
    /// One chunk alone.
    pub(crate) fn single(number: u32, chunk: &Chunk) -> Self {
        Self {
            part: chunk.part,
            chunks: vec![number],
        }
    }
}

/// Where a chunk ends in its part.
pub(crate) fn end_of(chunk: &Chunk) -> u64 {
    chunk.offset.saturating_add(u64::from(chunk.stored_length))
}

/// Gathers the `wanted` chunks into spans for `lanes` connections, in the order of the package.
///
/// Spans get smaller towards the end, so that all connections finish at about the same time.
pub(crate) fn spans(chunks: &[Chunk], wanted: impl IntoIterator<Item = u32>, lanes: usize) -> VecDeque<Span> {
    let mut wanted: Vec<u32> = wanted.into_iter().collect();
    wanted.sort_unstable_by_key(|&number| (chunks[number as usize].part, chunks[number as usize].offset));
    let stored = |number: u32| u64::from(chunks[number as usize].stored_length);
    let mut left: u64 = wanted.iter().map(|&number| stored(number)).sum();
    let mut spans: VecDeque<Span> = VecDeque::new();
    let mut room = 0;
    for number in wanted {
        let chunk = &chunks[number as usize];
        let gap = spans.back().and_then(|span| gap_to(chunk, span, chunks));
        match (gap, spans.back_mut()) {
            (Some(gap), Some(span)) if gap + stored(number) <= room => {
                span.chunks.push(number);
                room -= gap + stored(number);
            }
            _ => {
                spans.push_back(Span::single(number, chunk));
                room = limit(left, lanes).saturating_sub(stored(number));
            }
        }
        left -= stored(number);
    }
    spans
}

/// How many bytes lie between a span and the next chunk; `None` if they cannot be one request.
fn gap_to(chunk: &Chunk, span: &Span, chunks: &[Chunk]) -> Option<u64> {
    let last = &chunks[*span.chunks.last()? as usize];
    let gap = chunk.offset.checked_sub(end_of(last))?;
    (chunk.part == span.part && gap < BRIDGED_BYTES).then_some(gap)
}

/// How large a span may be while `left` bytes remain: half of a lane's fair share, within bounds.
fn limit(left: u64, lanes: usize) -> u64 {
    (left / (2 * lanes.max(1) as u64)).clamp(MIN_SPAN_BYTES, MAX_SPAN_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::chunk;
    use proptest::prelude::*;

    const KIB: u32 = 1 << 10;

    fn numbers(chunks: &[Chunk], wanted: &[u32]) -> Vec<Vec<u32>> {
        spans(chunks, wanted.iter().copied(), 1)
            .into_iter()
            .map(|span| span.chunks)
            .collect()
    }

    #[test]
    fn neighbours_are_fetched_by_one_request() {
        let chunks = [chunk(0, 0, 100), chunk(0, 150, 100), chunk(0, 250, 100)];
        assert_eq!(numbers(&chunks, &[0, 1, 2]), [[0, 1, 2]]);
    }

    #[test]
    fn small_gaps_are_bridged_and_large_ones_are_not() {
        let chunks = [
            chunk(0, 0, 100),
            chunk(0, 100, 63 * KIB),
            chunk(0, 100 + 63 * 1024, 100),
            chunk(0, 1 << 20, 10),
        ];
        assert_eq!(numbers(&chunks, &[0, 2, 3]), [vec![0, 2], vec![3]]);
    }

    #[test]
    fn a_span_stays_in_its_part_and_within_its_limit() {
        let chunks = [
            chunk(0, 0, 600 * KIB),
            chunk(0, 600 << 10, 300 * KIB),
            chunk(1, 0, 10),
            chunk(0, 900 << 10, 300 * KIB),
        ];
        assert_eq!(numbers(&chunks, &[0, 1, 2, 3]), [vec![0, 1], vec![3], vec![2]]);
    }

    #[test]
    fn a_chunk_larger_than_the_limit_is_a_span_of_its_own() {
        let chunks = [chunk(0, 0, 12 << 20), chunk(0, 12 << 20, 10)];
        assert_eq!(numbers(&chunks, &[0, 1]), [[0], [1]]);
    }

    #[test]
    fn chunks_that_share_bytes_are_fetched_apart() {
        let chunks = [chunk(0, 0, 100), chunk(0, 0, 100), chunk(0, 50, 100)];
        assert_eq!(numbers(&chunks, &[0, 1, 2]), [[0], [1], [2]]);
    }

    #[test]
    fn spans_shrink_towards_the_end_for_many_lanes() {
        let chunks: Vec<Chunk> = (0..128).map(|n| chunk(0, n << 20, 1 << 20)).collect();
        let lengths: Vec<usize> = spans(&chunks, 0..128, 4)
            .iter()
            .map(|span| span.chunks.len())
            .collect();
        assert_eq!(
            (lengths.first(), lengths.last()),
            (Some(&8), Some(&1)),
            "{lengths:?}"
        );
        assert!(lengths.is_sorted_by(|a, b| a >= b), "{lengths:?}");
    }

    proptest! {
        #[test]
        fn every_wanted_chunk_is_in_exactly_one_span(
            raw in prop::collection::vec((0_u32..3, 0_u64..(32 << 20), 1_u32..(5 << 20)), 0..40),
            lanes in 1_usize..8,
        ) {
            let chunks: Vec<Chunk> = raw.iter().map(|&(part, offset, length)| chunk(part, offset, length)).collect();
            let mut seen = Vec::new();
            for span in spans(&chunks, 0..chunks.len() as u32, lanes) {
                let inside: Vec<&Chunk> = span.chunks.iter().map(|&n| &chunks[n as usize]).collect();
                prop_assert!(inside.iter().all(|chunk| chunk.part == span.part));
                prop_assert!(inside.windows(2).all(|pair| end_of(pair[0]) <= pair[1].offset));
                let length = end_of(inside[inside.len() - 1]) - inside[0].offset;
                prop_assert!(inside.len() == 1 || length <= MAX_SPAN_BYTES);
                seen.extend(span.chunks);
            }
            seen.sort_unstable();
            prop_assert!(seen.into_iter().eq(0..chunks.len() as u32));
        }
    }
}
