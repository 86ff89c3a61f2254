//! What a repair mends of a shared component is mended for all who have it: damage to a file was damage to each of its
//! names, and the sound file that takes the place of one takes the place of all.

use super::look::{has, releases, start_alike};
use super::{is_shared, paths};
use crate::error::Error;
use crate::indexes;
use crate::plan::Plan;
use crate::root::{Root, TakenRoot};
use camino::Utf8Path;
use std::fs::File;
use std::io::{self, Read as _};
use toolcrib_machine::files;
use toolcrib_model::RelPath;
use toolcrib_wire::index::ComponentTree;
use toolcrib_wire::journal::{MendedFiles, Tidying};
use toolcrib_wire::receipt::Receipt;

/// How much of two files is compared at once, in bytes.
const BLOCK_BYTES: usize = 256 << 10;

/// The acts that give what `plan` mends in `tree` to every other release here that has the same component.
pub(crate) fn acts(plan: &Plan, tree: &RelPath) -> Vec<Tidying> {
    let mended = mended(plan);
    if mended.is_empty() {
        return Vec::new();
    }
    let others = releases(&plan.order, &plan.root).into_iter();
    let others: Vec<_> = others
        .filter(|(root, receipt)| *root != plan.root || receipt.tree != *tree)
        .collect();
    let act = |(component, files): &(&ComponentTree, Vec<RelPath>), (root, receipt): &(Root, Receipt)| {
        has_alike(root, receipt, component).then(|| {
            Tidying::ShareMended(MendedFiles {
                from: tree.clone(),
                root: root.path().to_string(),
                to: receipt.tree.clone(),
                files: files.clone(),
            })
        })
    };
    let each = mended
        .iter()
        .flat_map(|mended| others.iter().filter_map(move |other| act(mended, other)));
    each.collect()
}

/// The chosen shared components, each with those of its files that are mended.
fn mended(plan: &Plan) -> Vec<(&ComponentTree, Vec<RelPath>)> {
    let chosen = plan
        .index()
        .components
        .iter()
        .filter(|tree| is_shared(plan.manifest(), &tree.id) && plan.order.components.contains(&tree.id));
    let laid_out = plan.layout.file_names();
    let files = |tree: &ComponentTree| {
        let mended = tree.files.iter().filter(|file| laid_out.contains(&file.path));
        paths(mended.collect())
    };
    chosen
        .map(|tree| (tree, files(tree)))
        .filter(|(_, files)| !files.is_empty())
        .collect()
}

/// Whether a release has a component of the same files, which may be executed alike.
fn has_alike(root: &Root, receipt: &Receipt, wanted: &ComponentTree) -> bool {
    let Some(id) = has(receipt, &wanted.files_digest()) else {
        return false;
    };
    let Ok(Some(index)) = indexes::find(root, &receipt.index.sha256) else {
        return false;
    };
    let mut theirs = index.components.iter().filter(|tree| tree.id == *id);
    theirs.any(|theirs| start_alike(theirs, wanted))
}

/// Puts sound files in the place of those of another release that are not the same any more; answers whether that could
/// be done. What cannot be mended there is found by that product's own repair; it is no reason to fail this one.
pub(crate) fn give(taken: &TakenRoot, mended: &MendedFiles) -> bool {
    let root = Root::at(Utf8Path::new(&mended.root));
    let given = match root == *taken.root() {
        true => put_all(taken.root(), taken.root(), mended),
        false => give_away(taken.root(), &root, mended),
    };
    match &given {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "Shared files were mended for another release, too."),
        Err(error) => tracing::warn!(%error, "Shared files could not be mended for another release."),
    }
    given.is_ok()
}

/// As [`put_all`], in a root that others may be working in.
fn give_away(ours: &Root, theirs: &Root, mended: &MendedFiles) -> Result<usize, Error> {
    if !theirs.exists()? {
        return Ok(0);
    }
    let taken = theirs.take()?;
    let put = put_all(ours, taken.root(), mended);
    files::sync_volume(theirs.path()).map_err(|source| Error::Inspect {
        root: theirs.path().to_owned(),
        source,
    })?;
    put
}

/// Answers how many were put there.
fn put_all(ours: &Root, theirs: &Root, mended: &MendedFiles) -> Result<usize, Error> {
    // It may have been removed, or something else may have been installed, since this was planned.
    if theirs.read_record(&mended.to)?.is_none() {
        return Ok(0);
    }
    let _ = files::sweep_leftovers(&theirs.own());
    let (from, to) = (ours.below(&mended.from), theirs.below(&mended.to));
    let mut count = 0;
    for path in &mended.files {
        let (sound, place) = (from.join(path.as_str()), to.join(path.as_str()));
        if are_alike(&sound, &place).unwrap_or(false) {
            continue;
        }
        let put = files::put_by_name(&sound, &place, &theirs.own());
        put.map_err(|source| Error::Place {
            path: path.clone(),
            source,
        })?;
        count += 1;
    }
    Ok(count)
}

/// Whether two files hold the same bytes.
fn are_alike(one: &Utf8Path, other: &Utf8Path) -> io::Result<bool> {
    let found = other.symlink_metadata()?;
    if !found.is_file() || found.len() != one.metadata()?.len() {
        return Ok(false);
    }
    let (mut one, mut other) = (File::open(one)?, File::open(other)?);
    let (mut here, mut there) = (vec![0; BLOCK_BYTES], vec![0; BLOCK_BYTES]);
    loop {
        let count = one.read(&mut here)?;
        if count == 0 {
            return Ok(true);
        }
        other.read_exact(&mut there[..count])?;
        if here[..count] != there[..count] {
            return Ok(false);
        }
    }
}
