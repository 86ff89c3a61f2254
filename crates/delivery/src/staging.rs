//! The tree that a release is made in: what is left of an earlier run, and the folders and the room of this one.

use crate::error::Error;
use crate::held::{self, Found, HeldLog, HeldSet};
use crate::layout::Layout;
use crate::plan::Plan;
use crate::progress::{Meter, Stage};
use crate::reread;
use crate::reuse::clones::Clones;
use crate::root::Root;
use crate::stop::Stop;
use crate::tree::{Mode, Tree};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::HashSet;
use toolcrib_machine::files;
use toolcrib_model::{RelPath, Version};

/// Files from this size on get their room before they are written, in bytes.
const RESERVED_FROM: u64 = 1 << 20;

/// Staging, as it was found.
pub(crate) struct Staging {
    /// The tree.
    pub(crate) tree: Tree,
    /// What is in it already.
    pub(crate) held: HeldSet,
    /// Where more is noted.
    pub(crate) log: HeldLog,
}

/// The name that a release's folders have: its version, or where that is no name for a folder, its index's digest.
pub(crate) fn name_of(plan: &Plan) -> Result<RelPath, Error> {
    let version: &Version = &plan.manifest().version;
    let by_digest = || plan.manifest().index.sha256.to_string().parse();
    let name = version.to_string().parse().or_else(|_| by_digest());
    name.map_err(|_| Error::NameTree {
        version: version.to_string(),
    })
}

/// Opens staging for a plan. What an earlier run left there is kept as far as it is of use and can be believed;
/// `None` where somebody wished to stop before that was known.
pub(crate) fn open(root: &Root, plan: &Plan, meter: &Meter, stop: &Stop) -> Result<Option<Staging>, Error> {
    meter.enter(Stage::Checking, "Checking what is here already");
    let path = root.staging().join(name_of(plan)?.as_str());
    let found = held::look(&root.held(), &plan.identity(), plan.layout.chunk_count())?;
    if found == Found::Nothing {
        clear(root)?;
    }
    files::create_folders(&path).map_err(|source| Error::Prepare {
        path: path.clone(),
        source,
    })?;
    let tree = Tree::open(&path)?;
    let held = match found {
        Found::Nothing => HeldSet::none(plan.layout.chunk_count()),
        Found::Held(set) => still_there(&tree, &plan.layout, &set),
        Found::Doubtful(set) => {
            sweep(&path, &plan.layout)?;
            let Some(good) = reread::reread(&tree, plan, &set, stop)? else {
                return Ok(None);
            };
            good
        }
    };
    count(plan, &held, meter);
    let log = HeldLog::begin(&root.held(), &plan.identity(), &held)?;
    Ok(Some(Staging { tree, held, log }))
}

/// Makes the folders of a layout; those that are there already stay.
pub(crate) fn make_folders(tree: &Tree, layout: &Layout) -> Result<(), Error> {
    layout.folders().iter().try_for_each(|folder| tree.folder(folder))
}

/// Throws away what is staged; the log of it first, for it must never speak of files that are gone.
pub(crate) fn clear(root: &Root) -> Result<(), Error> {
    for path in [root.held(), root.staging()] {
        files::remove_tree(&path).map_err(|source| Error::Remove { path, source })?;
    }
    Ok(())
}

/// Whether no chunk at all is noted as held.
pub(crate) fn holds_nothing(root: &Root) -> Result<bool, Error> {
    held::is_empty(&root.held())
}

/// Sets room aside for the large files, so that a disk that fills up meanwhile does not stop them half-way. A file that
/// is to be cloned needs no room; if it turns out that it cannot be, it takes its room then.
pub(crate) fn reserve(tree: &Tree, layout: &Layout, held: &HeldSet, clones: &Clones) -> Result<(), Error> {
    let large = layout
        .files()
        .zip(0..)
        .filter(|(file, _)| file.size >= RESERVED_FROM);
    for (file, number) in large {
        let lacks_something = layout.chunks_of_file(number).any(|chunk| !held.has(chunk));
        if clones.is_candidate(number) || !lacks_something {
            continue;
        }
        let mode = Mode::Pieces {
            executable: file.executable,
        };
        let reserved = tree
            .file(&file.path, mode)
            .and_then(|opened| files::reserve(&opened, file.size));
        reserved.map_err(|source| Error::WriteFile {
            path: file.path.clone(),
            source,
        })?;
    }
    Ok(())
}

fn count(plan: &Plan, held: &HeldSet, meter: &Meter) {
    for number in plan.layout.needed().filter(|number| held.has(*number)) {
        meter.arrived(u64::from(plan.index().chunks[number as usize].stored_length));
        meter.wrote(plan.layout.written_bytes(number));
    }
}

/// The chunks whose files are all there and long enough: somebody may have cleared up.
fn still_there(tree: &Tree, layout: &Layout, held: &HeldSet) -> HeldSet {
    let lengths: Vec<Option<u64>> = match held.count() {
        0 => Vec::new(),
        _ => layout.files().map(|file| tree.length(&file.path)).collect(),
    };
    let is_there = |chunk: u32| {
        layout.pieces(chunk).all(|piece| {
            let end = piece.offset + piece.range.len() as u64;
            lengths[piece.file as usize].is_some_and(|length| length >= end && length <= piece.target.size)
        })
    };
    let mut there = HeldSet::none(layout.chunk_count());
    held.iter()
        .filter(|chunk| is_there(*chunk))
        .for_each(|chunk| there.add(chunk));
    there
}

/// Removes from staging what the layout does not have: files of components that are no longer chosen, and links.
fn sweep(path: &Utf8Path, layout: &Layout) -> Result<(), Error> {
    let files: HashSet<&str> = layout.files().map(|file| file.path.as_str()).collect();
    let folders: HashSet<&str> = layout.folders().iter().map(RelPath::as_str).collect();
    let mut open = vec![Utf8PathBuf::new()];
    while let Some(folder) = open.pop() {
        for entry in children(&path.join(&folder))? {
            let (name, is_folder, is_file) = entry;
            let below = folder.join(name);
            let text = below.as_str().replace(std::path::MAIN_SEPARATOR, "/");
            if is_folder && folders.contains(text.as_str()) {
                open.push(below);
            } else if !(is_file && files.contains(text.as_str())) {
                let path = path.join(&below);
                files::remove_tree(&path).map_err(|source| Error::Remove { path, source })?;
            }
        }
    }
    Ok(())
}

/// Name, whether it is a folder, whether it is a file.
fn children(folder: &Utf8Path) -> Result<Vec<(String, bool, bool)>, Error> {
    let failed = |source| Error::OpenTree {
        path: folder.to_owned(),
        source,
    };
    let mut children = Vec::new();
    for entry in folder.read_dir_utf8().map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let kind = entry.file_type().map_err(failed)?;
        children.push((entry.file_name().to_owned(), kind.is_dir(), kind.is_file()));
    }
    Ok(children)
}
