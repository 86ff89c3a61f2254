//! The timeline: what happened to each licence on this computer, one line each, the newest last.
//!
//! It explains, it never decides. It is appended to and bounded; a line that is damaged costs that line only, and lines of
//! newer programs are kept.

use crate::reason::Reason;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use toolcrib_model::ProductId;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A first lease came.
    Granted,
    /// A lease came in place of another one.
    Renewed,
    /// The product may run, for another reason than before.
    Allowed,
    /// The product may not run (any more).
    Refused,
    /// The service failed, and a temporary right was given.
    Bridged,
    /// A request was made, to be carried to the service.
    Requested,
    /// The lease was given up here.
    Released,
}

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// When, by the trusted time.
    pub at: Timestamp,
    /// Which product's licence.
    pub product: ProductId,
    /// What happened.
    pub event: Event,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The rule that says so: `S-143`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// When something changes by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_at: Option<Timestamp>,
    /// More, for the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What newer programs say.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Entry {
    /// An entry that gives its reason and rule.
    pub(crate) fn because(at: Timestamp, product: &ProductId, event: Event, reason: Reason) -> Self {
        Self {
            reason: Some(reason),
            rule: Some(reason.rule().to_owned()),
            ..Self::of(at, product, event)
        }
    }

    /// An entry that needs no reason.
    pub(crate) fn of(at: Timestamp, product: &ProductId, event: Event) -> Self {
        Self {
            at,
            product: product.clone(),
            event,
            reason: None,
            rule: None,
            next_at: None,
            detail: None,
            unknown: Map::new(),
        }
    }
}

/// What could be read of a timeline.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Timeline {
    /// The entries, the oldest first.
    pub entries: Vec<Entry>,
    /// Lines that a newer program wrote, and that are kept: how many.
    pub unknown_lines: usize,
    /// Lines that are damaged, counted from 1.
    pub damaged_lines: Vec<usize>,
}

impl Timeline {
    /// Reads the lines of a timeline.
    pub(crate) fn read(text: &str) -> Self {
        let mut timeline = Self::default();
        let lines = text.lines().enumerate();
        for (number, line) in lines.filter(|(_, line)| !line.is_empty()) {
            match (
                serde_json::from_str(line),
                serde_json::from_str::<Map<_, Value>>(line),
            ) {
                (Ok(entry), _) => timeline.entries.push(entry),
                (Err(_), Ok(_)) => timeline.unknown_lines += 1,
                (Err(_), Err(_)) => timeline.damaged_lines.push(number + 1),
            }
        }
        timeline
    }

    /// The entries of one product.
    #[must_use]
    pub fn of(mut self, product: &ProductId) -> Self {
        self.entries.retain(|entry| entry.product == *product);
        self
    }
}

/// The newest lines that have room in `bytes`.
pub(crate) fn newest(text: &str, bytes: usize) -> &str {
    let Some(from) = text.len().checked_sub(bytes) else {
        return text;
    };
    let tail = text.as_bytes().get(from.saturating_sub(1)..).unwrap_or_default();
    match tail.iter().position(|byte| *byte == b'\n') {
        Some(end) => &text[from.saturating_sub(1) + end + 1..],
        None => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"at":"2026-06-01T12:00:00Z","product":"zig","event":"refused","reason":"no_seat","rule":"S-138","mood":"calm"}"#;

    #[test]
    fn a_line_is_read_with_what_a_newer_program_added() {
        let timeline = Timeline::read(LINE);
        let entry = &timeline.entries[0];
        assert_eq!(
            (entry.event, entry.reason),
            (Event::Refused, Some(Reason::NoSeat))
        );
        assert_eq!(entry.unknown["mood"], "calm");
        assert_eq!(serde_json::to_string(entry).expect("written"), LINE);
    }

    #[test]
    fn a_damaged_line_costs_itself_only_and_an_unknown_one_is_counted() {
        let text = format!(
            "{LINE}\n{{\"at\":\"20\n\n{{\"at\":\"2026-06-01T12:00:00Z\",\"event\":\"sold\"}}\n{LINE}\n"
        );
        let timeline = Timeline::read(&text);
        assert_eq!(
            (timeline.entries.len(), timeline.unknown_lines),
            (2, 1),
            "{timeline:?}"
        );
        assert_eq!(timeline.damaged_lines, [2]);
    }

    #[test]
    fn what_is_kept_are_the_newest_whole_lines() {
        assert_eq!(newest("a\nbb\nccc\n", 7), "bb\nccc\n");
        assert_eq!(newest("a\nbb\nccc\n", 6), "ccc\n");
        assert_eq!(newest("a\nbb\nccc\n", 100), "a\nbb\nccc\n");
        assert_eq!(newest("é\né\n", 4), "é\n");
        assert_eq!(newest("endless", 3), "");
    }
}
