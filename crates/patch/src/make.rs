//! Makes patches: tries every encoding that a client may apply, and keeps the smallest.

mod anchors;
mod encode;
mod matches;
mod scan;
mod suffixes;

use crate::Error;
use crate::apply::PREFIX_WINDOW_LOG;
use std::io::{self, Write};
use toolcrib_model::PatchEncoding;
use toolcrib_model::patch::MAX_PREFIX_BYTES;

/// The most old content that a patch is made from, and the most new content that one makes, in bytes.
pub const MAX_BYTES: u64 = 512 << 20;
/// Patches are made once and fetched often.
const LEVEL: i32 = 19;

/// A patch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// How it is written down.
    pub encoding: PatchEncoding,
    /// Its bytes; the same content always gives the same.
    pub bytes: Vec<u8>,
}

/// How much memory [`make`] takes at most for contents of these lengths, with the contents themselves, in bytes: never more
/// than 2.5 GiB.
pub fn memory_bytes(old: u64, new: u64) -> u64 {
    // The compressor's tables and what is written down; then twelve bytes for each that is looked up, up to a bound.
    const TABLES: u64 = 192 << 20;
    const MOST_LOOKED_UP: u64 = 1 << 30;
    let looked_up = old.saturating_mul(12).min(MOST_LOOKED_UP);
    TABLES
        .saturating_add(old)
        .saturating_add(new.saturating_mul(2))
        .saturating_add(looked_up)
}

/// Makes the smallest patch from `old` to `new`, at most [`MAX_BYTES`] of each, in time that grows no faster than they do.
///
/// # Errors
/// [`Error`] where memory or zstd fails.
pub fn make(old: &[u8], new: &[u8]) -> Result<Made, Error> {
    let mut best: Option<Made> = None;
    if !old.is_empty() {
        best = Some(bsdiff(old, new)?);
    }
    if old.len() as u64 <= MAX_PREFIX_BYTES {
        let other = prefix(old, new)?;
        if best
            .as_ref()
            .is_none_or(|best| other.bytes.len() < best.bytes.len())
        {
            best = Some(other);
        }
    }
    best.ok_or(Error::Sort {
        bytes: old.len(),
        reason: "there is nothing to build on".to_owned(),
    })
}

fn bsdiff(old: &[u8], new: &[u8]) -> Result<Made, Error> {
    let steps = scan::steps(old, new)?;
    let bytes = encode::encode(old, new, &steps).map_err(|source| Error::Compress { source })?;
    Ok(Made {
        encoding: PatchEncoding::Bsdiff,
        bytes,
    })
}

fn prefix(old: &[u8], new: &[u8]) -> Result<Made, Error> {
    let window_log = window_log(old.len() + new.len(), PREFIX_WINDOW_LOG);
    let bytes = packed(old, new, window_log).map_err(|source| Error::Compress { source })?;
    Ok(Made {
        encoding: PatchEncoding::ZstdPrefix,
        bytes,
    })
}

/// One frame with its content's size, so that neither side takes more memory than that needs.
fn packed(prefix: &[u8], content: &[u8], window_log: u32) -> io::Result<Vec<u8>> {
    let mut frame = zstd::Encoder::with_ref_prefix(Vec::new(), LEVEL, prefix)?;
    frame.window_log(window_log)?;
    frame.set_pledged_src_size(Some(content.len() as u64))?;
    frame.write_all(content)?;
    frame.finish()
}

/// The smallest window that reaches over `bytes`, up to `most`.
fn window_log(bytes: usize, most: u32) -> u32 {
    (10..most).find(|log| bytes <= 1 << log).unwrap_or(most)
}
