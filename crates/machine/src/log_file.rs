//! A log that is kept for a support case: appended to by every program of a home, and never longer than it may be.

use crate::files::create_private_folders;
use camino::{Utf8Path, Utf8PathBuf};
use std::fs::{File, OpenOptions, metadata, rename};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// A longer one becomes the former one, in bytes.
const MOST: u64 = 1 << 20;

/// A log file, opened by its first line: a program that has nothing to say touches no file.
#[derive(Clone, Debug)]
pub struct LogFile(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    path: Utf8PathBuf,
    file: Mutex<Option<File>>,
}

impl LogFile {
    /// The log at `path`; the one before it lies beside it, with `.1` at the end.
    pub fn new(path: Utf8PathBuf) -> Self {
        let file = Mutex::new(None);
        Self(Arc::new(Inner { path, file }))
    }

    fn with_file<T>(&self, act: impl FnOnce(&mut File) -> io::Result<T>) -> io::Result<T> {
        let mut file = self.0.file.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *file {
            Some(file) => act(file),
            none => act(none.insert(open(&self.0.path)?)),
        }
    }
}

impl Write for LogFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.with_file(|file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.with_file(File::flush)
    }
}

fn open(path: &Utf8Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        create_private_folders(folder).map_err(io::Error::other)?;
    }
    if metadata(path).is_ok_and(|file| file.len() > MOST) {
        // Another program of this home may have done it just now; then there is nothing left to do.
        let _already = rename(path, format!("{path}.1"));
    }
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(folder: &tempfile::TempDir) -> Utf8PathBuf {
        Utf8PathBuf::from_path_buf(folder.path().join("logs/toolcrib.log")).expect("a UTF-8 path")
    }

    #[test]
    fn nothing_is_touched_before_the_first_line_and_later_programs_append() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = path(&folder);
        let mut one = LogFile::new(path.clone());
        assert!(!path.exists());
        one.write_all(b"one\n").expect("written");
        LogFile::new(path.clone()).write_all(b"two\n").expect("written");
        assert_eq!(std::fs::read(path).expect("read"), b"one\ntwo\n");
    }

    #[test]
    fn a_long_log_becomes_the_former_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = path(&folder);
        let mut log = LogFile::new(path.clone());
        log.write_all(&vec![b'x'; MOST as usize + 1]).expect("written");
        LogFile::new(path.clone()).write_all(b"new\n").expect("written");
        assert_eq!(std::fs::read(&path).expect("read"), b"new\n");
        assert_eq!(
            std::fs::metadata(format!("{path}.1")).expect("kept").len(),
            MOST + 1
        );
    }
}
