//! The shelf: a folder with the leases of this home, the keys that verify them, and the memory of the clock.
//!
//! | file | what |
//! |---|---|
//! | `<product>.lease` | the token as it was received |
//! | `licence-keys.json` | the keys that the account service publishes |
//! | `shelf.json` | the clock's mark; for each product its installation, policy, sequence floors, revocation |
//! | `shelf.lock` | held while `shelf.json` is changed |

mod lease;
mod memory;
mod outage;

use crate::Error;
use crate::document::{KeysFile, ProductMemory, ShelfFile};
use crate::situation::{Held, Paper, Reach, Records, Situation};
use crate::standing::{Decision, Revocation};
use crate::state::judge;
use camino::{Utf8Path, Utf8PathBuf};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use memory::load;
use toolcrib_machine::files;
use toolcrib_model::{LicencePolicy, ProductId};
use toolcrib_wire::lease::LicenceKeys;
use toolcrib_wire::schema::Schema;

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
    /// *Just now* matters: the difference between its date and `wall` is taken for this clock's error, so a lease that
    /// was carried here as a file must come another way.
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
            product.outage = None;
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
            records: Records::Whole,
            time,
            reach,
            zone,
        });
        let held = match paper {
            Paper::Held(held) => Some(*held),
            Paper::Absent | Paper::Refused { .. } => None,
        };
        Ok(Judged { decision, held })
    }

    fn memory_of(&self, product: &ProductId) -> Option<&ProductMemory> {
        self.memory.products.get(product)
    }
}

#[cfg(test)]
mod tests;
