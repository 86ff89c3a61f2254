//! A tree that is on this computer already, and where in it content can be found.

use crate::error::Error;
use crate::layout::{Layout, Piece};
use crate::tree::{Mode, Tree};
use camino::Utf8Path;
use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::Arc;
use toolcrib_model::{ComponentId, Digest};
use toolcrib_wire::index::{self, Index};

/// A tree that is on this computer already. What its index says of it is a hope: whatever is read from it is judged
/// by the digest of the chunk that it is to become.
#[derive(Debug)]
pub(crate) struct OldTree {
    tree: Tree,
    layout: Layout,
    /// Whether each file is there, as long as it should be.
    there: Vec<bool>,
    chunk_of: HashMap<Digest, u32>,
    file_of: HashMap<Digest, u32>,
}

/// A run of a file that is a range of a chunk's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// The number of the file.
    pub(crate) file: u32,
    /// Where in the file it begins.
    pub(crate) offset: u64,
    /// The range of the chunk's content.
    pub(crate) range: Range<usize>,
}

impl OldTree {
    /// The tree in a folder as an index describes it; files that are not there as described are left out.
    ///
    /// # Errors
    /// [`Error`] where the folder cannot be opened or the index cannot be meant.
    pub(crate) fn open(folder: &Utf8Path, index: &Arc<Index>) -> Result<Self, Error> {
        let tree = Tree::open(folder)?;
        let layout = Layout::new(
            index,
            &index.components.iter().map(|tree| tree.id.clone()).collect(),
        )?;
        let is_there = |file: &index::File| tree.length(&file.path) == Some(file.size);
        let there: Vec<bool> = layout.files().map(is_there).collect();
        let files = layout.files().zip(0..).zip(&there);
        let file_of = files
            .filter(|(_, there)| **there)
            .map(|((file, number), _)| (file.sha256, number))
            .collect();
        let chunk_of = index
            .chunks
            .iter()
            .zip(0..)
            .map(|(chunk, number)| (chunk.sha256, number));
        let mut old = Self {
            tree,
            file_of,
            chunk_of: chunk_of.collect(),
            there,
            layout,
        };
        let whole: Vec<Digest> = old
            .chunk_of
            .iter()
            .filter(|(_, chunk)| old.runs(**chunk).is_none())
            .map(|(digest, _)| *digest)
            .collect();
        for digest in whole {
            old.chunk_of.remove(&digest);
        }
        Ok(old)
    }

    /// A tree that is still being made of these components. Nothing is said of what is there: only the runs of chunks that
    /// are known to be held are of use.
    ///
    /// # Errors
    /// As [`OldTree::open`].
    pub(crate) fn being_made(
        folder: &Utf8Path,
        index: &Arc<Index>,
        chosen: &BTreeSet<ComponentId>,
    ) -> Result<Self, Error> {
        let tree = Tree::open(folder)?;
        let layout = Layout::new(index, chosen)?;
        let there = vec![true; layout.files().len()];
        Ok(Self {
            tree,
            there,
            layout,
            chunk_of: HashMap::new(),
            file_of: HashMap::new(),
        })
    }

    /// The file with this content.
    pub(crate) fn file_with(&self, content: &Digest) -> Option<u32> {
        self.file_of.get(content).copied()
    }

    /// The chunk with this content, all of which is in files that are there.
    pub(crate) fn chunk_with(&self, content: &Digest) -> Option<u32> {
        self.chunk_of.get(content).copied()
    }

    /// Every chunk all of whose content is in files that are there, by its content.
    pub(crate) fn contents(&self) -> impl Iterator<Item = (Digest, u32)> {
        self.chunk_of.iter().map(|(content, chunk)| (*content, *chunk))
    }

    /// The runs that are the content of one of its chunks, one after the other; `None` where some of it is not there.
    pub(crate) fn runs(&self, chunk: u32) -> Option<Vec<Run>> {
        let pieces = self
            .layout
            .pieces(chunk)
            .filter(|piece| self.there[piece.file as usize]);
        cover(pieces.map(Run::from).collect(), self.layout.chunk_length(chunk))
    }

    /// Opens a file for reading.
    pub(crate) fn open_file(&self, number: u32) -> io::Result<File> {
        self.tree.file(&self.layout.file(number).path, Mode::Read)
    }

    /// How long a file is.
    pub(crate) fn size(&self, number: u32) -> u64 {
        self.layout.file(number).size
    }
}

impl From<Piece<'_>> for Run {
    fn from(piece: Piece<'_>) -> Self {
        Self {
            file: piece.file,
            offset: piece.offset,
            range: piece.range,
        }
    }
}

/// Chooses among runs, which may overlap, so that they are the whole content one after the other (pure).
pub(crate) fn cover(mut runs: Vec<Run>, length: usize) -> Option<Vec<Run>> {
    runs.sort_by_key(|run| (run.range.start, std::cmp::Reverse(run.range.end)));
    let (mut chosen, mut end) = (Vec::new(), 0);
    for run in runs {
        if run.range.start > end {
            return None;
        }
        if run.range.end > end {
            let skipped = end - run.range.start;
            let range = end..run.range.end;
            end = range.end;
            chosen.push(Run {
                offset: run.offset + skipped as u64,
                range,
                ..run
            });
        }
    }
    (end == length).then_some(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(file: u32, range: Range<usize>) -> Run {
        Run {
            file,
            offset: 100,
            range,
        }
    }

    #[test]
    fn runs_that_follow_each_other_are_the_content() {
        let runs = vec![run(1, 4..10), run(0, 0..4)];
        assert_eq!(cover(runs, 10), Some(vec![run(0, 0..4), run(1, 4..10)]));
    }

    #[test]
    fn what_two_files_have_is_read_once() {
        let runs = vec![run(0, 0..4), run(1, 0..4), run(2, 2..6)];
        let late = Run {
            offset: 102,
            ..run(2, 4..6)
        };
        assert_eq!(cover(runs, 6), Some(vec![run(0, 0..4), late]));
    }

    #[test]
    fn a_gap_is_no_content() {
        assert_eq!(cover(vec![run(0, 0..4), run(1, 5..10)], 10), None);
        assert_eq!(cover(vec![run(0, 0..4)], 10), None);
        assert_eq!(cover(Vec::new(), 1), None);
    }
}
