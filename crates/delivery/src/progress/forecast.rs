//! How long the rest will take, from measured speeds (pure).
//!
//! Three things happen at the same time: bytes arrive, files are written, and what was written goes to the disk. The
//! job ends when the slowest of them has. While the network is what everything waits for, only its speed counts, for
//! chunks unpack to very different lengths.

use std::time::{Duration, Instant};

/// Speeds are those of the last this many seconds at least. What takes long is reckoned from a longer memory: this share
/// of what is left, for what a link does in a minute says more about the next hour than what it does in a second.
const SHORTEST_MEMORY_S: f64 = 1.5;
const MEMORY_SHARE: f64 = 1.0 / 3.0;
const LONGEST_MEMORY_S: f64 = 15.0;
/// Before so much time has passed nothing is known.
const LEAST: Duration = Duration::from_millis(300);
/// A speed of fewer bytes a second is none.
const STANDSTILL: f64 = 1.0;
/// What is shown follows what is reckoned within about so many seconds.
const FOLLOWS_S: f64 = 1.5;
/// Where what is reckoned differs by more than this share from what is shown, there is a reason to show it at once.
const JUMP: f64 = 0.5;

/// What a job has done until now, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Done {
    /// Arrived.
    pub(super) fetched: u64,
    /// Written into files.
    pub(super) written: u64,
}

/// What was measured while the system wrote to the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Disk {
    flushed: u64,
    seconds: f64,
    /// Since when it is busy with what was not flushed.
    since: Option<Instant>,
}

/// Reckons how long the rest will take.
#[derive(Debug)]
pub(super) struct Forecast {
    total: Done,
    /// What was there when it began.
    start: Option<(Instant, Done)>,
    last: Option<(Instant, Done)>,
    fetching: Speed,
    writing: Speed,
    disk: Disk,
    /// How much of the time the network waited for the rest: 0 to 1.
    held_up: f64,
    shown: Option<(Instant, f64)>,
}

/// A speed that forgets slowly, in bytes a second.
#[derive(Clone, Copy, Debug, Default)]
struct Speed {
    bytes: f64,
    seconds: f64,
}

impl Forecast {
    /// A forecast for a job of so much work.
    pub(super) fn new(total: Done) -> Self {
        Self {
            total,
            start: None,
            last: None,
            fetching: Speed::default(),
            writing: Speed::default(),
            disk: Disk::default(),
            held_up: 0.0,
            shown: None,
        }
    }

    /// So many bytes more are to be fetched.
    pub(super) fn grow(&mut self, bytes: u64) {
        self.total.fetched += bytes;
    }

    /// The work begins, with so much of it done by an earlier run.
    pub(super) fn begin(&mut self, now: Instant, done: Done) {
        self.start = Some((now, done));
        self.last = Some((now, done));
    }

    /// Takes in what is done by now. `held_up` says that the network waits for those who unpack.
    pub(super) fn observe(&mut self, now: Instant, done: Done, held_up: bool) {
        let Some((then, before)) = self.last else { return };
        let passed = now.saturating_duration_since(then).as_secs_f64();
        let left = self.shown.map_or(f64::MAX, |(_, shown)| shown);
        let memory = (left * MEMORY_SHARE).clamp(SHORTEST_MEMORY_S, LONGEST_MEMORY_S);
        self.fetching
            .add(done.fetched.saturating_sub(before.fetched), passed, memory);
        self.writing
            .add(done.written.saturating_sub(before.written), passed, memory);
        let weight = (passed / memory).min(1.0);
        self.held_up += (f64::from(u8::from(held_up)) - self.held_up) * weight;
        self.last = Some((now, done));
    }

    /// The system wrote so many bytes to the disk, in that time, and is done with them by `now`.
    pub(super) fn flushed(&mut self, now: Instant, bytes: u64, took: Duration) {
        self.disk.flushed += bytes;
        self.disk.seconds += took.as_secs_f64();
        self.disk.since = Some(now);
    }

    /// How fast bytes arrive, in bytes a second.
    pub(super) fn arriving(&self) -> u64 {
        self.fetching.bytes_per_s().map_or(0, |speed| speed as u64)
    }

    /// How many seconds the rest takes, as it is shown: it follows what is reckoned without jumping at every breath.
    pub(super) fn remaining_s(&mut self, now: Instant) -> Option<u64> {
        let reckoned = self.reckon(now)?;
        let shown = match self.shown {
            Some((then, shown)) => {
                let passed = now.saturating_duration_since(then).as_secs_f64();
                let expected = (shown - passed).max(0.0);
                let follow = match (reckoned - expected).abs() > reckoned * JUMP {
                    true => 1.0,
                    false => (passed / FOLLOWS_S).min(1.0),
                };
                expected + (reckoned - expected) * follow
            }
            None => reckoned,
        };
        self.shown = Some((now, shown));
        Some(shown.ceil() as u64)
    }

    fn reckon(&self, now: Instant) -> Option<f64> {
        let ((begun, at_start), (_, done)) = (self.start?, self.last?);
        if now.saturating_duration_since(begun) < LEAST {
            return None;
        }
        let to_fetch = self.total.fetched.saturating_sub(done.fetched);
        let to_write = self.total.written.saturating_sub(done.written);
        let network = self.fetching.time_for(to_fetch);
        let files = self.writing.time_for(to_write);
        let both = match to_fetch {
            0 => files?,
            _ => network? * (1.0 - self.held_up) + files? * self.held_up,
        };
        let new_bytes = self.total.written.saturating_sub(at_start.written);
        Some(both.max(self.disk.time_for(new_bytes, now)))
    }
}

impl Speed {
    fn add(&mut self, bytes: u64, seconds: f64, memory: f64) {
        let kept = (-seconds / memory).exp();
        self.bytes = self.bytes * kept + bytes as f64;
        self.seconds = self.seconds * kept + seconds;
    }

    fn bytes_per_s(&self) -> Option<f64> {
        (self.seconds > 0.0).then(|| self.bytes / self.seconds)
    }

    /// `None` where nothing moves, so that nobody can tell.
    fn time_for(&self, bytes: u64) -> Option<f64> {
        match (bytes, self.bytes_per_s()) {
            (0, _) => Some(0.0),
            (_, Some(speed)) if speed > STANDSTILL => Some(bytes as f64 / speed),
            _ => None,
        }
    }
}

impl Disk {
    /// How long the disk needs for what has not reached it of so many bytes; 0 while nothing was measured.
    fn time_for(&self, bytes: u64, now: Instant) -> f64 {
        let Some(since) = self.since else { return 0.0 };
        let left = bytes.saturating_sub(self.flushed) as f64;
        let takes = left * self.seconds / self.flushed.max(1) as f64;
        (takes - now.saturating_duration_since(since).as_secs_f64()).max(0.0)
    }
}

#[cfg(test)]
mod tests;
