//! The rules of a refresh, without a network: each newer file is judged by what was trusted before it.
//!
//! The steps are those of the TUF specification, "Detailed client workflow" (5.3 to 5.6). What a step takes stays
//! taken, also where a later one fails: a newer root or timestamp that was seen is a floor from then on.

use super::believe::{mixed, must_fit, read_root, verified};
use super::{MetadataSet, Role};
use crate::Error;
use bytes::Bytes;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use std::collections::HashSet;
use tough::schema::{self, Metafile, RoleType};

/// The files that are trusted so far, and the time by which they are judged.
#[derive(Debug)]
pub(super) struct Chain {
    now: Timestamp,
    seen: MetadataSet,
    root: schema::Root,
    timestamp: Option<schema::Timestamp>,
    snapshot: Option<schema::Snapshot>,
}

/// A file that is named and not held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The version that names it.
    pub(super) version: u64,
    /// Its longest length, in bytes.
    pub(super) limit: u64,
}

impl Chain {
    /// Begins with what was seen before. A file of it that does not verify is damaged, and never taken for absent.
    pub(super) fn begin(seen: &MetadataSet, now: Timestamp) -> Result<Self, Error> {
        let root = read_root(seen.root())?;
        let timestamp = held(&root, seen, Role::Timestamp)?;
        let snapshot = held(&root, seen, Role::Snapshot)?;
        held::<schema::Targets>(&root, seen, Role::Targets)?;
        Ok(Self {
            now,
            seen: seen.clone(),
            root,
            timestamp,
            snapshot,
        })
    }

    /// What is trusted now.
    pub(super) fn into_seen(self) -> MetadataSet {
        self.seen
    }

    /// The version of the trusted root.
    pub(super) fn root_version(&self) -> u64 {
        self.root.version.get()
    }

    /// Whether files have their version in their names.
    pub(super) fn is_consistent(&self) -> bool {
        self.root.consistent_snapshot
    }

    /// Takes the next root: the next version, signed by the old root's keys and by its own (5.3.4, 5.3.5).
    pub(super) fn take_root(&mut self, raw: Bytes) -> Result<(), Error> {
        verified::<schema::Root>(&self.root, &raw, Role::Root)?;
        let next = read_root(&raw)?;
        let expected = self.root_version().saturating_add(1);
        if next.version.get() != expected {
            return Err(Error::WrongVersion {
                role: Role::Root,
                expected,
                found: next.version.get(),
            });
        }
        self.forget_revoked(&next);
        self.seen.put(Role::Root, Some(raw));
        self.root = next;
        Ok(())
    }

    /// New keys for timestamp or snapshot lift the floor, so that a vendor recovers from a thief who signed enormous
    /// versions (5.3.11). What the new root does not vouch for goes, too.
    fn forget_revoked(&mut self, next: &schema::Root) {
        let renewed = |role| key_ids(&self.root, role) != key_ids(next, role);
        let anew = renewed(RoleType::Timestamp) || renewed(RoleType::Snapshot);
        if anew || held::<schema::Timestamp>(next, &self.seen, Role::Timestamp).is_err() {
            self.timestamp = None;
            self.seen.put(Role::Timestamp, None);
        }
        if anew || held::<schema::Snapshot>(next, &self.seen, Role::Snapshot).is_err() {
            self.snapshot = None;
            self.seen.put(Role::Snapshot, None);
        }
        if held::<schema::Targets>(next, &self.seen, Role::Targets).is_err() {
            self.seen.put(Role::Targets, None);
        }
    }

    /// Ends the walk over the roots: the last one must still be vouched for (5.3.10).
    pub(super) fn settle_root(&self) -> Result<(), Error> {
        self.must_be_current(Role::Root, self.root.expires)
    }

    /// Takes a timestamp, unless it is the held one again (5.4).
    pub(super) fn take_timestamp(&mut self, raw: Bytes) -> Result<(), Error> {
        let new: schema::Timestamp = verified(&self.root, &raw, Role::Timestamp)?;
        let named = snapshot_of(&new)?;
        if let Some(held) = &self.timestamp {
            not_older(Role::Timestamp, held.version.get(), new.version.get())?;
            if held.version == new.version {
                return self.must_be_current(Role::Timestamp, held.expires);
            }
            not_older(
                Role::Snapshot,
                snapshot_of(held)?.version.get(),
                named.version.get(),
            )?;
        }
        self.must_be_current(Role::Timestamp, new.expires)?;
        self.seen.put(Role::Timestamp, Some(raw));
        self.timestamp = Some(new);
        Ok(())
    }

    /// The snapshot that the timestamp names, unless it is held.
    pub(super) fn wanted_snapshot(&self) -> Result<Option<Wanted>, Error> {
        let named = self.named_snapshot()?;
        match &self.snapshot {
            Some(held) if held.version == named.version && self.fits(named, Role::Snapshot) => {
                self.must_be_current(Role::Snapshot, held.expires)?;
                Ok(None)
            }
            _ => Ok(Some(wanted(named, Role::Snapshot))),
        }
    }

    /// Takes the snapshot that the timestamp names (5.5).
    pub(super) fn take_snapshot(&mut self, raw: Bytes) -> Result<(), Error> {
        let named = self.named_snapshot()?;
        must_fit(&raw, named, Role::Snapshot, Role::Timestamp)?;
        let new: schema::Snapshot = verified(&self.root, &raw, Role::Snapshot)?;
        if new.version != named.version {
            return Err(mixed(Role::Snapshot, Role::Timestamp));
        }
        for (name, held) in self.snapshot.iter().flat_map(|held| &held.meta) {
            let offered = new.meta.get(name).map_or(0, |meta| meta.version.get());
            not_older(Role::Targets, held.version.get(), offered)?;
        }
        self.must_be_current(Role::Snapshot, new.expires)?;
        self.seen.put(Role::Snapshot, Some(raw));
        self.snapshot = Some(new);
        Ok(())
    }

    /// The targets that the snapshot names, unless they are held.
    pub(super) fn wanted_targets(&self) -> Result<Option<Wanted>, Error> {
        let named = self.named_targets()?;
        match held::<schema::Targets>(&self.root, &self.seen, Role::Targets)? {
            Some(held) if held.version == named.version && self.fits(named, Role::Targets) => {
                self.must_be_current(Role::Targets, held.expires)?;
                Ok(None)
            }
            _ => Ok(Some(wanted(named, Role::Targets))),
        }
    }

    /// Takes the targets that the snapshot names (5.6).
    pub(super) fn take_targets(&mut self, raw: Bytes) -> Result<(), Error> {
        let named = self.named_targets()?;
        must_fit(&raw, named, Role::Targets, Role::Snapshot)?;
        let new: schema::Targets = verified(&self.root, &raw, Role::Targets)?;
        if new.version != named.version {
            return Err(mixed(Role::Targets, Role::Snapshot));
        }
        self.must_be_current(Role::Targets, new.expires)?;
        self.seen.put(Role::Targets, Some(raw));
        Ok(())
    }

    fn named_snapshot(&self) -> Result<&Metafile, Error> {
        let role = Role::Timestamp;
        snapshot_of(self.timestamp.as_ref().ok_or(Error::NeverFetched { role })?)
    }

    fn named_targets(&self) -> Result<&Metafile, Error> {
        let role = Role::Snapshot;
        let snapshot = self.snapshot.as_ref().ok_or(Error::NeverFetched { role })?;
        snapshot
            .meta
            .get("targets.json")
            .ok_or(mixed(Role::Targets, role))
    }

    fn fits(&self, named: &Metafile, role: Role) -> bool {
        let held = self.seen.file(role);
        held.is_some_and(|raw| must_fit(raw, named, role, role).is_ok())
    }

    fn must_be_current(&self, role: Role, expires: Timestamp) -> Result<(), Error> {
        match expires <= self.now {
            true => Err(Error::Expired { role, at: expires }),
            false => Ok(()),
        }
    }
}

/// The stored file of a role, if there is one.
fn held<T: schema::Role + DeserializeOwned>(
    root: &schema::Root,
    seen: &MetadataSet,
    role: Role,
) -> Result<Option<T>, Error> {
    seen.file(role).map(|raw| verified(root, raw, role)).transpose()
}

/// A timestamp names one file, the snapshot.
pub(super) fn snapshot_of(timestamp: &schema::Timestamp) -> Result<&Metafile, Error> {
    let named = timestamp.meta.get("snapshot.json");
    named
        .filter(|_| timestamp.meta.len() == 1)
        .ok_or(mixed(Role::Snapshot, Role::Timestamp))
}

fn wanted(named: &Metafile, role: Role) -> Wanted {
    let limit = named.length.unwrap_or(u64::MAX).min(role.max_bytes());
    Wanted {
        version: named.version.get(),
        limit,
    }
}

fn key_ids(root: &schema::Root, role: RoleType) -> HashSet<&[u8]> {
    let keys = root.roles.get(&role).into_iter().flat_map(|keys| &keys.keyids);
    keys.map(AsRef::as_ref).collect()
}

const fn not_older(role: Role, held: u64, offered: u64) -> Result<(), Error> {
    if offered < held {
        return Err(Error::Downgrade { role, held, offered });
    }
    Ok(())
}
