//! The memory that chunks may take on their way from the network to the disk.
//!
//! Each worker has one buffer for unpacked content, used again and again; what is left of the budget is for stored
//! bytes. Room for a whole chunk is taken before its first byte arrives, so whoever has room can always finish, and
//! nobody waits for anybody who waits.

use crate::plan::Pace;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Memory for stored bytes.
#[derive(Debug)]
pub(crate) struct Budget {
    room: Arc<Semaphore>,
    stored: u32,
    content: u64,
}

/// The room of one chunk; free again when dropped.
#[derive(Debug)]
pub(crate) struct Room {
    _permit: OwnedSemaphorePermit,
}

/// How the budget is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shares {
    /// How many workers there are.
    pub(crate) workers: usize,
    /// What their buffers take together.
    pub(crate) content: u64,
    /// What is left for stored bytes.
    pub(crate) stored: u64,
}

impl Shares {
    /// Divides the memory of `pace`: at most half of it goes to the workers' buffers, but one worker there must be.
    pub(crate) fn new(pace: &Pace, longest_content: u64) -> Self {
        let fitting = (pace.buffer_bytes / 2) / longest_content.max(1);
        let workers = (pace.workers.max(1) as u64).min(fitting.max(1));
        let content = workers * longest_content;
        Self {
            workers: workers as usize,
            content,
            stored: pace.buffer_bytes.saturating_sub(content),
        }
    }
}

impl Budget {
    /// A budget of these shares; it lets at least one chunk of the longest stored length pass.
    pub(crate) fn new(shares: &Shares, longest_stored: u32) -> Self {
        let most = Semaphore::MAX_PERMITS.min(u32::MAX as usize) as u64;
        let stored = shares.stored.max(u64::from(longest_stored)).min(most) as u32;
        Self {
            room: Arc::new(Semaphore::new(stored as usize)),
            stored,
            content: shares.content,
        }
    }

    /// Waits for room for so many stored bytes. First come, first served.
    pub(crate) async fn room(&self, bytes: u32) -> Room {
        match self.room.clone().acquire_many_owned(bytes.min(self.stored)).await {
            Ok(permit) => Room { _permit: permit },
            // The semaphore is never closed; if it were, the work would be over.
            Err(_) => std::future::pending().await,
        }
    }

    /// What is taken now, the workers' buffers included.
    pub(crate) fn taken(&self) -> u64 {
        self.content + (self.stored as usize).saturating_sub(self.room.available_permits()) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: u64 = 1 << 20;

    fn pace(buffer_bytes: u64, workers: usize) -> Pace {
        Pace {
            connections: 6,
            buffer_bytes,
            workers,
        }
    }

    #[test]
    fn many_workers_get_at_most_half() {
        let shares = Shares::new(&pace(48 * MIB, 64), 4 * MIB);
        assert_eq!(
            shares,
            Shares {
                workers: 6,
                content: 24 * MIB,
                stored: 24 * MIB
            }
        );
        let shares = Shares::new(&pace(48 * MIB, 2), 4 * MIB);
        assert_eq!(
            shares,
            Shares {
                workers: 2,
                content: 8 * MIB,
                stored: 40 * MIB
            }
        );
    }

    #[test]
    fn the_largest_chunk_has_one_worker_and_passes() {
        let shares = Shares::new(&pace(8 * MIB, 8), 16 * MIB);
        assert_eq!((shares.workers, shares.stored), (1, 0));
        assert_eq!(Budget::new(&shares, 17 << 20).stored, 17 << 20);
    }

    #[tokio::test]
    async fn room_is_what_was_not_taken() {
        let budget = Budget::new(
            &Shares {
                workers: 1,
                content: 100,
                stored: 1000,
            },
            10,
        );
        let first = budget.room(600).await;
        assert_eq!(budget.taken(), 700);
        let waiting = budget.room(600);
        tokio::pin!(waiting);
        assert!(futures::poll!(&mut waiting).is_pending());
        drop(first);
        waiting.await;
        assert_eq!(budget.taken(), 100);
    }
}
