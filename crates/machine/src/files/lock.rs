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
    file: File,
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
                        file,
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

    /// Whether somebody holds the lock, in this process or elsewhere. Nobody does where there is no such file.
    ///
    /// Whoever only looks is in the way of nobody else who looks, and for an instant of whoever takes the lock.
    pub fn is_held(path: &Utf8Path) -> Result<bool> {
        let file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            opened => opened.or_fail(act::lock, path)?,
        };
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => Ok(true),
            Err(TryLockError::Error(source)) => Err(act::lock(path.to_owned(), source)),
            Ok(()) => file.unlock().or_fail(act::lock, path).map(|()| false),
        }
    }

    /// The file that is locked.
    pub fn path(&self) -> &Utf8Path {
        &self.path
    }
}

/// The lock is given back, not only the file closed: a program that is just being started holds for an instant a copy of
/// whatever is open here, and the lock with it.
impl Drop for Lock {
    fn drop(&mut self) {
        // It fails only where the system knows of no lock any more.
        let _ = self.file.unlock();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_is_given_back_is_free_whoever_still_has_its_file_open() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = Utf8PathBuf::from_path_buf(folder.path().join("lock")).expect("UTF-8");
        let lock = Lock::try_acquire(&path).expect("asked").expect("free");
        // What a program has that is started now, until it has begun.
        let copy = lock.file.try_clone().expect("a copy");
        drop(lock);
        assert!(!Lock::is_held(&path).expect("asked"));
        assert!(Lock::try_acquire(&path).expect("asked").is_some());
        drop(copy);
    }

    #[test]
    fn those_who_only_look_do_not_see_each_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = Utf8PathBuf::from_path_buf(folder.path().join("lock")).expect("UTF-8");
        assert!(!Lock::is_held(&path).expect("asked"), "there is no such file");
        let lock = Lock::try_acquire(&path).expect("asked").expect("free");
        assert!(Lock::is_held(&path).expect("asked"));
        drop(lock);
        let look = open(&path).expect("opened");
        look.try_lock_shared().expect("somebody looks");
        assert!(!Lock::is_held(&path).expect("asked"));
        assert!(Lock::try_acquire(&path).expect("asked").is_none());
        look.unlock().expect("seen enough");
        assert!(Lock::try_acquire(&path).expect("asked").is_some());
    }
}
