//! What is to be packed: the tree of a folder or of an archive, listed and judged before anything is read from it.

mod folder;
mod link;
mod preflight;
mod refusal;
mod tar;
#[cfg(test)]
mod tests;
mod zip;

pub use refusal::BadArchive;

use crate::Error;
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::HashSet;
use std::io::{self, Read};
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
    /// An entry of a zip archive, by its number.
    Entry(usize),
    /// A run of a tar archive, by where it begins.
    Run(u64),
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
    source: Source,
}

#[derive(Debug)]
enum Source {
    Folder,
    Zip(zip::Archive),
    Tar(tar::Archive),
}

impl Input {
    /// Lists a folder, a zip archive or a tar archive (plain, or compressed with gzip, zstd or xz), told apart by their
    /// first bytes. With `below`, only what lies below that path, which is then left out.
    ///
    /// # Errors
    /// [`Error`] where something cannot be read or may not be in a package, with its path.
    pub fn open(from: &Utf8Path, below: Option<&RelPath>) -> Result<Self, Error> {
        let kind = fs_err::metadata(from).map_err(|source| failed(from, source))?;
        let (source, tree) = if kind.is_dir() {
            let root = below.map_or_else(|| from.to_owned(), |below| from.join(below.as_str()));
            (Source::Folder, folder::list(&root)?)
        } else if let Some(packing) = tar::packing(from)? {
            let (archive, tree) = tar::Archive::open(from, packing, below)?;
            (Source::Tar(archive), tree)
        } else {
            let (archive, tree) = zip::Archive::open(from, below)?;
            (Source::Zip(archive), tree)
        };
        let mut input = Self { tree, source };
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
        match (&file.place, &self.source) {
            (Place::Disk(path), _) => folder::read(path),
            (Place::Entry(place), Source::Zip(archive)) => archive.read(*place),
            (Place::Run(at), Source::Tar(archive)) => archive.read(*at, file.size),
            (Place::Entry(_) | Place::Run(_), _) => Err(Error::Changed {
                path: file.path.clone(),
            }),
        }
    }
}

/// Every reason why something below a folder may not be packed; nothing for an archive, which is judged as a whole.
pub(crate) fn survey(from: &Utf8Path, below: Option<&RelPath>) -> Result<Vec<Error>, Error> {
    if !from.is_dir() {
        return Ok(vec![]);
    }
    let root = below.map_or_else(|| from.to_owned(), |below| from.join(below.as_str()));
    folder::survey(&root).map(|(_, refused)| refused)
}

fn failed(path: &Utf8Path, source: io::Error) -> Error {
    Error::Read {
        path: path.to_owned(),
        source,
    }
}

/// What is left of `path` below the prefix; `None` where it does not lie there.
fn below_prefix(path: &RelPath, prefix: Option<&RelPath>) -> Option<RelPath> {
    match prefix {
        None => Some(path.clone()),
        Some(prefix) => path
            .as_str()
            .strip_prefix(prefix.as_str())?
            .strip_prefix('/')?
            .parse()
            .ok(),
    }
}

impl Tree {
    /// Leaves out the folders that hold something: they follow from its path.
    fn keep_empty_folders(&mut self) {
        let files = self.files.iter().map(|file| &file.path);
        let links = self.links.iter().map(|link| &link.path);
        let all = files.chain(links).chain(&self.folders);
        let filled: HashSet<RelPath> = all.flat_map(RelPath::ancestors).collect();
        self.folders.retain(|folder| !filled.contains(folder));
    }

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
