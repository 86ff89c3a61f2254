//! One file of a package by itself, to be read rather than to be installed: only the chunks that hold it are fetched,
//! each judged by its digest before it is unpacked, and the file by its own at the end. Nothing is written.

mod fetch;

use crate::error::Error;
use crate::links::{LinkBook, Links};
use crate::reread::file_of;
use crate::root::Root;
use crate::span::{self, Span};
use crate::tree::Tree;
use camino::Utf8Path;
use fetch::Fetch;
use std::collections::{BTreeMap, VecDeque};
use std::io::Read as _;
use std::ops::Range;
use toolcrib_machine::clock::Clock;
use toolcrib_model::{Digest, RelPath};
use toolcrib_net::Http;
use toolcrib_trust::package::{MAX_STORED_CHUNK_BYTES, TrustedIndex, TrustedManifest};
use toolcrib_wire::index::{File, Index};

/// The largest file that is read this way, in bytes: all of it is in memory.
pub const MAX_PACKED_FILE_BYTES: u64 = 16 << 20;
/// The most bytes of one request, unless a chunk is longer.
const SPAN_BYTES: u64 = 4 << 20;
/// The most requests for one file: a sound package needs one, or two where the file goes over the end of a part.
const MAX_SPANS: usize = 64;

/// A file that is wanted out of a package.
#[derive(Clone, Copy, Debug)]
pub struct PackedFile<'a> {
    /// The package.
    pub manifest: &'a TrustedManifest,
    /// Its index.
    pub index: &'a TrustedIndex,
    /// The file, one of the index.
    pub file: &'a File,
}

/// The file that lies at a path of a package.
pub fn packed_file<'a>(index: &'a Index, path: &RelPath) -> Option<&'a File> {
    let mut files = index.components.iter().flat_map(|component| &component.files);
    files.find(|file| file.path == *path)
}

/// The content of a file of the current release in an install root; `None` where it is not there, or not what the index
/// says.
///
/// # Errors
/// [`Error`] where the system refuses to read it.
pub fn installed_file(root: &Utf8Path, file: &File) -> Result<Option<Vec<u8>>, Error> {
    let root = Root::at(root);
    let Some(current) = root.read_current()? else {
        return Ok(None);
    };
    let failed = |source| Error::ReadFile {
        path: file.path.clone(),
        source,
    };
    let tree = Tree::open(&root.below(&current.tree))?;
    let Some(opened) = file_of(&tree, &file.path).map_err(failed)? else {
        return Ok(None);
    };
    let (mut content, most) = (Vec::new(), file.size.saturating_add(1));
    opened.take(most).read_to_end(&mut content).map_err(failed)?;
    Ok((Digest::of(&content) == file.sha256).then_some(content))
}

/// Fetches the content of a file, and nothing of the package that does not hold it.
///
/// # Errors
/// [`Error::Unreasonable`] where the file is larger than [`MAX_PACKED_FILE_BYTES`], or so scattered that much more would
/// be fetched; other [`Error`]s where it cannot be had.
pub async fn fetch_packed_file(
    wanted: PackedFile<'_>,
    http: &Http,
    links: &dyn Links,
    clock: &dyn Clock,
) -> Result<Vec<u8>, Error> {
    let (index, file) = (wanted.index.index(), wanted.file);
    let pieces = pieces(index, file);
    let mut queue = spans(index, file, &pieces)?;
    let fetch = Fetch {
        http,
        links: LinkBook::new(links, parts(wanted.manifest, &queue).into_iter()),
        clock,
        manifest: wanted.manifest,
        chunks: &index.chunks,
    };
    let mut content = Vec::new();
    while let Some(span) = span::next(&mut queue, SPAN_BYTES, &index.chunks) {
        content.extend(fetch.content(&span, &pieces).await?);
    }
    match Digest::of(&content) == file.sha256 {
        true => Ok(content),
        false => Err(Error::Unreasonable {
            what: "a file that is not what its chunks hold",
        }),
    }
}

/// Which run of each chunk's content belongs to a file, in the order of the stream.
type Pieces = BTreeMap<u32, Range<usize>>;

fn pieces(index: &Index, file: &File) -> Pieces {
    let (from, to) = (file.at, file.at.saturating_add(file.size));
    let mut begin = 0_u64;
    let mut pieces = Pieces::new();
    for (number, chunk) in (0..).zip(&index.chunks) {
        let end = begin.saturating_add(u64::from(chunk.length));
        if begin < to && from < end && from < to {
            let inside = |place: u64| (place.clamp(begin, end) - begin) as usize;
            pieces.insert(number, inside(from)..inside(to));
        }
        begin = end;
    }
    pieces
}

/// The requests that bring these pieces. A signed index may still be malicious: then it is refused before anything is
/// asked for.
fn spans(index: &Index, file: &File, pieces: &Pieces) -> Result<VecDeque<Span>, Error> {
    let refuse = |what| Err(Error::Unreasonable { what });
    if file.size > MAX_PACKED_FILE_BYTES {
        return refuse("a file that is too large to be read by itself");
    }
    let spans = span::runs(&index.chunks, pieces.keys().copied());
    let bytes = spans.iter().map(Span::length).fold(0, u64::saturating_add);
    // Whole chunks are fetched: the file's own bytes, and what else is in the first and the last one.
    let most = 2 * file.size + 2 * u64::from(MAX_STORED_CHUNK_BYTES);
    match spans.len() > MAX_SPANS || bytes > most {
        true => refuse("a file that is scattered over the package"),
        false => Ok(spans),
    }
}

/// The parts that are asked, by their places in the manifest, in order.
fn parts(manifest: &TrustedManifest, spans: &VecDeque<Span>) -> BTreeMap<u32, Digest> {
    let digest = |part: u32| Some((part, manifest.manifest().parts.get(part as usize)?.sha256));
    spans.iter().filter_map(|span| digest(span.part)).collect()
}

#[cfg(test)]
mod tests;
