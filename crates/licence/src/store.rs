//! The shelf: a folder with the leases of this home, the keys that verify them, and the memory of the clock.
//!
//! | file | what |
//! |---|---|
//! | `<product>.lease` | the token as it was received |
//! | `licence-keys.json` | the keys that the account service publishes |
//! | `shelf.json` | the clock's mark; for each product its installation, policy, sequence floors, revocation |
//! | `shelf.lock` | held while `shelf.json` is changed |

mod lease;

use crate::Error;
use crate::document::{KeysFile, ProductMemory, SCHEMA, ShelfFile};
use crate::standing::{Decision, Revocation};
use crate::state::{Held, Paper, Reach, Situation, judge};
use crate::time::{Mark, Reading};
use camino::{Utf8Path, Utf8PathBuf};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use toolcrib_machine::files::{self, Lock};
use toolcrib_model::{LicencePolicy, ProductId};
use toolcrib_trust::lease::TrustedLease;
use toolcrib_wire::lease::LicenceKeys;
use toolcrib_wire::schema::Schema;

/// How much later than the stored mark it must be before the mark is written again.
const MARK_STEP: SignedDuration = SignedDuration::from_hours(1);
/// How long a change waits for another program's change.
const PATIENCE: Duration = Duration::from_secs(5);

/// Something about the shelf that the person is told once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A damaged file was moved aside.
    MovedAside {
        /// What it was.
        path: Utf8PathBuf,
        /// Where it is kept now.
        aside: Utf8PathBuf,
    },
}

/// A decision, and the lease that it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The decision.
    pub decision: Decision,
    /// The lease, if one is believed.
    pub held: Option<Held>,
}

/// The leases of one home.
#[derive(Debug)]
pub struct Shelf {
    folder: Utf8PathBuf,
    memory: ShelfFile,
    keys: LicenceKeys,
    notices: Vec<Notice>,
}

impl Shelf {
    /// Opens the shelf in `folder`; creates it if it is not there. A damaged file is moved aside and becomes a notice.
    ///
    /// # Errors
    /// [`Error::OpenShelf`] when the folder cannot be made or read, or a newer program wrote it.
    pub fn open(folder: &Utf8Path) -> Result<Self, Error> {
        let failed = |source| Error::OpenShelf {
            folder: folder.to_owned(),
            source,
        };
        if !files::exists(folder).map_err(failed)? {
            files::create_private_folders(folder).map_err(failed)?;
        }
        let mut notices = Vec::new();
        let memory: ShelfFile = load(&folder.join("shelf.json"), &mut notices).map_err(failed)?;
        let keys: KeysFile = load(&folder.join("licence-keys.json"), &mut notices).map_err(failed)?;
        Ok(Self {
            folder: folder.to_owned(),
            memory,
            keys: LicenceKeys { keys: keys.keys },
            notices,
        })
    }

    /// What the person is to be told, once.
    pub fn take_notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// The keys by which leases are verified.
    pub const fn keys(&self) -> &LicenceKeys {
        &self.keys
    }

    /// Keeps the keys that the account service publishes now.
    ///
    /// # Errors
    /// [`Error::WriteShelf`].
    pub fn keep_keys(&mut self, keys: LicenceKeys) -> Result<(), Error> {
        if keys == self.keys {
            return Ok(());
        }
        let path = self.folder.join("licence-keys.json");
        let file = KeysFile {
            schema: Schema,
            keys: keys.keys.clone(),
            ..KeysFile::default()
        };
        files::store_json(&path, &file).map_err(|source| Error::WriteShelf { path, source })?;
        self.keys = keys;
        Ok(())
    }

    /// Takes in a lease that the service signed just now for `product` and the device with this public key.
    ///
    /// Its date settles the clock, it ends an earlier revocation, and no older lease of this person is taken after it.
    ///
    /// # Errors
    /// [`Error::RefusedLease`], [`Error::OtherProduct`] or [`Error::SupersededLease`] when it is not taken, and then
    /// nothing has changed; [`Error::WriteShelf`] or [`Error::ShelfBusy`].
    pub fn keep_lease(
        &mut self,
        product: &ProductId,
        token: &str,
        device_key: &[u8; 32],
        wall: Timestamp,
    ) -> Result<Held, Error> {
        let lease = self.judge_offer(product, token, device_key)?;
        let path = self.lease_path(product);
        files::replace_private(&path, token.as_bytes())
            .map_err(|source| Error::WriteShelf { path, source })?;
        let claims = lease.claims();
        self.change(|memory| {
            memory.clock = memory.clock.settled(claims.terms.issued_at, wall);
            let product = memory.products.entry(product.clone()).or_default();
            product.raise_floor(claims.account, claims.sequence);
            product.revoked = None;
        })?;
        Ok(Held::from(&lease))
    }

    /// Remembers that a product was installed and what its vendor asks; the first installation counts (X3).
    ///
    /// # Errors
    /// [`Error::WriteShelf`] or [`Error::ShelfBusy`].
    pub fn note_installation(
        &mut self,
        product: &ProductId,
        at: Timestamp,
        policy: LicencePolicy,
    ) -> Result<(), Error> {
        self.change(|memory| {
            let product = memory.products.entry(product.clone()).or_default();
            product.installed_at = Some(product.installed_at.map_or(at, |first| first.min(at)));
            product.policy = Some(policy);
        })
    }

    /// Remembers that the service took the right away. A later lease ends it.
    ///
    /// # Errors
    /// [`Error::WriteShelf`] or [`Error::ShelfBusy`].
    pub fn revoke(&mut self, product: &ProductId, revocation: Revocation) -> Result<(), Error> {
        self.change(|memory| memory.products.entry(product.clone()).or_default().revoked = Some(revocation))
    }

    /// Takes a lease off the shelf, as when the person signs out. What is known of older leases stays.
    ///
    /// # Errors
    /// [`Error::WriteShelf`].
    pub fn remove_lease(&mut self, product: &ProductId) -> Result<(), Error> {
        let path = self.lease_path(product);
        files::remove_file(&path).map_err(|source| Error::WriteShelf { path, source })
    }

    /// Takes in a time that the service said in an answer without signing it.
    ///
    /// # Errors
    /// [`Error::WriteShelf`] or [`Error::ShelfBusy`].
    pub fn hear_time(&mut self, said: Timestamp, wall: Timestamp) -> Result<(), Error> {
        let told = self.memory.clock.told(said, wall);
        let step = told.high_water().zip(self.memory.clock.high_water());
        if told == self.memory.clock || step.is_some_and(|(new, old)| new.duration_since(old) < MARK_STEP) {
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

    /// Decides whether `product` may run on the device with this public key.
    ///
    /// # Errors
    /// [`Error::ReadLease`] when the lease is there and cannot be read.
    pub fn decide(
        &mut self,
        product: &ProductId,
        device_key: &[u8; 32],
        wall: Timestamp,
        reach: Reach,
        zone: &TimeZone,
    ) -> Result<Judged, Error> {
        let paper = self.paper(product, device_key)?;
        let time = self.time(wall);
        let memory = self.memory.products.get(product).cloned().unwrap_or_default();
        let decision = judge(&Situation {
            paper: &paper,
            installed_at: memory.installed_at,
            policy: memory.policy.unwrap_or_default(),
            ever_leased: memory.ever_leased(),
            revoked: memory.revoked.as_ref(),
            time,
            reach,
            zone,
        });
        let held = if let Paper::Held(held) = paper {
            Some(held)
        } else {
            None
        };
        Ok(Judged { decision, held })
    }

    /// The memory of the clock.
    pub const fn mark(&self) -> Mark {
        self.memory.clock
    }

    fn memory_of(&self, product: &ProductId) -> Option<&ProductMemory> {
        self.memory.products.get(product)
    }

    /// What a signed lease says of time and sequence is learnt again, should the memory of it be lost.
    fn learn(&mut self, lease: &TrustedLease) {
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

    fn change(&mut self, change: impl FnOnce(&mut ShelfFile)) -> Result<(), Error> {
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
fn load<T>(path: &Utf8Path, notices: &mut Vec<Notice>) -> Result<T, toolcrib_machine::Error>
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

#[cfg(test)]
mod tests;
