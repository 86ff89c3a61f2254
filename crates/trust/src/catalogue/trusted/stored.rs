//! The stored form: one document, so that it is replaced as one, with a digest that shows any damage.

use super::Trusted;
use crate::Error;
use crate::catalogue::{MetadataSet, Role};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::{Digest, Hasher};
use toolcrib_wire::schema::Schema;

/// The document as it is written now. A field that is not known is damage, too: no newer program writes this schema.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    schema: Schema<2>,
    seen: Files,
    good: Option<Files>,
    judged_at: Option<Timestamp>,
    sha256: Digest,
}

/// The document as it was written before there was a floor apart from the last good state.
#[derive(Deserialize)]
struct Former {
    #[serde(rename = "schema")]
    _schema: Schema<1>,
    root: String,
    timestamp: Option<String>,
    snapshot: Option<String>,
    targets: Option<String>,
    sha256: Digest,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Files {
    root: String,
    timestamp: Option<String>,
    snapshot: Option<String>,
    targets: Option<String>,
}

impl Trusted {
    /// All of it as one document, to be stored by replacing the one before.
    pub fn to_stored(&self) -> Vec<u8> {
        let stored = Stored {
            schema: Schema,
            seen: Files::of(&self.seen),
            good: self.good.as_ref().map(Files::of),
            judged_at: self.judged_at,
            sha256: self.digest(),
        };
        serde_json::to_vec(&stored).expect("texts are always JSON")
    }

    /// Reads a stored document.
    ///
    /// # Errors
    /// [`Error::Stored`] where a single bit of it is not as it was written: then the last good one is to be used.
    pub fn from_stored(bytes: &[u8]) -> Result<Self, Error> {
        match serde_json::from_slice::<Stored>(bytes) {
            Ok(stored) => Self::read(stored),
            Err(_) => serde_json::from_slice(bytes)
                .map_err(|_| Error::Stored)
                .and_then(Self::read_former),
        }
    }

    fn read(stored: Stored) -> Result<Self, Error> {
        let trusted = Self {
            seen: stored.seen.read()?,
            good: stored.good.map(Files::read).transpose()?,
            judged_at: stored.judged_at,
        };
        match trusted.digest() == stored.sha256 {
            true => Ok(trusted),
            false => Err(Error::Stored),
        }
    }

    fn read_former(stored: Former) -> Result<Self, Error> {
        let files = Files {
            root: stored.root,
            timestamp: stored.timestamp,
            snapshot: stored.snapshot,
            targets: stored.targets,
        };
        let seen = files.read()?;
        let mut hasher = Hasher::new();
        hash(&mut hasher, &seen);
        if hasher.finish() != stored.sha256 {
            return Err(Error::Stored);
        }
        Ok(Self {
            good: seen.file(Role::Timestamp).is_some().then(|| seen.clone()),
            seen,
            judged_at: None,
        })
    }

    fn digest(&self) -> Digest {
        let mut hasher = Hasher::new();
        hash(&mut hasher, &self.seen);
        if let Some(good) = &self.good {
            hash(&mut hasher, good);
        }
        hasher.update(format!("{:?}", self.judged_at).as_bytes());
        hasher.finish()
    }
}

impl Files {
    fn of(set: &MetadataSet) -> Self {
        let text = |role| set.file(role).map(|bytes| BASE64_STANDARD.encode(bytes));
        Self {
            root: BASE64_STANDARD.encode(set.root()),
            timestamp: text(Role::Timestamp),
            snapshot: text(Role::Snapshot),
            targets: text(Role::Targets),
        }
    }

    fn read(self) -> Result<MetadataSet, Error> {
        let raw = |text: String| BASE64_STANDARD.decode(text).map(Bytes::from);
        let raw = |text| raw(text).map_err(|_| Error::Stored);
        let mut set = MetadataSet::from_root(raw(self.root)?);
        set.put(Role::Timestamp, self.timestamp.map(raw).transpose()?);
        set.put(Role::Snapshot, self.snapshot.map(raw).transpose()?);
        set.put(Role::Targets, self.targets.map(raw).transpose()?);
        Ok(set)
    }
}

fn hash(hasher: &mut Hasher, set: &MetadataSet) {
    for role in [Role::Root, Role::Timestamp, Role::Snapshot, Role::Targets] {
        let file = set.file(role).map_or(&[][..], |bytes| bytes);
        hasher.update(&(file.len() as u64).to_le_bytes());
        hasher.update(file);
    }
}
