//! Sends what was written on its way to the disk while more arrives, so that little is left to wait for at the end.
//!
//! Nothing depends on it: what makes a release durable is the one flush before the commit, on a handle that was opened
//! before the first write and so hears of every write that failed since. How long a flush takes tells how fast the disk
//! is, and so how long the last one will take.

use crate::progress::Meter;
use crate::tree::Tree;
use camino::Utf8Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::time::Instant;

/// How much is written before it is sent on its way, in bytes.
const BATCH_BYTES: u64 = 32 << 20;

/// Counts what is written, and nudges whoever flushes.
#[derive(Debug)]
pub(crate) struct Nudge {
    written: Arc<AtomicU64>,
    nudge: SyncSender<()>,
}

/// What nudges reach.
#[derive(Debug)]
pub(crate) struct Nudged {
    written: Arc<AtomicU64>,
    nudged: Receiver<()>,
}

/// A nudge, and what it reaches.
pub(crate) fn nudge() -> (Nudge, Nudged) {
    // One nudge may wait while a flush runs; more would say the same.
    let (nudge, nudged) = sync_channel(1);
    let written = Arc::new(AtomicU64::new(0));
    let counted = written.clone();
    (
        Nudge { written, nudge },
        Nudged {
            written: counted,
            nudged,
        },
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
pub(crate) fn keep_flushing(path: &Utf8Path, nudged: &Nudged, meter: &Meter) {
    if !cfg!(target_os = "linux") {
        return;
    }
    // A handle of its own, so that no failure is lost to the one that counts.
    let Ok(tree) = Tree::open(path) else { return };
    let mut flushed = 0;
    while nudged.nudged.recv().is_ok() {
        let (begun, written) = (Instant::now(), nudged.written.load(Ordering::Relaxed));
        match tree.sync() {
            Ok(()) => meter.flushed(written - flushed, begun.elapsed()),
            Err(error) => tracing::debug!(%error, "An early flush failed; the last one will tell."),
        }
        flushed = written;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nudge_comes_once_a_batch() {
        let (nudge, nudged) = nudge();
        nudge.wrote(BATCH_BYTES - 1);
        assert!(nudged.nudged.try_recv().is_err());
        nudge.wrote(1);
        assert!(nudged.nudged.try_recv().is_ok());
        nudge.wrote(BATCH_BYTES);
        nudge.wrote(BATCH_BYTES);
        assert!(nudged.nudged.try_recv().is_ok());
        assert!(nudged.nudged.try_recv().is_err(), "one that waits is enough");
        drop(nudge);
        assert!(nudged.nudged.recv().is_err());
    }
}
