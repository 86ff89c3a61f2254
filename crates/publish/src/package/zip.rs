//! A zip file, written so that the place of every byte is known and the same input gives the same bytes.
//!
//! Method 93 (zstd), no extra fields, no descriptors, no zip64, one fixed time. An entry's data is a plain run of
//! frames, so its checksum and lengths are known only at its end and are then put into the header written before.

use crate::Error;
use crate::input::Tree;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err::File;
use std::collections::HashSet;
use std::io::{self, BufWriter, Seek as _, SeekFrom, Write as _};
use toolcrib_model::path::fold;
use toolcrib_model::{Digest, RelPath};

const LOCAL_BYTES: u64 = 30;
const CENTRAL_BYTES: u64 = 46;
const END_BYTES: u64 = 22;
/// The longest name that [`Names`] makes beyond a path: `.part1000000`.
const NAME_ROOM: u64 = (toolcrib_model::path::MAX_PATH_BYTES + 16) as u64;
/// As many digits of a digest as name a chunk of gathered files.
const GATHERED_DIGITS: usize = 16;
const VERSION: u16 = 63;
const MADE_ON_UNIX: u16 = 3 << 8;
const UNICODE_NAME: u16 = 1 << 11;
const ZSTD: u16 = 93;
/// 1980-01-01, the first day of zip.
const DATE: u16 = 1 << 5 | 1;

/// Names for entries that no two entries of a part share.
pub(super) struct Names {
    taken: HashSet<String>,
    folder: String,
}

impl Names {
    pub(super) fn of(tree: &Tree) -> Self {
        let paths = tree.files.iter().map(|file| &file.path);
        let tops: HashSet<String> = paths
            .clone()
            .filter_map(|path| path.pieces().next())
            .map(|top| fold(top).into_owned())
            .collect();
        let candidates = (1..).map(|n| {
            if n == 1 {
                "gathered".to_owned()
            } else {
                format!("gathered-{n}")
            }
        });
        let folder = candidates
            .into_iter()
            .find(|name| !tops.contains(name))
            .unwrap_or_default();
        Self {
            taken: paths.map(RelPath::folded).collect(),
            folder,
        }
    }

    /// The name of a chunk of gathered files: that of its content, so that it is the same in every release.
    pub(super) fn gathered(&self, sha256: &Digest, part: &Writer) -> String {
        let digits = &sha256.to_string()[..GATHERED_DIGITS];
        let mut name = format!("{}/{digits}", self.folder);
        while part.has_entry(&name) {
            name.push('_');
        }
        name
    }

    /// The name of a piece of a large file: its path, and from the second piece on a number.
    pub(super) fn piece(&self, path: &RelPath, number: u32) -> String {
        if number == 1 {
            return path.to_string();
        }
        let mut name = format!("{path}.part{number}");
        while self.taken.contains(&*fold(&name)) {
            name.push('_');
        }
        name
    }
}

struct Record {
    name: String,
    executable: bool,
    header_at: u64,
    stored: u64,
    content: u64,
    crc: crc32fast::Hasher,
}

/// Writes one zip file.
pub(super) struct Writer {
    path: Utf8PathBuf,
    file: BufWriter<File>,
    at: u64,
    directory_bytes: u64,
    closed: Vec<Record>,
    open: Option<Record>,
}

impl Writer {
    pub(super) fn create(path: &Utf8Path) -> Result<Self, Error> {
        let file = File::create(path).map_err(|source| Error::Write {
            path: path.to_owned(),
            source,
        })?;
        let file = BufWriter::with_capacity(1 << 20, file);
        Ok(Self {
            path: path.to_owned(),
            file,
            at: 0,
            directory_bytes: 0,
            closed: vec![],
            open: None,
        })
    }

    pub(super) const fn has_open_entry(&self) -> bool {
        self.open.is_some()
    }

    fn has_entry(&self, name: &str) -> bool {
        self.closed
            .iter()
            .chain(&self.open)
            .any(|record| record.name == name)
    }

    pub(super) fn entry_count(&self) -> usize {
        self.closed.len() + usize::from(self.open.is_some())
    }

    /// Bytes of content of the open entry.
    pub(super) fn open_content(&self) -> u64 {
        self.open.as_ref().map_or(0, |record| record.content)
    }

    /// How long the file could become at most with one more frame.
    pub(super) fn length_with(&self, stored: u64, new_entry: bool) -> u64 {
        let entry = if new_entry {
            LOCAL_BYTES + CENTRAL_BYTES + 2 * NAME_ROOM
        } else {
            0
        };
        self.at + stored + entry + self.directory_bytes + END_BYTES
    }

    /// Begins an entry; the one before ends.
    pub(super) fn begin(&mut self, name: &str, executable: bool) -> Result<(), Error> {
        self.end_entry()?;
        let (name, header_at) = (name.to_owned(), self.at);
        let record = Record {
            name,
            executable,
            header_at,
            stored: 0,
            content: 0,
            crc: crc32fast::Hasher::new(),
        };
        self.write(&local_header(&record))?;
        self.directory_bytes += CENTRAL_BYTES + record.name.len() as u64;
        self.open = Some(record);
        Ok(())
    }

    /// Appends a frame to the open entry; answers where it begins.
    pub(super) fn append(
        &mut self,
        stored: &[u8],
        crc: &crc32fast::Hasher,
        length: u32,
    ) -> Result<u64, Error> {
        let offset = self.at;
        self.write(stored)?;
        if let Some(record) = &mut self.open {
            record.stored += stored.len() as u64;
            record.content += u64::from(length);
            record.crc.combine(crc);
        }
        Ok(offset)
    }

    /// Writes the directory and closes the file, durably.
    pub(super) fn finish(mut self) -> Result<(), Error> {
        self.end_entry()?;
        let directory_at = self.at;
        for record in std::mem::take(&mut self.closed) {
            self.write(&central_header(&record))?;
            self.closed.push(record);
        }
        self.write(&end(
            self.closed.len() as u16,
            (self.at - directory_at) as u32,
            directory_at as u32,
        ))?;
        let path = &self.path;
        let synced = self
            .file
            .into_inner()
            .map_err(io::IntoInnerError::into_error)
            .and_then(|file| file.sync_all());
        synced.map_err(|source| Error::Write {
            path: path.clone(),
            source,
        })
    }

    fn end_entry(&mut self) -> Result<(), Error> {
        let Some(record) = self.open.take() else {
            return Ok(());
        };
        let patched = self.patch(&record);
        patched.map_err(|source| Error::Write {
            path: self.path.clone(),
            source,
        })?;
        self.closed.push(record);
        Ok(())
    }

    fn patch(&mut self, record: &Record) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(record.header_at))?;
        self.file.write_all(&local_header(record))?;
        self.file.seek(SeekFrom::Start(self.at))?;
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let written = self.file.write_all(bytes);
        written.map_err(|source| Error::Write {
            path: self.path.clone(),
            source,
        })?;
        self.at += bytes.len() as u64;
        Ok(())
    }
}

/// What both headers of an entry have in common, from the flags to the length of the name.
fn common(record: &Record) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(24);
    for field in [UNICODE_NAME, ZSTD, 0, DATE] {
        bytes.extend(field.to_le_bytes());
    }
    for field in [
        record.crc.clone().finalize(),
        record.stored as u32,
        record.content as u32,
    ] {
        bytes.extend(field.to_le_bytes());
    }
    bytes.extend((record.name.len() as u16).to_le_bytes());
    bytes.extend(0_u16.to_le_bytes());
    bytes
}

fn local_header(record: &Record) -> Vec<u8> {
    [
        b"PK\x03\x04",
        &VERSION.to_le_bytes()[..],
        &common(record),
        record.name.as_bytes(),
    ]
    .concat()
}

fn central_header(record: &Record) -> Vec<u8> {
    let mode: u32 = if record.executable { 0o100_755 } else { 0o100_644 };
    [
        b"PK\x01\x02",
        &(MADE_ON_UNIX | VERSION).to_le_bytes()[..],
        &VERSION.to_le_bytes(),
        &common(record),
        &[0; 6],
        &(mode << 16).to_le_bytes(),
        &(record.header_at as u32).to_le_bytes(),
        record.name.as_bytes(),
    ]
    .concat()
}

fn end(count: u16, directory_bytes: u32, directory_at: u32) -> Vec<u8> {
    let count = count.to_le_bytes();
    let (bytes, at) = (directory_bytes.to_le_bytes(), directory_at.to_le_bytes());
    [b"PK\x05\x06", &[0; 4][..], &count, &count, &bytes, &at, &[0; 2]].concat()
}
