//! Where a single file lies: beside its name until it is judged, under it afterwards.

use super::WantedFile;
use crate::error::Error;
use crate::stop::Stop;
use camino::{Utf8Path, Utf8PathBuf};
use std::fs::{File, OpenOptions};
use std::io;
use toolcrib_machine::files::{self, Lock};
use toolcrib_model::Digest;
use toolcrib_model::digest::Hasher;

/// The longest name that is taken into other names, in bytes: file systems allow 255.
const MAX_STEM_BYTES: usize = 200;
/// How much is read at a time.
const PIECE_BYTES: u64 = 1 << 20;

/// The names that belong to a file that is being fetched. Nobody else works on it while this lives.
#[derive(Debug)]
pub(super) struct Place {
    to: Utf8PathBuf,
    part: Utf8PathBuf,
    log: Utf8PathBuf,
    lock: Lock,
}

impl Place {
    /// Takes the place, unless the wanted file lies there already.
    pub(super) fn take(wanted: &WantedFile, stop: &Stop) -> Result<Option<Self>, Error> {
        let (to, name) = judge_target(&wanted.to)?;
        let stem = stem(&name);
        let beside = |ending: &str| to.with_file_name(format!(".{stem}.toolcrib-{ending}"));
        let lock_path = beside("lock");
        let lock = Lock::try_acquire(&lock_path).map_err(|source| Error::Prepare {
            path: to.clone(),
            source,
        })?;
        let place = Self {
            part: beside("part"),
            log: beside("held"),
            lock: lock.ok_or_else(|| Error::FileBusy { path: to.clone() })?,
            to,
        };
        if is_there(&place.to, wanted, stop)? {
            return place.clear().map(|()| None);
        }
        Ok(Some(place))
    }

    /// The folder that it lies in.
    pub(super) fn folder(&self) -> &Utf8Path {
        folder_of(&self.to)
    }

    /// What it is called until then.
    pub(super) fn part(&self) -> &Utf8Path {
        &self.part
    }

    /// The log of what is held of it.
    pub(super) fn log(&self) -> &Utf8Path {
        &self.log
    }

    /// Opens the unfinished file for reading and writing; makes it if there is none. Never follows a link.
    pub(super) fn open_part(&self) -> Result<File, Error> {
        let failed = |source| Error::WriteFetched {
            path: self.part.clone(),
            source,
        };
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        no_follow(&mut options);
        let file = options.open(&self.part).map_err(failed)?;
        let found = file.metadata().map_err(failed)?;
        match found.is_file() && is_one_name(&found) {
            true => Ok(file),
            false => Err(failed(io::ErrorKind::AlreadyExists.into())),
        }
    }

    /// Gives the file its name, durably, in place of whatever had it.
    pub(super) fn promote(&self) -> Result<(), Error> {
        files::rename(&self.part, &self.to).map_err(|source| self.failed(&self.to, source))?;
        self.clear()
    }

    /// Removes everything but the file itself.
    pub(super) fn clear(&self) -> Result<(), Error> {
        // The log goes first: without it the unfinished file is nothing, but not the other way round.
        for path in [&self.log, &self.part, &self.lock.path().to_owned()] {
            files::remove_file(path).map_err(|source| Error::Remove {
                path: path.clone(),
                source,
            })?;
        }
        Ok(())
    }

    fn failed(&self, path: &Utf8Path, source: toolcrib_machine::Error) -> Error {
        Error::Prepare {
            path: path.to_owned(),
            source,
        }
    }
}

/// What the other names begin with: a long name would leave no room for their ends.
fn stem(name: &str) -> String {
    if name.len() <= MAX_STEM_BYTES {
        name.to_owned()
    } else {
        Digest::of(name.as_bytes()).to_string()
    }
}

/// The path from the root, and the file's name; a folder is no place for a file.
fn judge_target(to: &Utf8Path) -> Result<(Utf8PathBuf, String), Error> {
    let no_file = || Error::NotAFile { path: to.to_owned() };
    let whole = camino::absolute_utf8(to).map_err(|_| no_file())?;
    let name = whole.file_name().ok_or_else(no_file)?.to_owned();
    match whole.symlink_metadata() {
        Ok(found) if found.is_dir() => Err(no_file()),
        _ => Ok((whole, name)),
    }
}

fn folder_of(to: &Utf8Path) -> &Utf8Path {
    to.parent().unwrap_or(to)
}

fn is_there(to: &Utf8Path, wanted: &WantedFile, stop: &Stop) -> Result<bool, Error> {
    match to.symlink_metadata() {
        Ok(found) if found.is_file() && found.len() == wanted.length => {}
        _ => return Ok(false),
    }
    let read = |source| Error::ReadFetched {
        path: to.to_owned(),
        source,
    };
    let file = File::open(to).map_err(read)?;
    let found = digest_of(&file, wanted.length, stop).map_err(read)?;
    Ok(found == Some(wanted.sha256))
}

#[cfg(unix)]
fn no_follow(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt as _;
    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
    options.custom_flags(flags.bits().cast_signed());
}

/// Making a link takes rights on Windows that nobody has who could not write the file itself.
#[cfg(not(unix))]
fn no_follow(_: &mut OpenOptions) {}

#[cfg(unix)]
fn is_one_name(found: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    found.nlink() == 1
}

#[cfg(not(unix))]
fn is_one_name(_: &std::fs::Metadata) -> bool {
    true
}

/// The digest of so many bytes; `None` where somebody wishes to stop.
fn digest_of(file: &File, length: u64, stop: &Stop) -> io::Result<Option<Digest>> {
    let mut hasher = Hasher::new();
    let mut buffer = vec![0; PIECE_BYTES.min(length) as usize];
    let mut place = 0;
    while place < length {
        if stop.wish().is_some() {
            return Ok(None);
        }
        let piece = &mut buffer[..PIECE_BYTES.min(length - place) as usize];
        crate::tree::read_exact_at(file, piece, place)?;
        hasher.update(piece);
        place += piece.len() as u64;
    }
    Ok(Some(hasher.finish()))
}
