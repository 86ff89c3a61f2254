//! The shapes of TUF metadata, as far as the service reads them: names, versions, lengths, digests.

use crate::error::Error;
use camino::Utf8Path;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use toolcrib_machine::files;
use toolcrib_model::Digest;

/// The largest metadata file or target that is read.
pub const MAX_FILE_BYTES: u64 = 64 << 20;

/// A signed document; the signatures are the clients' business.
#[derive(Debug, Deserialize)]
struct Signed<T> {
    signed: T,
}

/// `timestamp.json` and `N.snapshot.json`: which versions are current.
#[derive(Debug, Deserialize)]
pub struct Pointers {
    /// Its own version.
    pub version: u64,
    meta: BTreeMap<String, Pointer>,
}

#[derive(Debug, Deserialize)]
struct Pointer {
    version: u64,
}

/// `N.targets.json`: the targets by name.
#[derive(Debug, Deserialize)]
pub struct Targets {
    /// The targets by name.
    pub targets: BTreeMap<String, Target>,
}

/// One target.
#[derive(Debug, Deserialize)]
pub struct Target {
    /// Its length in bytes.
    pub length: u64,
    hashes: Hashes,
}

#[derive(Debug, Deserialize)]
struct Hashes {
    sha256: Digest,
}

impl Target {
    /// Its digest.
    pub fn sha256(&self) -> Digest {
        self.hashes.sha256
    }

    /// Where it lies below the catalogue's folder: `targets/<folder>/<digest>.<file>`.
    pub fn path(&self, name: &str) -> String {
        let digest = self.sha256();
        match name.rsplit_once('/') {
            Some((folder, file)) => format!("targets/{folder}/{digest}.{file}"),
            None => format!("targets/{digest}.{name}"),
        }
    }
}

/// The current targets below `folder`, found through timestamp and snapshot; `None` for an empty catalogue.
///
/// # Errors
/// [`Error::CatalogueIncomplete`] or [`Error::CatalogueShape`] where a file is missing or not what it should be.
pub fn current_targets(folder: &Utf8Path) -> Result<Option<Targets>, Error> {
    let Some(timestamp) = read_optional::<Pointers>(folder, "metadata/timestamp.json")? else {
        return Ok(None);
    };
    targets_of(folder, &timestamp).map(Some)
}

/// The targets that a timestamp leads to.
///
/// # Errors
/// As [`current_targets`].
pub fn targets_of(folder: &Utf8Path, timestamp: &Pointers) -> Result<Targets, Error> {
    let snapshot = timestamp.points_at("snapshot.json")?;
    let snapshot: Pointers = read(folder, &format!("metadata/{snapshot}.snapshot.json"))?;
    let targets = snapshot.points_at("targets.json")?;
    read(folder, &format!("metadata/{targets}.targets.json"))
}

/// Reads a timestamp that is not in place yet.
///
/// # Errors
/// [`Error::CatalogueShape`] where it is none.
pub fn timestamp(bytes: &[u8]) -> Result<Pointers, Error> {
    parse("metadata/timestamp.json".into(), bytes)
}

/// The version of the timestamp that is in place.
///
/// # Errors
/// [`Error::CatalogueShape`] where it is none.
pub fn timestamp_version(folder: &Utf8Path) -> Result<Option<u64>, Error> {
    Ok(read_optional::<Pointers>(folder, "metadata/timestamp.json")?.map(|pointers| pointers.version))
}

impl Pointers {
    fn points_at(&self, name: &str) -> Result<u64, Error> {
        let missing = || Error::CatalogueIncomplete {
            name: name.to_owned(),
            reason: "no version of it is given",
        };
        self.meta
            .get(name)
            .map(|pointer| pointer.version)
            .ok_or_else(missing)
    }
}

/// Reads a target and checks it against what the metadata says of it.
///
/// # Errors
/// [`Error::CatalogueIncomplete`] where it is missing, [`Error::WrongDigest`] where it is another.
pub fn read_target(folder: &Utf8Path, name: &str, target: &Target) -> Result<Vec<u8>, Error> {
    let path = folder.join(target.path(name));
    let bytes = files::read_bounded(&path, MAX_FILE_BYTES)?;
    let bytes = bytes.ok_or_else(|| Error::CatalogueIncomplete {
        name: name.to_owned(),
        reason: "it is missing",
    })?;
    let found = Digest::of(&bytes);
    if found == target.sha256() {
        Ok(bytes)
    } else {
        Err(Error::WrongDigest {
            path,
            expected: target.sha256(),
            found,
        })
    }
}

fn read<T: DeserializeOwned>(folder: &Utf8Path, name: &str) -> Result<T, Error> {
    let missing = || Error::CatalogueIncomplete {
        name: name.to_owned(),
        reason: "it is missing",
    };
    read_optional(folder, name)?.ok_or_else(missing)
}

fn read_optional<T: DeserializeOwned>(folder: &Utf8Path, name: &str) -> Result<Option<T>, Error> {
    let path = folder.join(name);
    let Some(bytes) = files::read_bounded(&path, MAX_FILE_BYTES)? else {
        return Ok(None);
    };
    parse(&path, &bytes).map(Some)
}

fn parse<T: DeserializeOwned>(path: &Utf8Path, bytes: &[u8]) -> Result<T, Error> {
    let parsed = serde_json::from_slice::<Signed<T>>(bytes);
    parsed
        .map(|signed| signed.signed)
        .map_err(|source| Error::CatalogueShape {
            path: path.to_owned(),
            source,
        })
}
