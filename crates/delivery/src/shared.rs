//! Components that several products have in common: their files lie on the disk once, with a name in each tree.
//!
//! Nothing counts the products but the file system: a file is there as long as one tree has a name for it. So there is
//! no store that could be left behind, and nothing that a crash could make wrong. What another tree has is found by the
//! digest of the component's files, which receipts hold; it is read and judged before it is relied on.

mod look;
pub(crate) mod mended;
pub(crate) mod names;

pub(crate) use look::look;

use crate::error::Error;
use crate::layout::Part;
use crate::plan::Plan;
use crate::tree::Tree;
use crate::verify;
use camino::Utf8PathBuf;
use std::collections::BTreeSet;
use std::sync::Arc;
use toolcrib_model::{ComponentId, ProductId, RelPath};
use toolcrib_wire::index::{ComponentTree, File, Index};
use toolcrib_wire::journal::{Step, Tidying};
use toolcrib_wire::manifest::Manifest;
use toolcrib_wire::receipt::SharedRecord;

/// A chosen component whose files another tree on this computer has.
#[derive(Clone, Debug)]
pub(crate) struct Share {
    /// The component.
    pub(crate) component: ComponentId,
    /// The product that has it.
    pub(crate) with: ProductId,
    /// The tree of that product's release, absolute.
    pub(crate) tree: Utf8PathBuf,
    /// The index of that release.
    pub(crate) index: Arc<Index>,
    /// Whether its files get a second name, instead of being copied.
    pub(crate) by_name: bool,
}

impl Share {
    /// What there is to share: empty files are as quickly made.
    pub(crate) fn files<'a>(&self, index: &'a Index) -> Vec<&'a File> {
        let trees = index.components.iter().filter(|tree| tree.id == self.component);
        trees
            .flat_map(|tree| &tree.files)
            .filter(|file| file.size > 0)
            .collect()
    }
}

/// What of the chosen components is to be written: without the files that get a second name.
pub(crate) fn to_write(index: &Index, chosen: &BTreeSet<ComponentId>, shares: &[Share]) -> Vec<Part> {
    let is_shared = |tree: &ComponentTree| {
        let mut named = shares.iter().filter(|share| share.by_name);
        named.any(|share| share.component == tree.id)
    };
    Part::of_each(index, chosen, |component, tree| match is_shared(tree) {
        true => Part::without_content(component, tree),
        false => Part::whole(component, tree),
    })
}

/// Reads everything that is to be shared, and refuses it where it is not what the index says.
pub(crate) fn judge(plan: &Plan) -> Result<(), Error> {
    for share in plan.shares_by_name() {
        let tree = Tree::open(&share.tree)?;
        if !verify::are_good(&tree, &share.files(plan.index()))? {
            return Err(Error::NotAlike {
                component: share.component.clone(),
                product: share.with.clone(),
            });
        }
    }
    Ok(())
}

/// The steps that give what is shared its names in the staged tree.
pub(crate) fn steps(plan: &Plan, staged: &RelPath) -> Vec<Step> {
    let step = |share: &Share| Step::ShareFiles {
        from: share.tree.to_string(),
        to: staged.clone(),
        files: paths(share.files(plan.index())),
    };
    plan.shares_by_name().map(step).collect()
}

/// What keeps a product from changing what others may have, too: the files that were written become read-only.
pub(crate) fn protection(plan: &Plan, tree: &RelPath) -> Option<Tidying> {
    let manifest = plan.manifest();
    let trees = plan.index().components.iter();
    let shared =
        trees.filter(|tree| is_shared(manifest, &tree.id) && plan.order.components.contains(&tree.id));
    let laid_out = plan.layout.file_names();
    let written: Vec<RelPath> = shared
        .flat_map(|tree| &tree.files)
        .filter(|file| laid_out.contains(&file.path))
        .map(|file| file.path.clone())
        .collect();
    (!written.is_empty()).then(|| Tidying::ProtectFiles {
        tree: tree.clone(),
        files: written,
    })
}

/// The chosen components that other products may have, as the receipt names them.
pub(crate) fn records(plan: &Plan) -> Vec<SharedRecord> {
    let manifest = plan.manifest();
    let trees = plan.index().components.iter();
    let chosen = trees.filter(|tree| plan.order.components.contains(&tree.id));
    chosen
        .filter(|tree| is_shared(manifest, &tree.id))
        .map(|tree| SharedRecord {
            component: tree.id.clone(),
            files: tree.files_digest(),
        })
        .collect()
}

fn is_shared(manifest: &Manifest, id: &ComponentId) -> bool {
    let mut components = manifest.components.iter();
    components.any(|component| component.id == *id && component.shared)
}

fn paths(files: Vec<&File>) -> Vec<RelPath> {
    files.into_iter().map(|file| file.path.clone()).collect()
}
