//! Copies of files in pieces, so that the copy of a large one can be seen and stopped.

use super::clone_content;
use camino::Utf8Path;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};

/// How much is copied before somebody is asked whether to go on, in bytes: what a slow disk takes a second or two for.
const PIECE_BYTES: u64 = 8 << 20;

/// Copies a file with its permissions, over one that is there. `go_on` hears after each piece how many bytes it had, and
/// answers whether to go on; `false` where it did not, and then the copy is not whole.
///
/// Where the volume can, the copy shares its blocks with the original. Each piece of a large file has reached the disk
/// before the next one begins: else the memory of the system would take them all, and nobody could stop the rest.
///
/// # Errors
/// Where one cannot be read, or the other not be written; the copy is then not whole.
pub fn copy_in_pieces(
    from: &Utf8Path,
    to: &Utf8Path,
    mut go_on: impl FnMut(u64) -> bool,
) -> io::Result<bool> {
    let source = File::open(from)?;
    let found = source.metadata()?;
    let target = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .open(to)?;
    let is_whole = match clone_content(&source, &target)? {
        true => go_on(found.len()),
        false => copy_content(&source, &target, &mut go_on)?,
    };
    target.set_permissions(found.permissions())?;
    Ok(is_whole)
}

fn copy_content(source: &File, target: &File, go_on: &mut impl FnMut(u64) -> bool) -> io::Result<bool> {
    loop {
        // Within the system, without a way through this program, where it can.
        let copied = io::copy(&mut source.take(PIECE_BYTES), &mut &*target)?;
        let is_last = copied < PIECE_BYTES;
        if !is_last {
            target.sync_data()?;
        }
        if copied > 0 && !go_on(copied) {
            return Ok(false);
        }
        if is_last {
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use camino::Utf8PathBuf;

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = Utf8PathBuf::from_path_buf(folder.path().to_owned()).expect("UTF-8");
        (folder, path)
    }

    fn content(length: u64) -> Vec<u8> {
        (0..length).map(|at| (at % 251) as u8).collect()
    }

    #[test]
    fn every_length_arrives_whole() {
        let (_folder, path) = folder();
        let (from, to) = (path.join("from"), path.join("to"));
        for length in [0, 1, PIECE_BYTES - 1, PIECE_BYTES, 2 * PIECE_BYTES + 7] {
            std::fs::write(&from, content(length)).expect("written");
            let mut heard = 0;
            let copied = copy_in_pieces(&from, &to, |bytes| {
                heard += bytes;
                true
            });
            assert!(copied.expect("copied"), "{length}");
            assert_eq!(heard, length);
            assert!(std::fs::read(&to).expect("read") == content(length), "{length}");
        }
    }

    #[test]
    fn a_large_copy_is_stopped_between_two_pieces() {
        let (_folder, path) = folder();
        let (from, to) = (path.join("from"), path.join("to"));
        std::fs::write(&from, content(4 * PIECE_BYTES)).expect("written");
        let (source, target) = (
            File::open(&from).expect("opened"),
            File::create(&to).expect("made"),
        );
        let mut pieces = 0;
        let mut twice = |bytes: u64| {
            assert_eq!(bytes, PIECE_BYTES);
            pieces += 1;
            pieces < 2
        };
        assert!(!copy_content(&source, &target, &mut twice).expect("stopped"));
        assert_eq!(target.metadata().expect("there").len(), 2 * PIECE_BYTES);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_are_copied_also_where_they_forbid_to_write() {
        use std::os::unix::fs::PermissionsExt as _;
        let (_folder, path) = folder();
        let (from, to) = (path.join("from"), path.join("to"));
        std::fs::write(&from, "#!/bin/sh").expect("written");
        std::fs::set_permissions(&from, std::fs::Permissions::from_mode(0o555)).expect("set");
        assert!(copy_in_pieces(&from, &to, |_| true).expect("copied"));
        let mode = to.metadata().expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o555);
    }
}
