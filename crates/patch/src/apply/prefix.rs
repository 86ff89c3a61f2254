//! One zstd frame that refers to the old content as if it had just been unpacked.

use super::{BLOCK_BYTES, PREFIX_WINDOW_LOG, Patch, copy, ended, unpack};
use crate::Error;
use crate::read_at::Run;
use std::io::{BufReader, Write};
use toolcrib_model::patch::MAX_PREFIX_BYTES;
use zstd::Decoder;

pub(super) fn apply(patch: &Patch<'_>, out: &mut dyn Write) -> Result<(), Error> {
    if patch.old_length > MAX_PREFIX_BYTES {
        return Err(Error::Damaged {
            reason: "it builds on more old content than is held in memory",
        });
    }
    let mut old = vec![0; patch.old_length as usize];
    let read = patch.old.read_exact_at(0, &mut old);
    read.map_err(|source| Error::ReadOld { source })?;
    let stored = BufReader::new(Run::new(patch.stored, 0, patch.stored_length));
    let mut frame = Decoder::with_ref_prefix(stored, &old).map_err(unpack)?;
    frame.window_log_max(PREFIX_WINDOW_LOG).map_err(unpack)?;
    copy(&mut frame, patch.output_length, &mut vec![0; BLOCK_BYTES], out)?;
    ended(frame)
}
