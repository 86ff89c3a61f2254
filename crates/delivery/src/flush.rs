//! Sends what was written on its way to the disk while more arrives, so that little is left to wait for at the end.
//!
//! Nothing depends on it: what makes a release durable is the one flush before the commit, on a handle that was opened
//! before the first write and so hears of every write that failed since.

use crate::tree::Tree;
use camino::Utf8PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

/// How much is written before it is sent on its way, in bytes.
const BATCH_BYTES: u64 = 32 << 20;

/// Counts what is written, and nudges whoever flushes.
#[derive(Debug)]
pub(crate) struct Nudge {
    written: AtomicU64,
    nudge: SyncSender<()>,
}

/// A nudge, and what it reaches.
pub(crate) fn nudge() -> (Nudge, Receiver<()>) {
    // One nudge may wait while a flush runs; more would say the same.
    let (nudge, nudged) = sync_channel(1);
    (
        Nudge {
            written: AtomicU64::new(0),
            nudge,
        },
        nudged,
    )
}

impl Nudge {
    /// More was written.
    pub(crate) fn wrote(&self, bytes: u64) {
        let before = self.written.fetch_add(bytes, Ordering::Relaxed);
        if before / BATCH_BYTES != (before + bytes) / BATCH_BYTES {
            match self.nudge.try_send(()) {
                Ok(()) | Err(TrySendError::Full(()) | TrySendError::Disconnected(())) => {}
            }
        }
    }
}

/// Flushes whenever it is nudged, until nobody can nudge any more. Flushing a whole volume at once is what makes it
/// cheap, so it is done only where the system can.
pub(crate) fn keep_flushing(path: Utf8PathBuf, nudged: Receiver<()>) {
    if !cfg!(target_os = "linux") {
        return;
    }
    // A handle of its own, so that no failure is lost to the one that counts.
    let Ok(tree) = Tree::open(&path) else { return };
    while nudged.recv().is_ok() {
        if let Err(error) = tree.sync() {
            tracing::debug!(%error, "An early flush failed; the last one will tell.");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nudge_comes_once_a_batch() {
        let (nudge, nudged) = nudge();
        nudge.wrote(BATCH_BYTES - 1);
        assert!(nudged.try_recv().is_err());
        nudge.wrote(1);
        assert!(nudged.try_recv().is_ok());
        nudge.wrote(BATCH_BYTES);
        nudge.wrote(BATCH_BYTES);
        assert!(nudged.try_recv().is_ok());
        assert!(nudged.try_recv().is_err(), "one that waits is enough");
        drop(nudge);
        assert!(nudged.recv().is_err());
    }
}
