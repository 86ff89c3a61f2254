//! One number over the whole job: bytes fetched and bytes written, and how long the rest will take.

mod estimate;

use crate::plan::Sizes;
use estimate::Estimator;
use std::convert::Infallible;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// How often progress is told, at most.
pub(crate) const TICK: Duration = Duration::from_millis(100);
/// What the steps after the last chunk weigh: one part in this many of the bytes.
const COMMIT_SHARE: u64 = 50;

/// What a job is busy with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Looks at what is there from an earlier run.
    #[default]
    Checking,
    /// Fetches, verifies, unpacks and writes, all at once.
    Downloading,
    /// Everything has arrived; the rest of it is unpacked and written.
    Unpacking,
    /// Makes the release durable, moves it into place, makes shortcuts, writes the receipt.
    Installing,
    /// Clears away what is no longer needed.
    Tidying,
    /// Finishes what has arrived, then pauses.
    Pausing,
    /// Finishes the write at hand, then clears away.
    Cancelling,
    /// Takes the product away.
    Removing,
}

/// How far a job is. Newer figures replace older ones; `done_bytes` never goes back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// What it is busy with.
    pub stage: Stage,
    /// Work done, over all stages, in bytes: each fetched and each written byte counts once.
    pub done_bytes: u64,
    /// Work in all.
    pub total_bytes: u64,
    /// Bytes of chunks that have arrived, those of earlier runs included.
    pub fetched_bytes: u64,
    /// How fast bytes arrive.
    pub rate_bytes_per_s: u64,
    /// How long the rest will take; `None` while nobody can tell.
    pub remaining_s: Option<u64>,
    /// The most memory that chunks have taken at once, in bytes.
    pub peak_buffer_bytes: u64,
    /// What is being done, for people.
    pub task: String,
}

/// Counts what is done; shared by all who do it.
#[derive(Debug)]
pub(crate) struct Meter {
    fetched: AtomicU64,
    written: AtomicU64,
    committed: AtomicU64,
    peak_buffer: AtomicU64,
    fetch_total: u64,
    total: u64,
    commit_weight: u64,
    scene: Mutex<Scene>,
    out: watch::Sender<Progress>,
}

/// What changes seldom.
#[derive(Debug)]
struct Scene {
    stage: Stage,
    task: String,
    estimator: Estimator,
    shown: u64,
}

impl Meter {
    /// A meter for a job of these sizes, told through `out`.
    pub(crate) fn new(sizes: &Sizes, out: watch::Sender<Progress>) -> Self {
        let work = sizes.stored_bytes + sizes.installed_bytes;
        let commit_weight = work / COMMIT_SHARE + 1;
        let scene = Scene {
            stage: Stage::Checking,
            task: String::new(),
            estimator: Estimator::default(),
            shown: 0,
        };
        Self {
            fetched: AtomicU64::new(0),
            written: AtomicU64::new(0),
            committed: AtomicU64::new(0),
            peak_buffer: AtomicU64::new(0),
            fetch_total: sizes.stored_bytes,
            total: work + commit_weight,
            commit_weight,
            scene: Mutex::new(scene),
            out,
        }
    }

    /// Bytes of a chunk arrived.
    pub(crate) fn arrived(&self, bytes: u64) {
        self.fetched.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Bytes that had arrived were lost or were wrong: they will arrive again.
    pub(crate) fn lost(&self, bytes: u64) {
        self.fetched.fetch_sub(bytes, Ordering::Relaxed);
    }

    /// Bytes of files were written.
    pub(crate) fn wrote(&self, bytes: u64) {
        self.written.fetch_add(bytes, Ordering::Relaxed);
    }

    /// So much of the steps after the last chunk is done, of `of`.
    pub(crate) fn stepped(&self, done: u64, of: u64) {
        self.committed
            .store(self.commit_weight * done.min(of) / of.max(1), Ordering::Relaxed);
    }

    /// Bytes of files that were written, or were there.
    pub(crate) fn written(&self) -> u64 {
        self.written.load(Ordering::Relaxed)
    }

    /// Memory for chunks stands at this.
    pub(crate) fn buffered(&self, bytes: u64) {
        self.peak_buffer.fetch_max(bytes, Ordering::Relaxed);
    }

    /// A new stage begins; it is told at once.
    pub(crate) fn enter(&self, stage: Stage, task: impl Into<String>) {
        {
            let mut scene = self.scene();
            scene.stage = stage;
            scene.task = task.into();
        }
        self.tell(Instant::now());
    }

    /// Tells how far the job is.
    pub(crate) fn tell(&self, now: Instant) {
        let fetched = self.fetched.load(Ordering::Relaxed);
        let written = self.written.load(Ordering::Relaxed);
        let mut scene = self.scene();
        let done = (fetched + written + self.committed.load(Ordering::Relaxed)).min(self.total);
        let shown = scene.shown.max(done);
        scene.shown = shown;
        let pace = scene.estimator.add(now, shown, fetched);
        let (stage, task) = match scene.stage {
            Stage::Downloading if fetched >= self.fetch_total => {
                (Stage::Unpacking, "Unpacking what has arrived")
            }
            stage => (stage, scene.task.as_str()),
        };
        self.out.send_replace(Progress {
            stage,
            done_bytes: shown,
            total_bytes: self.total,
            fetched_bytes: fetched,
            rate_bytes_per_s: pace.fetched_per_s,
            remaining_s: pace.remaining_s(self.total - shown),
            peak_buffer_bytes: self.peak_buffer.load(Ordering::Relaxed),
            task: task.to_owned(),
        });
    }

    /// Tells how far the job is, for ever; to be dropped with the work that it watches.
    pub(crate) async fn keep_telling(&self) -> Infallible {
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            self.tell(Instant::now());
        }
    }

    fn scene(&self) -> std::sync::MutexGuard<'_, Scene> {
        self.scene
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
