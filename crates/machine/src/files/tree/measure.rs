//! Counting what a folder of any depth holds, with two open folders at a time, as [`super::walk`] removes one.

use super::TreeSize;
use super::walk::{Identity, climb, flags, identity, kind};
use rustix::fs::{self, AtFlags, Dir, FileType, Mode};
use std::ffi::CString;
use std::io;
use std::os::fd::{AsFd as _, OwnedFd};
use std::path::Path;

/// A folder on the way down, with those folders in it that are still to be counted.
struct Level {
    identity: Identity,
    folders: Vec<CString>,
}

impl Level {
    fn of(folder: &OwnedFd, size: &mut TreeSize) -> io::Result<Self> {
        Ok(Self {
            identity: identity(&fs::fstat(folder)?),
            folders: count(folder, size)?,
        })
    }
}

/// Counts what is in the folder and below it.
pub(super) fn measure_folder(path: &Path) -> io::Result<TreeSize> {
    let mut size = TreeSize::default();
    let mut here = fs::openat(fs::CWD, path, flags(), Mode::empty())?;
    let mut levels = vec![Level::of(&here, &mut size)?];
    while let Some(level) = levels.last_mut() {
        if let Some(name) = level.folders.pop() {
            match fs::openat(&here, &name, flags(), Mode::empty()) {
                Ok(below) => {
                    levels.push(Level::of(&below, &mut size)?);
                    here = below;
                }
                // What cannot be looked into holds something, for all that is known.
                Err(_) => size.file_count += 1,
            }
            continue;
        }
        levels.pop();
        if let Some(above) = levels.last() {
            here = climb(here.as_fd(), above.identity)?;
        }
    }
    Ok(size)
}

/// Counts all in the folder that is not a folder, and names the folders.
fn count(folder: &OwnedFd, size: &mut TreeSize) -> io::Result<Vec<CString>> {
    let mut folders = Vec::new();
    for entry in Dir::read_from(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if name == c"." || name == c".." {
            continue;
        }
        match kind(folder.as_fd(), &entry)? {
            FileType::Directory => folders.push(name.to_owned()),
            _ => {
                let found = fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW)?;
                size.file_count += 1;
                size.size_bytes += u64::try_from(found.st_size).unwrap_or_default();
            }
        }
    }
    Ok(folders)
}
