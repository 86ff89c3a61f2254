//! Judges a complete set of metadata by its signatures, without a network and without a clock.

use super::chain::snapshot_of;
use super::{Catalogue, MetadataSet, Role, State};
use crate::Error;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use toolcrib_model::{Digest, RelPath};
use toolcrib_wire::manifest::Blob;
use tough::schema;

/// Opens a set that was trusted before, without a network. An expired one opens too and says so.
///
/// # Errors
/// [`Error`] where a file is missing, damaged, not signed as its root demands, or not the one that the others name.
pub fn open_offline(set: &MetadataSet, now: Timestamp) -> Result<Catalogue, Error> {
    let root = read_root(set.root())?;
    let timestamp: schema::Timestamp = verified(&root, file(set, Role::Timestamp)?, Role::Timestamp)?;
    let raw = file(set, Role::Snapshot)?;
    let named = snapshot_of(&timestamp)?;
    must_fit(raw, named, Role::Snapshot, Role::Timestamp)?;
    let snapshot: schema::Snapshot = verified(&root, raw, Role::Snapshot)?;
    if snapshot.version != named.version {
        return Err(mixed(Role::Snapshot, Role::Timestamp));
    }
    let raw = file(set, Role::Targets)?;
    let named = snapshot
        .meta
        .get("targets.json")
        .ok_or(mixed(Role::Targets, Role::Snapshot))?;
    must_fit(raw, named, Role::Targets, Role::Snapshot)?;
    let targets: schema::Targets = verified(&root, raw, Role::Targets)?;
    if targets.version != named.version {
        return Err(mixed(Role::Targets, Role::Snapshot));
    }
    let states = vec![
        state(Role::Root, &root),
        state(Role::Targets, &targets),
        state(Role::Snapshot, &snapshot),
        state(Role::Timestamp, &timestamp),
    ];
    Ok(Catalogue {
        set: set.clone(),
        states,
        targets: blobs(targets)?,
        is_consistent: root.consistent_snapshot,
        opened_at: now,
    })
}

fn file(set: &MetadataSet, role: Role) -> Result<&[u8], Error> {
    set.file(role)
        .map(|raw| &raw[..])
        .ok_or(Error::NeverFetched { role })
}

/// Reads a root that vouches for itself.
pub(super) fn read_root(raw: &[u8]) -> Result<schema::Root, Error> {
    let root: schema::Signed<schema::Root> = parse(raw, Role::Root)?;
    must_be_signed(&root.signed, &root, Role::Root)?;
    Ok(root.signed)
}

/// Reads the file of a role and verifies it by the keys that `root` gives that role.
pub(super) fn verified<T: schema::Role + DeserializeOwned>(
    root: &schema::Root,
    raw: &[u8],
    role: Role,
) -> Result<T, Error> {
    let signed: schema::Signed<T> = parse(raw, role)?;
    must_be_signed(root, &signed, role)?;
    Ok(signed.signed)
}

fn must_be_signed<T: schema::Role>(
    root: &schema::Root,
    signed: &schema::Signed<T>,
    role: Role,
) -> Result<(), Error> {
    let verified = root.verify_role(signed);
    verified.map_err(|source| Error::Signature {
        role,
        source: Box::new(source),
    })
}

fn parse<T: DeserializeOwned>(raw: &[u8], role: Role) -> Result<schema::Signed<T>, Error> {
    if raw.len() as u64 > role.max_bytes() {
        return Err(Error::TooLong {
            name: format!("{role}.json"),
            limit: role.max_bytes(),
        });
    }
    serde_json::from_slice(raw).map_err(|source| Error::Shape { role, source })
}

/// A file is named by its length and digest, where the metadata above it gives them.
pub(super) fn must_fit(
    raw: &[u8],
    named: &schema::Metafile,
    role: Role,
    named_by: Role,
) -> Result<(), Error> {
    let length_fits = named.length.is_none_or(|length| length == raw.len() as u64);
    let digest = |hashes: &schema::Hashes| hashes.sha256.as_ref() == Digest::of(raw).as_bytes();
    if length_fits && named.hashes.as_ref().is_none_or(digest) {
        Ok(())
    } else {
        Err(mixed(role, named_by))
    }
}

/// A file is not the one that the other names.
pub(super) const fn mixed(role: Role, named_by: Role) -> Error {
    Error::Mixed { role, named_by }
}

fn state<T: schema::Role>(role: Role, signed: &T) -> State {
    State {
        role,
        version: signed.version().get(),
        expires: signed.expires(),
    }
}

/// The targets whose names are safe paths; others cannot be asked for.
fn blobs(targets: schema::Targets) -> Result<BTreeMap<String, Blob>, Error> {
    if targets
        .delegations
        .is_some_and(|delegations| !delegations.roles.is_empty())
    {
        return Err(Error::Delegations);
    }
    let blob = |target: schema::Target| {
        let sha256 = <[u8; 32]>::try_from(target.hashes.sha256.as_ref()).ok()?;
        Some(Blob {
            sha256: Digest::from_bytes(sha256),
            length: target.length,
        })
    };
    let safe = |name: &str| name.parse::<RelPath>().is_ok();
    let named = targets.targets.into_iter().filter(|(name, _)| safe(name.raw()));
    Ok(named
        .filter_map(|(name, target)| Some((name.raw().to_owned(), blob(target)?)))
        .collect())
}
