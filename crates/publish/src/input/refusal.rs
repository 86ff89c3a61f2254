//! Why an archive is not taken.

use std::fmt;
use thiserror::Error as ThisError;
use toolcrib_model::BadRelPath;

/// An archive that is not taken, and why.
#[derive(Debug, ThisError)]
#[expect(
    missing_docs,
    reason = "the fields are the thing that was judged; the text says what they are"
)]
pub enum BadArchive {
    /// It does not end as a zip archive does.
    #[error("it is no zip archive, tar archive or compressed tar archive, or has bytes after its end")]
    NoEnd,
    /// It is one of several pieces.
    #[error("it is one piece of a split archive")]
    Split,
    /// Its directory does not fit.
    #[error("its directory does not lie where its end says, or is damaged")]
    Directory,
    /// It does not decompress.
    #[error("it does not decompress as {method}")]
    Compression { method: &'static str },
    /// A block is not what a tar archive has there.
    #[error("the block at byte {at} is not one of a tar archive: {reason}")]
    Block { at: u64, reason: &'static str },
    /// There are bytes that belong to no entry.
    #[error("there are bytes around `{name}` that belong to no entry, or two entries overlap")]
    Gap { name: String },
    /// Two descriptions of one entry differ.
    #[error("`{name}` is described in two ways")]
    TwoWays { name: String },
    /// A name is not legal.
    #[error("an entry has a name that is not allowed")]
    Name(#[source] BadRelPath),
    /// A name is not text.
    #[error("an entry has a name that is not Unicode")]
    NameNotUnicode,
    /// An entry is neither file nor folder nor link.
    #[error("`{name}` is a device, has special rights, or is otherwise not a plain file")]
    Special { name: String },
    /// A link that leads out.
    #[error("the link `{name}` leads outside of the archive")]
    LinkOutside { name: String },
    /// A hard link to something that did not come before it.
    #[error("the hard link `{name}` does not lead to a file that comes before it")]
    HardLink { name: String },
    /// An entry is encrypted.
    #[error("`{name}` is encrypted")]
    Encrypted { name: String },
    /// A method that is not read.
    #[error(
        "`{name}` is compressed with method {method}; only 0 (stored), 8 (deflate) and 93 (zstd) are read"
    )]
    Method { name: String, method: u16 },
    /// A bomb.
    #[error(
        "`{name}` would grow from {stored} to {size} bytes, which is what a bomb does; give the unpacked folder"
    )]
    Bomb { name: String, stored: u64, size: u64 },
    /// Too many entries.
    #[error("it has {count} entries, more than the {most} that are taken")]
    TooMany { count: u64, most: u64 },
    /// The content is not what the directory says.
    #[error("`{name}` is damaged")]
    Damaged { name: String },
}

/// How far an entry, or an archive, of more than [`BOMB_BYTES`] may grow.
const MAX_GROWTH: u64 = 200;
const BOMB_BYTES: u64 = 16 << 20;
/// The most entries of an archive.
pub(super) const MAX_ENTRIES: u64 = 2_000_000;
/// The longest target of a link in an archive, in bytes.
pub(super) const MAX_LINK_BYTES: u64 = 1024;

/// Refuses what would grow from `stored` to `size` bytes as a bomb does.
pub(super) fn judge_growth(name: impl fmt::Display, stored: u64, size: u64) -> Result<(), BadArchive> {
    if size > BOMB_BYTES && size / MAX_GROWTH > stored {
        let name = name.to_string();
        Err(BadArchive::Bomb { name, stored, size })
    } else {
        Ok(())
    }
}
