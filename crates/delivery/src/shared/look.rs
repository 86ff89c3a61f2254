//! Looking for the releases that have a component: in the root itself, then in those of other products.

use super::{Share, is_shared};
use crate::indexes;
use crate::order::{Order, Sharing};
use crate::root::Root;
use camino::Utf8Path;
use toolcrib_machine::files;
use toolcrib_model::Digest;
use toolcrib_wire::index::{ComponentTree, File};
use toolcrib_wire::receipt::{Receipt, ReleaseRecord};

/// Every chosen component that is shared and that a release on this computer has. Reads which files are there, not what
/// is in them; whatever cannot be read costs bytes to fetch, and nothing else.
pub(crate) fn look(order: &Order, root: &Root) -> Vec<Share> {
    let manifest = order.manifest.manifest();
    let trees = order.index.index().components.iter();
    let mut wanted = trees
        .filter(|tree| is_shared(manifest, &tree.id) && order.components.contains(&tree.id))
        .peekable();
    if wanted.peek().is_none() {
        return Vec::new();
    }
    let known = releases(order, root);
    wanted
        .filter_map(|tree| known.iter().find_map(|known| share(order, root, tree, known)))
        .collect()
}

/// The releases that may have something, each with its root: those of this product first.
pub(super) fn releases(order: &Order, root: &Root) -> Vec<(Root, Receipt)> {
    let neighbours = order.neighbours.iter().map(|path| Root::at(path));
    let roots = std::iter::once(root.clone()).chain(neighbours.filter(|other| other != root));
    let receipts = |root: Root| {
        let records = root
            .records()
            .inspect_err(|error| tracing::warn!(%error, "What another product has cannot be read."));
        let records: Vec<ReleaseRecord> = records.unwrap_or_default();
        records
            .into_iter()
            .map(move |record| (root.clone(), record.receipt))
    };
    roots.flat_map(receipts).collect()
}

fn share(order: &Order, root: &Root, wanted: &ComponentTree, known: &(Root, Receipt)) -> Option<Share> {
    let (other, receipt) = known;
    let component = has(receipt, &wanted.files_digest())?;
    let index = indexes::find(other, &receipt.index.sha256).ok()??;
    let theirs = index.components.iter().find(|tree| tree.id == *component)?;
    let tree = other.below(&receipt.tree);
    let fits = are_there(theirs, &tree) && start_alike(theirs, wanted);
    fits.then(|| Share {
        component: wanted.id.clone(),
        with: receipt.product.clone(),
        by_name: order.sharing == Sharing::ByName && files::same_volume(root.path(), &tree).unwrap_or(false),
        tree,
        index,
    })
}

/// The component of a release that consists of these files.
pub(super) fn has<'a>(receipt: &'a Receipt, files: &Digest) -> Option<&'a toolcrib_model::ComponentId> {
    let mut shared = receipt.shared.iter();
    shared
        .find(|record| record.files == *files)
        .map(|record| &record.component)
}

fn are_there(component: &ComponentTree, tree: &Utf8Path) -> bool {
    component.files.iter().all(|file| {
        let found = tree.join(file.path.as_str()).symlink_metadata();
        found.is_ok_and(|found| found.is_file() && found.len() == file.size)
    })
}

/// Whether the same files may be executed: a file has one mode, whatever its names.
pub(super) fn start_alike(one: &ComponentTree, other: &ComponentTree) -> bool {
    let executable = |tree: &ComponentTree| {
        let mut paths: Vec<_> = tree
            .files
            .iter()
            .filter(|file| file.executable)
            .map(path)
            .collect();
        paths.sort_unstable();
        paths
    };
    executable(one) == executable(other)
}

fn path(file: &File) -> toolcrib_model::RelPath {
    file.path.clone()
}
