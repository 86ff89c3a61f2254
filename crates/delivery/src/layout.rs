//! Where the bytes of each chunk go: the files of the chosen components as runs of the content stream (pure).
//!
//! Files with the same content share a run, so one range of a chunk can fill several files; and a chosen file may
//! need a chunk that was made for a component that was not chosen.

use crate::error::Error;
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use toolcrib_model::{ComponentId, Digest, RelPath};
use toolcrib_wire::index::{ComponentTree, File, Index, Link};

/// The most (file, chunk) pairs that a package may have; a real one of half a million files has fewer than two million.
const MAX_PIECES: u64 = 32 << 20;
/// What a file system gives out at a time; sizes on the disk are counted in it.
const BLOCK_BYTES: u64 = 4096;

/// The files, folders and links of the chosen components, and which files each chunk fills.
#[derive(Debug)]
pub(crate) struct Layout {
    files: Vec<Target>,
    folders: Vec<RelPath>,
    links: Vec<Link>,
    /// Where each chunk begins in the stream, and where the last one ends.
    starts: Vec<u64>,
    /// Where each chunk's run of `fills` begins, and where the last one ends.
    fills_from: Vec<u32>,
    /// The numbers of the files that each chunk fills, chunk after chunk.
    fills: Vec<u32>,
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// Its path below the tree's root.
    pub(crate) path: RelPath,
    /// Its size in bytes.
    pub(crate) size: u64,
    /// The digest of its content.
    pub(crate) sha256: Digest,
    /// Where in the stream it begins.
    pub(crate) at: u64,
    /// Whether it may be executed.
    pub(crate) executable: bool,
    /// How many chunks it needs.
    pub(crate) chunk_count: u32,
}

/// A range of a chunk's content that belongs at a place of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece<'a> {
    /// The number of the file.
    pub(crate) file: u32,
    /// The file.
    pub(crate) target: &'a Target,
    /// Where in the file the range goes.
    pub(crate) offset: u64,
    /// The range of the chunk's content.
    pub(crate) range: Range<usize>,
}

impl Piece<'_> {
    /// Whether this piece is the whole file.
    pub(crate) fn is_whole(&self) -> bool {
        self.range.len() as u64 == self.target.size
    }
}

impl Layout {
    /// Lays out what `chosen` components put on the disk.
    ///
    /// # Errors
    /// [`Error::Unreasonable`] where the index does not fit together or would need absurd amounts of memory.
    pub(crate) fn new(index: &Index, chosen: &BTreeSet<ComponentId>) -> Result<Self, Error> {
        let trees: Vec<&ComponentTree> = index
            .components
            .iter()
            .filter(|tree| chosen.contains(&tree.id))
            .collect();
        Self::of(index, &trees)
    }

    /// Lays out what these trees, or parts of them, put on the disk.
    ///
    /// # Errors
    /// As [`Layout::new`].
    pub(crate) fn of(index: &Index, trees: &[&ComponentTree]) -> Result<Self, Error> {
        let starts = starts_of(index)?;
        let files = trees
            .iter()
            .flat_map(|tree| &tree.files)
            .map(|file| target(file, &starts))
            .collect::<Result<Vec<_>, _>>()?;
        let (fills_from, fills) = fills_of(&files, &starts)?;
        Ok(Self {
            folders: folders_of(trees),
            links: links_of(trees),
            files,
            starts,
            fills_from,
            fills,
        })
    }

    /// The files.
    pub(crate) fn files(&self) -> &[Target] {
        &self.files
    }

    /// Whether it has a file of this path.
    pub(crate) fn has_file(&self, path: &RelPath) -> bool {
        self.files.iter().any(|file| file.path == *path)
    }

    /// Every folder, each after the one that holds it.
    pub(crate) fn folders(&self) -> &[RelPath] {
        &self.folders
    }

    /// The links.
    pub(crate) fn links(&self) -> &[Link] {
        &self.links
    }

    /// How many chunks the package has, needed or not.
    pub(crate) fn chunk_count(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether a chosen file needs the chunk.
    pub(crate) fn needs(&self, chunk: u32) -> bool {
        !self.fills_of_chunk(chunk).is_empty()
    }

    /// The chunks that chosen files need, in the order of the stream.
    pub(crate) fn needed(&self) -> impl Iterator<Item = u32> {
        (0..self.chunk_count() as u32).filter(|chunk| self.needs(*chunk))
    }

    /// Where the content of a chunk goes.
    pub(crate) fn pieces(&self, chunk: u32) -> impl Iterator<Item = Piece<'_>> {
        let (start, end) = (self.starts[chunk as usize], self.starts[chunk as usize + 1]);
        self.fills_of_chunk(chunk).iter().map(move |&file| {
            let target = &self.files[file as usize];
            let from = start.max(target.at);
            let to = end.min(target.at + target.size);
            Piece {
                file,
                target,
                offset: from - target.at,
                range: (from - start) as usize..(to - start) as usize,
            }
        })
    }

    /// The chunks that a file needs.
    pub(crate) fn chunks_of_file(&self, number: u32) -> Range<u32> {
        let file = &self.files[number as usize];
        let chunks = chunks_of(file.at, file.size, &self.starts);
        chunks.start as u32..chunks.end as u32
    }

    /// What of a range of a file is of which chunk.
    pub(crate) fn chunks_within(
        &self,
        number: u32,
        range: Range<u64>,
    ) -> impl Iterator<Item = (u32, Range<u64>)> {
        let at = self.files[number as usize].at;
        let chunks = chunks_of(at + range.start, range.end - range.start, &self.starts);
        chunks.map(move |chunk| {
            let (start, end) = (self.starts[chunk], self.starts[chunk + 1]);
            let from = start.max(at + range.start) - at;
            (chunk as u32, from..end.min(at + range.end) - at)
        })
    }

    /// How long the content of a chunk is.
    pub(crate) fn chunk_length(&self, chunk: u32) -> usize {
        (self.starts[chunk as usize + 1] - self.starts[chunk as usize]) as usize
    }

    /// How many bytes the content of a chunk fills, counted once for each file.
    pub(crate) fn written_bytes(&self, chunk: u32) -> u64 {
        self.pieces(chunk).map(|piece| piece.range.len() as u64).sum()
    }

    /// The bytes of all files.
    pub(crate) fn installed_bytes(&self) -> u64 {
        self.files.iter().map(|file| file.size).sum()
    }

    /// What the files and folders take on a disk that gives out whole blocks.
    pub(crate) fn disk_bytes(&self) -> u64 {
        let files: u64 = self
            .files
            .iter()
            .map(|file| file.size.div_ceil(BLOCK_BYTES) * BLOCK_BYTES)
            .sum();
        files + self.folders.len() as u64 * BLOCK_BYTES
    }

    fn fills_of_chunk(&self, chunk: u32) -> &[u32] {
        let from = self.fills_from[chunk as usize] as usize;
        &self.fills[from..self.fills_from[chunk as usize + 1] as usize]
    }
}

fn starts_of(index: &Index) -> Result<Vec<u64>, Error> {
    let mut starts = Vec::with_capacity(index.chunks.len() + 1);
    let mut at = 0_u64;
    starts.push(at);
    for chunk in &index.chunks {
        at = at
            .checked_add(u64::from(chunk.length))
            .ok_or(Error::Unreasonable {
                what: "the stream's length",
            })?;
        starts.push(at);
    }
    Ok(starts)
}

fn target(file: &File, starts: &[u64]) -> Result<Target, Error> {
    let stream_end = starts.last().copied().unwrap_or_default();
    match file.at.checked_add(file.size) {
        Some(end) if end <= stream_end => {
            let chunk_count = chunks_of(file.at, file.size, starts).len() as u32;
            let File {
                path,
                size,
                sha256,
                at,
                executable,
            } = file.clone();
            Ok(Target {
                path,
                size,
                sha256,
                at,
                executable,
                chunk_count,
            })
        }
        _ => Err(Error::Unreasonable {
            what: "a file beyond the end of the stream",
        }),
    }
}

/// The chunks that the run of `size` bytes from `at` touches.
fn chunks_of(at: u64, size: u64, starts: &[u64]) -> Range<usize> {
    if size == 0 {
        return 0..0;
    }
    let first = starts.partition_point(|start| *start <= at) - 1;
    let end = starts.partition_point(|start| *start < at + size);
    first..end
}

fn fills_of(files: &[Target], starts: &[u64]) -> Result<(Vec<u32>, Vec<u32>), Error> {
    let total: u64 = files.iter().map(|file| u64::from(file.chunk_count)).sum();
    if total > MAX_PIECES || starts.len() > u32::MAX as usize {
        return Err(Error::Unreasonable {
            what: "the number of pieces of files",
        });
    }
    let mut from = vec![0_u32; starts.len()];
    for file in files {
        chunks_of(file.at, file.size, starts).for_each(|chunk| from[chunk + 1] += 1);
    }
    for chunk in 1..from.len() {
        from[chunk] += from[chunk - 1];
    }
    let mut next = from.clone();
    let mut fills = vec![0_u32; total as usize];
    for (number, file) in files.iter().enumerate() {
        for chunk in chunks_of(file.at, file.size, starts) {
            fills[next[chunk] as usize] = number as u32;
            next[chunk] += 1;
        }
    }
    Ok((from, fills))
}

fn folders_of(trees: &[&ComponentTree]) -> Vec<RelPath> {
    let mut seen: HashSet<RelPath> = HashSet::new();
    for tree in trees {
        tree.folders
            .iter()
            .for_each(|folder| add_with_ancestors(folder.clone(), &mut seen));
        let holders = tree
            .files
            .iter()
            .map(|file| &file.path)
            .chain(tree.links.iter().map(|link| &link.path));
        holders
            .filter_map(RelPath::parent)
            .for_each(|folder| add_with_ancestors(folder, &mut seen));
    }
    let mut folders: Vec<RelPath> = seen.into_iter().collect();
    folders.sort_unstable();
    folders
}

fn add_with_ancestors(folder: RelPath, seen: &mut HashSet<RelPath>) {
    let mut next = Some(folder);
    while let Some(folder) = next.filter(|folder| !seen.contains(folder)) {
        next = folder.parent();
        seen.insert(folder);
    }
}

fn links_of(trees: &[&ComponentTree]) -> Vec<Link> {
    trees.iter().flat_map(|tree| tree.links.iter().cloned()).collect()
}

#[cfg(test)]
mod tests;
