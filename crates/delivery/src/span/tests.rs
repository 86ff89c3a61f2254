use super::*;
use crate::sample::chunk;
use proptest::prelude::*;

const KIB: u32 = 1 << 10;

fn numbers(chunks: &[Chunk], wanted: &[u32]) -> Vec<Vec<u32>> {
    let runs = runs(chunks, wanted.iter().copied());
    runs.into_iter().map(|run| run.chunks.into()).collect()
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
fn a_run_stays_in_its_part() {
    let chunks = [chunk(0, 0, 600), chunk(1, 0, 10), chunk(0, 600, 300)];
    assert_eq!(numbers(&chunks, &[0, 1, 2]), [vec![0, 2], vec![1]]);
}

#[test]
fn chunks_that_share_bytes_are_fetched_apart() {
    let chunks = [chunk(0, 0, 100), chunk(0, 0, 100), chunk(0, 50, 100)];
    assert_eq!(numbers(&chunks, &[0, 1, 2]), [[0], [1], [2]]);
}

#[test]
fn a_span_has_at_most_its_limit_or_one_chunk() {
    let chunks = [
        chunk(0, 0, 100),
        chunk(0, 100, 100),
        chunk(0, 200, 900),
        chunk(0, 1100, 10),
    ];
    let mut queue = runs(&chunks, 0..4);
    let lengths: Vec<u64> = std::iter::from_fn(|| next(&mut queue, 250, &chunks))
        .map(|span| span.length())
        .collect();
    assert_eq!(lengths, [200, 900, 10]);
}

#[test]
fn a_chunk_that_is_cut_through_is_in_both_halves() {
    let chunks = [chunk(0, 0, 100), chunk(0, 100, 100)];
    let mut front = runs(&chunks, 0..2).remove(0).expect("a run");
    let back = front.split_off(130, &chunks);
    assert_eq!(
        (front.from, front.to, Vec::from(front.chunks)),
        (0, 130, vec![0, 1])
    );
    assert_eq!((back.from, back.to, Vec::from(back.chunks)), (130, 200, vec![1]));
}

#[test]
fn a_gap_where_a_span_is_divided_is_in_neither_half() {
    let chunks = [chunk(0, 0, 100), chunk(0, 150, 100)];
    let mut front = runs(&chunks, 0..2).remove(0).expect("a run");
    let back = front.split_off(120, &chunks);
    assert_eq!((front.from, front.to, Vec::from(front.chunks)), (0, 100, vec![0]));
    assert_eq!((back.from, back.to, Vec::from(back.chunks)), (150, 250, vec![1]));
}

/// The bytes of wanted chunks that a span covers.
fn wanted_bytes(span: &Span, chunks: &[Chunk]) -> u64 {
    let inside = |number: &u32| {
        let chunk = &chunks[*number as usize];
        end_of(chunk).min(span.to) - chunk.offset.max(span.from)
    };
    span.chunks.iter().map(inside).sum()
}

proptest! {
    #[test]
    fn every_wanted_byte_is_in_exactly_one_span(
        raw in prop::collection::vec((0_u32..3, 0_u64..(32 << 20), 1_u32..(5 << 20)), 1..40),
        limit in 1_u64..(8 << 20),
        cut in 0.0_f64..1.0,
    ) {
        let chunks: Vec<Chunk> = raw.iter().map(|&(part, offset, length)| chunk(part, offset, length)).collect();
        let mut queue = runs(&chunks, 0..chunks.len() as u32);
        let mut bytes = 0;
        while let Some(mut span) = next(&mut queue, limit, &chunks) {
            prop_assert!(span.chunks.len() == 1 || span.length() <= limit);
            let place = span.from + (span.length() as f64 * cut) as u64;
            if place > span.from {
                let tail = span.split_off(place, &chunks);
                prop_assert!(tail.from >= place && span.to <= place);
                bytes += wanted_bytes(&tail, &chunks);
            }
            bytes += wanted_bytes(&span, &chunks);
        }
        prop_assert_eq!(bytes, chunks.iter().map(|chunk| u64::from(chunk.stored_length)).sum::<u64>());
    }
}
