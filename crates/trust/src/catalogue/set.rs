//! The raw metadata that was trusted last: what the client keeps.

use super::Role;
use crate::Error;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use toolcrib_model::{Digest, Hasher};
use toolcrib_wire::schema::Schema;

/// The raw bytes of the four metadata files, exactly as they were signed; at least a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataSet {
    root: Bytes,
    timestamp: Option<Bytes>,
    snapshot: Option<Bytes>,
    targets: Option<Bytes>,
}

/// The stored form: one document, so that it is replaced as one, with a digest that shows any damage.
#[derive(Serialize, Deserialize)]
struct Stored {
    schema: Schema<1>,
    root: String,
    timestamp: Option<String>,
    snapshot: Option<String>,
    targets: Option<String>,
    sha256: Digest,
}

impl MetadataSet {
    /// A set that holds a root only: what is trusted before the first refresh.
    pub fn from_root(root: impl Into<Bytes>) -> Self {
        Self {
            root: root.into(),
            timestamp: None,
            snapshot: None,
            targets: None,
        }
    }

    /// A set of four files.
    pub fn new(root: Bytes, timestamp: Bytes, snapshot: Bytes, targets: Bytes) -> Self {
        Self {
            root,
            timestamp: Some(timestamp),
            snapshot: Some(snapshot),
            targets: Some(targets),
        }
    }

    /// The raw file of a role.
    pub fn file(&self, role: Role) -> Option<&Bytes> {
        match role {
            Role::Root => Some(&self.root),
            Role::Targets => self.targets.as_ref(),
            Role::Snapshot => self.snapshot.as_ref(),
            Role::Timestamp => self.timestamp.as_ref(),
        }
    }

    /// The raw root.
    pub const fn root(&self) -> &Bytes {
        &self.root
    }

    /// The set as one document, to be stored by replacing the one before.
    pub fn to_stored(&self) -> Vec<u8> {
        let text = |file: &Option<Bytes>| file.as_ref().map(|bytes| BASE64_STANDARD.encode(bytes));
        let stored = Stored {
            schema: Schema,
            root: BASE64_STANDARD.encode(&self.root),
            timestamp: text(&self.timestamp),
            snapshot: text(&self.snapshot),
            targets: text(&self.targets),
            sha256: self.digest(),
        };
        serde_json::to_vec(&stored).expect("texts are always JSON")
    }

    /// Reads a stored document.
    ///
    /// # Errors
    /// [`Error::Stored`] where a single bit of it is not as it was written: then the last good one is to be used.
    pub fn from_stored(bytes: &[u8]) -> Result<Self, Error> {
        let stored: Stored = serde_json::from_slice(bytes).map_err(|_| Error::Stored)?;
        let raw = |text: String| {
            BASE64_STANDARD
                .decode(text)
                .map(Bytes::from)
                .map_err(|_| Error::Stored)
        };
        let set = Self {
            root: raw(stored.root)?,
            timestamp: stored.timestamp.map(raw).transpose()?,
            snapshot: stored.snapshot.map(raw).transpose()?,
            targets: stored.targets.map(raw).transpose()?,
        };
        if set.digest() == stored.sha256 {
            Ok(set)
        } else {
            Err(Error::Stored)
        }
    }

    fn digest(&self) -> Digest {
        let mut hasher = Hasher::new();
        for role in [Role::Root, Role::Timestamp, Role::Snapshot, Role::Targets] {
            let file = self.file(role).map_or(&[][..], |bytes| bytes);
            hasher.update(&(file.len() as u64).to_le_bytes());
            hasher.update(file);
        }
        hasher.finish()
    }
}
