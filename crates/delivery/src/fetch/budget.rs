//! The memory that chunks may take on their way from the network to the disk.
//!
//! Each worker has one buffer for unpacked content, used again and again; what is left of the budget is for stored
//! bytes. Room for a whole chunk is taken before its first byte arrives, so whoever has room can always finish, and
//! nobody waits for anybody who waits.

use crate::plan::Pace;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Memory for stored bytes.
#[derive(Debug)]
pub(crate) struct Budget {
    room: Arc<Semaphore>,
    stored: u32,
    content: u64,
    at_work: Arc<AtomicUsize>,
}

/// The room of one chunk; free again when dropped.
#[derive(Debug)]
pub(crate) struct Room {
    _permit: OwnedSemaphorePermit,
    at_work: Option<Arc<AtomicUsize>>,
}

impl Drop for Room {
    fn drop(&mut self) {
        if let Some(at_work) = &self.at_work {
            at_work.fetch_sub(1, Ordering::Relaxed);
        }
    }
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
            at_work: Arc::default(),
        }
    }

    /// The most that anybody gets at once, in bytes.
    pub(crate) const fn most(&self) -> u32 {
        self.stored
    }

    /// Waits for room for so many stored bytes. First come, first served.
    pub(crate) async fn room(&self, bytes: u32) -> Room {
        match self.room.clone().acquire_many_owned(bytes.min(self.stored)).await {
            Ok(permit) => Room {
                _permit: permit,
                at_work: None,
            },
            // The semaphore is never closed; if it were, the work would be over.
            Err(_) => std::future::pending().await,
        }
    }

    /// The chunk of this room is handed to those who unpack.
    pub(crate) fn hand_over(&self, room: &mut Room) {
        self.at_work.fetch_add(1, Ordering::Relaxed);
        room.at_work = Some(self.at_work.clone());
    }

    /// Whether those who unpack have something to do.
    pub(crate) fn is_at_work(&self) -> bool {
        self.at_work.load(Ordering::Relaxed) > 0
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
            buffer_bytes,
            workers,
            ..Pace::default()
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
        let mut first = budget.room(600).await;
        assert_eq!((budget.taken(), budget.is_at_work()), (700, false));
        budget.hand_over(&mut first);
        assert!(budget.is_at_work());
        let waiting = budget.room(600);
        tokio::pin!(waiting);
        assert!(futures::poll!(&mut waiting).is_pending());
        drop(first);
        waiting.await;
        assert_eq!((budget.taken(), budget.is_at_work()), (100, false));
    }
}
