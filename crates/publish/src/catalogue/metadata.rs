//! Makes and signs metadata.

use super::keys::{Key, Keys};
use crate::Error;
use aws_lc_rs::rand::SystemRandom;
use bytes::Bytes;
use futures::executor::block_on;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::num::NonZeroU64;
use toolcrib_model::Digest;
use toolcrib_trust::catalogue::Role;
use tough::editor::signed::SignedRole;
use tough::key_source::KeySource;
use tough::schema::{Hashes, KeyHolder, Metafile, RoleKeys, RoleType, Root, Snapshot, Target, Targets};

/// The version of the TUF specification that metadata names.
pub(super) const SPECIFICATION: &str = "1.0.0";
const ROOT_THRESHOLD: u64 = 2;

/// For how many days new metadata is vouched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetimes {
    /// Days of the root metadata.
    pub root_days: u32,
    /// Days of the targets metadata.
    pub targets_days: u32,
    /// Days of the snapshot metadata.
    pub snapshot_days: u32,
    /// Days of the timestamp metadata: how long an attacker can hold back news.
    pub timestamp_days: u32,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            root_days: 365,
            targets_days: 90,
            snapshot_days: 7,
            timestamp_days: 1,
        }
    }
}

/// The first root of a catalogue: three keys of which two sign, and one each for the other roles.
pub(crate) fn first_root(keys: &Keys, lifetimes: Lifetimes, now: Timestamp) -> Result<Root, Error> {
    let mut root = Root {
        spec_version: SPECIFICATION.to_owned(),
        consistent_snapshot: true,
        version: NonZeroU64::MIN,
        expires: after(now, lifetimes.root_days),
        keys: HashMap::new(),
        roles: HashMap::new(),
        _extra: HashMap::new(),
    };
    for role in [
        RoleType::Root,
        RoleType::Targets,
        RoleType::Snapshot,
        RoleType::Timestamp,
    ] {
        give(&mut root, role, &keys.first(role)?)?;
    }
    Ok(root)
}

/// The root after `root`, in which these roles have these keys and no others.
pub(crate) fn next_root(
    root: &Root,
    new: &[(RoleType, Vec<Key>)],
    lifetimes: Lifetimes,
    now: Timestamp,
) -> Result<Root, Error> {
    let mut root = root.clone();
    root.version = next(root.version.get())?;
    root.expires = after(now, lifetimes.root_days);
    for (role, keys) in new {
        give(&mut root, *role, keys)?;
    }
    let named: HashSet<_> = root.roles.values().flat_map(|role| role.keyids.clone()).collect();
    root.keys.retain(|id, _| named.contains(id));
    Ok(root)
}

/// Gives a role these keys and takes all others from it.
fn give(root: &mut Root, role: RoleType, keys: &[Key]) -> Result<(), Error> {
    let mut keyids = Vec::new();
    for key in keys {
        let (id, public) = key.id().zip(key.public()).ok_or(Error::MakeKey)?;
        root.keys.insert(id.clone(), public);
        keyids.push(id);
    }
    let threshold = if role == RoleType::Root { ROOT_THRESHOLD } else { 1 };
    let keys = RoleKeys {
        keyids,
        threshold: NonZeroU64::new(threshold).unwrap_or(NonZeroU64::MIN),
        _extra: HashMap::new(),
    };
    root.roles.insert(role, keys);
    Ok(())
}

/// Signs metadata under one root.
pub(crate) struct Signer<'a> {
    pub(crate) root: &'a Root,
    pub(crate) keys: &'a Keys,
    pub(crate) now: Timestamp,
    pub(crate) lifetimes: Lifetimes,
}

impl Signer<'_> {
    pub(crate) fn root(&self) -> Result<Bytes, Error> {
        self.sign(self.root.clone())
    }

    /// Signs the root with its own keys and with those of the root before it.
    pub(crate) fn root_after(&self, before: &Root) -> Result<Bytes, Error> {
        let mut keys = self.keys.of(RoleType::Root, before)?;
        let known: Vec<_> = keys.iter().filter_map(Key::id).collect();
        let own = self.keys.of(RoleType::Root, self.root)?;
        keys.extend(
            own.into_iter()
                .filter(|key| key.id().is_some_and(|id| !known.contains(&id))),
        );
        let mut both = self.root.clone();
        both.keys.extend(before.keys.clone());
        if let (Some(role), Some(former)) = (
            both.roles.get_mut(&RoleType::Root),
            before.roles.get(&RoleType::Root),
        ) {
            role.keyids.extend(
                former
                    .keyids
                    .iter()
                    .filter(|id| !role.keyids.contains(id))
                    .cloned()
                    .collect::<Vec<_>>(),
            );
        }
        Self::sign_by(self.root.clone(), both, keys)
    }

    /// Signs the targets as the next version after `version`.
    pub(super) fn targets(&self, mut targets: Targets, version: u64) -> Result<(Bytes, NonZeroU64), Error> {
        targets.version = next(version)?;
        targets.expires = after(self.now, self.lifetimes.targets_days);
        let version = targets.version;
        Ok((self.sign(targets)?, version))
    }

    pub(super) fn snapshot(
        &self,
        targets: &[u8],
        of: NonZeroU64,
        version: u64,
    ) -> Result<(Bytes, NonZeroU64), Error> {
        let (version, expires) = (next(version)?, after(self.now, self.lifetimes.snapshot_days));
        let mut snapshot = Snapshot::new(SPECIFICATION.to_owned(), version, expires);
        snapshot
            .meta
            .insert("targets.json".to_owned(), metafile(targets, of));
        Ok((self.sign(snapshot)?, version))
    }

    pub(super) fn timestamp(&self, snapshot: &[u8], of: NonZeroU64, version: u64) -> Result<Bytes, Error> {
        let (version, expires) = (next(version)?, after(self.now, self.lifetimes.timestamp_days));
        let mut timestamp = tough::schema::Timestamp::new(SPECIFICATION.to_owned(), version, expires);
        timestamp
            .meta
            .insert("snapshot.json".to_owned(), metafile(snapshot, of));
        self.sign(timestamp)
    }

    fn sign<T: tough::schema::Role>(&self, role: T) -> Result<Bytes, Error> {
        Self::sign_by(role, self.root.clone(), self.keys.of(T::TYPE, self.root)?)
    }

    fn sign_by<T: tough::schema::Role>(role: T, holder: Root, keys: Vec<Key>) -> Result<Bytes, Error> {
        let keys: Vec<Box<dyn KeySource>> = keys.into_iter().map(|key| Box::new(key) as _).collect();
        let holder = KeyHolder::Root(holder);
        let signed = block_on(SignedRole::new(role, &holder, &keys, &SystemRandom::new()));
        let signed = signed.map_err(|source| Error::Sign {
            role: role_name(T::TYPE),
            source: Box::new(source),
        })?;
        Ok(Bytes::from(signed.buffer().clone()))
    }
}

pub(super) const fn role_name(role: RoleType) -> &'static str {
    match role {
        RoleType::Root => "root",
        RoleType::Snapshot => "snapshot",
        RoleType::Timestamp => "timestamp",
        RoleType::Targets | RoleType::DelegatedTargets => "targets",
    }
}

fn next(version: u64) -> Result<NonZeroU64, Error> {
    version
        .checked_add(1)
        .and_then(NonZeroU64::new)
        .ok_or(Error::Versions)
}

/// So many days from now, in whole seconds.
fn after(now: Timestamp, days: u32) -> Timestamp {
    let whole = Timestamp::from_second(now.as_second()).unwrap_or(now);
    whole
        .saturating_add(SignedDuration::from_hours(24 * i64::from(days)))
        .unwrap_or(Timestamp::MAX)
}

/// What vouches for the bytes of a target.
pub(super) fn target(bytes: &[u8]) -> Target {
    Target {
        length: bytes.len() as u64,
        hashes: hashes(bytes),
        custom: HashMap::new(),
        _extra: HashMap::new(),
    }
}

fn metafile(bytes: &[u8], version: NonZeroU64) -> Metafile {
    Metafile {
        length: Some(bytes.len() as u64),
        hashes: Some(hashes(bytes)),
        version,
        _extra: HashMap::new(),
    }
}

fn hashes(bytes: &[u8]) -> Hashes {
    Hashes {
        sha256: Digest::of(bytes).as_bytes().to_vec().into(),
        _extra: HashMap::new(),
    }
}

/// The version of the file that a timestamp or snapshot names; judged later, with everything else.
pub(super) fn named(raw: &[u8], file: &str) -> Result<u64, Error> {
    #[derive(Deserialize)]
    struct Outer {
        signed: Inner,
    }
    #[derive(Deserialize)]
    struct Inner {
        meta: HashMap<String, Metafile>,
    }
    let role = if file == "snapshot.json" {
        Role::Timestamp
    } else {
        Role::Snapshot
    };
    let outer: Outer =
        serde_json::from_slice(raw).map_err(|source| toolcrib_trust::Error::Shape { role, source })?;
    let named = outer.signed.meta.get(file).map(|meta| meta.version.get());
    Ok(named.ok_or_else(|| toolcrib_trust::Error::Missing {
        name: file.to_owned(),
    })?)
}
