//! One number over the whole job: bytes fetched and bytes written, and how long the rest will take.

mod forecast;
mod growth;
mod oversee;
mod watch;

pub use growth::Growth;
pub(crate) use oversee::overseen;
pub use watch::WaitingFor;

use crate::plan::Sizes;
use forecast::{Done, Forecast};
use std::convert::Infallible;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::watch as news;
use watch::{Waiting, Waits, Watch};

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
    /// Those of them that came from computers of the local network in this run, as servers would have sent them.
    pub peer_bytes: u64,
    /// How many computers of the local network they came from.
    pub peer_count: u32,
    /// How fast bytes arrive.
    pub rate_bytes_per_s: u64,
    /// How long the rest will take; `None` while nobody can tell.
    pub remaining_s: Option<u64>,
    /// The most memory that chunks have taken at once, in bytes.
    pub peak_buffer_bytes: u64,
    /// What is being done, for people.
    pub task: String,
    /// Whom everything waits for, where nothing has moved for 20 seconds.
    pub waiting_for: Option<WaitingFor>,
    /// Why there is more to do than was said at first, where that is so (S-131).
    pub growth: Option<Growth>,
}

/// Counts what is done; shared by all who do it.
#[derive(Debug)]
pub(crate) struct Meter {
    fetched: AtomicU64,
    from_peers: AtomicU64,
    peers: AtomicU32,
    written: AtomicU64,
    committed: AtomicU64,
    peak_buffer: AtomicU64,
    held_up: AtomicBool,
    at_work: AtomicBool,
    waits: Waits,
    fetch_total: AtomicU64,
    total: AtomicU64,
    commit_weight: u64,
    scene: Mutex<Scene>,
    out: news::Sender<Progress>,
}

/// What changes seldom.
#[derive(Debug)]
struct Scene {
    stage: Stage,
    task: String,
    forecast: Forecast,
    watch: Watch,
    shown: u64,
    growth: Option<Growth>,
}

impl Meter {
    /// A meter for a job of these sizes, told through `out`.
    pub(crate) fn new(sizes: &Sizes, out: news::Sender<Progress>) -> Self {
        let work = sizes.arriving_bytes() + sizes.written_bytes();
        let commit_weight = work / COMMIT_SHARE + 1;
        let scene = Scene {
            stage: Stage::Checking,
            task: String::new(),
            forecast: Forecast::new(Done {
                fetched: sizes.arriving_bytes(),
                written: sizes.written_bytes(),
            }),
            watch: Watch::default(),
            shown: 0,
            growth: None,
        };
        Self {
            fetched: AtomicU64::new(0),
            from_peers: AtomicU64::new(0),
            peers: AtomicU32::new(0),
            written: AtomicU64::new(0),
            committed: AtomicU64::new(0),
            peak_buffer: AtomicU64::new(0),
            held_up: AtomicBool::new(false),
            at_work: AtomicBool::new(false),
            waits: Waits::default(),
            fetch_total: AtomicU64::new(sizes.arriving_bytes()),
            total: AtomicU64::new(work + commit_weight),
            commit_weight,
            scene: Mutex::new(scene),
            out,
        }
    }

    /// The same for a job of which more was done before, or is to be done now, for a reason.
    #[must_use]
    pub(crate) fn because(self, growth: Option<Growth>) -> Self {
        self.scene().growth = growth;
        self
    }

    /// So many bytes more than was said are to be fetched.
    pub(crate) fn grew(&self, bytes: u64, why: Growth) {
        self.fetch_total.fetch_add(bytes, Ordering::Relaxed);
        self.total.fetch_add(bytes, Ordering::Relaxed);
        let mut scene = self.scene();
        scene.forecast.grow(bytes);
        scene.growth = Some(why);
    }

    /// Bytes of a chunk arrived.
    pub(crate) fn arrived(&self, bytes: u64) {
        self.fetched.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Bytes that had arrived were lost or were wrong: they will arrive again.
    pub(crate) fn lost(&self, bytes: u64) {
        self.fetched.fetch_sub(bytes, Ordering::Relaxed);
    }

    /// Bytes of chunks that have arrived.
    pub(crate) fn fetched(&self) -> u64 {
        self.fetched.load(Ordering::Relaxed)
    }

    /// Bytes that had arrived are right and came from a peer, for the `first` time or once more.
    pub(crate) fn came_from_peer(&self, bytes: u64, first: bool) {
        self.from_peers.fetch_add(bytes, Ordering::Relaxed);
        self.peers.fetch_add(u32::from(first), Ordering::Relaxed);
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

    /// Whether connections wait for room, and whether those who unpack have something to do.
    pub(crate) fn held_up(&self, held_up: bool, at_work: bool) {
        self.held_up.store(held_up, Ordering::Relaxed);
        self.at_work.store(at_work, Ordering::Relaxed);
    }

    /// The system wrote so many bytes to the disk, in that time.
    pub(crate) fn flushed(&self, bytes: u64, took: Duration) {
        self.scene().forecast.flushed(Instant::now(), bytes, took);
    }

    /// Somebody waits, as long as what this answers is there.
    pub(crate) fn waiting(&self, whom: WaitingFor) -> Waiting {
        self.waits.begin(whom)
    }

    /// A new stage begins; it is told at once.
    pub(crate) fn enter(&self, stage: Stage, task: impl Into<String>) {
        {
            let done = self.done();
            let mut scene = self.scene();
            if stage == Stage::Downloading {
                scene.forecast.begin(Instant::now(), done);
            }
            scene.stage = stage;
            scene.task = task.into();
        }
        self.tell(Instant::now());
    }

    /// Tells how far the job is.
    pub(crate) fn tell(&self, now: Instant) {
        let moved = self.done();
        let mut scene = self.scene();
        let done = moved.fetched + moved.written + self.committed.load(Ordering::Relaxed);
        let total = self.total.load(Ordering::Relaxed);
        scene.shown = scene.shown.max(done.min(total));
        scene
            .forecast
            .observe(now, moved, self.held_up.load(Ordering::Relaxed));
        let stage = self.stage(&scene, moved);
        let disk_has_work = stage != Stage::Downloading || self.at_work.load(Ordering::Relaxed);
        let waiting_for = scene.watch.look(now, done, disk_has_work, &self.waits);
        self.out.send_replace(Progress {
            stage,
            done_bytes: scene.shown,
            total_bytes: total,
            fetched_bytes: moved.fetched,
            peer_bytes: self.from_peers.load(Ordering::Relaxed),
            peer_count: self.peers.load(Ordering::Relaxed),
            rate_bytes_per_s: scene.forecast.arriving(),
            remaining_s: scene.forecast.remaining_s(now),
            peak_buffer_bytes: self.peak_buffer.load(Ordering::Relaxed),
            task: task(&scene, stage, waiting_for.as_ref()),
            waiting_for,
            growth: scene.growth,
        });
    }

    fn done(&self) -> Done {
        Done {
            fetched: self.fetched.load(Ordering::Relaxed),
            written: self.written.load(Ordering::Relaxed),
        }
    }

    /// Once everything has arrived, downloading is over.
    fn stage(&self, scene: &Scene, moved: Done) -> Stage {
        match scene.stage {
            Stage::Downloading if moved.fetched >= self.fetch_total.load(Ordering::Relaxed) => {
                Stage::Unpacking
            }
            stage => stage,
        }
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

fn task(scene: &Scene, stage: Stage, waiting_for: Option<&WaitingFor>) -> String {
    match (waiting_for, stage == scene.stage) {
        (Some(whom), _) => whom.to_string(),
        (None, true) => scene.task.clone(),
        (None, false) => "Unpacking what has arrived".to_owned(),
    }
}

#[cfg(test)]
mod tests;
