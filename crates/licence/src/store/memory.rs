//! The memory of the shelf: changed under a lock, read again before each change, written whole.

use super::{Notice, Shelf};
use crate::Error;
use crate::document::{SCHEMA, ShelfFile};
use crate::time::{Mark, Reading};
use camino::Utf8Path;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use toolcrib_machine::files::{self, Lock};
use toolcrib_trust::lease::TrustedLease;

/// How much later than the stored mark it must be before the mark is written again.
const MARK_STEP: SignedDuration = SignedDuration::from_hours(1);
/// How long a change waits for another program's change.
const PATIENCE: Duration = Duration::from_secs(5);

impl Shelf {
    /// Takes in a time that the service said in an answer without signing it.
    ///
    /// # Errors
    /// [`Error::WriteShelf`] or [`Error::ShelfBusy`].
    pub fn hear_time(&mut self, said: Timestamp, wall: Timestamp) -> Result<(), Error> {
        let told = self.memory.clock.told(said, wall);
        let stands_still = told.high_water().zip(self.memory.clock.high_water());
        let stands_still = stands_still.is_some_and(|(new, old)| new.duration_since(old) < MARK_STEP);
        if told == self.memory.clock || (stands_still && told.has_skew_of(self.memory.clock)) {
            return Ok(());
        }
        self.change(|memory| memory.clock = memory.clock.told(said, wall))
    }

    /// Reads the trusted time, and remembers it when it is an hour later than what is remembered.
    ///
    /// A mark that cannot be written is logged and keeps nobody from working.
    pub fn time(&mut self, wall: Timestamp) -> Reading {
        let reading = self.memory.clock.read(wall);
        let stale = |now: Timestamp| {
            self.memory
                .clock
                .high_water()
                .is_none_or(|mark| now.duration_since(mark) >= MARK_STEP)
        };
        if let Reading::Good { now, .. } = reading
            && stale(now)
        {
            self.raise_mark(now);
        }
        reading
    }

    fn raise_mark(&mut self, now: Timestamp) {
        self.change_in_passing(|memory| memory.clock = memory.clock.raised(now));
    }

    /// The memory of the clock.
    pub const fn mark(&self) -> Mark {
        self.memory.clock
    }

    /// What a signed lease says of time and sequence is learnt again, should the memory of it be lost.
    pub(super) fn learn(&mut self, lease: &TrustedLease) {
        let claims = lease.claims();
        let learnt = |memory: &mut ShelfFile| {
            memory.clock = memory.clock.not_before(claims.terms.issued_at);
            let product = memory.products.entry(claims.product.clone()).or_default();
            product.raise_floor(claims.account, claims.sequence);
        };
        let mut after = self.memory.clone();
        learnt(&mut after);
        if after != self.memory {
            self.change_in_passing(learnt);
        }
    }

    /// A change that must not keep anybody from working: it holds in this program, and is written if that is possible now.
    fn change_in_passing(&mut self, change: impl Fn(&mut ShelfFile)) {
        change(&mut self.memory);
        match self.try_change(Duration::ZERO, change) {
            Ok(()) | Err(Error::ShelfBusy { .. }) => {}
            Err(error) => tracing::warn!(
                error = &error as &dyn std::error::Error,
                "What the shelf learnt was not written."
            ),
        }
    }

    pub(super) fn change(&mut self, change: impl FnOnce(&mut ShelfFile)) -> Result<(), Error> {
        self.try_change(PATIENCE, change)
    }

    /// Reads the memory again under the lock, so that no change of another program is lost, and replaces it.
    fn try_change(&mut self, patience: Duration, change: impl FnOnce(&mut ShelfFile)) -> Result<(), Error> {
        let path = self.folder.join("shelf.json");
        let failed = |source| Error::WriteShelf {
            path: path.clone(),
            source,
        };
        let Some(_lock) = Lock::acquire(&self.folder.join("shelf.lock"), patience).map_err(failed)? else {
            return Err(Error::ShelfBusy {
                folder: self.folder.clone(),
                waited: patience,
            });
        };
        let mut memory: ShelfFile = load(&path, &mut self.notices).map_err(failed)?;
        change(&mut memory);
        files::store_json(&path, &memory).map_err(failed)?;
        self.memory = memory;
        Ok(())
    }
}

/// Reads a document of the shelf; a damaged one is now kept aside and counts as absent, with a notice.
pub(super) fn load<T>(path: &Utf8Path, notices: &mut Vec<Notice>) -> Result<T, toolcrib_machine::Error>
where
    T: serde::de::DeserializeOwned + Default,
{
    match files::load_json(path, SCHEMA) {
        Ok(document) => Ok(document.unwrap_or_default()),
        Err(toolcrib_machine::Error::Corrupt { path, aside, .. }) => {
            notices.push(Notice::MovedAside { path, aside });
            Ok(T::default())
        }
        Err(error) => Err(error),
    }
}
