//! Makes patches: tries every encoding that a client may apply, and keeps the smallest.

mod encode;
mod scan;
mod suffixes;

use crate::Error;
use crate::apply::PREFIX_WINDOW_LOG;
use std::io::{self, Write};
use toolcrib_model::PatchEncoding;
use toolcrib_model::patch::MAX_PREFIX_BYTES;

/// The most old content that a patch is made from, in bytes. Sorting it takes five times as much memory.
pub const MAX_OLD_BYTES: u64 = 512 << 20;
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

/// Makes the smallest patch from `old`, at most [`MAX_OLD_BYTES`] of it, to `new`. Takes about six times the memory of `old`,
/// beside what it is given.
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
