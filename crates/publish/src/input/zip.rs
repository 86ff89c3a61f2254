//! A zip archive as input: what its preflight let through, read by the places that the preflight found.

use super::preflight::{self, Entry, Kind, Method};
use super::refusal::{BadArchive, MAX_LINK_BYTES};
use super::{InputFile, Place, Tree, below_prefix, failed, link};
use crate::Error;
use camino::{Utf8Path, Utf8PathBuf};
use flate2::bufread::DeflateDecoder;
use fs_err::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use toolcrib_model::RelPath;
use toolcrib_wire::index::Link;

/// An archive that passed its preflight.
#[derive(Debug)]
pub(super) struct Archive {
    path: Utf8PathBuf,
    entries: Vec<Entry>,
}

impl Archive {
    pub(super) fn open(path: &Utf8Path, below: Option<&RelPath>) -> Result<(Self, Tree), Error> {
        let refuse = |source| Error::Archive {
            path: path.to_owned(),
            source,
        };
        let mut file = BufReader::new(File::open(path).map_err(|source| failed(path, source))?);
        let entries = preflight::inspect(&mut file).map_err(|fault| match fault {
            preflight::Fault::Read(source) => failed(path, source),
            preflight::Fault::Refused(source) => refuse(source),
        })?;
        let archive = Self {
            path: path.to_owned(),
            entries,
        };
        let tree = archive.list(below)?;
        Ok((archive, tree))
    }

    fn list(&self, below: Option<&RelPath>) -> Result<Tree, Error> {
        let mut tree = Tree::default();
        for (place, entry) in self.entries.iter().enumerate() {
            let Some(path) = below_prefix(&entry.path, below) else {
                continue;
            };
            match entry.kind {
                Kind::Folder => tree.folders.push(path),
                Kind::Link => tree.links.push(self.link(place, path)?),
                Kind::File { executable } => {
                    tree.files.push(InputFile {
                        path,
                        size: entry.size,
                        executable,
                        place: Place::Entry(place),
                    });
                }
            }
        }
        tree.keep_empty_folders();
        Ok(tree)
    }

    fn link(&self, place: usize, path: RelPath) -> Result<Link, Error> {
        let outside = || {
            self.refuse(BadArchive::LinkOutside {
                name: path.to_string(),
            })
        };
        let mut target = String::new();
        let read = self.read(place)?.take(MAX_LINK_BYTES).read_to_string(&mut target);
        read.map_err(|_| {
            self.refuse(BadArchive::Damaged {
                name: path.to_string(),
            })
        })?;
        let target = link::inside(&path, &target).ok_or_else(outside)?;
        Ok(Link { path, target })
    }

    pub(super) fn read(&self, place: usize) -> Result<Box<dyn Read + Send>, Error> {
        let Some(entry) = self.entries.get(place) else {
            return Err(self.refuse(BadArchive::Directory));
        };
        let open = || -> io::Result<Box<dyn Read + Send>> {
            let mut file = File::open(&self.path)?;
            file.seek(SeekFrom::Start(entry.data_at))?;
            let stored = BufReader::new(file.take(entry.stored));
            Ok(match entry.method {
                Method::Stored => Box::new(stored),
                Method::Deflate => Box::new(Deflated {
                    content: DeflateDecoder::new(stored),
                    stored: entry.stored,
                }),
                Method::Zstd => Box::new(zstd::Decoder::with_buffer(stored)?),
            })
        };
        let content = open().map_err(|source| failed(&self.path, source))?;
        Ok(Box::new(Checked::new(content, entry)))
    }

    fn refuse(&self, source: BadArchive) -> Error {
        Error::Archive {
            path: self.path.clone(),
            source,
        }
    }
}

/// Reads a deflated entry; at its end, all that is stored must have been used.
struct Deflated<R> {
    content: DeflateDecoder<R>,
    stored: u64,
}

impl<R: io::BufRead> Read for Deflated<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.content.read(buffer)?;
        let ended = count == 0 && !buffer.is_empty();
        if ended && self.content.total_in() != self.stored {
            Err(damaged())
        } else {
            Ok(count)
        }
    }
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the archive's entry is damaged")
}

/// Reads an entry and compares length and checksum at its end.
struct Checked<R> {
    content: R,
    left: u64,
    checksum: crc32fast::Hasher,
    expected: u32,
}

impl<R: Read> Checked<R> {
    fn new(content: R, entry: &Entry) -> Self {
        Self {
            content,
            left: entry.size,
            checksum: crc32fast::Hasher::new(),
            expected: entry.crc,
        }
    }

    /// At the end, nothing more may come, and the checksum must fit.
    fn finish(&mut self) -> io::Result<usize> {
        let more = self.content.read(&mut [0])?;
        let fits = self.left == 0 && more == 0 && self.checksum.clone().finalize() == self.expected;
        if fits { Ok(0) } else { Err(damaged()) }
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        if buffer.is_empty() {
            return Ok(0);
        }
        let count = if most == 0 {
            0
        } else {
            self.content.read(&mut buffer[..most])?
        };
        if count == 0 {
            return self.finish();
        }
        self.left -= count as u64;
        self.checksum.update(&buffer[..count]);
        Ok(count)
    }
}
