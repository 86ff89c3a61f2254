//! Locks between processes. The system ends a lock with the process that holds it, so none is ever stale.

use crate::Result;
use crate::error::{Context as _, act};
use camino::{Utf8Path, Utf8PathBuf};
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::time::{Duration, Instant};

const PAUSE: Duration = Duration::from_millis(50);

/// An exclusive lock on a file, held until it is dropped. The file itself means nothing and stays.
#[derive(Debug)]
pub struct Lock {
    path: Utf8PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock; `None` if another holder has it, in this process or elsewhere. The folder has to exist.
    pub fn try_acquire(path: &Utf8Path) -> Result<Option<Self>> {
        loop {
            let file = open(path).or_fail(act::lock, path)?;
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(source)) => return Err(act::lock(path.to_owned(), source)),
                Ok(()) if is_still_there(&file, path) => {
                    return Ok(Some(Self {
                        path: path.to_owned(),
                        _file: file,
                    }));
                }
                // The last holder removed the file together with its folder between our opening and locking it.
                Ok(()) => {}
            }
        }
    }

    /// Takes the lock, waiting for it at most as long as `limit`; then `None`.
    pub fn acquire(path: &Utf8Path, limit: Duration) -> Result<Option<Self>> {
        let end = Instant::now() + limit;
        loop {
            match Self::try_acquire(path)? {
                None if Instant::now() < end => std::thread::sleep(PAUSE),
                answer => return Ok(answer),
            }
        }
    }

    /// The file that is locked.
    pub fn path(&self) -> &Utf8Path {
        &self.path
    }
}

fn open(path: &Utf8Path) -> io::Result<File> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
}

#[cfg(unix)]
fn is_still_there(file: &File, path: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), path.metadata()) {
        (Ok(held), Ok(found)) => (held.dev(), held.ino()) == (found.dev(), found.ino()),
        _ => false,
    }
}

/// An open file can be removed here, too: whoever opens it lets others do that.
#[cfg(windows)]
fn is_still_there(file: &File, path: &Utf8Path) -> bool {
    use same_file::Handle;
    let held = file.try_clone().and_then(Handle::from_file);
    matches!((held, Handle::from_path(path)), (Ok(held), Ok(found)) if held == found)
}
