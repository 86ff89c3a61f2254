//! What is counted, since this program began.

use super::Mirror;
use jiff::Timestamp;
use serde::Serialize;
use std::sync::atomic::{AtomicU64, Ordering};
use toolcrib_model::ByteSize;

/// The counters.
#[derive(Debug)]
pub(super) struct Tally {
    since: Timestamp,
    /// Requests for files that were held.
    pub(super) hits: AtomicU64,
    /// Requests for files that had to be fetched first.
    pub(super) waits: AtomicU64,
    /// Files that could not be fetched, or were not what their name says.
    pub(super) failures: AtomicU64,
    pub(super) from_origin: AtomicU64,
    pub(super) to_computers: AtomicU64,
}

/// The counters and what is held, as `/stats` writes them.
#[derive(Debug, Serialize)]
pub(super) struct Stats {
    since: Timestamp,
    from: String,
    held_files: usize,
    held_bytes: u64,
    most_bytes: u64,
    /// When the file came that is held longest.
    oldest: Option<Timestamp>,
    getting: usize,
    hits: u64,
    waits: u64,
    failures: u64,
    from_origin_bytes: u64,
    to_computers_bytes: u64,
    /// What the way to the account service was spared.
    saved_bytes: u64,
    limit_bytes_per_s: Option<u64>,
}

impl Tally {
    /// Counters at nothing.
    pub(super) const fn since(since: Timestamp) -> Self {
        Self {
            since,
            hits: AtomicU64::new(0),
            waits: AtomicU64::new(0),
            failures: AtomicU64::new(0),
            from_origin: AtomicU64::new(0),
            to_computers: AtomicU64::new(0),
        }
    }
}

/// Counts.
pub(super) fn add(counter: &AtomicU64, more: u64) {
    counter.fetch_add(more, Ordering::Relaxed);
}

impl Mirror {
    /// What is counted, and what is held now.
    pub(super) fn stats(&self) -> Stats {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let (tally, extent) = (&self.tally, self.shelf.extent());
        let (from_origin, to_computers) = (read(&tally.from_origin), read(&tally.to_computers));
        Stats {
            since: tally.since,
            from: self.origin.from.to_string(),
            held_files: extent.files,
            held_bytes: extent.bytes,
            most_bytes: extent.most,
            oldest: extent.oldest.and_then(|came| Timestamp::try_from(came).ok()),
            getting: self.desk.count(),
            hits: read(&tally.hits),
            waits: read(&tally.waits),
            failures: read(&tally.failures),
            from_origin_bytes: from_origin,
            to_computers_bytes: to_computers,
            saved_bytes: to_computers.saturating_sub(from_origin),
            limit_bytes_per_s: self.origin.http.throttle().bytes_per_s(),
        }
    }
}

impl Stats {
    /// The same for people.
    pub(super) fn page(&self) -> String {
        let size = |bytes: u64| ByteSize(bytes).to_string();
        let limit = self
            .limit_bytes_per_s
            .map_or_else(|| "none".to_owned(), |rate| format!("{}/s", size(rate)));
        let lines = [
            ("Toolcrib content server for", self.from.clone()),
            ("counted since", self.since.to_string()),
            (
                "held",
                format!(
                    "{} files, {} of {}",
                    self.held_files,
                    size(self.held_bytes),
                    size(self.most_bytes)
                ),
            ),
            (
                "oldest since",
                self.oldest
                    .map_or_else(|| "-".to_owned(), |oldest| oldest.to_string()),
            ),
            ("being fetched", self.getting.to_string()),
            ("asked and held", self.hits.to_string()),
            ("asked and fetched first", self.waits.to_string()),
            ("could not be fetched", self.failures.to_string()),
            ("fetched", size(self.from_origin_bytes)),
            ("served", size(self.to_computers_bytes)),
            ("spared", size(self.saved_bytes)),
            ("limit", limit),
        ];
        let lines = lines.map(|(name, value)| format!("{name:<28}{value}\n"));
        lines.concat()
    }

    /// The same for Prometheus, without names of files, products, computers or people.
    pub(super) fn metrics(&self) -> String {
        use Kind::{Counter, Gauge};
        let seconds = |at: Timestamp| at.as_second().unsigned_abs();
        let lines = [
            (
                Gauge,
                "held_files",
                "Files that are held.",
                Some(self.held_files as u64),
            ),
            (Gauge, "held_bytes", "Bytes that are held.", Some(self.held_bytes)),
            (
                Gauge,
                "most_bytes",
                "The most bytes that are held.",
                Some(self.most_bytes),
            ),
            (
                Gauge,
                "oldest_timestamp_seconds",
                "When the file came that is held longest.",
                self.oldest.map(seconds),
            ),
            (
                Gauge,
                "getting_files",
                "Files on their way or in line.",
                Some(self.getting as u64),
            ),
            (
                Counter,
                "hits_total",
                "Requests for files that were held.",
                Some(self.hits),
            ),
            (
                Counter,
                "waits_total",
                "Requests for files that had to be fetched first.",
                Some(self.waits),
            ),
            (
                Counter,
                "failures_total",
                "Files that could not be fetched.",
                Some(self.failures),
            ),
            (
                Counter,
                "fetched_bytes_total",
                "Bytes fetched from the account service.",
                Some(self.from_origin_bytes),
            ),
            (
                Counter,
                "served_bytes_total",
                "Bytes served from what is held.",
                Some(self.to_computers_bytes),
            ),
            (
                Gauge,
                "limit_bytes_per_second",
                "The limit of fetching.",
                self.limit_bytes_per_s,
            ),
            (
                Gauge,
                "start_timestamp_seconds",
                "Since when is counted.",
                Some(seconds(self.since)),
            ),
        ];
        let known = lines.into_iter().filter_map(|(kind, name, about, value)| {
            let (name, kind) = (format!("toolcrib_mirror_{name}"), kind.word());
            Some(format!(
                "# HELP {name} {about}\n# TYPE {name} {kind}\n{name} {}\n",
                value?
            ))
        });
        known.collect()
    }
}

/// What Prometheus knows a figure as.
#[derive(Clone, Copy)]
enum Kind {
    /// It only grows.
    Counter,
    /// It goes up and down.
    Gauge,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stats() -> Stats {
        Stats {
            since: Timestamp::UNIX_EPOCH,
            from: "https://accounts.example/".to_owned(),
            held_files: 2,
            held_bytes: 30,
            most_bytes: 100,
            oldest: None,
            getting: 0,
            hits: 7,
            waits: 2,
            failures: 0,
            from_origin_bytes: 30,
            to_computers_bytes: 210,
            saved_bytes: 180,
            limit_bytes_per_s: None,
        }
    }

    #[test]
    fn figures_are_written_with_their_kind_and_what_is_unknown_is_left_out() {
        let text = stats().metrics();
        let begin = "# HELP toolcrib_mirror_held_files Files that are held.\n# TYPE toolcrib_mirror_held_files gauge\n\
                     toolcrib_mirror_held_files 2\n";
        assert!(text.starts_with(begin), "{text}");
        assert!(
            text.contains("# TYPE toolcrib_mirror_hits_total counter\ntoolcrib_mirror_hits_total 7\n"),
            "{text}"
        );
        assert!(
            text.contains("\ntoolcrib_mirror_served_bytes_total 210\n"),
            "{text}"
        );
        assert!(!text.contains("oldest") && !text.contains("limit"), "{text}");
    }

    #[test]
    fn people_read_the_same_in_lines() {
        let page = stats().page();
        assert!(
            page.contains("held                        2 files, 30 B of 100 B\n"),
            "{page}"
        );
        assert!(page.contains("oldest since                -\n"), "{page}");
    }
}
