//! A span on its way: how far it has come, and how much of it is left to whoever fetches it.

use crate::span::{Span, end_of};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use toolcrib_wire::index::Chunk;

/// What is not worth a request of its own, in bytes.
const LEAST_SHARE: u64 = 128 << 10;
/// What would be here sooner than this is not divided.
const WORTH_DIVIDING: Duration = Duration::from_millis(400);

/// A span that one connection fetches and that another may take the rest of.
#[derive(Debug)]
pub(crate) struct Lease {
    part: u32,
    left: Mutex<Left>,
}

#[derive(Debug)]
struct Left {
    /// What has not arrived.
    span: Span,
    begun: Instant,
    came: u64,
    /// Since when whoever fetches it waits for room here, and not for a server.
    held_up: Option<Instant>,
    /// How long that was so before.
    was_held_up: Duration,
}

/// Somebody waits for room here, until this is dropped.
#[derive(Debug)]
pub(crate) struct HeldUp<'a>(&'a Lease);

impl Drop for HeldUp<'_> {
    fn drop(&mut self) {
        self.0.goes_on(Instant::now());
    }
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Front {
    /// The chunk.
    pub(crate) chunk: u32,
    /// The place in the part from which it is missing.
    pub(crate) at: u64,
    /// The place in the part to which this lease has it.
    pub(crate) end: u64,
}

impl Lease {
    /// A lease of a span, from now on.
    pub(crate) fn new(span: Span, now: Instant) -> Self {
        Self {
            part: span.part,
            left: Mutex::new(Left {
                span,
                begun: now,
                came: 0,
                held_up: None,
                was_held_up: Duration::ZERO,
            }),
        }
    }

    /// The part.
    pub(crate) const fn part(&self) -> u32 {
        self.part
    }

    /// The place behind the last byte.
    pub(crate) fn end(&self) -> u64 {
        self.left().span.to
    }

    /// What comes next; `None` when nothing is left.
    pub(crate) fn front(&self, chunks: &[Chunk]) -> Option<Front> {
        let mut left = self.left();
        let span = &mut left.span;
        loop {
            let number = *span.chunks.front()?;
            let chunk = &chunks[number as usize];
            let at = chunk.offset.max(span.from);
            let end = end_of(chunk).min(span.to);
            if at < end {
                return Some(Front {
                    chunk: number,
                    at,
                    end,
                });
            }
            span.chunks.pop_front();
        }
    }

    /// Bytes from `at` on arrived: how many of them were still to be fetched here.
    pub(crate) fn arrived(&self, at: u64, bytes: usize) -> usize {
        let mut left = self.left();
        let ours = (left.span.to.saturating_sub(at)).min(bytes as u64);
        left.span.from = at + ours;
        left.came += ours;
        ours as usize
    }

    /// How many bytes of it have arrived.
    pub(crate) fn came(&self) -> u64 {
        self.left().came
    }

    /// How many bytes are still to come, gaps included.
    pub(crate) fn rest(&self) -> u64 {
        let left = self.left();
        left.span.to.saturating_sub(left.span.from)
    }

    /// Gives everything back, if the chunk at the front was not begun by anybody: what is left half done takes room, and
    /// whoever could finish it may be waiting for just that.
    pub(crate) fn give_up(&self, chunks: &[Chunk]) -> Option<Span> {
        let front = self.front(chunks)?;
        let chunk = &chunks[front.chunk as usize];
        let mut left = self.left();
        let span = &mut left.span;
        if span.from > chunk.offset || span.to < end_of(chunk) {
            return None;
        }
        let rest = Span {
            part: span.part,
            from: chunk.offset,
            to: span.to,
            chunks: std::mem::take(&mut span.chunks),
        };
        span.to = span.from;
        Some(rest)
    }

    /// From now on whoever fetches it waits for room here. What a server has sent meanwhile would come twice if the span
    /// were divided, and another would wait for the same room.
    pub(crate) fn is_held_up(&self, now: Instant) -> HeldUp<'_> {
        self.left().held_up = Some(now);
        HeldUp(self)
    }

    fn goes_on(&self, now: Instant) {
        let mut left = self.left();
        if let Some(since) = left.held_up.take() {
            left.was_held_up += now.saturating_duration_since(since);
        }
    }

    /// How long the rest will take at the speed so far; `None` if it is not worth dividing.
    pub(crate) fn worth_dividing(&self, now: Instant) -> Option<Duration> {
        let left = self.left();
        let bytes = left.span.to.saturating_sub(left.span.from);
        let open = now.saturating_duration_since(left.begun);
        let so_far = open.saturating_sub(left.was_held_up);
        if left.held_up.is_some() || bytes < 2 * LEAST_SHARE || so_far < WORTH_DIVIDING / 2 {
            return None;
        }
        let rest = so_far.as_secs_f64() * bytes as f64 / left.came.max(1) as f64;
        let rest = Duration::try_from_secs_f64(rest).unwrap_or(Duration::MAX);
        (rest >= WORTH_DIVIDING).then_some(rest)
    }

    /// Gives away the second half, from the beginning of a chunk on; the last chunk, which is being filled already, is
    /// cut through.
    pub(crate) fn divide(&self, chunks: &[Chunk]) -> Option<Span> {
        let mut left = self.left();
        let span = &mut left.span;
        let bytes = span
            .to
            .checked_sub(span.from)
            .filter(|bytes| *bytes >= 2 * LEAST_SHARE)?;
        let middle = span.from + bytes / 2;
        let later = span.chunks.iter().map(|&number| chunks[number as usize].offset);
        let place = later
            .filter(|place| *place > span.from)
            .min_by_key(|place| place.abs_diff(middle))
            .unwrap_or(middle);
        let tail = span.split_off(place, chunks);
        (!tail.chunks.is_empty()).then_some(tail)
    }

    fn left(&self) -> MutexGuard<'_, Left> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::chunk;
    use crate::span;

    const MIB: u64 = 1 << 20;

    fn lease(chunks: &[Chunk], begun: Instant) -> Lease {
        let mut runs = span::runs(chunks, 0..chunks.len() as u32);
        Lease::new(runs.pop_front().expect("a run"), begun)
    }

    #[test]
    fn what_is_next_follows_what_arrived() {
        let chunks = [chunk(0, 0, 100), chunk(0, 120, 100)];
        let lease = lease(&chunks, Instant::now());
        assert_eq!(lease.arrived(0, 40), 40);
        let front = |chunk, at, end| Some(Front { chunk, at, end });
        assert_eq!(lease.front(&chunks), front(0, 40, 100));
        assert_eq!(lease.arrived(40, 60), 60);
        assert_eq!(lease.front(&chunks), front(1, 120, 220));
        assert_eq!(lease.arrived(120, 100), 100);
        assert_eq!(lease.front(&chunks), None);
    }

    #[test]
    fn what_was_given_away_is_not_taken_when_it_arrives() {
        let chunks = [chunk(0, 0, MIB as u32)];
        let lease = lease(&chunks, Instant::now());
        let tail = lease.divide(&chunks).expect("a half");
        assert_eq!((tail.from, tail.to), (MIB / 2, MIB));
        assert_eq!(lease.arrived(0, MIB as usize), (MIB / 2) as usize);
        assert_eq!(lease.front(&chunks), None);
    }

    #[test]
    fn it_is_divided_between_chunks_and_only_the_last_one_is_cut_through() {
        let chunks = [chunk(0, 0, 400 << 10), chunk(0, 400 << 10, 624 << 10)];
        let tail = lease(&chunks, Instant::now()).divide(&chunks).expect("a half");
        assert_eq!((tail.from, Vec::from(tail.chunks)), (400 << 10, vec![1]));
    }

    #[test]
    fn a_chunk_that_another_has_begun_is_not_given_back() {
        let chunks = [chunk(0, 0, MIB as u32)];
        let lease = lease(&chunks, Instant::now());
        lease.divide(&chunks).expect("a half");
        assert_eq!(lease.give_up(&chunks), None);
    }

    #[test]
    fn little_and_what_comes_soon_is_not_divided() {
        let start = Instant::now();
        let later = start + Duration::from_secs(1);
        let small = [chunk(0, 0, 200 << 10)];
        assert_eq!(lease(&small, start).worth_dividing(later), None);
        assert!(lease(&small, start).divide(&small).is_none());
        let large = [chunk(0, 0, 3 << 20)];
        let swift = lease(&large, start);
        swift.arrived(0, (5 * MIB / 2) as usize);
        assert_eq!(swift.worth_dividing(later), None, "0.2 s are left");
        let slow = lease(&large, start);
        slow.arrived(0, MIB as usize);
        assert_eq!(slow.worth_dividing(later), Some(Duration::from_secs(2)));
    }

    #[test]
    fn what_waits_for_room_here_is_not_divided() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let large = [chunk(0, 0, 3 << 20)];
        let lease = lease(&large, start);
        lease.arrived(0, MIB as usize);
        let held_up = lease.is_held_up(at(1));
        assert_eq!(lease.worth_dividing(at(9)), None);
        lease.goes_on(at(9));
        drop(held_up);
        assert_eq!(
            lease.worth_dividing(at(9)),
            Some(Duration::from_secs(2)),
            "eight seconds do not count"
        );
    }

    #[test]
    fn whoever_leaves_gives_everything_back() {
        let chunks = [chunk(0, 0, 100), chunk(0, 100, 100), chunk(0, 200, 100)];
        let lease = lease(&chunks, Instant::now());
        lease.arrived(0, 100);
        let rest = lease.give_up(&chunks).expect("a rest");
        assert_eq!(
            (rest.from, rest.to, Vec::from(rest.chunks)),
            (100, 300, vec![1, 2])
        );
        assert_eq!(lease.front(&chunks), None);
        assert_eq!(lease.give_up(&chunks), None);
    }
}
