//! How new content is written down as what differs from old content.

use serde::{Deserialize, Serialize};

/// How a patch is written down; `docs/protocol/package.md` says what its bytes mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PatchEncoding {
    /// Steps after the manner of bsdiff: differences from old bytes, then new bytes. For programs, of any size.
    Bsdiff,
    /// A zstd frame with the old content as its prefix. For texts, and for content without anything old.
    ZstdPrefix,
}

/// The most old content that [`PatchEncoding::ZstdPrefix`] may build on, in bytes: it is held in memory while it is applied.
pub const MAX_PREFIX_BYTES: u64 = 16 << 20;
