//! Files below one open folder, where the system can open relative to one.

use super::Mode;
use camino::Utf8Path;
use rustix::fs::{self, CWD, Mode as Bits, OFlags};
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::FileExt as _;
use toolcrib_model::RelPath;

/// An open folder.
#[derive(Debug)]
pub(super) struct Folder {
    open: OwnedFd,
    #[cfg(not(target_os = "linux"))]
    path: camino::Utf8PathBuf,
}

impl Folder {
    pub(super) fn open(path: &Utf8Path) -> io::Result<Self> {
        let flags = OFlags::DIRECTORY | OFlags::RDONLY | OFlags::CLOEXEC;
        Ok(Self {
            open: fs::openat(CWD, path.as_std_path(), flags, Bits::empty())?,
            #[cfg(not(target_os = "linux"))]
            path: path.to_owned(),
        })
    }

    pub(super) fn file(&self, path: &RelPath, mode: Mode) -> io::Result<File> {
        let (flags, executable) = match mode {
            Mode::Read => (OFlags::RDONLY, false),
            Mode::Fresh { executable } => (OFlags::WRONLY | OFlags::CREATE | OFlags::TRUNC, executable),
            Mode::New { executable } => (OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL, executable),
            Mode::Pieces { executable } => (OFlags::WRONLY | OFlags::CREATE, executable),
        };
        let bits = match (mode, executable) {
            (Mode::Read, _) => Bits::empty(),
            (_, true) => Bits::from_raw_mode(0o777),
            (_, false) => Bits::from_raw_mode(0o666),
        };
        Ok(open_below(&self.open, path, flags | OFlags::CLOEXEC | OFlags::NOFOLLOW, bits)?.into())
    }

    pub(super) fn create_folder(&self, path: &RelPath) -> io::Result<()> {
        Ok(fs::mkdirat(
            &self.open,
            path.as_str(),
            Bits::from_raw_mode(0o777),
        )?)
    }

    pub(super) fn create_link(&self, text: &str, path: &RelPath) -> io::Result<()> {
        Ok(fs::symlinkat(text, &self.open, path.as_str())?)
    }

    /// On Linux an open folder hears of every write of its volume that failed since it was opened.
    #[cfg(target_os = "linux")]
    pub(super) fn sync(&self) -> io::Result<()> {
        Ok(fs::syncfs(&self.open)?)
    }

    #[cfg(not(target_os = "linux"))]
    pub(super) fn sync(&self) -> io::Result<()> {
        super::sync_by_path(&self.path)
    }

    pub(super) fn remove_file(&self, path: &RelPath) -> io::Result<()> {
        Ok(fs::unlinkat(&self.open, path.as_str(), fs::AtFlags::empty())?)
    }
}

/// Opens below the folder and nowhere else, whatever somebody may have put in the way.
#[cfg(target_os = "linux")]
fn open_below(folder: &OwnedFd, path: &RelPath, flags: OFlags, bits: Bits) -> rustix::io::Result<OwnedFd> {
    use rustix::fs::ResolveFlags;
    let below = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
    match fs::openat2(folder, path.as_str(), flags, bits, below) {
        // An old kernel, or a sandbox that does not know the call.
        Err(rustix::io::Errno::NOSYS | rustix::io::Errno::PERM) => {
            fs::openat(folder, path.as_str(), flags, bits)
        }
        opened => opened,
    }
}

#[cfg(not(target_os = "linux"))]
fn open_below(folder: &OwnedFd, path: &RelPath, flags: OFlags, bits: Bits) -> rustix::io::Result<OwnedFd> {
    fs::openat(folder, path.as_str(), flags, bits)
}

/// Writes at a place of a file.
pub(crate) fn write_all_at(file: &File, bytes: &[u8], place: u64) -> io::Result<()> {
    file.write_all_at(bytes, place)
}

/// Reads from a place of a file.
pub(crate) fn read_exact_at(file: &File, into: &mut [u8], place: u64) -> io::Result<()> {
    file.read_exact_at(into, place)
}
