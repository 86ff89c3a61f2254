//! The shelf: a folder with the leases of this home, the keys that verify them, and the memory of the clock.
//!
//! | file | what |
//! |---|---|
//! | `<product>.lease` | the token as it was received |
//! | `shelf.json` | the record, sealed: the clock's mark; the service's keys; for each product its installation, policy, sequence floors, revocation |
//! | `shelf.lock` | held while `shelf.json` is changed |
//! | `timeline.jsonl` | what happened to each licence, a line each |
//!
//! A copy of the record lies in the secret store: see [`Custody`].

mod lease;
mod memory;
mod offline;
mod outage;
mod seal;
mod timeline;

use crate::Error;
use crate::document::{ProductMemory, Record};
use crate::situation::{Held, Paper, Reach, Records, Situation};
use crate::standing::{Decision, Revocation};
use crate::state::judge;
use camino::{Utf8Path, Utf8PathBuf};
use jiff::Timestamp;
use jiff::tz::TimeZone;
pub use offline::Wish;
pub use seal::Custody;
use toolcrib_machine::files;
use toolcrib_model::{LicencePolicy, ProductId};
use toolcrib_trust::lease::TrustedLease;
use toolcrib_wire::lease::LicenceKeys;

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
    custody: Custody,
    memory: Record,
    /// The only keys that are believed, where a product was built for one service.
    only: Option<LicenceKeys>,
    notices: Vec<Notice>,
}

fn record_path(folder: &Utf8Path) -> Utf8PathBuf {
    folder.join("shelf.json")
}

impl Shelf {
    /// Opens the shelf in `folder`; creates it if it is not there. A file that is damaged, or that somebody changed, is moved
    /// aside and becomes a notice.
    ///
    /// # Errors
    /// [`Error::OpenShelf`] when the folder cannot be made or read, or a newer program wrote it.
    pub fn open(folder: &Utf8Path, custody: Custody) -> Result<Self, Error> {
        let failed = |source| Error::OpenShelf {
            folder: folder.to_owned(),
            source,
        };
        if !files::exists(folder).map_err(failed)? {
            files::create_private_folders(folder).map_err(failed)?;
        }
        let mut shelf = Self {
            folder: folder.to_owned(),
            custody,
            memory: Record::default(),
            only: None,
            notices: Vec::new(),
        };
        shelf.memory = shelf.read_record().map_err(failed)?;
        Ok(shelf)
    }

    /// Believes no other keys than these from now on, in this program: for a product that was built for one service. A key
    /// that was retired stays so.
    pub fn believe_only(&mut self, keys: LicenceKeys) {
        let mut record = Record {
            keys: self.memory.keys.clone(),
            ..Record::default()
        };
        record.take_keys(keys.clone());
        let named = |key_id: &str| keys.keys.iter().any(|key| key.key_id == key_id);
        record.keys.keys.retain(|key| named(&key.key_id));
        self.only = Some(record.keys);
    }

    /// What has become of the records of this home.
    pub fn records(&self) -> Records {
        seal::standing(&self.memory, &self.custody)
    }

    /// Begins anew on this computer, where the records were copied from another one: forgets the device's key, the leases and
    /// the record, so that the person signs in and this becomes a device of its own.
    ///
    /// # Errors
    /// [`Error::WriteShelf`].
    pub fn begin_anew(&mut self) -> Result<(), Error> {
        let path = record_path(&self.folder);
        let failed = |source| Error::WriteShelf {
            path: path.clone(),
            source,
        };
        let products: Vec<ProductId> = self.memory.products.keys().cloned().collect();
        products
            .iter()
            .try_for_each(|product| self.remove_lease(product))?;
        files::remove_file(&path).map_err(failed)?;
        seal::forget(&self.custody).map_err(failed)?;
        self.memory = self.read_record().map_err(failed)?;
        Ok(())
    }

    /// What the person is to be told, once.
    pub fn take_notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// The keys by which leases are verified.
    pub fn keys(&self) -> &LicenceKeys {
        self.only.as_ref().unwrap_or(&self.memory.keys)
    }

    /// Keeps the keys that the account service publishes now; one that was retired stays so, whatever it says later.
    ///
    /// # Errors
    /// [`Error::WriteShelf`] or [`Error::ShelfBusy`].
    pub fn keep_keys(&mut self, keys: LicenceKeys) -> Result<(), Error> {
        if keys == self.memory.keys {
            return Ok(());
        }
        self.change(|record| record.take_keys(keys))
    }

    /// Takes in a lease that the service signed just now for `product` and the device with this public key.
    ///
    /// Its date settles the clock, it ends an earlier revocation, and no older lease of this person is taken after it.
    /// *Just now* matters: the difference between its date and `wall` is taken for this clock's error, so a lease that
    /// was carried here as a file comes by [`Shelf::take_answer`].
    ///
    /// # Errors
    /// [`Error::RefusedLease`], [`Error::OtherProduct`], [`Error::SupersededLease`] or [`Error::CopiedRecords`] when it
    /// is not taken, and then nothing has changed; [`Error::WriteShelf`] or [`Error::ShelfBusy`].
    pub fn keep_lease(
        &mut self,
        product: &ProductId,
        token: &str,
        device_key: &[u8; 32],
        wall: Timestamp,
    ) -> Result<Held, Error> {
        let lease = self.judge_offer(product, token, device_key)?;
        let signed = lease.claims().terms.issued_at;
        self.put(&lease, |record| {
            record.clock = record.clock.settled(signed, wall);
            record.lost = false;
        })?;
        Ok(Held::from(&lease))
    }

    /// Puts a believed lease on the shelf. The record that belongs to it is begun before, and knows its number after.
    fn put(&mut self, lease: &TrustedLease, learn: impl FnOnce(&mut Record)) -> Result<(), Error> {
        let claims = lease.claims();
        if self.records() == Records::OfAnotherComputer {
            return Err(Error::CopiedRecords);
        }
        if self.memory.revision == 0 {
            self.change(|_| {})?;
        }
        let first = !self
            .memory_of(&claims.product)
            .is_some_and(ProductMemory::ever_leased);
        let path = self.lease_path(&claims.product);
        files::replace_private(&path, lease.token().as_bytes())
            .map_err(|source| Error::WriteShelf { path, source })?;
        self.change(|record| {
            learn(record);
            let product = record.products.entry(claims.product.clone()).or_default();
            product.raise_floor(claims.account, claims.sequence);
            (product.revoked, product.outage, product.told) = (None, None, None);
        })?;
        self.note_lease(claims, first);
        Ok(())
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
        let (at, cause, detail) = (revocation.at, revocation.cause, revocation.detail.clone());
        self.change(|memory| {
            let product = memory.products.entry(product.clone()).or_default();
            product.revoked = Some(revocation);
            product.told = Some(cause.reason());
        })?;
        self.note_refusal(product, at, cause.reason(), detail);
        Ok(())
    }

    /// Takes a lease off the shelf, as when the person signs out. What is known of older leases stays.
    ///
    /// # Errors
    /// [`Error::WriteShelf`].
    pub fn remove_lease(&mut self, product: &ProductId) -> Result<(), Error> {
        let path = self.lease_path(product);
        files::remove_file(&path).map_err(|source| Error::WriteShelf { path, source })
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
            outage: memory.outage,
            records: self.records(),
            time,
            reach,
            zone,
        });
        let held = match paper {
            Paper::Held(held) => Some(*held),
            Paper::Absent | Paper::Refused { .. } => None,
        };
        self.note_decision(product, &decision, time.floor());
        Ok(Judged { decision, held })
    }

    fn memory_of(&self, product: &ProductId) -> Option<&ProductMemory> {
        self.memory.products.get(product)
    }
}

#[cfg(test)]
mod tests;
