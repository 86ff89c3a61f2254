//! Makes and signs metadata.

use super::keys::{Key, Keys};
use crate::Error;
use aws_lc_rs::rand::SystemRandom;
use bytes::Bytes;
use futures::executor::block_on;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use std::collections::HashMap;
use std::num::NonZeroU64;
use toolcrib_model::Digest;
use toolcrib_trust::catalogue::Role;
use tough::editor::signed::SignedRole;
use tough::key_source::KeySource;
use tough::schema::{Hashes, KeyHolder, Metafile, RoleKeys, RoleType, Root, Snapshot, Target, Targets};

/// The version of the TUF specification that metadata names.
pub(super) const SPECIFICATION: &str = "1.0.0";
const ROOT_DAYS: u32 = 365;
const ROOT_THRESHOLD: u64 = 2;

/// For how many days new metadata is vouched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetimes {
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
            targets_days: 90,
            snapshot_days: 7,
            timestamp_days: 1,
        }
    }
}

/// The first root of a catalogue: three keys of which two sign, and one each for the other roles.
pub(crate) fn first_root(keys: &Keys, now: Timestamp) -> Result<Root, Error> {
    let mut root = Root {
        spec_version: SPECIFICATION.to_owned(),
        consistent_snapshot: true,
        version: NonZeroU64::MIN,
        expires: after(now, ROOT_DAYS),
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
        let mut keyids = Vec::new();
        for key in keys.of(role)?.iter().filter_map(Key::public) {
            let id = key.key_id().map_err(|_| Error::MakeKey)?;
            root.keys.insert(id.clone(), key);
            keyids.push(id);
        }
        let threshold = if role == RoleType::Root { ROOT_THRESHOLD } else { 1 };
        let threshold = NonZeroU64::new(threshold).unwrap_or(NonZeroU64::MIN);
        root.roles.insert(
            role,
            RoleKeys {
                keyids,
                threshold,
                _extra: HashMap::new(),
            },
        );
    }
    Ok(root)
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
        let keys = self.keys.of(T::TYPE)?;
        let keys: Vec<Box<dyn KeySource>> = keys.into_iter().map(|key| Box::new(key) as _).collect();
        let holder = KeyHolder::Root(self.root.clone());
        let signed = block_on(SignedRole::new(role, &holder, &keys, &SystemRandom::new()));
        let signed = signed.map_err(|source| Error::Sign {
            role: role_name(T::TYPE),
            source: Box::new(source),
        })?;
        Ok(Bytes::from(signed.buffer().clone()))
    }
}

const fn role_name(role: RoleType) -> &'static str {
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
