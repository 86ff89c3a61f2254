//! What is to be packed: the tree of a folder or of a zip archive, listed and judged before anything is read from it.

mod archive;
mod folder;
mod link;
mod preflight;
#[cfg(test)]
mod tests;

pub use archive::BadArchive;

use crate::Error;
use archive::Archive;
use camino::{Utf8Path, Utf8PathBuf};
use std::io::Read;
use toolcrib_model::RelPath;
use toolcrib_wire::index::Link;

/// A file that is to be packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// Where it goes.
    pub path: RelPath,
    /// Its size in bytes.
    pub size: u64,
    /// Whether it may be executed.
    pub executable: bool,
    place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Disk(Utf8PathBuf),
    Entry(usize),
}

/// Everything that is to be packed, each kind sorted by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// The files.
    pub files: Vec<InputFile>,
    /// The folders that hold nothing.
    pub folders: Vec<RelPath>,
    /// The links.
    pub links: Vec<Link>,
}

/// A tree whose files can be read.
#[derive(Debug)]
pub struct Input {
    tree: Tree,
    archive: Option<Archive>,
}

impl Input {
    /// Lists a folder or a zip archive. With `below`, only what lies below that path, which is then left out.
    ///
    /// # Errors
    /// [`Error`] where something cannot be read or may not be in a package, with its path.
    pub fn open(from: &Utf8Path, below: Option<&RelPath>) -> Result<Self, Error> {
        let kind = fs_err::metadata(from).map_err(|source| Error::Read {
            path: from.to_owned(),
            source,
        })?;
        let mut input = if kind.is_dir() {
            let root = below.map_or_else(|| from.to_owned(), |below| from.join(below.as_str()));
            Self {
                tree: folder::list(&root)?,
                archive: None,
            }
        } else {
            let (archive, tree) = Archive::open(from, below)?;
            Self {
                tree,
                archive: Some(archive),
            }
        };
        if input.tree.files.is_empty() {
            return Err(Error::NothingToPack {
                path: from.to_owned(),
            });
        }
        input.tree.sort();
        Ok(input)
    }

    /// What there is.
    pub const fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Opens one file of the tree. Reading past the size that was listed is an error, and so is ending before.
    pub(crate) fn read(&self, file: &InputFile) -> Result<Box<dyn Read + Send>, Error> {
        match (&file.place, &self.archive) {
            (Place::Entry(place), Some(archive)) => archive.read(*place),
            (Place::Disk(path), _) => folder::read(path),
            (Place::Entry(_), None) => Err(Error::Changed {
                path: file.path.clone(),
            }),
        }
    }
}

impl Tree {
    fn sort(&mut self) {
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        self.links.sort_by(|a, b| a.path.cmp(&b.path));
        self.folders.sort();
    }

    /// The file of exactly this path.
    pub fn file(&self, path: &RelPath) -> Option<&InputFile> {
        let place = self.files.binary_search_by(|file| file.path.cmp(path)).ok()?;
        self.files.get(place)
    }

    /// Bytes of all files.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.size).sum()
    }
}
