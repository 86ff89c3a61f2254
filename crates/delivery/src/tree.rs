//! A tree of files that is being written or read: every path is resolved below one open folder, and no link is followed.

#[cfg(unix)]
#[path = "tree/unix.rs"]
mod system;
#[cfg(not(unix))]
#[path = "tree/portable.rs"]
mod system;

use crate::error::Error;
use camino::{Utf8Path, Utf8PathBuf};
use std::fs::File;
use std::io::{self, Write as _};
use toolcrib_model::RelPath;
use toolcrib_wire::index::Link;

pub(crate) use system::{read_exact_at, write_all_at};

/// A folder that a release is written into or read from.
#[derive(Debug)]
pub(crate) struct Tree {
    root: system::Folder,
    path: Utf8PathBuf,
}

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// For reading.
    Read,
    /// For writing all of it; what was there is gone.
    Fresh {
        /// Whether it may be executed.
        executable: bool,
    },
    /// For writing all of it; nothing was there.
    New {
        /// Whether it may be executed.
        executable: bool,
    },
    /// For writing some of it; the rest stays.
    Pieces {
        /// Whether it may be executed.
        executable: bool,
    },
}

impl Tree {
    /// Opens a folder that exists.
    pub(crate) fn open(path: &Utf8Path) -> Result<Self, Error> {
        let root = system::Folder::open(path).map_err(|source| Error::OpenTree {
            path: path.to_owned(),
            source,
        })?;
        Ok(Self {
            root,
            path: path.to_owned(),
        })
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Utf8Path {
        &self.path
    }

    /// Opens a file below it.
    pub(crate) fn file(&self, path: &RelPath, mode: Mode) -> io::Result<File> {
        self.root.file(path, mode)
    }

    /// Creates a file with all of its content.
    pub(crate) fn write(&self, path: &RelPath, executable: bool, content: &[u8]) -> Result<(), Error> {
        let file = self.file(path, Mode::Fresh { executable });
        file.and_then(|mut file| file.write_all(content))
            .map_err(|source| Error::WriteFile {
                path: path.clone(),
                source,
            })
    }

    /// Creates a folder; the one that holds it exists, and it may exist itself.
    pub(crate) fn folder(&self, path: &RelPath) -> Result<(), Error> {
        self.root
            .create_folder(path)
            .or_else(|source| match source.kind() {
                io::ErrorKind::AlreadyExists => Ok(()),
                _ => Err(Error::WriteFile {
                    path: path.clone(),
                    source,
                }),
            })
    }

    /// Creates a link; one that is there already is made anew.
    pub(crate) fn link(&self, link: &Link) -> Result<(), Error> {
        let text = text_of(link);
        let made = match self.root.create_link(&text, &link.path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => self
                .root
                .remove_file(&link.path)
                .and_then(|()| self.root.create_link(&text, &link.path)),
            made => made,
        };
        made.map_err(|source| Error::WriteFile {
            path: link.path.clone(),
            source,
        })
    }

    /// Makes all that was written in it since it was opened durable, or says that it was not.
    pub(crate) fn sync(&self) -> Result<(), Error> {
        self.root.sync().map_err(|source| Error::Sync { source })
    }

    /// How long the file is; `None` where there is no such file.
    pub(crate) fn length(&self, path: &RelPath) -> Option<u64> {
        let found = self.path.join(path.as_str()).symlink_metadata().ok()?;
        found.is_file().then_some(found.len())
    }
}

/// The text of a link: its target, seen from the folder that holds the link.
pub(crate) fn text_of(link: &Link) -> String {
    let from: Vec<&str> = link.path.pieces().collect();
    let to: Vec<&str> = link.target.pieces().collect();
    let above = &from[..from.len().saturating_sub(1)];
    let shared = above
        .iter()
        .zip(&to[..to.len().saturating_sub(1)])
        .take_while(|(a, b)| a == b)
        .count();
    let mut pieces = vec![".."; above.len() - shared];
    pieces.extend(&to[shared..]);
    pieces.join("/")
}

/// Flushes every file, where the system cannot flush a volume.
#[cfg(not(target_os = "linux"))]
fn sync_by_path(path: &Utf8Path) -> io::Result<()> {
    let synced = toolcrib_machine::files::sync_volume(path);
    synced.map_err(|error| error.io().map_or(io::ErrorKind::Other, io::Error::kind).into())
}

#[cfg(test)]
mod tests;
