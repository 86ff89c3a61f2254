//! Spans: neighbouring bytes of one part that are fetched by one request (pure).

use std::collections::VecDeque;
use toolcrib_wire::index::Chunk;

/// A gap between two wanted chunks that is fetched and thrown away rather than asked around, in bytes.
const BRIDGED_BYTES: u64 = 64 << 10;

/// Neighbouring bytes of one part, and the wanted chunks that they belong to, in the order of the part.
///
/// A span usually begins and ends with a chunk; one that was divided may begin or end within one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// The part, by its place in the manifest.
    pub(crate) part: u32,
    /// The place in the part of the first byte.
    pub(crate) from: u64,
    /// The place behind the last byte.
    pub(crate) to: u64,
    /// The chunks, without overlaps; at least one.
    pub(crate) chunks: VecDeque<u32>,
}

impl Span {
    /// One chunk alone.
    pub(crate) fn single(number: u32, chunk: &Chunk) -> Self {
        Self {
            part: chunk.part,
            from: chunk.offset,
            to: end_of(chunk),
            chunks: VecDeque::from([number]),
        }
    }

    /// How many bytes it has.
    pub(crate) const fn length(&self) -> u64 {
        self.to - self.from
    }

    /// Takes off what lies from `place` on; `place` is inside. A chunk that is cut through is in both.
    pub(crate) fn split_off(&mut self, place: u64, chunks: &[Chunk]) -> Self {
        let whole = |number: &&u32| end_of(&chunks[**number as usize]) <= place;
        let cut = self.chunks.iter().take_while(whole).count();
        let tail = self.chunks.split_off(cut);
        if let Some(&number) = tail.front()
            && chunks[number as usize].offset < place
        {
            self.chunks.push_back(number);
        }
        // Between chunks lies a gap that nobody wants.
        let next = tail
            .front()
            .map_or(place, |&number| chunks[number as usize].offset);
        let from = next.max(place);
        let tail = Self {
            part: self.part,
            from,
            to: self.to,
            chunks: tail,
        };
        self.to = self
            .chunks
            .back()
            .map_or(place, |&number| end_of(&chunks[number as usize]).min(place));
        tail
    }

    /// Takes off whole chunks at the front: as many as fit into `limit` bytes, at least one. `None` if that is all.
    pub(crate) fn take_front(&mut self, limit: u64, chunks: &[Chunk]) -> Option<Self> {
        let end = self.from.saturating_add(limit);
        let fitting = |number: &&u32| end_of(&chunks[**number as usize]) <= end;
        let count = self.chunks.iter().take_while(fitting).count().max(1);
        if count >= self.chunks.len() {
            return None;
        }
        let front: VecDeque<u32> = self.chunks.drain(..count).collect();
        let last = front
            .back()
            .map_or(self.from, |&number| end_of(&chunks[number as usize]));
        let taken = Self {
            part: self.part,
            from: self.from,
            to: last,
            chunks: front,
        };
        self.from = self
            .chunks
            .front()
            .map_or(last, |&number| chunks[number as usize].offset);
        Some(taken)
    }
}

/// Where a chunk ends in its part.
pub(crate) fn end_of(chunk: &Chunk) -> u64 {
    chunk.offset.saturating_add(u64::from(chunk.stored_length))
}

/// Gathers the `wanted` chunks into spans as long as they go, in the order of the package.
pub(crate) fn runs(chunks: &[Chunk], wanted: impl IntoIterator<Item = u32>) -> VecDeque<Span> {
    let mut wanted: Vec<u32> = wanted.into_iter().collect();
    wanted.sort_unstable_by_key(|&number| (chunks[number as usize].part, chunks[number as usize].offset));
    let mut runs: VecDeque<Span> = VecDeque::new();
    for number in wanted {
        let chunk = &chunks[number as usize];
        match runs.back_mut() {
            Some(run) if is_near(chunk, run) => {
                run.chunks.push_back(number);
                run.to = end_of(chunk);
            }
            _ => runs.push_back(Span::single(number, chunk)),
        }
    }
    runs
}

/// Takes a span of at most `limit` bytes, or of one chunk, from the front of the queue.
pub(crate) fn next(queue: &mut VecDeque<Span>, limit: u64, chunks: &[Chunk]) -> Option<Span> {
    let front = queue.front_mut()?;
    front.take_front(limit, chunks).or_else(|| queue.pop_front())
}

fn is_near(chunk: &Chunk, run: &Span) -> bool {
    let gap = chunk.offset.checked_sub(run.to);
    chunk.part == run.part && gap.is_some_and(|gap| gap < BRIDGED_BYTES)
}

#[cfg(test)]
mod tests;
