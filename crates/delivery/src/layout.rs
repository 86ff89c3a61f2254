//! Where the bytes of each chunk go: the files of the chosen components as runs of the content stream (pure).
//!
//! Files with the same content share a run, so one range of a chunk can fill several files; and a chosen file may
//! need a chunk that was made for a component that was not chosen.

mod part;

pub(crate) use part::Part;

use crate::error::Error;
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::sync::Arc;
use toolcrib_model::{ComponentId, RelPath};
use toolcrib_wire::index::{File, Index, Link};

/// The most (file, chunk) pairs that a package may have; a real one of half a million files has fewer than two million.
const MAX_PIECES: u64 = 32 << 20;
/// What a file system gives out at a time; sizes on the disk are counted in it.
const BLOCK_BYTES: u64 = 4096;

/// The files, folders and links of the chosen components, and which files each chunk fills.
#[derive(Debug)]
pub(crate) struct Layout {
    index: Arc<Index>,
    files: Vec<Place>,
    folders: Vec<RelPath>,
    links: Vec<Link>,
    /// Where each chunk begins in the stream, and where the last one ends.
    starts: Vec<u64>,
    /// Where each chunk's run of `fills` begins, and where the last one ends.
    fills_from: Vec<u32>,
    /// The numbers of the files that each chunk fills, chunk after chunk.
    fills: Vec<u32>,
}

/// Where a file stands in the index: a release may have hundreds of thousands, so nothing of them is kept twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    component: u32,
    file: u32,
}

/// A range of a chunk's content that belongs at a place of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece<'a> {
    /// The number of the file.
    pub(crate) file: u32,
    /// The file.
    pub(crate) target: &'a File,
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
    pub(crate) fn new(index: &Arc<Index>, chosen: &BTreeSet<ComponentId>) -> Result<Self, Error> {
        Self::of(index, Part::of_each(index, chosen, Part::whole))
    }

    /// Lays out what these components, or parts of them, put on the disk.
    ///
    /// # Errors
    /// As [`Layout::new`].
    pub(crate) fn of(index: &Arc<Index>, parts: Vec<Part>) -> Result<Self, Error> {
        let starts = starts_of(index)?;
        let mut layout = Self {
            index: index.clone(),
            files: parts.iter().flat_map(Part::places).collect(),
            folders: Vec::new(),
            links: Vec::new(),
            starts,
            fills_from: Vec::new(),
            fills: Vec::new(),
        };
        (layout.fills_from, layout.fills) = fills_of(&layout)?;
        layout.links = parts.iter().flat_map(|part| part.links.iter().cloned()).collect();
        layout.folders = folders_of(&layout, &parts);
        Ok(layout)
    }

    /// The files, by their numbers.
    pub(crate) fn files(&self) -> impl ExactSizeIterator<Item = &File> + Clone {
        self.files.iter().map(|place| self.at(*place))
    }

    /// The file of this number.
    pub(crate) fn file(&self, number: u32) -> &File {
        self.at(self.files[number as usize])
    }

    fn at(&self, Place { component, file }: Place) -> &File {
        &self.index.components[component as usize].files[file as usize]
    }

    /// Whether it has a file of this path.
    pub(crate) fn has_file(&self, path: &RelPath) -> bool {
        self.files().any(|file| file.path == *path)
    }

    /// The names of all files, where many are looked for.
    pub(crate) fn file_names(&self) -> HashSet<&RelPath> {
        self.files().map(|file| &file.path).collect()
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
            let target = self.file(file);
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
        let file = self.file(number);
        let chunks = chunks_of(file.at, file.size, &self.starts);
        chunks.start as u32..chunks.end as u32
    }

    /// What of a range of a file is of which chunk.
    pub(crate) fn chunks_within(
        &self,
        number: u32,
        range: Range<u64>,
    ) -> impl Iterator<Item = (u32, Range<u64>)> {
        let at = self.file(number).at;
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
        self.files().map(|file| file.size).sum()
    }

    /// What the files and folders take on a disk that gives out whole blocks.
    pub(crate) fn disk_bytes(&self) -> u64 {
        let blocks = self.files().map(|file| file.size.div_ceil(BLOCK_BYTES));
        let files = blocks.sum::<u64>() * BLOCK_BYTES;
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

/// The chunks that the run of `size` bytes from `at` touches.
fn chunks_of(at: u64, size: u64, starts: &[u64]) -> Range<usize> {
    if size == 0 {
        return 0..0;
    }
    let first = starts.partition_point(|start| *start <= at) - 1;
    let end = starts.partition_point(|start| *start < at + size);
    first..end
}

fn fills_of(layout: &Layout) -> Result<(Vec<u32>, Vec<u32>), Error> {
    let starts = &layout.starts;
    if layout.files().any(|file| !is_within(file, starts)) {
        return Err(Error::Unreasonable {
            what: "a file beyond the end of the stream",
        });
    }
    let chunks = |file: &File| chunks_of(file.at, file.size, starts);
    let total: u64 = layout.files().map(|file| chunks(file).len() as u64).sum();
    if total > MAX_PIECES || starts.len() > u32::MAX as usize {
        return Err(Error::Unreasonable {
            what: "the number of pieces of files",
        });
    }
    let mut from = vec![0_u32; starts.len()];
    for file in layout.files() {
        chunks(file).for_each(|chunk| from[chunk + 1] += 1);
    }
    for chunk in 1..from.len() {
        from[chunk] += from[chunk - 1];
    }
    let mut next = from.clone();
    let mut fills = vec![0_u32; total as usize];
    for (number, file) in (0..).zip(layout.files()) {
        for chunk in chunks(file) {
            fills[next[chunk] as usize] = number;
            next[chunk] += 1;
        }
    }
    Ok((from, fills))
}

fn is_within(file: &File, starts: &[u64]) -> bool {
    let stream_end = starts.last().copied().unwrap_or_default();
    file.at
        .checked_add(file.size)
        .is_some_and(|end| end <= stream_end)
}

fn folders_of(layout: &Layout, parts: &[Part]) -> Vec<RelPath> {
    let mut seen: HashSet<RelPath> = HashSet::new();
    let told = parts.iter().flat_map(|part| part.folders.iter().cloned());
    let of_files = layout.files().filter_map(|file| file.path.parent());
    let of_links = layout.links.iter().filter_map(|link| link.path.parent());
    told.chain(of_files)
        .chain(of_links)
        .for_each(|folder| add_with_ancestors(folder, &mut seen));
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

#[cfg(test)]
mod tests;
