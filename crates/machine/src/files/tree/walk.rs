//! Removing a folder of any depth with two open folders at a time.
//!
//! It goes down by name and up by `..`, always relative to an open folder, so that neither the length of a path nor
//! the number of open files limits the depth, and nobody can swap a folder for a link under its feet.

use camino::Utf8Path;
use rustix::fs::{self, AtFlags, Dir, FileType, Mode, OFlags, Stat};
use rustix::io::Errno;
use std::ffi::CString;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

/// What makes a folder the folder that it was: volume and number.
pub(super) type Identity = (u64, u64);

/// A folder on the way down, with those folders in it that are still to be removed.
struct Level {
    name: CString,
    identity: Identity,
    folders: Vec<CString>,
}

/// Removes the folder and all below it.
pub(super) fn remove_folder(path: &Utf8Path) -> io::Result<()> {
    let top = fs::openat(fs::CWD, path.as_std_path(), flags(), Mode::empty());
    let top = match top {
        Err(Errno::ACCESS) => {
            fs::chmod(path.as_std_path(), Mode::RWXU)?;
            fs::openat(fs::CWD, path.as_std_path(), flags(), Mode::empty())?
        }
        top => top?,
    };
    empty(top)?;
    // A rename needs no permission in the folder that goes, so only its parent matters from here on.
    std::fs::remove_dir(path)
}

/// Removes everything in the folder.
fn empty(top: OwnedFd) -> io::Result<()> {
    let mut levels = vec![Level {
        name: CString::default(),
        identity: identity(&fs::fstat(&top)?),
        folders: clear(&top)?,
    }];
    let volume = levels[0].identity.0;
    let mut here = top;
    while let Some(level) = levels.last_mut() {
        if let Some(name) = level.folders.pop() {
            let below = open_below(here.as_fd(), &name)?;
            let found = identity(&fs::fstat(&below)?);
            if found.0 != volume {
                return Err(io::Error::new(
                    io::ErrorKind::CrossesDevices,
                    "another volume is mounted inside",
                ));
            }
            levels.push(Level {
                name,
                identity: found,
                folders: clear(&below)?,
            });
            here = below;
        } else if let (Some(done), Some(above)) = (levels.pop(), levels.last()) {
            here = climb(here.as_fd(), above.identity)?;
            fs::unlinkat(&here, &done.name, AtFlags::REMOVEDIR)?;
        }
    }
    Ok(())
}

/// Removes all in the folder that is not a folder, and names the folders.
fn clear(folder: &OwnedFd) -> io::Result<Vec<CString>> {
    make_writable(folder)?;
    let mut folders = Vec::new();
    for entry in Dir::read_from(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if name == c"." || name == c".." {
            continue;
        }
        match kind(folder.as_fd(), &entry)? {
            FileType::Directory => folders.push(name.to_owned()),
            _ => fs::unlinkat(folder, name, AtFlags::empty())?,
        }
    }
    Ok(folders)
}

/// The kind of an entry; some file systems do not say it in the listing.
pub(super) fn kind(folder: BorrowedFd<'_>, entry: &fs::DirEntry) -> io::Result<FileType> {
    match entry.file_type() {
        FileType::Unknown => {
            let found = fs::statat(folder, entry.file_name(), AtFlags::SYMLINK_NOFOLLOW)?;
            Ok(FileType::from_raw_mode(found.st_mode))
        }
        kind => Ok(kind),
    }
}

fn open_below(folder: BorrowedFd<'_>, name: &CString) -> io::Result<OwnedFd> {
    match fs::openat(folder, name, flags(), Mode::empty()) {
        Err(Errno::ACCESS) => {
            fs::chmodat(folder, name, Mode::RWXU, AtFlags::empty())?;
            Ok(fs::openat(folder, name, flags(), Mode::empty())?)
        }
        opened => Ok(opened?),
    }
}

/// Goes up to the folder that we came from, and makes sure that it is that one.
pub(super) fn climb(from: BorrowedFd<'_>, expected: Identity) -> io::Result<OwnedFd> {
    let above = fs::openat(from, c"..", flags(), Mode::empty())?;
    match identity(&fs::fstat(&above)?) == expected {
        true => Ok(above),
        false => Err(io::Error::new(
            io::ErrorKind::ResourceBusy,
            "the tree was moved while it was being removed",
        )),
    }
}

fn make_writable(folder: &OwnedFd) -> io::Result<()> {
    let mode = Mode::from_raw_mode(fs::fstat(folder)?.st_mode);
    match mode.contains(Mode::RWXU) {
        true => Ok(()),
        false => Ok(fs::fchmod(folder, mode | Mode::RWXU)?),
    }
}

#[allow(clippy::unnecessary_cast, reason = "the widths differ between systems")]
pub(super) fn identity(found: &Stat) -> Identity {
    (found.st_dev as u64, found.st_ino as u64)
}

pub(super) fn flags() -> OFlags {
    OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC
}
