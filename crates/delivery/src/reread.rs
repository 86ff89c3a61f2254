//! Reads chunks back from a tree and believes them only if their content is what the index says.

use crate::error::Error;
use crate::held::HeldSet;
use crate::layout::Layout;
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
        let Some(file) = existing(tree.file(&piece.target.path, Mode::Read)).map_err(failed)? else {
            return Ok(false);
        };
        twin.resize(piece.range.len(), 0);
        if existing(tree::read_exact_at(&file, &mut twin, piece.offset))
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

/// `None` where the file is not there or not long enough.
fn existing<T>(answer: io::Result<T>) -> io::Result<Option<T>> {
    use io::ErrorKind::{NotADirectory, NotFound, UnexpectedEof};
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(error) if matches!(error.kind(), NotFound | NotADirectory | UnexpectedEof) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A file of the tree, if it is there.
pub(crate) fn file_of(tree: &Tree, path: &toolcrib_model::RelPath) -> io::Result<Option<File>> {
    existing(tree.file(path, Mode::Read))
}
