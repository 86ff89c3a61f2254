//! Which blocks are still to be fetched, and which connection is at which of them.

use super::blocks::Blocks;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Notify;
use toolcrib_net as net;

/// The longest run of blocks that is asked for at once, in bytes.
const MAX_STRETCH_BYTES: u64 = 16 << 20;

/// Blocks to be fetched, shared by all connections.
#[derive(Debug)]
pub(super) struct Board {
    blocks: Blocks,
    inner: Mutex<Inner>,
    changed: Notify,
}

#[derive(Debug)]
struct Inner {
    standing: Vec<Standing>,
    /// How many are not held.
    missing: u64,
    held_bytes: u64,
    /// Bytes that arrived and were of use, those included that were lost again.
    arrived: u64,
    /// Connections at work.
    lanes: usize,
    /// The only one that may work on.
    alone: Option<usize>,
    /// Whether a server has answered as it was asked in this run.
    open: bool,
    /// Until then a server asked us to wait.
    excused: Option<Instant>,
    /// What went wrong last.
    trouble: Option<net::Error>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Missing,
    Taken,
    Held,
}

/// How far things are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Figures {
    /// Bytes of blocks that are held.
    pub(super) held_bytes: u64,
    /// Bytes that arrived in this run and were of use then.
    pub(super) arrived: u64,
}

impl Board {
    /// A board with these blocks held.
    pub(super) fn new(blocks: Blocks, held: &[u64]) -> Self {
        let mut standing = vec![Standing::Missing; blocks.count() as usize];
        for block in held {
            standing[*block as usize] = Standing::Held;
        }
        let inner = Inner {
            standing,
            missing: blocks.count() - held.len() as u64,
            held_bytes: held.iter().map(|block| blocks.length_of(*block)).sum(),
            arrived: 0,
            lanes: 0,
            alone: None,
            open: false,
            excused: None,
            trouble: None,
        };
        Self {
            blocks,
            inner: Mutex::new(inner),
            changed: Notify::new(),
        }
    }

    /// Counts one more connection in, if fewer than `most` are at work, and either it is the first or a server has
    /// answered to a range and there is more to fetch.
    pub(super) fn join(&self, most: usize) -> bool {
        let mut inner = self.lock();
        let is_first = inner.lanes == 0;
        let makes_sense = is_first || (inner.open && inner.missing > 0);
        let joins = inner.lanes < most && inner.alone.is_none() && makes_sense;
        inner.lanes += usize::from(joins);
        joins
    }

    /// A server has answered to a range as it was asked: from now on a second connection makes sense.
    pub(super) fn open(&self) {
        self.lock().open = true;
        self.changed.notify_waiters();
    }

    /// Waits until a second connection makes sense.
    pub(super) async fn opened(&self) {
        self.wait_for(|inner| inner.open.then_some(())).await;
    }

    /// How many connections are at work.
    pub(super) fn lanes(&self) -> usize {
        self.lock().lanes
    }

    /// Counts a lane out, if there are more than `most`.
    pub(super) fn leave_beyond(&self, most: usize, lane: usize) -> bool {
        let mut inner = self.lock();
        let leaves = inner.lanes > most.max(1) && inner.alone != Some(lane);
        inner.lanes -= usize::from(leaves);
        leaves
    }

    /// The next run of missing blocks for a lane, of at most so many blocks; waits while others may hand some back.
    pub(super) async fn take(&self, lane: usize, reach: u64, connections: usize) -> Option<Range<u64>> {
        self.wait_for(|inner| {
            let is_shut_out = inner.alone.is_some_and(|only| only != lane);
            if inner.missing == 0 || is_shut_out {
                inner.lanes -= 1;
                return Some(None);
            }
            self.run(inner, reach, connections).map(Some)
        })
        .await
    }

    fn run(&self, inner: &mut Inner, reach: u64, connections: usize) -> Option<Range<u64>> {
        // Runs get shorter towards the end, so that all connections finish at about the same time.
        let share = inner.missing / (2 * connections.max(1) as u64);
        let most = reach
            .min(share)
            .min(MAX_STRETCH_BYTES / self.blocks.size())
            .max(1) as usize;
        let is_missing = |standing: &Standing| *standing == Standing::Missing;
        let start = inner.standing.iter().position(is_missing)?;
        let rest = &mut inner.standing[start..];
        let length = rest.iter().take(most).take_while(|one| is_missing(one)).count();
        rest[..length].fill(Standing::Taken);
        Some(start as u64..(start + length) as u64)
    }

    /// Bytes arrived that are of use.
    pub(super) fn arrived(&self, bytes: u64) {
        let mut inner = self.lock();
        inner.arrived += bytes;
        inner.trouble = None;
    }

    /// A block is held.
    pub(super) fn hold(&self, block: u64) {
        let mut inner = self.lock();
        let standing = &mut inner.standing[block as usize];
        if std::mem::replace(standing, Standing::Held) != Standing::Held {
            inner.missing -= 1;
            inner.held_bytes += self.blocks.length_of(block);
        }
        self.changed.notify_waiters();
    }

    /// Whether a block is held.
    pub(super) fn holds(&self, block: u64) -> bool {
        self.lock().standing[block as usize] == Standing::Held
    }

    /// These blocks are not fetched by who took them.
    pub(super) fn hand_back(&self, blocks: Range<u64>) {
        let mut inner = self.lock();
        for standing in &mut inner.standing[blocks.start as usize..blocks.end as usize] {
            if *standing == Standing::Taken {
                *standing = Standing::Missing;
            }
        }
        self.changed.notify_waiters();
    }

    /// Nothing is held any more, for the content has changed.
    pub(super) fn begin_anew(&self) {
        let mut inner = self.lock();
        inner.standing.fill(Standing::Missing);
        inner.missing = self.blocks.count();
        inner.held_bytes = 0;
        self.changed.notify_waiters();
    }

    /// From now on this lane works alone: the server sends only everything at once.
    pub(super) fn work_alone(&self, lane: usize) {
        self.lock().alone.get_or_insert(lane);
        self.changed.notify_waiters();
    }

    /// A lane wants to end for a reason of its own; false when it is the last one.
    pub(super) fn may_leave(&self, lane: usize) -> bool {
        let mut inner = self.lock();
        let may = inner.lanes > 1 && inner.alone != Some(lane);
        if may {
            inner.lanes -= 1;
        }
        may
    }

    /// Whether other lanes are at work, too.
    pub(super) fn has_others(&self) -> bool {
        self.lock().lanes > 1
    }

    /// Something went wrong that is tried again.
    pub(super) fn note_trouble(&self, trouble: net::Error) {
        self.lock().trouble = Some(trouble);
    }

    /// What went wrong last, if it has gone wrong since something arrived.
    pub(super) fn last_trouble(&self) -> Option<net::Error> {
        self.lock().trouble.take()
    }

    /// A server asked us to wait so long.
    pub(super) fn excuse(&self, wait: Duration) {
        let until = Instant::now() + wait;
        let mut inner = self.lock();
        inner.excused = inner.excused.max(Some(until));
    }

    /// Whether a server asked us to wait until later than now.
    pub(super) fn is_excused(&self, now: Instant) -> bool {
        self.lock().excused.is_some_and(|until| now < until)
    }

    /// How far things are.
    pub(super) fn figures(&self) -> Figures {
        let inner = self.lock();
        Figures {
            held_bytes: inner.held_bytes,
            arrived: inner.arrived,
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

#[cfg(test)]
#[path = "tests/board.rs"]
mod tests;
