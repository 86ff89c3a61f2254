//! What lies in a release's tree and neither the release nor its scripts put there: a person's own files, or what the
//! program wrote beside itself. It outlives the release: when that goes, it is moved to a folder beside the releases.
//!
//! Only names are compared. What was moved is no longer in the tree, so the move may be broken off and repeated; it
//! comes before the release and its index go, because without the index nothing can be told apart.

mod known;
mod told;

use crate::error::Error;
use crate::indexes;
use crate::root::{Root, TakenRoot};
use camino::{Utf8Path, Utf8PathBuf};
use std::ffi::{OsStr, OsString};
use std::path::{MAIN_SEPARATOR, Path};
use toolcrib_machine::Error as MachineError;
use toolcrib_machine::files::{self, TreeSize};
use toolcrib_model::{RelPath, Version};
use toolcrib_wire::journal::Tidying;
use toolcrib_wire::receipt::{OutsideRoot, ReleaseRecord};

pub(crate) use known::Known;
pub use told::{OwnFile, OwnFiles, Remains, other_files, own_files, your_files};

/// Where the person's files go that lay in a release that goes, below the install root.
pub const YOUR_FILES: &str = "your-files";

/// Something in a tree that is not known; the folder that holds it is.
pub(crate) struct Stray {
    /// The folder, below the tree; empty for the tree itself.
    folder: Utf8PathBuf,
    name: OsString,
}

/// The trees of releases that are here. Anything else beside them is somebody's, and stays.
pub(crate) fn trees(root: &Root) -> Result<Vec<RelPath>, Error> {
    let current = root.read_current().ok().flatten();
    let is_release = |tree: &RelPath| {
        let is_current = current.as_ref().is_some_and(|current| current.tree == *tree);
        is_current || tree.file_name().parse::<Version>().is_ok() || has_record(root, tree)
    };
    Ok(root.trees()?.into_iter().filter(is_release).collect())
}

/// The act that sets aside what a person has in a tree.
pub(crate) fn setting_aside(tree: &RelPath) -> Option<Tidying> {
    let to = format!("{YOUR_FILES}/{}", tree.file_name()).parse().ok()?;
    Some(Tidying::SetAside {
        tree: tree.clone(),
        to,
    })
}

/// Moves what a person has in a tree to another folder of the root, beside what is there already.
pub(crate) fn set_aside(taken: &TakenRoot, tree: &RelPath, to: &RelPath) -> Result<(), Error> {
    let root = taken.root();
    let (top, place) = (root.below(tree), root.below(to));
    for stray in of_release(root, tree)?.unwrap_or_default() {
        let path = stray.path_in(&top);
        if measured(&path)?.file_count == 0 {
            continue;
        }
        let (from, to) = (top.join(&stray.folder), place.join(&stray.folder));
        let moved = files::create_folders(&to)
            .and_then(|()| files::rename_entry((&from, &stray.name), (&to, &free_name(&to, &stray.name))));
        moved.map_err(|source| Error::SetAside {
            path: lossy(&path),
            source,
        })?;
    }
    Ok(())
}

/// What is not known in a tree, in no order. A folder that is not known is named, and not looked into.
pub(crate) fn strays(tree: &Utf8Path, known: &Known<'_>) -> Result<Vec<Stray>, Error> {
    let mut strays = Vec::new();
    let mut open = vec![Utf8PathBuf::new()];
    while let Some(folder) = open.pop() {
        let place = tree.join(&folder);
        let failed = |source| Error::OpenTree {
            path: place.clone(),
            source,
        };
        for entry in std::fs::read_dir(&place).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let stray = Stray {
                folder: folder.clone(),
                name: entry.file_name(),
            };
            let is_folder = entry.file_type().map_err(failed)?.is_dir();
            match stray.below().filter(|below| known.has(below, is_folder)) {
                Some(below) if is_folder => open.push(below.into()),
                Some(_) => {}
                None => strays.push(stray),
            }
        }
    }
    Ok(strays)
}

/// What the scripts of a new release made in its tree, which nobody else could use yet. That of a release which is
/// current stays as it is known.
pub(crate) fn made_by_scripts(
    root: &Root,
    tree: &RelPath,
    record: &ReleaseRecord,
) -> Result<Vec<String>, Error> {
    let ran = |made: &OutsideRoot| matches!(made, OutsideRoot::Ran { .. });
    let is_current = root.read_current()?.is_some_and(|current| current.tree == *tree);
    if is_current || !record.receipt.outside.iter().any(ran) {
        return Ok(record.made.clone());
    }
    let Some(index) = indexes::find(root, &record.receipt.index.sha256)? else {
        return Ok(Vec::new());
    };
    let top = root.below(tree);
    let found = strays(&top, &Known::of(&index, &record.receipt.components, &[]))?;
    let mut made = Vec::new();
    found.iter().for_each(|stray| stray.name_all(&top, &mut made));
    made.sort_unstable();
    Ok(made)
}

impl Stray {
    /// Its path below the tree, with `/` between names; `None` where its name is not valid Unicode.
    pub(crate) fn below(&self) -> Option<String> {
        self.name.to_str().map(|_| self.below_lossy())
    }

    /// The same for people, whatever its name.
    pub(crate) fn below_lossy(&self) -> String {
        let below = self.folder.join(&*self.name.to_string_lossy());
        below.as_str().replace(MAIN_SEPARATOR, "/")
    }

    fn path_in(&self, tree: &Utf8Path) -> std::path::PathBuf {
        tree.join(&self.folder).as_std_path().join(&self.name)
    }

    /// Adds its name and those of all below it. What cannot be read or named is not said to be made by anybody.
    fn name_all(&self, tree: &Utf8Path, names: &mut Vec<String>) {
        let mut open: Vec<String> = self.below().into_iter().collect();
        while let Some(below) = open.pop() {
            let path = tree.join(&below);
            if !path.symlink_metadata().is_ok_and(|found| found.is_dir()) {
                names.push(below);
                continue;
            }
            let entries = path.read_dir_utf8().into_iter().flatten().filter_map(Result::ok);
            open.extend(entries.map(|entry| format!("{below}/{}", entry.file_name())));
            names.push(format!("{below}/"));
        }
    }
}

/// What is not known in the tree of a release; `None` where that release itself is not known any more.
fn of_release(root: &Root, tree: &RelPath) -> Result<Option<Vec<Stray>>, Error> {
    let top = root.below(tree);
    if !top.symlink_metadata().is_ok_and(|found| found.is_dir()) {
        return Ok(Some(Vec::new()));
    }
    let Some(record) = record_of(root, tree)? else {
        return Ok(None);
    };
    let Some(index) = indexes::find(root, &record.receipt.index.sha256)? else {
        return Ok(None);
    };
    strays(&top, &Known::of(&index, &record.receipt.components, &record.made)).map(Some)
}

/// What is known of a release. Damage is reported and keeps nobody from removing the release.
fn record_of(root: &Root, tree: &RelPath) -> Result<Option<ReleaseRecord>, Error> {
    match root.read_record(tree) {
        Err(Error::ReadRecord {
            source: MachineError::Corrupt { aside, .. },
            ..
        }) => {
            tracing::warn!(%aside, "What was known of a release was damaged.");
            Ok(None)
        }
        read => read,
    }
}

fn has_record(root: &Root, tree: &RelPath) -> bool {
    Root::record_of(tree).is_some_and(|record| root.below(&record).is_file())
}

fn measured(path: &Path) -> Result<TreeSize, Error> {
    files::tree_size(path).map_err(|source| Error::OpenTree {
        path: lossy(path),
        source,
    })
}

/// The name, or the first one like it that nothing has.
fn free_name(folder: &Utf8Path, name: &OsStr) -> OsString {
    let is_free = |name: &OsStr| folder.as_std_path().join(name).symlink_metadata().is_err();
    if is_free(name) {
        return name.to_owned();
    }
    let path = Path::new(name);
    let (stem, extension) = (path.file_stem().unwrap_or(name), path.extension());
    let numbered = |number: u64| {
        let mut numbered = stem.to_owned();
        numbered.push(format!(" ({number})"));
        if let Some(extension) = extension {
            numbered.push(".");
            numbered.push(extension);
        }
        numbered
    };
    let free = (2..).map(numbered).find(|name| is_free(name));
    free.unwrap_or_else(|| name.to_owned())
}

fn lossy(path: &Path) -> Utf8PathBuf {
    Utf8PathBuf::from(path.to_string_lossy().into_owned())
}
