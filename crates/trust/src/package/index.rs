//! Judges an index: every chunk lies in a part, every file is a run of the stream, every sum is what the manifest
//! says, and nothing is named that is not there.

use super::manifest::TrustedManifest;
use super::tree::{self, BadTree};
use crate::Error;
use std::ops::Range;
use std::sync::Arc;
use thiserror::Error as ThisError;
use toolcrib_model::{ComponentId, Digest, RelPath};
use toolcrib_wire::index::{Chunk, ComponentTree, File, Index};
use toolcrib_wire::manifest::{Component, Manifest};

/// The most content that one chunk may have, in bytes.
pub const MAX_CHUNK_BYTES: u32 = 16 << 20;
/// The longest frame that one chunk may be stored as, in bytes: content that does not compress grows a little.
pub const MAX_STORED_CHUNK_BYTES: u32 = MAX_CHUNK_BYTES + (128 << 10);

/// An index that its manifest vouches for, and that is sound in itself.
///
/// Promised: chunks lie within their parts in ascending order without overlap and within the bounds; paths are unique
/// under case folding, and nothing lies below a file or link; links end at something inside; files cover the stream
/// without gaps; no chunk serves two components; sums, counts and components are those of the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedIndex {
    index: Arc<Index>,
    ranges: Vec<Range<usize>>,
    stored: Arc<[u8]>,
}

impl TrustedIndex {
    /// The index. Whoever keeps something of it keeps it as a whole: that of many files is large.
    pub const fn index(&self) -> &Arc<Index> {
        &self.index
    }

    /// The bytes that were judged, as they are stored.
    pub fn stored(&self) -> &[u8] {
        &self.stored
    }

    /// The places in the list of chunks that hold a component's files; no other component needs them.
    pub fn chunks_of(&self, component: &ComponentId) -> Option<Range<usize>> {
        let place = self
            .index
            .components
            .iter()
            .position(|tree| tree.id == *component)?;
        self.ranges.get(place).cloned()
    }
}

/// An index is not sound.
#[derive(Debug, ThisError, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields are the thing that was judged; the text says what they are"
)]
pub enum BadIndexTree {
    /// The components are not those of the manifest.
    #[error("its components are not those of the manifest, in the same order")]
    Components,
    /// The name of the cutter is not a name.
    #[error("the name of its cutter is too long or has characters that do not show")]
    Cutter,
    /// A chunk is not in its part, too large, empty, or out of order.
    #[error("chunk {place} is out of its part, out of order, empty or too large")]
    Chunk { place: usize },
    /// The content is longer than can be counted.
    #[error("its lengths are too large to be added up")]
    Overflow,
    /// A file is not a run of the stream.
    #[error("the file `{path}` is not a run of its component's stream, right after the one before")]
    Run { path: RelPath },
    /// A component's files end within a chunk, or chunks are left over.
    #[error("the files of the component `{component}` do not end where a chunk ends")]
    Boundary { component: ComponentId },
    /// What a component has is not what the manifest says.
    #[error("the component `{component}` has {what} {found}, but the manifest says {expected}")]
    Sum {
        component: ComponentId,
        what: &'static str,
        found: u64,
        expected: u64,
    },
    /// The tree is not sound.
    #[error(transparent)]
    Tree(#[from] BadTree),
    /// The manifest names a file that the index does not have.
    #[error("there is no file `{path}`, which the manifest names as its {what}")]
    NoFile { what: &'static str, path: RelPath },
}

/// Judges the stored bytes of the index that `manifest` names.
///
/// # Errors
/// [`Error`] where the manifest does not vouch for these bytes, or where what they say is not sound.
pub fn judge_index(manifest: &TrustedManifest, stored: &[u8]) -> Result<TrustedIndex, Error> {
    let blob = manifest.manifest().index;
    if stored.len() as u64 != blob.length || Digest::of(stored) != blob.sha256 {
        return Err(Error::Swapped {
            name: "index".to_owned(),
            length: blob.length,
            sha256: blob.sha256,
        });
    }
    let index = Index::from_stored(stored).map_err(|source| Error::ParseIndex { source })?;
    let ranges = judge(manifest.manifest(), &index).map_err(|source| Error::Index { source })?;
    Ok(TrustedIndex {
        index: Arc::new(index),
        ranges,
        stored: stored.into(),
    })
}

/// Judges an index against its manifest; answers the chunks of each component.
pub(crate) fn judge(manifest: &Manifest, index: &Index) -> Result<Vec<Range<usize>>, BadIndexTree> {
    if !crate::text::is_line(&index.cutter, 100) {
        return Err(BadIndexTree::Cutter);
    }
    if !index
        .components
        .iter()
        .map(|tree| &tree.id)
        .eq(manifest.components.iter().map(|known| &known.id))
    {
        return Err(BadIndexTree::Components);
    }
    judge_chunks(manifest, &index.chunks)?;
    let ranges = judge_runs(manifest, index)?;
    let known = tree::judge(&index.components)?;
    for (what, path) in named_files(manifest) {
        if !known.has_file(path) {
            return Err(BadIndexTree::NoFile {
                what,
                path: path.clone(),
            });
        }
    }
    Ok(ranges)
}

fn named_files(manifest: &Manifest) -> impl Iterator<Item = (&'static str, &RelPath)> {
    let program = manifest.launch.iter().map(|launch| ("program", &launch.program));
    let icons = manifest
        .shortcuts
        .iter()
        .filter_map(|shortcut| shortcut.icon.as_ref())
        .map(|icon| ("icon", icon));
    let read_me = manifest.read_me.iter().map(|path| ("read-me", path));
    program.chain(icons).chain(read_me)
}

fn judge_chunks(manifest: &Manifest, chunks: &[Chunk]) -> Result<(), BadIndexTree> {
    let mut free_from = (0_u32, 0_u64);
    for (place, chunk) in chunks.iter().enumerate() {
        let refuse = || BadIndexTree::Chunk { place };
        let part = manifest.parts.get(chunk.part as usize).ok_or_else(refuse)?;
        let end = chunk
            .offset
            .checked_add(u64::from(chunk.stored_length))
            .ok_or_else(refuse)?;
        let bounded = (1..=MAX_CHUNK_BYTES).contains(&chunk.length)
            && (1..=MAX_STORED_CHUNK_BYTES).contains(&chunk.stored_length)
            && end <= part.length;
        if !bounded || (chunk.part, chunk.offset) < free_from {
            return Err(refuse());
        }
        free_from = (chunk.part, end);
    }
    Ok(())
}

fn judge_runs(manifest: &Manifest, index: &Index) -> Result<Vec<Range<usize>>, BadIndexTree> {
    let mut stream = Stream {
        chunks: &index.chunks,
        next: 0,
        at: 0,
    };
    let pairs = index.components.iter().zip(&manifest.components);
    let ranges = pairs
        .map(|(tree, known)| stream.take(tree, known))
        .collect::<Result<Vec<_>, _>>()?;
    match (stream.next == index.chunks.len(), index.components.last()) {
        (true, _) => Ok(ranges),
        (false, Some(last)) => Err(BadIndexTree::Boundary {
            component: last.id.clone(),
        }),
        (false, None) => Err(BadIndexTree::Components),
    }
}

/// The stream of all chunks' contents, as far as it was followed.
struct Stream<'a> {
    chunks: &'a [Chunk],
    next: usize,
    at: u64,
}

impl Stream<'_> {
    /// Follows one component to its end, which must be the end of a chunk.
    fn take(&mut self, tree: &ComponentTree, known: &Component) -> Result<Range<usize>, BadIndexTree> {
        let end = follow_files(self.at, &tree.files)?;
        let first = self.next;
        let mut stored_bytes = 0_u64;
        while self.at < end {
            let Some(chunk) = self.chunks.get(self.next) else {
                break;
            };
            self.at = self
                .at
                .checked_add(u64::from(chunk.length))
                .ok_or(BadIndexTree::Overflow)?;
            stored_bytes += u64::from(chunk.stored_length);
            self.next += 1;
        }
        if self.at != end {
            return Err(BadIndexTree::Boundary {
                component: tree.id.clone(),
            });
        }
        judge_sums(tree, known, stored_bytes)?;
        Ok(first..self.next)
    }
}

/// Follows the files of one component from `start`: each begins where the one before ended, or shares the run of an
/// earlier one with the same content. Answers where the last run ends.
fn follow_files(start: u64, files: &[File]) -> Result<u64, BadIndexTree> {
    let mut runs: Vec<&File> = Vec::new();
    let mut end = start;
    for file in files {
        let refuse = || BadIndexTree::Run {
            path: file.path.clone(),
        };
        if file.size == 0 {
            let placed = (start..=end).contains(&file.at) && file.sha256 == Digest::of(b"");
            placed.then_some(()).ok_or_else(refuse)?;
        } else if file.at == end {
            end = end.checked_add(file.size).ok_or(BadIndexTree::Overflow)?;
            runs.push(file);
        } else {
            let twin = runs
                .binary_search_by_key(&file.at, |run| run.at)
                .map(|place| runs[place]);
            let shared = twin.is_ok_and(|twin| twin.size == file.size && twin.sha256 == file.sha256);
            shared.then_some(()).ok_or_else(refuse)?;
        }
    }
    Ok(end)
}

fn judge_sums(tree: &ComponentTree, known: &Component, stored_bytes: u64) -> Result<(), BadIndexTree> {
    let installed = tree
        .files
        .iter()
        .try_fold(0_u64, |sum, file| sum.checked_add(file.size));
    let installed = installed.ok_or(BadIndexTree::Overflow)?;
    let table = [
        ("installed bytes", installed, known.installed_bytes),
        ("stored bytes", stored_bytes, known.stored_bytes),
        ("files", tree.files.len() as u64, known.file_count),
    ];
    match table.into_iter().find(|(_, found, expected)| found != expected) {
        Some((what, found, expected)) => Err(BadIndexTree::Sum {
            component: tree.id.clone(),
            what,
            found,
            expected,
        }),
        None => Ok(()),
    }
}
