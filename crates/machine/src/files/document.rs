//! Stored documents: JSON with a schema number, replaced atomically, never silently forgotten.

use crate::{Error, Result};
use camino::Utf8Path;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

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

fn schema(bytes: &[u8]) -> Option<u64> {
    serde_json::from_slice::<Value>(bytes)
        .ok()?
        .get("schema")?
        .as_u64()
}
