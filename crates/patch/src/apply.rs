//! Applies a patch.
//!
//! Whatever the patch says, memory is bounded by the two windows below, nothing is read outside the old content, and
//! never more than the promised length is written.

mod bsdiff;
mod prefix;

use crate::{Error, ReadAt};
use std::io::{self, Read, Write};
use toolcrib_model::PatchEncoding;

/// The window of a frame of [`PatchEncoding::Bsdiff`]: 8 MiB, four times.
pub(crate) const BSDIFF_WINDOW_LOG: u32 = 23;
/// The window of the frame of [`PatchEncoding::ZstdPrefix`]: 32 MiB, once.
pub(crate) const PREFIX_WINDOW_LOG: u32 = 25;
/// How much is patched at once, in bytes.
const BLOCK_BYTES: usize = 128 << 10;

/// A patch with what it applies to.
#[derive(Clone, Copy)]
pub struct Patch<'a> {
    /// How it is written down.
    pub encoding: PatchEncoding,
    /// Its bytes: those that the patch index names, verified before.
    pub stored: &'a dyn ReadAt,
    /// How many they are.
    pub stored_length: u64,
    /// The old content: all inputs, one after the other.
    pub old: &'a dyn ReadAt,
    /// Its length in bytes.
    pub old_length: u64,
    /// The length of the new content, all outputs one after the other, in bytes.
    pub output_length: u64,
}

impl Patch<'_> {
    /// Writes the new content: exactly `output_length` bytes, or an error. Uses up to 36 MiB of memory for
    /// [`PatchEncoding::Bsdiff`] and up to 52 MiB for [`PatchEncoding::ZstdPrefix`]. Whether the bytes are the right
    /// ones only their digest tells.
    ///
    /// # Errors
    /// [`Error`]; what was written until then is of no use.
    pub fn apply(&self, out: &mut dyn Write) -> Result<(), Error> {
        match self.encoding {
            PatchEncoding::Bsdiff => bsdiff::apply(self, out),
            PatchEncoding::ZstdPrefix => prefix::apply(self, out),
        }
    }
}

/// Copies exactly `length` bytes.
fn copy(from: &mut impl Read, length: u64, buffer: &mut [u8], out: &mut dyn Write) -> Result<(), Error> {
    let mut left = length;
    while left > 0 {
        let count = usize::try_from(left).map_or(buffer.len(), |left| left.min(buffer.len()));
        let block = &mut buffer[..count];
        from.read_exact(block).map_err(unpack)?;
        out.write_all(block).map_err(|source| Error::Write { source })?;
        left -= count as u64;
    }
    Ok(())
}

/// Nothing may follow what was needed.
fn ended(mut stream: impl Read) -> Result<(), Error> {
    match stream.read(&mut [0]).map_err(unpack)? {
        0 => Ok(()),
        _ => Err(Error::Damaged {
            reason: "it holds more than it needs",
        }),
    }
}

fn unpack(source: io::Error) -> Error {
    Error::ReadPatch { source }
}
