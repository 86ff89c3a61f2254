//! Fetches spans over as many connections as pay, from one server or several, and puts chunks together as they arrive.

mod blame;
pub(crate) mod board;
pub(crate) mod budget;
mod cut;
mod lane;
mod lease;
mod origins;
mod partial;
pub(crate) mod pool;
mod trouble;
pub(crate) mod tuner;

use crate::error::Error;
use crate::links::LinkBook;
use crate::peers::crew::Peer;
use crate::progress::Meter;
use board::{Board, Portion};
use budget::{Budget, Room};
use futures::stream::{FuturesUnordered, StreamExt as _};
use lane::Ended;
use origins::Origins;
use partial::Partials;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;
use toolcrib_machine::clock::Clock;
use toolcrib_net::Http;
use toolcrib_wire::index::Chunk;
use toolcrib_wire::manifest::Blob;
pub(crate) use trouble::{LONGEST_GETTING, getting};
use tuner::{Connections, Tuner};

/// How often the number of connections is thought about.
const TICK: Duration = Duration::from_millis(50);
/// The largest span, in bytes.
const MAX_SPAN_BYTES: u64 = 8 << 20;
/// The least span, in bytes, where a connection is slow, and where it is quick.
const LEAST_SPAN_BYTES: (u64, u64) = (512 << 10, 4 << 20);
/// A span that comes sooner than this is not worth its request: nothing arrives until the server has heard of it.
const LEAST_SPAN_S: f64 = 0.4;
/// What comes sooner than this is waited for by a connection that is one too many: it is on its way already.
const ON_ITS_WAY_S: f64 = 1.0;
/// A span takes at most about so long on one connection: a slow server must not hold much.
const MAX_SPAN_S: f64 = 4.0;

/// The bytes of a chunk, as they arrived: nothing about them is believed yet.
#[derive(Debug)]
pub(crate) struct Arrived {
    /// The chunk.
    pub(crate) chunk: u32,
    /// As many bytes as the index says: the chunk as it is stored, or sealed where a peer sent it.
    pub(crate) stored: Vec<u8>,
    /// The memory that they take.
    pub(crate) room: Room,
    /// The peer that sent them.
    pub(crate) sender: Option<Arc<Peer>>,
    /// The servers that they came from, each `host:port`.
    pub(crate) from: Vec<String>,
}

/// What a job fetches from, and where it goes.
pub(crate) struct Job<'a> {
    pub(crate) http: &'a Http,
    pub(crate) links: LinkBook<'a>,
    pub(crate) chunks: &'a [Chunk],
    pub(crate) parts: &'a [Blob],
    pub(crate) board: &'a Board,
    pub(crate) budget: &'a Budget,
    pub(crate) meter: &'a Meter,
    pub(crate) clock: &'a dyn Clock,
    /// Where chunks go from here.
    pub(crate) arrived: mpsc::Sender<Arrived>,
}

/// Fetches what the board of a job asks for.
pub(crate) struct Fetcher<'a> {
    job: Job<'a>,
    partials: Partials,
    origins: Mutex<Origins>,
    tuner: Mutex<Tuner>,
    /// Bytes that came, those that were lost again included.
    came: AtomicU64,
    connections: AtomicUsize,
    /// How many connections wait for room, and not for the network.
    held_up: AtomicUsize,
    /// No server here answers to ranges.
    no_ranges: AtomicBool,
}

impl<'a> Fetcher<'a> {
    /// A fetcher over at most so many connections.
    pub(crate) fn new(job: Job<'a>, most: Connections) -> Self {
        Self {
            job,
            partials: Partials::default(),
            origins: Mutex::default(),
            tuner: Mutex::new(Tuner::new(most)),
            came: AtomicU64::new(0),
            connections: AtomicUsize::new(0),
            held_up: AtomicUsize::new(0),
            no_ranges: AtomicBool::new(false),
        }
    }

    /// Fetches until nothing is left or something fails for good.
    pub(crate) async fn run(&self) -> Result<(), Error> {
        let mut lanes = FuturesUnordered::new();
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut over = false;
        loop {
            while !over && self.connections.load(Ordering::Relaxed) < self.tuner().wanted() {
                self.connections.fetch_add(1, Ordering::Relaxed);
                lanes.push(self.lane());
            }
            tokio::select! {
                ended = lanes.next() => match ended {
                    None => return Ok(()),
                    Some(ended) => over |= ended? == Ended::NothingLeft,
                },
                _ = ticks.tick() => self.tune(),
            }
        }
    }

    fn tune(&self) {
        let held_up = self.held_up.load(Ordering::Relaxed) > 0;
        self.job.meter.held_up(held_up, self.job.budget.is_at_work());
        let came = self.came.load(Ordering::Relaxed);
        // Under a limit, or while peers bring what is left, it says nothing about servers how much comes: then nothing is
        // tried.
        let is_limited = self.job.http.throttle().bytes_per_s().is_some();
        let says_nothing = held_up || is_limited || self.job.board.is_left_to_peers();
        let mut tuner = self.tuner();
        let before = tuner.wanted();
        tuner.observe(Instant::now(), came, says_nothing);
        if tuner.wanted() != before {
            tracing::debug!(connections = tuner.wanted(), "The number of connections changes.");
        }
    }

    /// Whether one connection more than pays is open; then whoever asks closes its own.
    fn is_one_too_many(&self) -> bool {
        let wanted = self.tuner().wanted();
        let fewer = |open: usize| (open > wanted).then(|| open - 1);
        self.connections
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, fewer)
            .is_ok()
    }

    fn portion(&self) -> Portion {
        let tuner = self.tuner();
        let brings = |seconds: f64| tuner.rate_of_one().map(|rate| (rate * seconds) as u64);
        let (least, most_of_least) = LEAST_SPAN_BYTES;
        Portion {
            most: brings(MAX_SPAN_S).map_or(MAX_SPAN_BYTES, |bytes| bytes.min(MAX_SPAN_BYTES)),
            least: brings(LEAST_SPAN_S).map_or(least, |bytes| bytes.clamp(least, most_of_least)),
            shared_by: tuner.wanted(),
            divisible: !self.no_ranges.load(Ordering::Relaxed),
        }
    }

    /// Whether what is left of a span is about to arrive, at the speed of one connection.
    fn is_on_its_way(&self, rest: u64) -> bool {
        let rate = self.tuner().rate_of_one();
        rate.is_some_and(|rate| rest as f64 <= rate * ON_ITS_WAY_S)
    }

    fn tuner(&self) -> MutexGuard<'_, Tuner> {
        self.tuner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn origins(&self) -> MutexGuard<'_, Origins> {
        self.origins.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
