//! The shapes of TUF metadata, as far as the service reads them: names, versions, lengths, digests.

use crate::error::Error;
use camino::Utf8Path;
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use toolcrib_machine::files;
use toolcrib_model::Digest;
use toolcrib_wire::manifest::Blob;

/// The one file that changes: what it leads to is the catalogue.
pub const TIMESTAMP: &str = "metadata/timestamp.json";
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
    /// When it is too old.
    #[serde(default)]
    pub expires: Option<Timestamp>,
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
    /// When they are too old.
    #[serde(default)]
    pub expires: Option<Timestamp>,
}

/// `N.root.json`, as far as it concerns the service.
#[derive(Debug, Deserialize)]
pub struct Root {
    /// When it is too old.
    #[serde(default)]
    pub expires: Option<Timestamp>,
}

/// A file of the catalogue as it lies there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueFile {
    /// Where it lies below the catalogue's folder: `metadata/1.root.json`.
    pub path: String,
    /// Its bytes.
    pub blob: Blob,
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

    /// Its bytes.
    pub fn blob(&self) -> Blob {
        Blob {
            sha256: self.sha256(),
            length: self.length,
        }
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

/// The targets that a timestamp leads to.
///
/// # Errors
/// [`Error::CatalogueIncomplete`] or [`Error::CatalogueShape`] where a file is missing or not what it should be.
pub fn targets_of(folder: &Utf8Path, timestamp: &Pointers) -> Result<Targets, Error> {
    let snapshot: Pointers = read(folder, &timestamp.path_of("snapshot.json")?)?.0;
    Ok(read(folder, &snapshot.path_of("targets.json")?)?.0)
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
    Ok(read_optional::<Pointers>(folder, TIMESTAMP)?.map(|(pointers, _)| pointers.version))
}

impl Pointers {
    /// Where the version of `name` lies that these name.
    ///
    /// # Errors
    /// [`Error::CatalogueIncomplete`] where they name none.
    pub fn path_of(&self, name: &str) -> Result<String, Error> {
        let missing = || Error::CatalogueIncomplete {
            name: name.to_owned(),
            reason: "no version of it is given",
        };
        let pointer = self.meta.get(name).ok_or_else(missing)?;
        Ok(format!("metadata/{}.{name}", pointer.version))
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

/// Reads a file of the metadata that must be there.
///
/// # Errors
/// [`Error::CatalogueIncomplete`] or [`Error::CatalogueShape`] where it is missing or not what it should be.
pub fn read<T: DeserializeOwned>(folder: &Utf8Path, name: &str) -> Result<(T, CatalogueFile), Error> {
    let missing = || Error::CatalogueIncomplete {
        name: name.to_owned(),
        reason: "it is missing",
    };
    read_optional(folder, name)?.ok_or_else(missing)
}

/// Reads a file of the metadata, if it is there.
///
/// # Errors
/// [`Error::CatalogueShape`] where it is not what it should be.
pub fn read_optional<T: DeserializeOwned>(
    folder: &Utf8Path,
    name: &str,
) -> Result<Option<(T, CatalogueFile)>, Error> {
    let path = folder.join(name);
    let Some(bytes) = files::read_bounded(&path, MAX_FILE_BYTES)? else {
        return Ok(None);
    };
    let file = CatalogueFile {
        path: name.to_owned(),
        blob: Blob {
            sha256: Digest::of(&bytes),
            length: bytes.len() as u64,
        },
    };
    Ok(Some((parse(&path, &bytes)?, file)))
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
