//! The timeline on the shelf: appended to under a lock, bounded, and never in anybody's way.

use super::Shelf;
use crate::Error;
use crate::reason::Reason;
use crate::standing::{Decision, Standing};
use crate::timeline::{Entry, Event, Timeline, newest};
use camino::Utf8PathBuf;
use jiff::Timestamp;
use std::time::Duration;
use toolcrib_machine::files::{self, Lock};
use toolcrib_model::ProductId;
use toolcrib_wire::lease::LeaseClaims;

/// The longest timeline, in bytes: some thousand lines. A longer one loses its older half.
const MOST: usize = 512 << 10;
/// How long a line waits for another program's line.
const PATIENCE: Duration = Duration::from_millis(500);

impl Shelf {
    /// What happened to the licences of this home, the oldest first.
    ///
    /// # Errors
    /// [`Error::ReadTimeline`] where the file cannot be read. A damaged line is no error: it is named.
    pub fn timeline(&self) -> Result<Timeline, Error> {
        self.lines().map(|text| Timeline::read(&text))
    }

    /// A lease came.
    pub(super) fn note_lease(&mut self, claims: &LeaseClaims, first: bool) {
        let event = if first { Event::Granted } else { Event::Renewed };
        let terms = &claims.terms;
        let entry = Entry {
            next_at: Some(terms.verify_by.max(terms.offline_until.unwrap_or(Timestamp::MIN))),
            detail: Some(format!("for {}, lease {}", claims.user_id, claims.lease)),
            ..Entry::because(terms.issued_at, &claims.product, event, Reason::Verified)
        };
        self.note(&entry);
    }

    /// The service refused.
    pub(super) fn note_refusal(
        &mut self,
        product: &ProductId,
        at: Timestamp,
        reason: Reason,
        detail: String,
    ) {
        let entry = Entry {
            detail: Some(detail),
            ..Entry::because(at, product, Event::Refused, reason)
        };
        self.note(&entry);
    }

    /// A decision, if it is another one than before.
    pub(super) fn note_decision(&mut self, product: &ProductId, decision: &Decision, at: Timestamp) {
        let told = self.memory_of(product).and_then(|memory| memory.told);
        if self.memory.revision == 0 || told == Some(decision.reason) {
            return;
        }
        let event = match &decision.standing {
            Standing::Outage { .. } => Event::Bridged,
            _ if decision.may_run => Event::Allowed,
            _ => Event::Refused,
        };
        let reason = decision.reason;
        self.change_in_passing(|record| {
            record.products.entry(product.clone()).or_default().told = Some(reason);
        });
        self.note(&Entry {
            next_at: decision.next_at,
            detail: Some(decision.sentence.clone()),
            ..Entry::because(at, product, event, reason)
        });
    }

    /// Appends a line. One that cannot be written is logged and keeps nobody from working.
    pub(super) fn note(&self, entry: &Entry) {
        if let Err(error) = self.append(entry) {
            tracing::warn!(error, "A line of the licence timeline was not written.");
        }
    }

    fn append(&self, entry: &Entry) -> Result<(), String> {
        let line = serde_json::to_string(entry).map_err(|error| error.to_string())?;
        let words = |error: toolcrib_machine::Error| error.to_string();
        let lock = Lock::acquire(&self.folder.join("timeline.lock"), PATIENCE).map_err(words)?;
        let _lock = lock.ok_or("another program writes it")?;
        let path = self.timeline_path();
        files::append_line(&path, &line).map_err(words)?;
        let length = std::fs::metadata(&path).map_or(0, |found| found.len());
        if length > MOST as u64 {
            let text = self.lines().map_err(|error| error.to_string())?;
            files::replace_private(&path, newest(&text, MOST / 2).as_bytes()).map_err(words)?;
        }
        Ok(())
    }

    /// What is no text within a line damages that line only.
    fn lines(&self) -> Result<String, Error> {
        let path = self.timeline_path();
        match files::read(&path) {
            Ok(bytes) => Ok(String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()),
            Err(source) => Err(Error::ReadTimeline { path, source }),
        }
    }

    fn timeline_path(&self) -> Utf8PathBuf {
        self.folder.join("timeline.jsonl")
    }
}
