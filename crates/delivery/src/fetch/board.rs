//! What is still to be fetched, shared by those who fetch and those who unpack.

use crate::error::Error;
use crate::span::Span;
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;
use toolcrib_wire::index::Chunk;

/// How often a chunk may arrive damaged.
const MAX_DAMAGES: u32 = 4;

/// Spans to be fetched, chunks not yet held, and the first thing that went wrong.
#[derive(Debug)]
pub(crate) struct Board {
    inner: Mutex<Inner>,
    changed: Notify,
}

#[derive(Debug)]
struct Inner {
    queue: VecDeque<Span>,
    missing: usize,
    damages: HashMap<u32, u32>,
    failure: Option<Error>,
    closed: bool,
}

impl Board {
    /// A board with these spans.
    pub(crate) fn new(queue: VecDeque<Span>) -> Self {
        let missing = queue.iter().map(|span| span.chunks.len()).sum();
        let inner = Inner {
            queue,
            missing,
            damages: HashMap::new(),
            failure: None,
            closed: false,
        };
        Self {
            inner: Mutex::new(inner),
            changed: Notify::new(),
        }
    }

    /// The parts that spans are still to be fetched from.
    pub(crate) fn parts(&self) -> BTreeSet<u32> {
        self.lock().queue.iter().map(|span| span.part).collect()
    }

    /// The next span; waits while others may still hand some back. `None` when there is nothing left to do.
    pub(crate) async fn next(&self) -> Option<Span> {
        self.wait_for(|inner| match inner.queue.pop_front() {
            _ if inner.closed || inner.missing == 0 => Some(None),
            None => None,
            span => Some(span),
        })
        .await
    }

    /// Waits until something has failed.
    pub(crate) async fn closed(&self) {
        self.wait_for(|inner| inner.closed.then_some(())).await;
    }

    /// A chunk is held.
    pub(crate) fn held(&self) {
        let mut inner = self.lock();
        inner.missing = inner.missing.saturating_sub(1);
        if inner.missing == 0 {
            self.changed.notify_waiters();
        }
    }

    /// A chunk arrived damaged: it is fetched again, before all else, or given up.
    pub(crate) fn damaged(&self, number: u32, chunk: &Chunk, give_up: impl FnOnce(u32) -> Error) {
        let mut inner = self.lock();
        let damages = inner.damages.entry(number).or_default();
        *damages += 1;
        match *damages {
            tries if tries >= MAX_DAMAGES => inner.fail(give_up(tries)),
            _ => inner.queue.push_front(Span::single(number, chunk)),
        }
        self.changed.notify_waiters();
    }

    /// Something failed for good: nothing more is begun. Only the first failure counts.
    pub(crate) fn fail(&self, error: Error) {
        self.lock().fail(error);
        self.changed.notify_waiters();
    }

    /// Whether something has failed.
    pub(crate) fn has_failed(&self) -> bool {
        self.lock().closed
    }

    /// What failed, or else whether every chunk is held.
    pub(crate) fn outcome(&self) -> Result<bool, Error> {
        let mut inner = self.lock();
        match inner.failure.take() {
            Some(error) => Err(error),
            None => Ok(inner.missing == 0),
        }
    }

    async fn wait_for<T>(&self, mut look: impl FnMut(&mut Inner) -> Option<T>) -> T {
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            // From here on a change is not missed, even before we wait for it.
            changed.as_mut().enable();
            if let Some(found) = look(&mut self.lock()) {
                return found;
            }
            changed.await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn fail(&mut self, error: Error) {
        self.closed = true;
        self.failure.get_or_insert(error);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::chunk;

    fn board(spans: &[&[u32]]) -> Board {
        Board::new(
            spans
                .iter()
                .map(|chunks| Span {
                    part: 0,
                    chunks: chunks.to_vec(),
                })
                .collect(),
        )
    }

    #[tokio::test]
    async fn whoever_waits_gets_what_another_hands_back() {
        let board = board(&[&[0, 1]]);
        assert_eq!(board.next().await.expect("a span").chunks, [0, 1]);
        board.held();
        let waiting = board.next();
        tokio::pin!(waiting);
        assert!(
            futures::poll!(&mut waiting).is_pending(),
            "chunk 1 may still come back"
        );
        board.damaged(1, &chunk(0, 10, 5), |_| unreachable!("once is not too often"));
        assert_eq!(waiting.await.expect("a span").chunks, [1]);
    }

    #[tokio::test]
    async fn with_the_last_chunk_held_everybody_stops() {
        let board = board(&[&[0]]);
        board.next().await.expect("a span");
        let waiting = board.next();
        tokio::pin!(waiting);
        assert!(futures::poll!(&mut waiting).is_pending());
        board.held();
        assert_eq!(waiting.await, None);
        assert!(matches!(board.outcome(), Ok(true)));
    }

    #[tokio::test]
    async fn a_chunk_that_is_always_damaged_is_given_up() {
        let board = board(&[&[7]]);
        for _ in 0..MAX_DAMAGES {
            assert_eq!(board.next().await.expect("a span").chunks, [7]);
            board.damaged(7, &chunk(0, 0, 5), |_| Error::Unreasonable { what: "damage" });
        }
        assert_eq!(board.next().await, None);
        board.closed().await;
        assert!(matches!(board.outcome(), Err(Error::Unreasonable { .. })));
    }
}
