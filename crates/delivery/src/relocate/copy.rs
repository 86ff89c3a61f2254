//! Filling a root with what another one has: by second names for the same files on one volume, else by copies, which
//! are compared with what was copied.

use super::twin;
use crate::error::Error;
use crate::root::Root;
use camino::{Utf8Path, Utf8PathBuf};
use std::fs::File;
use std::io::{self, Read as _};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use toolcrib_machine::{faults, files};

const READ_BYTES: usize = 1 << 20;
/// So much of small files is written before it has to reach the disk, in bytes, so that little is left to wait for.
const UNSYNCED_BYTES: u64 = 32 << 20;
/// What a disk gives out at least, in bytes: a file and a folder take whole blocks.
const BLOCK_BYTES: u64 = 4096;
/// Room for what no sum of files counts: folders, the records.
const SLACK_BYTES: u64 = 4 << 20;

/// Hears how much is done, of how much, and answers whether to go on.
type Told<'a> = &'a (dyn Fn(u64, u64) -> bool + Sync);

/// What a root has, and where it goes.
pub(super) struct Copies {
    folders: Vec<Utf8PathBuf>,
    links: Vec<Pair>,
    files: Vec<Pair>,
    bytes: u64,
    by_name: bool,
}

struct Pair {
    from: Utf8PathBuf,
    to: Utf8PathBuf,
    bytes: u64,
}

impl Copies {
    /// Lists what is to be copied: the releases, with all that is in them, and their indexes. The records of the releases
    /// speak of their place, so they are written anew.
    pub(super) fn of(from: &Root, to: &Root) -> Result<Self, Error> {
        let mut copies = Self {
            folders: Vec::new(),
            links: Vec::new(),
            files: Vec::new(),
            bytes: 0,
            by_name: is_one_volume(from.path(), to.path()),
        };
        for place in [from.releases(), from.indexes()] {
            if files::exists(&place).is_ok_and(|there| there) {
                copies.add(place, (from, to))?;
            }
        }
        copies.bytes = copies.files.iter().map(|file| file.bytes).sum();
        Ok(copies)
    }

    fn add(&mut self, top: Utf8PathBuf, (from, to): (&Root, &Root)) -> Result<(), Error> {
        let mut open = vec![top];
        while let Some(folder) = open.pop() {
            self.folders.push(twin(&folder, from, to));
            let failed = |source| Error::Copy {
                path: folder.clone(),
                source,
            };
            for entry in folder.read_dir_utf8().map_err(failed)? {
                let entry = entry.map_err(failed)?;
                let found = entry.path().symlink_metadata().map_err(failed)?;
                let pair = Pair {
                    to: twin(entry.path(), from, to),
                    bytes: found.len(),
                    from: entry.into_path(),
                };
                if found.is_dir() {
                    open.push(pair.from);
                } else if found.is_symlink() {
                    self.links.push(pair);
                } else {
                    self.files.push(pair);
                }
            }
        }
        Ok(())
    }

    /// Refuses a volume that has no room.
    pub(super) fn judge_space(&self, to: &Root) -> Result<(), Error> {
        let needed = self.room();
        let space = files::space(to.path()).map_err(|source| Error::Inspect {
            root: to.path().to_owned(),
            source,
        })?;
        match needed > space.free {
            true => Err(Error::NotEnoughSpace {
                folder: to.path().to_owned(),
                needed,
                free: space.free,
            }),
            false => Ok(()),
        }
    }

    /// What they take of the volume that they go to.
    fn room(&self) -> u64 {
        let blocks = |bytes: u64| bytes.div_ceil(BLOCK_BYTES) * BLOCK_BYTES;
        let files: u64 = match self.by_name {
            true => 0,
            false => self.files.iter().map(|file| blocks(file.bytes)).sum(),
        };
        files + (self.folders.len() + self.links.len()) as u64 * BLOCK_BYTES + SLACK_BYTES
    }

    /// Makes them all; false where somebody wished to stop, which is asked after every piece of a large file, too.
    pub(super) fn make(&self, to: &Root, told: Told<'_>) -> Result<bool, Error> {
        for folder in &self.folders {
            files::create_folders(folder).map_err(|source| Error::Prepare {
                path: folder.clone(),
                source,
            })?;
        }
        for link in &self.links {
            let text = link.from.read_link_utf8().map_err(|source| link.failed(source))?;
            files::create_link(&text, &link.to).map_err(|source| Error::Prepare {
                path: link.to.clone(),
                source,
            })?;
        }
        let (mut done, mut unsynced) = (0, 0);
        for file in &self.files {
            if !told(done, 2 * self.bytes) {
                return Ok(false);
            }
            let mut copied = 0;
            let piece = |bytes| {
                copied += bytes;
                told(done + copied, 2 * self.bytes)
            };
            let made = faults::point_io("delivery.move.file").and_then(|()| file.make(self.by_name, piece));
            if !made.map_err(|source| file.failed(source).or_disk_full(&file.to, self.bytes - done))? {
                return Ok(false);
            }
            done += file.bytes;
            unsynced += if self.by_name { 0 } else { file.bytes };
            if unsynced >= UNSYNCED_BYTES {
                sync(to)?;
                unsynced = 0;
            }
        }
        Ok(true)
    }

    /// Compares every copy with what was copied, on all processors; false where somebody wished to stop.
    pub(super) fn compare(&self, told: Told<'_>) -> Result<bool, Error> {
        let (next, done) = (AtomicUsize::new(0), AtomicU64::new(self.bytes));
        let compare = || -> Result<bool, Error> {
            let mut buffers = [vec![0; READ_BYTES], vec![0; READ_BYTES]];
            let read = |bytes: u64| {
                let before = done.fetch_add(bytes, Ordering::Relaxed);
                told(before + bytes, 2 * self.bytes)
            };
            while let Some(file) = self.files.get(next.fetch_add(1, Ordering::Relaxed)) {
                if !file.compare(&mut buffers, &read)? {
                    return Ok(false);
                }
            }
            Ok(true)
        };
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        std::thread::scope(|scope| {
            let comparing: Vec<_> = (0..threads).map(|_| scope.spawn(compare)).collect();
            let ended = comparing.into_iter().map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            });
            let ended: Vec<bool> = ended.collect::<Result<_, _>>()?;
            Ok(ended.into_iter().all(|whole| whole))
        })
    }
}

impl Pair {
    /// A second name where that is possible; a volume that knows none gets a copy. False where it was stopped.
    fn make(&self, by_name: bool, piece: impl FnMut(u64) -> bool) -> io::Result<bool> {
        if by_name && std::fs::hard_link(&self.from, &self.to).is_ok() {
            return Ok(true);
        }
        files::copy_in_pieces(&self.from, &self.to, piece)
    }

    /// Reads both at the same time; false where it was stopped.
    fn compare(&self, [old, new]: &mut [Vec<u8>; 2], go_on: &dyn Fn(u64) -> bool) -> Result<bool, Error> {
        if is_one_file(&self.from, &self.to) {
            return Ok(go_on(self.bytes));
        }
        let open = |path: &Utf8Path| File::open(path).map_err(|source| self.failed(source));
        let (from, to) = (open(&self.from)?, open(&self.to)?);
        loop {
            let read = read_full(&from, old).map_err(|source| self.failed(source))?;
            let there = read_full(&to, new).map_err(|source| self.failed(source))?;
            if old[..read] != new[..there] {
                return Err(Error::BadCopy {
                    path: self.from.clone(),
                });
            }
            if !go_on(read as u64) {
                return Ok(false);
            }
            if read < old.len() {
                return Ok(true);
            }
        }
    }

    fn failed(&self, source: io::Error) -> Error {
        Error::Copy {
            path: self.from.clone(),
            source,
        }
    }
}

/// Fills the buffer as far as the file reaches.
fn read_full(mut file: &File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Makes everything on the new root's volume durable.
pub(super) fn sync(to: &Root) -> Result<(), Error> {
    files::sync_volume(to.path()).map_err(|source| Error::Inspect {
        root: to.path().to_owned(),
        source,
    })
}

/// Whether both are on one volume, so that a file can have a name in each.
#[cfg(unix)]
fn is_one_volume(from: &Utf8Path, to: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let volume = |path: &Utf8Path| path.metadata().map(|found| found.dev());
    matches!((volume(from), volume(to)), (Ok(old), Ok(new)) if old == new)
}

/// Whether both are names of the same file.
#[cfg(unix)]
fn is_one_file(from: &Utf8Path, to: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let number = |path: &Utf8Path| path.metadata().map(|found| (found.dev(), found.ino()));
    matches!((number(from), number(to)), (Ok(old), Ok(new)) if old == new)
}

#[cfg(not(unix))]
fn is_one_file(_: &Utf8Path, _: &Utf8Path) -> bool {
    false
}

/// Elsewhere the system does not say it plainly; a copy is right on any volume.
#[cfg(not(unix))]
fn is_one_volume(_: &Utf8Path, _: &Utf8Path) -> bool {
    false
}

#[cfg(test)]
mod tests;
