//! Records that only grow: one line at a time, durable, and whole even after a line that a crash cut.

use crate::Result;
use crate::error::{Context as _, act};
use camino::Utf8Path;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};

/// Appends one line to a file that only this person can read (0600), durably; creates it if there is none. Where the
/// last line was cut by a crash, it is ended first, so that only that one is lost.
///
/// Two programs at once must hold a [`Lock`](super::Lock).
pub fn append_line(path: &Utf8Path, line: &str) -> Result<()> {
    let append = || -> io::Result<()> {
        let mut file = open(path)?;
        let mut bytes = if ends_with_a_line(&mut file)? {
            Vec::new()
        } else {
            vec![b'\n']
        };
        bytes.extend(line.bytes());
        bytes.push(b'\n');
        file.write_all(&bytes)?;
        file.sync_data()
    };
    append().or_fail(act::write, path)
}

fn open(path: &Utf8Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

fn ends_with_a_line(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use camino::Utf8PathBuf;

    #[test]
    fn lines_follow_each_other_also_after_one_that_was_cut() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = Utf8PathBuf::try_from(folder.path().join("record")).expect("Unicode");
        append_line(&path, "one").expect("appended");
        append_line(&path, "two").expect("appended");
        let mut file = OpenOptions::new().append(true).open(&path).expect("opened");
        file.write_all(b"thr").expect("cut");
        append_line(&path, "four").expect("appended");
        let text = std::fs::read_to_string(&path).expect("read");
        assert_eq!(text, "one\ntwo\nthr\nfour\n");
    }
}
