//! What a worker does with what is here already, and what follows from it.

use super::{apply, take};
use crate::error::Error;
use crate::progress::Growth;
use crate::works::Works;
use toolcrib_model::Digest;

/// Takes a chunk; one that is not as hoped is fetched.
pub(crate) fn take_chunk(works: &Works, number: u32, content: &mut Vec<u8>) {
    match take::take(works, number, content) {
        Ok(true) => works.board.held(),
        Ok(false) => {
            tracing::info!(chunk = number, "A chunk is not here as hoped and is fetched.");
            fetch_instead(works, number, Growth::Reuse);
        }
        Err(error) => works.board.fail(error),
    }
}

/// Keeps a patch beside staging until it is applied, and so through a kill. One that is not what was signed is of no use,
/// and is not fetched again: chunks are.
pub(crate) fn keep_patch(works: &Works, number: u32, patch: usize, stored: &[u8]) {
    let digest = works.chunk(number).stored_sha256;
    if Digest::of(stored) == digest {
        let path = works.plan.root.patch(&digest);
        let kept =
            std::fs::create_dir_all(works.plan.root.patches()).and_then(|()| std::fs::write(&path, stored));
        match kept {
            Ok(()) => works.patching.arrived(patch),
            Err(source) => return works.board.fail(Error::KeepPatch { path, source }),
        }
    } else {
        tracing::warn!(patch, "A patch arrived damaged; chunks are fetched instead.");
        do_without(works, patch);
    }
    works.board.held();
}

/// Applies a patch; where it does not apply, the chunks that waited for it are fetched.
pub(crate) fn apply_patch(works: &Works, number: usize) {
    match apply::apply(works, number) {
        Ok(true) => works.can_be_taken(works.patching.applied(number)),
        // Stopped in the middle; it is gone on with another time.
        Ok(false) if works.is_ending() => {}
        Ok(false) => do_without(works, number),
        Err(error) => works.board.fail(error),
    }
}

/// Fetches the chunks that waited for a patch.
fn do_without(works: &Works, patch: usize) {
    for chunk in works.patching.failed(patch) {
        fetch_instead(works, chunk, Growth::Patches);
    }
}

/// Fetches a chunk that was to be had without; the total is told first, so that it is never behind what is done.
fn fetch_instead(works: &Works, number: u32, why: Growth) {
    let chunk = works.chunk(number);
    works.meter.grew(u64::from(chunk.stored_length), why);
    works.board.wanted(number, chunk);
}
