//! The bytes of an archive, read at any place by any thread.

use crate::input::refusal::BadArchive;
use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

/// How the bytes are asked for: all of a piece, or none.
#[derive(Debug)]
pub(super) struct Content {
    file: File,
    length: u64,
}

impl Content {
    pub(super) fn new(file: File) -> io::Result<Self> {
        let length = file.metadata()?.len();
        Ok(Self { file, length })
    }

    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    /// The bytes from `at` on; nothing is allocated for what the archive does not have.
    pub(super) fn piece(&self, at: u64, length: u64) -> Result<Vec<u8>, Fault> {
        let cut = BadArchive::Block {
            at,
            reason: "the archive ends here",
        };
        if at.checked_add(length).is_none_or(|end| end > self.length) {
            return Err(cut.into());
        }
        let mut bytes = vec![0; usize::try_from(length).map_err(|_| cut)?];
        let mut filled = 0;
        while filled < bytes.len() {
            match read_at(&self.file, &mut bytes[filled..], at + filled as u64)? {
                0 => return Err(Fault::Read(io::ErrorKind::UnexpectedEof.into())),
                count => filled += count,
            }
        }
        Ok(bytes)
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, at)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, at)
}

/// Why an archive is not taken.
#[derive(Debug)]
pub(super) enum Fault {
    Read(io::Error),
    Refused(BadArchive),
}

impl Fault {
    pub(super) fn of(self, path: &camino::Utf8Path) -> crate::Error {
        match self {
            Self::Read(source) => crate::input::failed(path, source),
            Self::Refused(source) => crate::Error::Archive {
                path: path.to_owned(),
                source,
            },
        }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Read(error)
    }
}

impl From<BadArchive> for Fault {
    fn from(refused: BadArchive) -> Self {
        Self::Refused(refused)
    }
}

/// One run of the bytes, as a reader.
pub(super) struct Run {
    content: Arc<Content>,
    at: u64,
    left: u64,
}

impl Run {
    pub(super) const fn new(content: Arc<Content>, at: u64, left: u64) -> Self {
        Self { content, at, left }
    }
}

impl Read for Run {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let count = read_at(&self.content.file, &mut buffer[..most], self.at)?;
        self.at += count as u64;
        self.left -= count as u64;
        Ok(count)
    }
}
