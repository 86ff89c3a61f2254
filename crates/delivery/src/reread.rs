//! Reads chunks back from a tree and believes them only if their content is what the index says.

use crate::error::Error;
use crate::held::HeldSet;
use crate::layout::{Layout, Piece};
use crate::plan::Plan;
use crate::stop::Stop;
use crate::tree::{self, Mode, Tree};
use std::fs::File;
use std::io;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use toolcrib_model::Digest;
use toolcrib_wire::index::Chunk;

/// The chunks of `doubtful` whose content is in the tree, in every file that they fill; `None` where somebody wished
/// to stop before all were read.
pub(crate) fn reread(
    tree: &Tree,
    plan: &Plan,
    doubtful: &HeldSet,
    stop: &Stop,
) -> Result<Option<HeldSet>, Error> {
    let chunks: Vec<u32> = doubtful.iter().collect();
    let good = Mutex::new(HeldSet::none(plan.layout.chunk_count()));
    let next = AtomicUsize::new(0);
    let read = || -> Result<(), Error> {
        let mut content = Vec::new();
        while stop.wish().is_none()
            && let Some(&number) = chunks.get(next.fetch_add(1, Ordering::Relaxed))
        {
            let chunk = &plan.index().chunks[number as usize];
            if is_there(tree, &plan.layout, number, chunk, &mut content)? {
                good.lock().unwrap_or_else(PoisonError::into_inner).add(number);
            }
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..plan.pace.workers.max(1)).map(|_| scope.spawn(read)).collect();
        readers.into_iter().try_for_each(|reader| {
            reader
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    })?;
    let good = good.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(stop.wish().is_none().then_some(good))
}

/// Whether the tree holds the whole content of a chunk. A chunk of which no chosen file needs some part cannot be
/// told, and is not believed.
fn is_there(
    tree: &Tree,
    layout: &Layout,
    number: u32,
    chunk: &Chunk,
    content: &mut Vec<u8>,
) -> Result<bool, Error> {
    content.clear();
    let mut twin = Vec::new();
    for piece in layout.pieces(number) {
        let failed = |source| Error::ReadFile {
            path: piece.target.path.clone(),
            source,
        };
        let Some(file) = readable(tree.file(&piece.target.path, Mode::Read)).map_err(failed)? else {
            return Ok(false);
        };
        twin.resize(piece.range.len(), 0);
        if readable(tree::read_exact_at(&file, &mut twin, piece.offset))
            .map_err(failed)?
            .is_none()
        {
            return Ok(false);
        }
        match content.get(piece.range.clone()) {
            Some(same) if same != twin => return Ok(false),
            Some(_) => {}
            None if content.len() == piece.range.start => content.extend_from_slice(&twin),
            None => return Ok(false),
        }
    }
    Ok(content.len() == chunk.length as usize && Digest::of(content) == chunk.sha256)
}

/// The content of a chunk, put together from whatever files of the tree still have some of it; `None` where that does
/// not give what the index says.
pub(crate) fn content(
    tree: &Tree,
    layout: &Layout,
    number: u32,
    chunk: &Chunk,
) -> Result<Option<Vec<u8>>, Error> {
    let pieces: Vec<Piece<'_>> = layout.pieces(number).collect();
    let mut orders = [pieces.iter().collect::<Vec<_>>(), pieces.iter().rev().collect()].into_iter();
    // Files of the same content share a run: where the one is damaged, the other may be sound.
    orders
        .find_map(|order| gathered(tree, &order, chunk).transpose())
        .transpose()
}

/// What these pieces give, the later ones over the earlier ones, if that is the chunk's content.
fn gathered(tree: &Tree, pieces: &[&Piece<'_>], chunk: &Chunk) -> Result<Option<Vec<u8>>, Error> {
    let mut content = vec![0; chunk.length as usize];
    for piece in pieces {
        let failed = |source| Error::ReadFile {
            path: piece.target.path.clone(),
            source,
        };
        let Some(file) = readable(tree.file(&piece.target.path, Mode::Read)).map_err(failed)? else {
            continue;
        };
        let read = tree::read_exact_at(&file, &mut content[piece.range.clone()], piece.offset);
        readable(read).map_err(failed)?;
    }
    Ok((Digest::of(&content) == chunk.sha256).then_some(content))
}

/// `None` where the file is not there, not long enough, or cannot be read: then it has no content for anybody.
fn readable<T>(answer: io::Result<T>) -> io::Result<Option<T>> {
    match existing(answer) {
        Err(error) if is_of_the_file(&error) => Ok(None),
        answer => answer,
    }
}

/// Whether a failure to read says something of the file: a worn disk, rights that were taken away, somebody who keeps it
/// for themselves. That this program has too many files open, or too little memory, says nothing of it.
pub(crate) fn is_of_the_file(error: &io::Error) -> bool {
    error.kind() != io::ErrorKind::OutOfMemory && !has_too_many_open(error)
}

#[cfg(unix)]
fn has_too_many_open(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let limits = [Errno::MFILE, Errno::NFILE].map(|limit| Some(limit.raw_os_error()));
    limits.contains(&error.raw_os_error())
}

/// `ERROR_TOO_MANY_OPEN_FILES`.
#[cfg(not(unix))]
fn has_too_many_open(error: &io::Error) -> bool {
    error.raw_os_error() == Some(4)
}

/// `None` where the file is not there or not long enough.
fn existing<T>(answer: io::Result<T>) -> io::Result<Option<T>> {
    use io::ErrorKind::{IsADirectory, NotADirectory, NotFound, UnexpectedEof};
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(error)
            if matches!(
                error.kind(),
                NotFound | NotADirectory | IsADirectory | UnexpectedEof
            ) =>
        {
            Ok(None)
        }
        // Something that leads elsewhere has taken its place.
        Err(error) if is_link(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn is_link(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

#[cfg(not(unix))]
fn is_link(_: &io::Error) -> bool {
    false
}

/// A file of the tree, if it is there.
pub(crate) fn file_of(tree: &Tree, path: &toolcrib_model::RelPath) -> io::Result<Option<File>> {
    existing(tree.file(path, Mode::Read))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_file_cannot_help_is_not_held_against_it() {
        use io::ErrorKind::{OutOfMemory, PermissionDenied};
        assert!(is_of_the_file(&PermissionDenied.into()));
        assert!(!is_of_the_file(&OutOfMemory.into()));
        #[cfg(unix)]
        {
            use rustix::io::Errno;
            let said = |errno: Errno| is_of_the_file(&io::Error::from_raw_os_error(errno.raw_os_error()));
            assert!(said(Errno::IO) && said(Errno::ACCESS));
            assert!(!said(Errno::MFILE) && !said(Errno::NFILE) && !said(Errno::NOMEM));
        }
    }
}
