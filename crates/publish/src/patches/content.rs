//! The files of a package, read back from its parts.

use crate::Error;
use camino::Utf8PathBuf;
use fs_err::File;
use std::collections::HashMap;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use toolcrib_model::Digest;
use toolcrib_wire::index::{Chunk, Index};

/// Reads files by their digests.
pub(super) struct Content<'a> {
    parts: &'a [Utf8PathBuf],
    chunks: &'a [Chunk],
    /// Where in the stream each chunk begins.
    begins: Vec<u64>,
    /// Where in the stream each content begins, and its length.
    runs: HashMap<Digest, (u64, u64)>,
    /// The chunk that was unpacked last: the next file is often in it too.
    unpacked: Option<(usize, Vec<u8>)>,
}

impl<'a> Content<'a> {
    pub(super) fn new(index: &'a Index, parts: &'a [Utf8PathBuf]) -> Self {
        let mut at = 0;
        let begin = |chunk: &Chunk| {
            at += u64::from(chunk.length);
            at - u64::from(chunk.length)
        };
        let files = index.components.iter().flat_map(|tree| &tree.files);
        Self {
            parts,
            chunks: &index.chunks,
            begins: index.chunks.iter().map(begin).collect(),
            runs: files.map(|file| (file.sha256, (file.at, file.size))).collect(),
            unpacked: None,
        }
    }

    /// The length of a file; nothing where there is none.
    pub(super) fn length(&self, sha256: &Digest) -> u64 {
        self.runs.get(sha256).map_or(0, |(_, length)| *length)
    }

    /// What the files' share of the chunks is, stored, in bytes.
    pub(super) fn stored_bytes(&self, files: &[Digest]) -> u64 {
        let runs = files.iter().filter_map(|sha256| self.runs.get(sha256));
        runs.map(|(at, length)| self.stored_share(*at, at + length)).sum()
    }

    fn stored_share(&self, from: u64, to: u64) -> u64 {
        let first = self
            .begins
            .partition_point(|begin| *begin <= from)
            .saturating_sub(1);
        let chunks = self.begins[first..].iter().zip(&self.chunks[first..]);
        let touched = chunks.take_while(|(begin, _)| **begin < to);
        let share = |(begin, chunk): (&u64, &Chunk)| {
            let length = u64::from(chunk.length);
            let ours = to.min(begin + length).saturating_sub(from.max(*begin));
            u64::from(chunk.stored_length) * ours / length.max(1)
        };
        touched.map(share).sum()
    }

    /// Several files, one after the other.
    pub(super) fn joined(&mut self, files: &[Digest]) -> Result<Vec<u8>, Error> {
        let length: u64 = files.iter().map(|sha256| self.length(sha256)).sum();
        let mut content = Vec::with_capacity(length as usize);
        for sha256 in files {
            let from = content.len();
            self.append(sha256, &mut content)?;
            if Digest::of(&content[from..]) != *sha256 {
                return Err(damaged(*sha256));
            }
        }
        Ok(content)
    }

    fn append(&mut self, sha256: &Digest, content: &mut Vec<u8>) -> Result<(), Error> {
        let (mut at, length) = self.runs.get(sha256).copied().unwrap_or_default();
        let end = at + length;
        let mut place = self.begins.partition_point(|begin| *begin <= at);
        while at < end {
            let begin = self.begins[place - 1];
            let chunk = self.chunk(place - 1)?;
            let from = (at - begin) as usize;
            let to = chunk.len().min((end - begin) as usize);
            let run = chunk.get(from..to).filter(|run| !run.is_empty());
            let run = run.ok_or_else(|| damaged(*sha256))?;
            content.extend_from_slice(run);
            at += run.len() as u64;
            place += 1;
        }
        Ok(())
    }

    fn chunk(&mut self, place: usize) -> Result<&[u8], Error> {
        let held = self.unpacked.take().filter(|(held, _)| *held == place);
        let unpacked = match held {
            Some((_, held)) => held,
            None => self.unpack(&self.chunks[place])?,
        };
        Ok(&self.unpacked.insert((place, unpacked)).1)
    }

    fn unpack(&self, chunk: &Chunk) -> Result<Vec<u8>, Error> {
        let path = &self.parts[chunk.part as usize];
        let read = || -> io::Result<Vec<u8>> {
            let mut stored = vec![0; chunk.stored_length as usize];
            let mut part = File::open(path)?;
            part.seek(SeekFrom::Start(chunk.offset))?;
            part.read_exact(&mut stored)?;
            zstd::bulk::decompress(&stored, chunk.length as usize)
        };
        read().map_err(|source| Error::Read {
            path: path.clone(),
            source,
        })
    }
}

fn damaged(sha256: Digest) -> Error {
    Error::DamagedContent { sha256 }
}
