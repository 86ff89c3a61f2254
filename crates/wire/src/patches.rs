//! The patch index: how the content of an older release becomes content of this one.
//!
//! Files are named by the digest of their content; the indexes of the two releases say where it lies.
//!
//! Normative text: `docs/protocol/package.md`.

use crate::index::{BadIndex, read_stored};
use crate::schema::Schema;
use serde::{Deserialize, Serialize};
use std::io;
use toolcrib_model::{Digest, PatchEncoding};

/// The patches from one older release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatchIndex {
    /// The shape of this document.
    pub schema: Schema<1>,
    /// The patches, in the order in which they lie in the parts.
    pub patches: Vec<Patch>,
}

/// A patch: it makes files of the new release from files of the old one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patch {
    /// How it is written down.
    pub encoding: PatchEncoding,
    /// The old files that it builds on, one after the other; none where it only compresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<Digest>,
    /// The length of all inputs in bytes.
    #[serde(default)]
    pub input_length: u64,
    /// The new files that it makes, one after the other.
    pub outputs: Vec<Output>,
    /// The length of all outputs in bytes.
    pub length: u64,
    /// The patch part that holds it, by its place in the set's list, from 0.
    pub part: u32,
    /// Where in the part it begins.
    pub offset: u64,
    /// Its own length in bytes.
    pub stored_length: u64,
    /// The SHA-256 of its bytes.
    pub stored_sha256: Digest,
}

/// A file that a patch makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// The SHA-256 of its content.
    pub sha256: Digest,
    /// Its length in bytes.
    pub length: u64,
}

impl PatchIndex {
    /// Writes the patch index as it is stored: JSON in one zstd frame. The same index always gives the same bytes.
    ///
    /// # Errors
    /// Only where zstd cannot get memory.
    pub fn to_stored(&self) -> io::Result<Vec<u8>> {
        zstd::bulk::compress(&serde_json::to_vec(self)?, 19)
    }

    /// Reads a stored patch index, within the bounds of an index. Its digest was checked before; its meaning is judged afterwards.
    ///
    /// # Errors
    /// [`BadIndex`] where it does not decompress within bounds or has another shape.
    pub fn from_stored(stored: &[u8]) -> Result<Self, BadIndex> {
        read_stored(stored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_index_is_read_back_from_its_stored_form() {
        let patch = Patch {
            encoding: PatchEncoding::ZstdPrefix,
            inputs: vec![],
            input_length: 0,
            outputs: vec![Output {
                sha256: Digest::of(b"new"),
                length: 3,
            }],
            length: 3,
            part: 0,
            offset: 7,
            stored_length: 11,
            stored_sha256: Digest::of(b"stored"),
        };
        let index = PatchIndex {
            schema: Schema,
            patches: vec![patch],
        };
        let stored = index.to_stored().expect("stored");
        assert_eq!(PatchIndex::from_stored(&stored).expect("read"), index);
    }

    #[test]
    fn another_shape_is_refused() {
        let stored = zstd::bulk::compress(br#"{"schema":2,"patches":[]}"#, 1).expect("stored");
        assert!(matches!(
            PatchIndex::from_stored(&stored),
            Err(BadIndex::Parse(_))
        ));
        assert!(matches!(
            PatchIndex::from_stored(b"no frame"),
            Err(BadIndex::Decompress(_))
        ));
    }
}
