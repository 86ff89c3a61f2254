//! What a bad origin does.

use super::trick::Trick;
use std::time::Duration;

/// One way to misbehave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Announces the whole body, ends the connection after so many bytes of it.
    Truncate {
        /// Bytes that are still sent.
        after: u64,
    },
    /// Turns round one byte of the blob.
    Corrupt {
        /// Its place in the blob.
        at: u64,
    },
    /// Sends so many bytes of the body, then nothing for a while.
    Stall {
        /// Bytes that are sent at once.
        after: u64,
        /// How long nothing is sent.
        pause: Duration,
    },
    /// Answers 200 and the whole blob to whoever asks for a range.
    WholeInstead,
    /// Answers 206 with a range that begins one byte later than what was asked for.
    OtherRange,
    /// Resets the connection after so many bytes of the body.
    Reset {
        /// Bytes that are still sent.
        after: u64,
    },
    /// Answers with this status and no blob.
    Status(u16),
    /// Answers 503 with `Retry-After`.
    Unavailable {
        /// Seconds after which it says to come again.
        retry_after_s: u64,
    },
    /// Says that the body is compressed.
    Encoded,
    /// Goes on after the end of what was asked for.
    Endless,
    /// Answers in a way that no web server would.
    Trick(Trick),
}

/// How often a fault happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// Once.
    Once,
    /// So many times.
    Some(u32),
    /// Every time.
    Always,
}

/// The faults that are still to happen, in order.
#[derive(Debug, Default)]
pub(super) struct Rules(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    blob: Option<String>,
    fault: Fault,
    left: Option<u32>,
}

impl Rules {
    pub(super) fn add(&mut self, blob: Option<String>, fault: Fault, times: Times) {
        let left = match times {
            Times::Once => Some(1),
            Times::Some(count) => Some(count),
            Times::Always => None,
        };
        self.0.push(Rule { blob, fault, left });
    }

    /// The fault for a request of `range` of this blob, if one is due. A corrupt byte waits for its range.
    pub(super) fn next(&mut self, digest: &str, range: &std::ops::Range<u64>) -> Option<Fault> {
        let due = |rule: &Rule| {
            let mine = rule.blob.as_deref().is_none_or(|blob| blob == digest);
            let hits = !matches!(rule.fault, Fault::Corrupt { at } if !range.contains(&at));
            mine && hits && rule.left != Some(0)
        };
        let rule = self.0.iter_mut().find(|rule| due(rule))?;
        rule.left = rule.left.map(|left| left - 1);
        Some(rule.fault.clone())
    }
}
