//! What lies in a release's tree and neither the release nor its scripts put there: a person's own files, or what the
//! program wrote beside itself. It outlives the release: when that goes, it is moved to a folder beside the releases.
//!
//! Only names are compared. What was moved is no longer in the tree, so the move may be broken off and repeated; it
//! comes before the release and its index go, because without the index nothing can be told apart.

use crate::error::Error;
use crate::indexes;
use crate::root::{Root, TakenRoot};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{MAIN_SEPARATOR, Path};
use toolcrib_machine::Error as MachineError;
use toolcrib_machine::files::{self, TreeSize};
use toolcrib_model::{ComponentId, Digest, RelPath, Version};
use toolcrib_wire::index::Index;
use toolcrib_wire::journal::Tidying;
use toolcrib_wire::receipt::{OutsideRoot, ReleaseRecord};

/// Where the person's files go that lay in a release that goes, below the install root.
pub const YOUR_FILES: &str = "your-files";

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

/// Something in a tree that is not known; the folder that holds it is.
pub(crate) struct Stray {
    /// The folder, below the tree; empty for the tree itself.
    folder: Utf8PathBuf,
    name: OsString,
}

/// The names in a tree that are known.
pub(crate) struct Known<'a> {
    folders: HashSet<&'a str>,
    others: HashSet<&'a str>,
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
    let Some(index) = find_index(root, &record.receipt.index.sha256)? else {
        return Ok(Vec::new());
    };
    let top = root.below(tree);
    let found = strays(&top, &Known::of(&index, &record.receipt.components, &[]))?;
    let mut made = Vec::new();
    found.iter().for_each(|stray| stray.name_all(&top, &mut made));
    made.sort_unstable();
    Ok(made)
}

impl<'a> Known<'a> {
    /// What an index says of these components, and what scripts made.
    pub(crate) fn of(index: &'a Index, components: &[ComponentId], made: &'a [String]) -> Self {
        let mut known = Self {
            folders: HashSet::new(),
            others: HashSet::new(),
        };
        for tree in index
            .components
            .iter()
            .filter(|tree| components.contains(&tree.id))
        {
            tree.folders
                .iter()
                .for_each(|path| known.add_folder(path.as_str()));
            let files = tree.files.iter().map(|file| &file.path);
            let links = tree.links.iter().map(|link| &link.path);
            files.chain(links).for_each(|path| known.add(path.as_str()));
        }
        for path in made {
            match path.strip_suffix('/') {
                Some(folder) => known.add_folder(folder),
                None => known.add(path),
            }
        }
        known
    }

    /// Whether something of this kind has this name.
    pub(crate) fn has(&self, below: &str, is_folder: bool) -> bool {
        match is_folder {
            true => self.folders.contains(below),
            false => self.others.contains(below),
        }
    }

    fn add(&mut self, path: &'a str) {
        self.others.insert(path);
        if let Some((folder, _)) = path.rsplit_once('/') {
            self.add_folder(folder);
        }
    }

    fn add_folder(&mut self, folder: &'a str) {
        let mut next = Some(folder);
        while let Some(folder) = next.filter(|folder| self.folders.insert(*folder)) {
            next = folder.rsplit_once('/').map(|(above, _)| above);
        }
    }
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
    let Some(index) = find_index(root, &record.receipt.index.sha256)? else {
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

fn find_index(root: &Root, digest: &Digest) -> Result<Option<std::sync::Arc<Index>>, Error> {
    indexes::find(root, digest)
}

fn has_record(root: &Root, tree: &RelPath) -> bool {
    Root::record_of(tree).is_some_and(|record| root.below(&record).is_file())
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
