//! Stored documents: JSON with a schema number, replaced atomically, never silently forgotten.

use super::Lock;
use super::replace::parent;
use crate::error::act;
use crate::{Error, Result};
use camino::Utf8Path;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::io;
use std::time::Duration;

/// The lock of whoever changes a document, in the document's folder.
const CHANGES: &str = ".changes.lock";
/// How long somebody else's change is waited for; it takes as long as the disk takes to write.
const PATIENCE: Duration = Duration::from_secs(10);

/// Reads a document; `None` if there is none.
///
/// One whose `schema` is above `newest` stays where it is ([`Error::NewerDocument`]); one that is damaged is moved
/// aside ([`Error::Corrupt`]), so that the next call answers `None` and the caller decides what that means.
pub fn load_json<T: DeserializeOwned>(path: &Utf8Path, newest: u32) -> Result<Option<T>> {
    let Some(bytes) = super::read(path)? else {
        return Ok(None);
    };
    let damage = match serde_json::from_slice(&bytes) {
        Ok(document) => return Ok(Some(document)),
        Err(damage) => damage,
    };
    if let Some(found) = schema(&bytes).filter(|found| *found > u64::from(newest)) {
        return Err(Error::NewerDocument {
            path: path.to_owned(),
            found,
            known: newest,
        });
    }
    let aside = super::move_aside(path)?;
    Err(Error::Corrupt {
        path: path.to_owned(),
        aside,
        source: damage,
    })
}

/// Replaces a document, atomically and durably. The folder has to exist.
pub fn store_json<T: Serialize>(path: &Utf8Path, document: &T) -> Result<()> {
    let mut bytes = serde_json::to_vec_pretty(document).map_err(|source| Error::Encode {
        path: path.to_owned(),
        source,
    })?;
    bytes.push(b'\n');
    super::replace(path, &bytes)
}

/// Changes a document: reads it, or begins with an empty one, and replaces it if anything was changed, which is answered.
/// Whoever else changes a document of this folder waits meanwhile, in this process or another, so that no change is lost;
/// `change` itself must change no other one there.
///
/// # Errors
/// As [`load_json`] and [`store_json`]; [`Error::Lock`] where somebody else's change does not end.
pub fn change_json<T: DeserializeOwned + Serialize + Default>(
    path: &Utf8Path,
    newest: u32,
    change: impl FnOnce(&mut T),
) -> Result<bool> {
    let lock = parent(path).join(CHANGES);
    let alone = Lock::acquire(&lock, PATIENCE)?;
    let _alone = alone.ok_or_else(|| act::lock(lock, io::ErrorKind::TimedOut.into()))?;
    let mut document: T = load_json(path, newest)?.unwrap_or_default();
    let encoded = |document: &T| {
        serde_json::to_value(document).map_err(|source| Error::Encode {
            path: path.to_owned(),
            source,
        })
    };
    let before = encoded(&document)?;
    change(&mut document);
    let is_changed = encoded(&document)? != before;
    if is_changed {
        store_json(path, &document)?;
    }
    Ok(is_changed)
}

fn schema(bytes: &[u8]) -> Option<u64> {
    serde_json::from_slice::<Value>(bytes)
        .ok()?
        .get("schema")?
        .as_u64()
}
