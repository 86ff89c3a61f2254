//! The catalogue: a repository after The Update Framework (TUF), one a vendor, without delegations.
//!
//! [`refresh`] follows the chain from a trusted root to the newest state that its source offers; [`Trusted::open`]
//! opens the last good state. Both answer a [`Catalogue`], which vouches for targets by length and digest.
//! The shapes and the signatures are the library `tough`'s, the walk is ours (see `docs/decisions`): its rules are in
//! `chain`, without a network; the raw bytes are kept, time is an argument, and an error of the network is an error.
//! Normative text: `docs/protocol/catalogue.md`.

mod believe;
mod chain;
mod listing;
mod refresh;
mod set;
mod source;
#[cfg(test)]
mod tests;
mod trusted;

pub use crate::package::{TrustedIndex, TrustedManifest, judge_index, judge_manifest};
pub use believe::open_offline;
pub use refresh::refresh;
pub use set::MetadataSet;
pub use source::{Source, SourceError};
pub use trusted::Trusted;

use crate::Error;
use bytes::Bytes;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::fmt;
use toolcrib_model::Digest;
use toolcrib_wire::catalogue::{ListedRelease, Listing};
use toolcrib_wire::manifest::Blob;

/// A role of the repository: whose keys sign which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Says which keys all roles have; kept offline.
    Root,
    /// Says which targets there are.
    Targets,
    /// Says which targets metadata is current.
    Snapshot,
    /// Says which snapshot is current; short-lived.
    Timestamp,
}

impl Role {
    /// The longest file of this role that is taken, in bytes.
    pub const fn max_bytes(self) -> u64 {
        match self {
            Self::Root => 1 << 20,
            Self::Timestamp => 64 << 10,
            Self::Snapshot => 2 << 20,
            Self::Targets => 16 << 20,
        }
    }

    /// The name of the role in file names.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Targets => "targets",
            Self::Snapshot => "snapshot",
            Self::Timestamp => "timestamp",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// A state of the vendor's catalogue whose signatures hold.
#[derive(Clone, Debug)]
pub struct Catalogue {
    set: MetadataSet,
    states: Vec<State>,
    targets: BTreeMap<String, Blob>,
    is_consistent: bool,
    opened_at: Timestamp,
}

/// The version of one role's metadata, and until when it is vouched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// The role.
    pub role: Role,
    /// Its version; never goes down while the keys stay.
    pub version: u64,
    /// Until when it may be taken.
    pub expires: Timestamp,
}

impl Catalogue {
    /// The raw metadata of this state.
    pub const fn set(&self) -> &MetadataSet {
        &self.set
    }

    /// The metadata files of this state, under the names that they have below `metadata/`: the timestamp last, so that
    /// whoever puts them down in this order never names what is not there yet.
    pub fn metadata_files(&self) -> Vec<(String, Bytes)> {
        let roles = [Role::Root, Role::Targets, Role::Snapshot, Role::Timestamp];
        let file = |role| Some((self.metadata_name(role)?, self.set.file(role)?.clone()));
        roles.into_iter().filter_map(file).collect()
    }

    fn metadata_name(&self, role: Role) -> Option<String> {
        let version = self.states.iter().find(|state| state.role == role)?.version;
        Some(match role {
            Role::Root => format!("{version}.{role}.json"),
            Role::Snapshot | Role::Targets if self.is_consistent => format!("{version}.{role}.json"),
            Role::Snapshot | Role::Targets | Role::Timestamp => format!("{role}.json"),
        })
    }

    /// The versions and ends of the four roles.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// The time by which it was opened.
    pub const fn opened_at(&self) -> Timestamp {
        self.opened_at
    }

    /// Whether this state is too old for new installations; what is installed still runs.
    pub fn expired(&self) -> bool {
        self.expired_role().is_some()
    }

    /// The role that expired first, if one has.
    pub fn expired_role(&self) -> Option<State> {
        let late = self.states.iter().filter(|state| state.expires <= self.opened_at);
        late.min_by_key(|state| state.expires).copied()
    }

    /// Refuses a state that is too old for new installations.
    ///
    /// # Errors
    /// [`Error::Expired`] with the role and the time.
    pub fn must_be_current(&self) -> Result<(), Error> {
        match self.expired_role() {
            Some(state) => Err(Error::Expired {
                role: state.role,
                at: state.expires,
            }),
            None => Ok(()),
        }
    }

    /// The names of all targets, with what vouches for them.
    pub fn targets(&self) -> impl Iterator<Item = (&str, Blob)> {
        self.targets.iter().map(|(name, blob)| (name.as_str(), *blob))
    }

    /// What vouches for the target `name`.
    pub fn target(&self, name: &str) -> Option<Blob> {
        self.targets.get(name).copied()
    }

    /// Where the target `name` lies below `targets/`: `DIR/SHA256.FILE`.
    pub fn target_path(&self, name: &str) -> Option<String> {
        self.target(name).map(|blob| self.path(name, &blob))
    }

    /// Repositories without consistent snapshots have no digests in names.
    fn path(&self, name: &str, blob: &Blob) -> String {
        match self.is_consistent {
            true => consistent_path(name, &blob.sha256),
            false => name.to_owned(),
        }
    }

    /// Judges the bytes of the target `name`; answers what vouches for them.
    ///
    /// # Errors
    /// [`Error::NotListed`], or [`Error::Swapped`] where length or digest differ.
    pub fn judge_target(&self, name: &str, bytes: &[u8]) -> Result<Blob, Error> {
        let blob = self.target(name).ok_or_else(|| Error::NotListed {
            name: name.to_owned(),
        })?;
        if bytes.len() as u64 == blob.length && Digest::of(bytes) == blob.sha256 {
            return Ok(blob);
        }
        Err(Error::Swapped {
            name: name.to_owned(),
            length: blob.length,
            sha256: blob.sha256,
        })
    }

    /// Gets and judges the listing of products, releases and channels.
    ///
    /// # Errors
    /// [`Error`] where it cannot be had, is not what was signed, or contradicts itself.
    pub async fn listing(&self, source: &dyn Source) -> Result<Listing, Error> {
        let name = toolcrib_wire::catalogue::LISTING_TARGET;
        let bytes = self.fetch(source, name, listing::MAX_LISTING_BYTES).await?;
        self.judge_listing(&bytes)
    }

    /// Judges the bytes of the listing.
    ///
    /// # Errors
    /// [`Error`] where they are not what was signed, or contradict themselves.
    pub fn judge_listing(&self, bytes: &[u8]) -> Result<Listing, Error> {
        listing::judge(self, bytes)
    }

    /// Gets and judges the manifest of a listed release.
    ///
    /// # Errors
    /// [`Error`] where it cannot be had, is not what was signed, or is not sound.
    pub async fn manifest(
        &self,
        source: &dyn Source,
        release: &ListedRelease,
    ) -> Result<TrustedManifest, Error> {
        let bytes = self
            .fetch(source, &release.manifest, crate::package::MAX_MANIFEST_BYTES)
            .await?;
        judge_manifest(self, &release.manifest, &bytes)
    }

    async fn fetch(&self, source: &dyn Source, name: &str, limit: u64) -> Result<Bytes, Error> {
        let blob = self.target(name).ok_or_else(|| Error::NotListed {
            name: name.to_owned(),
        })?;
        if blob.length > limit {
            return Err(Error::TooLong {
                name: name.to_owned(),
                limit,
            });
        }
        let path = self.path(name, &blob);
        let answer = source.target(&path, blob.length).await;
        let bytes = answer.map_err(|source| Error::Fetch {
            name: name.to_owned(),
            source,
        })?;
        bytes.ok_or_else(|| Error::Missing {
            name: name.to_owned(),
        })
    }
}

/// Where a target lies below `targets/` in a repository with consistent snapshots.
pub fn consistent_path(name: &str, sha256: &Digest) -> String {
    match name.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/{sha256}.{file}"),
        None => format!("{sha256}.{name}"),
    }
}
