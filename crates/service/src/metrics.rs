//! What the service counts, as Prometheus text. Only names from fixed lists become labels.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// How a sign-in ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInOutcome {
    /// The password was right.
    Accepted,
    /// The password or the User ID was wrong.
    Refused,
    /// There were too many tries.
    Limited,
}

/// The counters since the start.
#[derive(Debug, Default)]
pub struct Metrics {
    requests: Mutex<BTreeMap<(&'static str, u16), u64>>,
    accepted: AtomicU64,
    refused: AtomicU64,
    limited: AtomicU64,
    leases: AtomicU64,
    content_bytes: AtomicU64,
}

impl Metrics {
    /// Counts an answered request.
    pub fn request(&self, operation: &'static str, status: u16) {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        *requests.entry((operation, status)).or_default() += 1;
    }

    /// Counts a sign-in.
    pub fn sign_in(&self, outcome: SignInOutcome) {
        let counter = match outcome {
            SignInOutcome::Accepted => &self.accepted,
            SignInOutcome::Refused => &self.refused,
            SignInOutcome::Limited => &self.limited,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a signed lease.
    pub fn lease(&self) {
        self.leases.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts bytes of content that were handed to the network.
    pub fn content(&self, bytes: u64) {
        self.content_bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// All counters as Prometheus reads them.
    pub fn text(&self) -> String {
        let mut text = String::new();
        head(&mut text, "toolcrib_requests_total", "Answered requests.");
        for ((operation, status), count) in &*self.requests.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = writeln!(
                text,
                "toolcrib_requests_total{{operation=\"{operation}\",status=\"{status}\"}} {count}"
            );
        }
        head(
            &mut text,
            "toolcrib_sign_ins_total",
            "Sign-ins by how they ended.",
        );
        let outcomes = [
            ("accepted", &self.accepted),
            ("refused", &self.refused),
            ("limited", &self.limited),
        ];
        for (outcome, count) in outcomes {
            let count = count.load(Ordering::Relaxed);
            let _ = writeln!(text, "toolcrib_sign_ins_total{{outcome=\"{outcome}\"}} {count}");
        }
        plain(&mut text, "toolcrib_leases_total", "Signed leases.", &self.leases);
        let help = "Bytes of content handed to the network.";
        plain(
            &mut text,
            "toolcrib_content_bytes_total",
            help,
            &self.content_bytes,
        );
        text
    }
}

fn head(text: &mut String, name: &str, help: &str) {
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} counter");
}

fn plain(text: &mut String, name: &str, help: &str, count: &AtomicU64) {
    head(text, name, help);
    let _ = writeln!(text, "{name} {}", count.load(Ordering::Relaxed));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_what_prometheus_reads() {
        let metrics = Metrics::default();
        metrics.request("signIn", 200);
        metrics.request("signIn", 200);
        metrics.sign_in(SignInOutcome::Accepted);
        metrics.content(5);
        let text = metrics.text();
        assert!(text.contains("# TYPE toolcrib_requests_total counter\n"));
        assert!(text.contains("toolcrib_requests_total{operation=\"signIn\",status=\"200\"} 2\n"));
        assert!(text.contains("toolcrib_sign_ins_total{outcome=\"accepted\"} 1\n"));
        assert!(text.contains("\ntoolcrib_content_bytes_total 5\n"));
    }
}
