//! What is told of a person's files: before a removal those that lie in releases, and after it what stayed.

use super::{YOUR_FILES, measured, of_release, trees};
use crate::error::Error;
use crate::root::Root;
use camino::{Utf8Path, Utf8PathBuf};
use std::io;
use toolcrib_machine::files;

/// A file, link or folder that is nobody's but the person's, for all that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnFile {
    /// Where it is, absolute; for people, because names need not be valid Unicode.
    pub path: String,
    /// How many files it is, or holds.
    pub file_count: u64,
    /// Their bytes.
    pub size_bytes: u64,
}

/// What a person has in the folders of releases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnFiles {
    /// What was found; folders that hold no file are left out.
    pub files: Vec<OwnFile>,
    /// The folders, absolute, of releases that are not known any more: nothing can be told apart in them.
    pub unknown: Vec<Utf8PathBuf>,
}

/// What is in a folder that stays, for whatever reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remains {
    /// The folder, absolute.
    pub folder: Utf8PathBuf,
    /// How many files are in it.
    pub file_count: u64,
    /// Their bytes.
    pub size_bytes: u64,
}

/// What a person has in the folders of the releases that are here. Reads names and indexes, no content.
///
/// # Errors
/// [`Error`] where the root or one of the trees cannot be read.
pub fn own_files(root: &Utf8Path) -> Result<OwnFiles, Error> {
    let root = Root::at(root);
    let mut own = OwnFiles::default();
    for tree in trees(&root)? {
        let top = root.below(&tree);
        let Some(strays) = of_release(&root, &tree)? else {
            own.unknown.push(top);
            continue;
        };
        for stray in strays {
            let path = stray.path_in(&top);
            let size = measured(&path)?;
            own.files.extend((size.file_count > 0).then(|| OwnFile {
                path: path.to_string_lossy().into_owned(),
                file_count: size.file_count,
                size_bytes: size.size_bytes,
            }));
        }
    }
    own.files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(own)
}

/// What was moved out of releases that went, and is still there.
///
/// # Errors
/// [`Error::OpenTree`] where it cannot be read.
pub fn your_files(root: &Utf8Path) -> Result<Option<Remains>, Error> {
    remains(root.join(YOUR_FILES))
}

/// What else is in the folder of a product that is gone: whatever anybody put there beside the releases.
///
/// # Errors
/// [`Error::OpenTree`] where it cannot be read.
pub fn other_files(root: &Utf8Path) -> Result<Option<Remains>, Error> {
    let Some(all) = remains(root.to_owned())? else {
        return Ok(None);
    };
    let (count, bytes) = your_files(root)?.map_or((0, 0), |yours| (yours.file_count, yours.size_bytes));
    let others = Remains {
        file_count: all.file_count.saturating_sub(count),
        size_bytes: all.size_bytes.saturating_sub(bytes),
        ..all
    };
    Ok(Some(others).filter(|others| others.file_count > 0))
}

fn remains(folder: Utf8PathBuf) -> Result<Option<Remains>, Error> {
    match files::tree_size(folder.as_std_path()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::OpenTree { path: folder, source }),
        Ok(size) => Ok((size.file_count > 0).then_some(Remains {
            folder,
            file_count: size.file_count,
            size_bytes: size.size_bytes,
        })),
    }
}
