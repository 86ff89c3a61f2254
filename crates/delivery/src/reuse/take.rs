//! Takes a chunk from what is here: reads it, judges it, writes it to its places.

use super::Finding;
use crate::error::Error;
use crate::tree::{self, Mode};
use crate::unpack::write;
use crate::works::Works;
use std::io;
use toolcrib_machine::faults;
use toolcrib_model::Digest;

/// Puts a chunk in its places from what is here; `false` where what is here is not what it should be.
///
/// # Errors
/// [`Error`] where it cannot be written; what cannot be read is fetched instead.
pub(crate) fn take(works: &Works, number: u32, content: &mut Vec<u8>) -> Result<bool, Error> {
    let Some(findings) = works.plan.here.findings(&works.plan.layout, number) else {
        return Ok(false);
    };
    let staged = staged_files(works, &findings);
    if !staged.is_empty() && is_read(works, number, &findings, &staged, content) {
        return put(works, number, content, &staged).map(|()| true);
    }
    match is_read(works, number, &findings, &[], content) {
        true => put(works, number, content, &[]).map(|()| true),
        false => Ok(false),
    }
}

/// The files whose staged copy is worth reading instead of the old ones.
fn staged_files(works: &Works, findings: &[Finding]) -> Vec<u32> {
    let plan = &works.plan;
    let patched = findings.iter().filter(|finding| finding.old.is_none());
    let old = findings.iter().filter(|finding| finding.old.is_some());
    old.filter_map(|finding| finding.twin_of)
        .filter(|number| {
            works
                .clones
                .is_staged(*number, &plan.layout, &works.tree, &plan.here)
        })
        .chain(patched.filter_map(|finding| finding.twin_of))
        .collect()
}

/// Reads the content of a chunk and judges it.
fn is_read(works: &Works, number: u32, findings: &[Finding], staged: &[u32], content: &mut Vec<u8>) -> bool {
    let chunk = works.chunk(number);
    content.clear();
    content.resize(chunk.length as usize, 0);
    let read = findings.iter().try_for_each(|finding| {
        let into = &mut content[finding.range.clone()];
        match finding.twin_of.filter(|file| staged.contains(file)) {
            Some(file) => read_staged(works, file, finding.offset, into),
            None => works.plan.here.read_old(finding, into),
        }
    });
    match read {
        Ok(()) => Digest::of(content) == chunk.sha256,
        Err(error) => {
            tracing::debug!(chunk = number, %error, "A chunk that should be here cannot be read.");
            false
        }
    }
}

/// A file and its twin have the same content, so a place in the one is a place in the other.
fn read_staged(works: &Works, file: u32, offset: u64, into: &mut [u8]) -> io::Result<()> {
    let path = &works.plan.layout.file(file).path;
    tree::read_exact_at(&works.tree.file(path, Mode::Read)?, into, offset)
}

/// Writes the content to all its places but those where it was read, and notes that the chunk is held.
fn put(works: &Works, number: u32, content: &[u8], staged: &[u32]) -> Result<(), Error> {
    for piece in works.plan.layout.pieces(number) {
        if !staged.contains(&piece.file) {
            write(works, &piece, &content[piece.range.clone()])?;
        }
        works.meter.wrote(piece.range.len() as u64);
    }
    let noted = works.log.add(number);
    noted.map_err(|source| Error::WriteHeld { source })?;
    faults::point("delivery.reused");
    Ok(())
}
