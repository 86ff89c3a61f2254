//! The memory of the shelf: changed under a lock, read again before each change, written whole.

use super::seal::{self, Kept, Sealed};
use super::{Notice, Shelf, record_path};
use crate::Error;
use crate::document::Record;
use crate::time::{Mark, Reading};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use toolcrib_machine::device_key::DeviceKey;
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
        let learnt = |memory: &mut Record| {
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
    /// Where nothing is remembered yet, nothing is begun in passing.
    pub(super) fn change_in_passing(&mut self, change: impl Fn(&mut Record)) {
        change(&mut self.memory);
        if self.memory.revision == 0 {
            return;
        }
        match self.try_change(Duration::ZERO, change) {
            Ok(()) | Err(Error::ShelfBusy { .. }) => {}
            Err(error) => tracing::warn!(
                error = &error as &dyn std::error::Error,
                "What the shelf learnt was not written."
            ),
        }
    }

    pub(super) fn change(&mut self, change: impl FnOnce(&mut Record)) -> Result<(), Error> {
        self.try_change(PATIENCE, change)
    }

    /// Reads the record again under the lock, so that no change of another program is lost, and replaces it: first in the
    /// folder, then in the secret store. A crash between the two leaves the folder's the newer one.
    fn try_change(&mut self, patience: Duration, change: impl FnOnce(&mut Record)) -> Result<(), Error> {
        let path = record_path(&self.folder);
        let failed = |source| Error::WriteShelf {
            path: path.clone(),
            source,
        };
        let lock = self.folder.join("shelf.lock");
        let Some(_lock) = Lock::acquire(&lock, patience).map_err(failed)? else {
            return Err(Error::ShelfBusy {
                folder: self.folder.clone(),
                waited: patience,
            });
        };
        let key = DeviceKey::load_or_create(self.custody.secrets()).map_err(failed)?;
        let mut record = self.read_record().map_err(failed)?;
        change(&mut record);
        record.revision += 1;
        let sealed = Sealed::new(&record, &key).map_err(|source| Error::SealRecord { source })?;
        files::store_json(&path, &sealed).map_err(failed)?;
        seal::keep_copy(&self.custody, &sealed);
        self.memory = record;
        Ok(())
    }

    /// Reads the record; a damaged file is kept aside, with a notice, and the copy of it counts.
    pub(super) fn read_record(&mut self) -> Result<Record, toolcrib_machine::Error> {
        let read = match Kept::read(&self.folder, &self.custody) {
            Err(toolcrib_machine::Error::Corrupt { path, aside, .. }) => {
                self.notices.push(Notice::MovedAside { path, aside });
                // Whatever was there is gone now, and it was something.
                Kept::read(&self.folder, &self.custody).map(|kept| lost_unless_copied(kept.record))?
            }
            Ok(kept) if kept.bad_file => {
                let path = record_path(&self.folder);
                let aside = files::move_aside(&path)?;
                self.notices.push(Notice::MovedAside { path, aside });
                kept.record
            }
            Ok(kept) => kept.record,
            Err(error) => return Err(error),
        };
        Ok(read)
    }
}

/// A record that was read from no copy at all begins as a lost one.
fn lost_unless_copied(record: Record) -> Record {
    Record {
        lost: record.lost || record.revision == 0,
        ..record
    }
}
