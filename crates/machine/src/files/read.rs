//! Reading whole files, bounded.

use crate::error::{Context as _, act};
use crate::{Error, Result};
use camino::Utf8Path;
use jiff::Timestamp;
use std::fs::File;
use std::io::{self, Read as _};
use toolcrib_model::{Digest, Hasher};

/// More than any file has that Toolcrib reads as a whole.
const MOST: u64 = 256 << 20;
/// How many bytes are read at a time where only the digest is wanted.
const DIGESTED_BYTES: usize = 1 << 20;

/// The content of a file; `None` if there is none. Refuses more than 256 MiB.
pub fn read(path: &Utf8Path) -> Result<Option<Vec<u8>>> {
    read_bounded(path, MOST)
}

/// The content of a file; `None` if there is none. Never holds more than `limit` bytes and one.
pub fn read_bounded(path: &Utf8Path, limit: u64) -> Result<Option<Vec<u8>>> {
    let Some(file) = open(path)? else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    file.take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .or_fail(act::read, path)?;
    match bytes.len() as u64 > limit {
        true => Err(Error::TooLarge {
            path: path.to_owned(),
            limit,
        }),
        false => Ok(Some(bytes)),
    }
}

/// The digest of a file's content, however long; `None` if there is none.
pub fn digest(path: &Utf8Path) -> Result<Option<Digest>> {
    let Some(mut file) = open(path)? else {
        return Ok(None);
    };
    let (mut hasher, mut buffer) = (Hasher::new(), vec![0; DIGESTED_BYTES]);
    loop {
        match file.read(&mut buffer).or_fail(act::read, path)? {
            0 => return Ok(Some(hasher.finish())),
            read => hasher.update(&buffer[..read]),
        }
    }
}

fn open(path: &Utf8Path) -> Result<Option<File>> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::Read {
            path: path.to_owned(),
            source,
        }),
    }
}

/// Whether something is at this path; a link counts as itself, wherever it points.
pub fn exists(path: &Utf8Path) -> Result<bool> {
    match path.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(error) if is_absent(&error) => Ok(false),
        Err(source) => Err(Error::Read {
            path: path.to_owned(),
            source,
        }),
    }
}

/// When the content of this file was last changed, as its file system says; `None` where nothing is there, or nothing is
/// said that can be a time.
pub fn changed_at(path: &Utf8Path) -> Result<Option<Timestamp>> {
    let changed = path.metadata().and_then(|found| found.modified());
    match changed {
        Ok(at) => Ok(Timestamp::try_from(at).ok()),
        Err(error) if is_absent(&error) => Ok(None),
        Err(source) => Err(Error::Read {
            path: path.to_owned(),
            source,
        }),
    }
}

/// Nothing is there: neither the thing nor, perhaps, the folder that would hold it.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}
