//! Files below one folder, by their whole paths.

use super::Mode;
use camino::{Utf8Path, Utf8PathBuf};
use std::fs::File;
use std::io;
use toolcrib_model::RelPath;

/// A folder.
#[derive(Debug)]
pub(super) struct Folder(Utf8PathBuf);

impl Folder {
    pub(super) fn open(path: &Utf8Path) -> io::Result<Self> {
        match path.is_dir() {
            true => Ok(Self(path.to_owned())),
            false => Err(io::ErrorKind::NotFound.into()),
        }
    }

    pub(super) fn file(&self, path: &RelPath, mode: Mode) -> io::Result<File> {
        let mut options = File::options();
        match mode {
            Mode::Read => options.read(true),
            Mode::Fresh { .. } => options.write(true).create(true).truncate(true),
            Mode::New { .. } => options.write(true).create_new(true),
            Mode::Pieces { .. } => options.write(true).create(true).truncate(false),
        };
        options.open(self.0.join(path.as_str()))
    }

    pub(super) fn create_folder(&self, path: &RelPath) -> io::Result<()> {
        std::fs::create_dir(self.0.join(path.as_str()))
    }

    pub(super) fn create_link(&self, text: &str, path: &RelPath) -> io::Result<()> {
        let link = self.0.join(path.as_str());
        let made = toolcrib_machine::files::create_link(Utf8Path::new(text), &link);
        made.map_err(|error| error.io().map_or(io::ErrorKind::Other, io::Error::kind).into())
    }

    pub(super) fn sync(&self) -> io::Result<()> {
        super::sync_by_path(&self.0)
    }

    pub(super) fn remove_file(&self, path: &RelPath) -> io::Result<()> {
        let path = self.0.join(path.as_str());
        std::fs::remove_file(&path).or_else(|_| std::fs::remove_dir(&path))
    }
}

/// Writes at a place of a file.
#[cfg(windows)]
pub(crate) fn write_all_at(file: &File, mut bytes: &[u8], mut place: u64) -> io::Result<()> {
    use std::os::windows::fs::FileExt as _;
    while !bytes.is_empty() {
        match file.seek_write(bytes, place)? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            written => {
                bytes = &bytes[written..];
                place += written as u64;
            }
        }
    }
    Ok(())
}

/// Reads from a place of a file.
#[cfg(windows)]
pub(crate) fn read_exact_at(file: &File, mut into: &mut [u8], mut place: u64) -> io::Result<()> {
    use std::os::windows::fs::FileExt as _;
    while !into.is_empty() {
        match file.seek_read(into, place)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                into = &mut into[read..];
                place += read as u64;
            }
        }
    }
    Ok(())
}
