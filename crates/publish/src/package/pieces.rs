//! The second pass: reads the files in the order of the stream and cuts them into the contents of chunks.

use super::digest::failed;
use super::order::{Plan, PlannedFile, SMALL_BYTES};
use crate::Error;
use crate::input::Input;
use crate::progress::Watch;
use fastcdc::v2020::StreamCDC;
use std::io::{self, Read};
use toolcrib_model::{Digest, Hasher, RelPath};

/// How large files are cut, as the index says it.
pub(super) const CUTTER: &str = "fastcdc-2020/512K/2M/4M";
const LEAST_BYTES: usize = 512 << 10;
const AVERAGE_BYTES: usize = 2 << 20;
const MOST_BYTES: usize = 4 << 20;
/// From here on a chunk of gathered files ends before the next file that [`begins_chunk`].
const GATHERED_BYTES: usize = 3 << 20;

/// The content of a chunk, and whose it is.
pub(super) struct Piece {
    pub(super) component: usize,
    pub(super) entry: Entry,
    pub(super) content: Vec<u8>,
}

/// The entry of a part's zip under which a chunk is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// Several small files.
    Gathered,
    /// The next piece of a large file.
    File { path: RelPath, executable: bool },
}

/// Takes the next piece; fails where nobody wants more.
pub(super) type Give<'a> = dyn FnMut(Piece) -> Result<(), Stopped> + 'a;

/// Somebody further down has stopped; the reason is there.
#[derive(Debug)]
pub(super) struct Stopped;

/// Why reading ended early.
pub(super) enum Halt {
    Failed(Error),
    Stopped,
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<Stopped> for Halt {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

/// Reads everything and gives it piece by piece.
pub(super) fn read(
    input: &Input,
    plans: &[Plan<'_>],
    watch: &dyn Watch,
    give: &mut Give<'_>,
) -> Result<(), Halt> {
    for (component, plan) in plans.iter().enumerate() {
        let content = || plan.files.iter().filter(|file| file.brings_content);
        let small = content().filter(|file| file.entry.size <= SMALL_BYTES);
        gather(input, component, small, watch, give)?;
        for large in content().filter(|file| file.entry.size > SMALL_BYTES) {
            cut(input, component, large, watch, give)?;
        }
    }
    Ok(())
}

fn gather<'a>(
    input: &Input,
    component: usize,
    files: impl Iterator<Item = &'a PlannedFile<'a>>,
    watch: &dyn Watch,
    give: &mut Give<'_>,
) -> Result<(), Halt> {
    let mut content = Vec::new();
    let mut flush = |content: &mut Vec<u8>| match std::mem::take(content) {
        full if full.is_empty() => Ok(()),
        full => give(Piece {
            component,
            entry: Entry::Gathered,
            content: full,
        }),
    };
    for file in files {
        let full = content.len() + file.entry.size as usize > MOST_BYTES;
        if full || (content.len() >= GATHERED_BYTES && begins_chunk(&file.entry.path)) {
            flush(&mut content)?;
        }
        append(input, file, &mut content)?;
        watch.advance(file.entry.size);
    }
    Ok(flush(&mut content)?)
}

/// Whether a chunk of gathered files may begin with this one: one in 32, chosen by name, so that a later release with
/// a few other files has the same chunks again soon after each of them.
fn begins_chunk(path: &RelPath) -> bool {
    Digest::of(path.as_str().as_bytes()).as_bytes()[0].is_multiple_of(32)
}

fn append(input: &Input, file: &PlannedFile<'_>, content: &mut Vec<u8>) -> Result<(), Error> {
    let from = content.len();
    let path = &file.entry.path;
    let read = input
        .read(file.input)?
        .take(file.entry.size + 1)
        .read_to_end(content);
    read.map_err(|source| failed(path, source))?;
    let same =
        content.len() - from == file.entry.size as usize && Digest::of(&content[from..]) == file.entry.sha256;
    if same {
        Ok(())
    } else {
        Err(Error::Changed { path: path.clone() })
    }
}

fn cut(
    input: &Input,
    component: usize,
    file: &PlannedFile<'_>,
    watch: &dyn Watch,
    give: &mut Give<'_>,
) -> Result<(), Halt> {
    let path = &file.entry.path;
    let mut content = Digesting {
        content: input.read(file.input)?,
        hasher: Hasher::new(),
    };
    for piece in StreamCDC::new(&mut content, LEAST_BYTES, AVERAGE_BYTES, MOST_BYTES) {
        let piece = piece.map_err(|error| failed(path, error.into()))?;
        watch.advance(piece.length as u64);
        let entry = Entry::File {
            path: path.clone(),
            executable: file.entry.executable,
        };
        give(Piece {
            component,
            entry,
            content: piece.data,
        })?;
    }
    let same = content.hasher.finish() == file.entry.sha256;
    if same {
        Ok(())
    } else {
        Err(Error::Changed { path: path.clone() }.into())
    }
}

struct Digesting<R> {
    content: R,
    hasher: Hasher,
}

impl<R: Read> Read for Digesting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.content.read(buffer)?;
        self.hasher.update(&buffer[..count]);
        Ok(count)
    }
}
