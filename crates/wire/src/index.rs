//! The index: every folder, link, file and chunk of a package.
//!
//! The content of a package is one stream: the contents of its chunks, one after the other. A file is a run of
//! that stream, so where a chunk's bytes go, and which chunks a file needs, follows from lengths alone.
//!
//! Normative text: `docs/protocol/package.md`.

use crate::schema::Schema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, BufReader, Read};
use thiserror::Error;
use toolcrib_model::{ComponentId, Digest, Hasher, RelPath};

/// The largest index that is read, decompressed, in bytes: more than a quarter of a million files.
pub const MAX_INDEX_BYTES: u64 = 64 << 20;
/// How far back a stored index may refer, as a power of two: what zstd's level 19 uses, and so what has to be kept.
const MAX_WINDOW_LOG: u32 = 23;
const READ_BYTES: usize = 256 << 10;

/// A package's index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// The shape of this document.
    pub schema: Schema<1>,
    /// How files were cut into chunks, so that a later release can be cut alike: `fastcdc-2020/512K/2M/4M`.
    pub cutter: String,
    /// What each component puts on the disk, in the order of the stream.
    pub components: Vec<ComponentTree>,
    /// The chunks, in the order of the stream.
    pub chunks: Vec<Chunk>,
}

/// What one component puts on the disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentTree {
    /// The component.
    pub id: ComponentId,
    /// Folders that hold no file; all others follow from the files' paths.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub folders: Vec<RelPath>,
    /// Symbolic links, each to a place inside the tree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Files, in the order of the stream.
    pub files: Vec<File>,
}

/// A symbolic link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Where the link is.
    pub path: RelPath,
    /// What it points at, counted from the tree's root and never outside it.
    pub target: RelPath,
}

/// A file: a run of the stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its path.
    pub path: RelPath,
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 of its content.
    pub sha256: Digest,
    /// Where in the stream it begins. Files with the same content share one run.
    pub at: u64,
    /// Whether it may be executed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub executable: bool,
}

/// A chunk: one zstd frame, which can be fetched, verified and unpacked alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chunk {
    /// The part that holds it, by its place in the manifest's list, from 0.
    pub part: u32,
    /// Where in the part the frame begins.
    pub offset: u64,
    /// The length of the frame in bytes.
    pub stored_length: u32,
    /// The SHA-256 of the frame.
    pub stored_sha256: Digest,
    /// The length of the content in bytes.
    pub length: u32,
    /// The SHA-256 of the content.
    pub sha256: Digest,
}

/// An index could not be read.
#[derive(Debug, Error)]
pub enum BadIndex {
    /// The bytes are not a zstd frame.
    #[error("the index does not decompress")]
    Decompress(#[source] io::Error),
    /// It is larger than [`MAX_INDEX_BYTES`].
    #[error("the index is larger than {MAX_INDEX_BYTES} bytes")]
    TooLarge,
    /// The document has not the shape of an index.
    #[error("the index is not well formed")]
    Parse(#[source] serde_json::Error),
}

impl ComponentTree {
    /// Names what the component's files are: the SHA-256 of the lines that `sha256sum` would print of them, by path.
    pub fn files_digest(&self) -> Digest {
        let mut files: Vec<&File> = self.files.iter().collect();
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let mut hasher = Hasher::new();
        for file in files {
            hasher.update(format!("{}  {}\n", file.sha256, file.path).as_bytes());
        }
        hasher.finish()
    }
}

impl Index {
    /// Writes the index as it is stored: JSON in one zstd frame. The same index always gives the same bytes.
    ///
    /// # Errors
    /// Only where zstd cannot get memory.
    pub fn to_stored(&self) -> io::Result<Vec<u8>> {
        zstd::bulk::compress(&serde_json::to_vec(self)?, 19)
    }

    /// Reads a stored index. Its digest was checked before; its meaning is judged afterwards.
    ///
    /// # Errors
    /// [`BadIndex`] where it does not decompress within bounds or has another shape.
    pub fn from_stored(stored: &[u8]) -> Result<Self, BadIndex> {
        read_stored(stored)
    }
}

/// Reads the JSON in the zstd frame of a stored index or patch index, without ever holding all of the text.
pub(crate) fn read_stored<T: DeserializeOwned>(stored: &[u8]) -> Result<T, BadIndex> {
    let mut decoder = zstd::Decoder::with_buffer(stored).map_err(BadIndex::Decompress)?;
    decoder
        .window_log_max(MAX_WINDOW_LOG)
        .map_err(BadIndex::Decompress)?;
    let mut text = decoder.take(MAX_INDEX_BYTES + 1);
    let read = serde_json::from_reader(BufReader::with_capacity(READ_BYTES, &mut text));
    match read {
        Err(_) if text.limit() == 0 => Err(BadIndex::TooLarge),
        Err(error) if error.is_io() => Err(BadIndex::Decompress(error.into())),
        read => read.map_err(BadIndex::Parse),
    }
}

#[cfg(test)]
mod tests;
