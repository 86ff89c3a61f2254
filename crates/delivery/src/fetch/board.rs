//! What is still to be fetched, shared by those who fetch and those who unpack.

mod lending;

use super::blame::Blame;
use super::lease::Lease;
use super::pool::Pool;
use crate::error::Error;
use crate::span::{self, Span};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};
use tokio::sync::Notify;
use toolcrib_wire::index::Chunk;

/// How often a chunk may arrive damaged.
const MAX_DAMAGES: u32 = 4;
/// How often somebody without work looks whether another's is worth dividing.
const LOOK: Duration = Duration::from_millis(100);

/// Spans to be fetched, chunks not yet held, and the first thing that went wrong.
#[derive(Debug)]
pub(crate) struct Board {
    inner: Mutex<Inner>,
    changed: Notify,
}

#[derive(Debug)]
struct Inner {
    queue: VecDeque<Span>,
    queued_bytes: u64,
    /// What others fetch; it may be divided when the queue is empty.
    leases: Vec<Weak<Lease>>,
    /// What peers have, where there are any.
    pool: Option<Box<Pool>>,
    missing: usize,
    blame: Blame,
    failure: Option<Error>,
    closed: bool,
}

/// How large spans are, and whether they may be divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Portion {
    /// The largest, in bytes.
    pub(crate) most: u64,
    /// The one that is not made any smaller while others wait, in bytes.
    pub(crate) least: u64,
    /// How many connections share what is left.
    pub(crate) shared_by: usize,
    /// Whether servers answer to ranges; if not, nothing is divided.
    pub(crate) divisible: bool,
}

impl Board {
    /// A board with these spans; so many more chunks come from elsewhere.
    pub(crate) fn new(queue: VecDeque<Span>, from_elsewhere: usize) -> Self {
        let fetched: usize = queue.iter().map(|span| span.chunks.len()).sum();
        let missing = fetched + from_elsewhere;
        let inner = Inner {
            queued_bytes: queue.iter().map(Span::length).sum(),
            queue,
            leases: Vec::new(),
            pool: None,
            missing,
            blame: Blame::default(),
            failure: None,
            closed: false,
        };
        Self {
            inner: Mutex::new(inner),
            changed: Notify::new(),
        }
    }

    /// The next span, or a share of one that another is slow with; waits while there may be one yet. `None` when there
    /// is nothing left to do.
    pub(crate) async fn next(&self, portion: Portion, chunks: &[Chunk]) -> Option<Arc<Lease>> {
        self.wait_for(|inner| match inner.closed || inner.missing == 0 {
            true => Some(None),
            false => inner.lease(portion, chunks).map(Some),
        })
        .await
    }

    /// Somebody leaves the rest of a span to others.
    pub(crate) fn give_back(&self, rest: Span) {
        self.lock().push_front(rest);
        self.changed.notify_waiters();
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

    /// Whether a chunk is better had from another server than this one, `host:port`.
    pub(crate) fn distrusts(&self, chunk: u32, server: &str) -> bool {
        self.lock().blame.distrusts(chunk, server)
    }

    /// How many damaged chunks a server, `host:port`, had a part in.
    pub(crate) fn damages_of(&self, server: &str) -> u32 {
        self.lock().blame.count(server)
    }

    /// A chunk arrived damaged, from these servers if from any: it is fetched again, before all else, or given up.
    pub(crate) fn damaged(
        &self,
        number: u32,
        chunk: &Chunk,
        from: &[String],
        give_up: impl FnOnce(u32) -> Error,
    ) {
        let mut inner = self.lock();
        match inner.blame.note(number, from) {
            tries if tries >= MAX_DAMAGES => inner.fail(give_up(tries)),
            _ => inner.push_front(Span::single(number, chunk)),
        }
        self.changed.notify_waiters();
    }

    /// A chunk that should have come from elsewhere did not: it is fetched, too.
    pub(crate) fn wanted(&self, number: u32, chunk: &Chunk) {
        self.lock().push_back(Span::single(number, chunk));
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
            // What others do is worth dividing after a while, and nobody tells that.
            let _ = tokio::time::timeout(LOOK, changed).await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn lease(&mut self, portion: Portion, chunks: &[Chunk]) -> Option<Arc<Lease>> {
        let now = Instant::now();
        let queued = self.take(portion, chunks);
        let found = queued.or_else(|| match portion.divisible {
            true => self.divide(chunks, now),
            false => None,
        });
        let span = found.or_else(|| self.take_over(portion, chunks, now))?;
        let lease = Arc::new(Lease::new(span, now));
        self.leases.push(Arc::downgrade(&lease));
        Some(lease)
    }

    /// A span from the queue: a share of what is left, so that all end at about the same time.
    fn take(&mut self, portion: Portion, chunks: &[Chunk]) -> Option<Span> {
        let share = self.queued_bytes / (2 * portion.shared_by.max(1) as u64);
        let limit = match portion.divisible {
            true => share.clamp(portion.least, portion.most.max(portion.least)),
            false => u64::MAX,
        };
        let span = span::next(&mut self.queue, limit, chunks)?;
        self.queued_bytes = self.queued_bytes.saturating_sub(span.length());
        Some(span)
    }

    /// Half of what another has still to fetch: of the one who would be last.
    fn divide(&mut self, chunks: &[Chunk], now: Instant) -> Option<Span> {
        self.leases.retain(|lease| lease.strong_count() > 0);
        let leases = self.leases.iter().filter_map(Weak::upgrade);
        let slow = leases.filter_map(|lease| Some((lease.worth_dividing(now)?, lease)));
        let (_, last) = slow.max_by_key(|(rest, _)| *rest)?;
        last.divide(chunks)
    }

    fn push_front(&mut self, span: Span) {
        self.queued_bytes += span.length();
        self.queue.push_front(span);
    }

    fn push_back(&mut self, span: Span) {
        self.queued_bytes += span.length();
        self.queue.push_back(span);
    }

    fn fail(&mut self, error: Error) {
        self.closed = true;
        self.failure.get_or_insert(error);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::chunk;

    const ALL: Portion = Portion {
        most: u64::MAX,
        least: 512 << 10,
        shared_by: 1,
        divisible: false,
    };

    fn chunks() -> Vec<Chunk> {
        (0..8).map(|number| chunk(0, number << 20, 1 << 20)).collect()
    }

    fn board(wanted: &[u32]) -> Board {
        Board::new(span::runs(&chunks(), wanted.iter().copied()), 0)
    }

    async fn next(board: &Board) -> Option<u32> {
        let lease = board.next(ALL, &chunks()).await?;
        lease.front(&chunks()).map(|front| front.chunk)
    }

    #[tokio::test]
    async fn whoever_waits_gets_what_another_hands_back() {
        let board = board(&[0, 1]);
        assert_eq!(next(&board).await, Some(0));
        board.held();
        let waiting = next(&board);
        tokio::pin!(waiting);
        assert!(
            futures::poll!(&mut waiting).is_pending(),
            "chunk 1 may still come back"
        );
        board.damaged(1, &chunks()[1], &[], |_| unreachable!("once is not too often"));
        assert_eq!(waiting.await, Some(1));
    }

    #[tokio::test]
    async fn what_should_have_come_from_elsewhere_and_did_not_is_fetched() {
        let board = Board::new(VecDeque::new(), 2);
        let waiting = next(&board);
        tokio::pin!(waiting);
        assert!(futures::poll!(&mut waiting).is_pending(), "both may still come");
        board.held();
        board.wanted(1, &chunks()[1]);
        assert_eq!(waiting.await, Some(1));
    }

    #[tokio::test]
    async fn with_the_last_chunk_held_everybody_stops() {
        let board = board(&[0]);
        next(&board).await.expect("a span");
        let waiting = next(&board);
        tokio::pin!(waiting);
        assert!(futures::poll!(&mut waiting).is_pending());
        board.held();
        assert_eq!(waiting.await, None);
        assert!(matches!(board.outcome(), Ok(true)));
    }

    #[tokio::test]
    async fn a_chunk_that_is_always_damaged_is_given_up() {
        let board = board(&[7]);
        for _ in 0..MAX_DAMAGES {
            assert_eq!(next(&board).await, Some(7));
            board.damaged(7, &chunks()[7], &[], |_| Error::Unreasonable { what: "damage" });
        }
        assert_eq!(next(&board).await, None);
        board.closed().await;
        assert!(matches!(board.outcome(), Err(Error::Unreasonable { .. })));
    }

    #[tokio::test]
    async fn spans_shrink_towards_the_end_for_many_connections() {
        let board = board(&[0, 1, 2, 3, 4, 5, 6, 7]);
        let portion = Portion {
            most: 4 << 20,
            least: 512 << 10,
            shared_by: 1,
            divisible: true,
        };
        let mut lengths = Vec::new();
        for _ in 0..4 {
            let lease = board.next(portion, &chunks()).await.expect("a span");
            let front = lease.front(&chunks()).expect("bytes");
            lengths.push((lease.end() - front.at) >> 20);
        }
        assert_eq!(lengths, [4, 2, 1, 1]);
    }

    #[tokio::test]
    async fn whoever_has_nothing_to_do_takes_half_of_what_the_slowest_has() {
        let board = board(&[0]);
        let portion = Portion {
            divisible: true,
            ..ALL
        };
        let slow = board.next(portion, &chunks()).await.expect("a span");
        let share = board.next(portion, &chunks()).await.expect("a share");
        let kib = |lease: &Lease| {
            lease
                .front(&chunks())
                .map(|front| (front.at >> 10, lease.end() >> 10))
        };
        assert_eq!((kib(&slow), kib(&share)), (Some((0, 512)), Some((512, 1024))));
    }
}
