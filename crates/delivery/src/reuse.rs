//! What of a release is on this computer already: in the release that is installed, or in folders that somebody named.
//!
//! Everything goes chunk by chunk. A chunk is found where a chunk of the same content was, or where files of the same
//! content are that it would fill; it is read from there, judged by its digest, and written into staging like a chunk
//! that was fetched. So damage costs one chunk, a kill loses none that is held, and memory stays bounded. The old
//! trees are only ever read.

mod apply;
mod choice;
pub(crate) mod clones;
pub(crate) mod from_here;
pub(crate) mod old_tree;
pub(crate) mod patches;
pub(crate) mod patching;
pub(crate) mod queue;
mod take;

use crate::error::Error;
use crate::held::HeldSet;
use crate::indexes;
use crate::layout::Layout;
use crate::order::{Order, Source};
use crate::root::Root;
use crate::shared::Share;
use crate::tree;
use camino::Utf8Path;
use old_tree::{OldTree, Run, cover};
use patches::{Choices, Usable};
use std::collections::BTreeSet;
use std::io;
use std::ops::Range;
use std::sync::Arc;
use toolcrib_model::{Digest, RelPath};
use toolcrib_wire::index::Index;

/// Where the content of a release can be found on this computer.
#[derive(Debug, Default)]
pub(crate) struct Here {
    trees: Vec<OldTree>,
    /// For each file of the new release, where the same content is.
    twins: Vec<Option<Twin>>,
    /// For each chunk of the new release, where its content is.
    finds: Vec<Option<Find>>,
    /// The patches that could be applied, and those of them that will be.
    patches: Vec<Usable>,
    chosen: BTreeSet<usize>,
}

/// Where the content of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Twin {
    /// In a file of an old tree.
    Old { tree: usize, file: u32 },
    /// In staging, once a patch was applied.
    Patched { patch: usize },
}

/// Where the content of a chunk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Find {
    /// In twins of the files that it fills.
    Twins,
    /// In the files of a chunk with the same content.
    Chunk { tree: usize, chunk: u32 },
}

/// A run of a file that is a range of a chunk's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// The old file: tree and number; `None` where only a patch makes it.
    pub(crate) old: Option<(usize, u32)>,
    /// Where in the file it begins.
    pub(crate) offset: u64,
    /// The range of the chunk's content.
    pub(crate) range: Range<usize>,
    /// The file of the new release that has the same content, if that is how it was found.
    pub(crate) twin_of: Option<u32>,
}

impl Here {
    /// Looks for what the chosen files need: in the releases of the root, then in the order's sources.
    /// Reads which files are there, not what is in them. What is held needs no patches.
    pub(crate) fn look(
        order: &Order,
        root: &Root,
        shares: &[Share],
        layout: &Layout,
        held: &HeldSet,
    ) -> Self {
        let index = order.index.index();
        let named = order.sources.iter().filter_map(|source| match source {
            Source::Tree(folder) => open(folder, index),
            Source::Parts(_) => None,
        });
        let copied = shares.iter().filter(|share| !share.by_name);
        let neighbours = copied.filter_map(|share| open(&share.tree, &share.index));
        let trees: Vec<OldTree> = installed_trees(root, order)
            .into_iter()
            .chain(named)
            .chain(neighbours)
            .collect();
        if trees.is_empty() {
            return Self::default();
        }
        let mut here = Self {
            twins: twins(&trees, layout),
            trees,
            ..Self::default()
        };
        here.finds = (0..layout.chunk_count() as u32)
            .map(|chunk| here.find(index, layout, chunk))
            .collect();
        if let Some(patches) = &order.patches {
            here.choose_patches(&Choices {
                patches,
                index,
                layout,
                held,
                is_fetched: &|patch| root.has_patch(patch),
            });
        }
        here
    }

    /// Whether a chunk is here.
    pub(crate) fn has(&self, chunk: u32) -> bool {
        self.find_of(chunk).is_some()
    }

    /// Whether a chunk is in old files with the same content as those that it fills.
    pub(crate) fn is_in_old_files(&self, layout: &Layout, chunk: u32) -> bool {
        let mut findings = self.findings(layout, chunk).into_iter().flatten();
        self.find_of(chunk) == Some(Find::Twins) && findings.all(|finding| finding.old.is_some())
    }

    /// The patches that a chunk waits for.
    pub(crate) fn needs_patches(&self, layout: &Layout, chunk: u32) -> BTreeSet<usize> {
        match self.find_of(chunk) {
            Some(Find::Twins) => self.patches_for(layout, chunk).unwrap_or_default(),
            Some(Find::Chunk { .. }) | None => BTreeSet::new(),
        }
    }

    /// Where the content of a chunk is, one after the other.
    pub(crate) fn findings(&self, layout: &Layout, chunk: u32) -> Option<Vec<Finding>> {
        match self.find_of(chunk)? {
            Find::Twins => self.in_twins(layout, chunk),
            Find::Chunk { tree, chunk } => {
                let runs = self.trees.get(tree)?.runs(chunk)?.into_iter();
                let finding = |run: Run| Finding {
                    old: Some((tree, run.file)),
                    offset: run.offset,
                    range: run.range,
                    twin_of: None,
                };
                Some(runs.map(finding).collect())
            }
        }
    }

    /// Reads a run of an old file.
    pub(crate) fn read_old(&self, finding: &Finding, into: &mut [u8]) -> io::Result<()> {
        let (tree, file) = finding.old.ok_or(io::ErrorKind::NotFound)?;
        tree::read_exact_at(&self.tree(tree).open_file(file)?, into, finding.offset)
    }

    /// The old tree of this number.
    pub(crate) fn tree(&self, number: usize) -> &OldTree {
        &self.trees[number]
    }

    fn find_of(&self, chunk: u32) -> Option<Find> {
        self.finds.get(chunk as usize).copied().flatten()
    }

    fn find(&self, index: &Index, layout: &Layout, chunk: u32) -> Option<Find> {
        if !layout.needs(chunk) {
            return None;
        }
        if self.in_twins(layout, chunk).is_some() {
            return Some(Find::Twins);
        }
        let content = &index.chunks[chunk as usize].sha256;
        let mut trees = self.trees.iter().enumerate();
        trees.find_map(|(tree, old)| old.chunk_with(content).map(|chunk| Find::Chunk { tree, chunk }))
    }

    fn in_twins(&self, layout: &Layout, chunk: u32) -> Option<Vec<Finding>> {
        let pieces = layout
            .pieces(chunk)
            .filter(|piece| self.twins[piece.file as usize].is_some());
        let runs = cover(pieces.map(Run::from).collect(), layout.chunk_length(chunk))?;
        let found = runs.into_iter().map(|run| {
            let old = match self.twins[run.file as usize]? {
                Twin::Old { tree, file } => Some((tree, file)),
                Twin::Patched { .. } => None,
            };
            Some(Finding {
                old,
                offset: run.offset,
                range: run.range,
                twin_of: Some(run.file),
            })
        });
        found.collect()
    }
}

/// The trees of the releases in the root, the current one first. Whatever keeps one from being read costs bytes to
/// fetch, and nothing else.
fn installed_trees(root: &Root, order: &Order) -> Vec<OldTree> {
    let product = &order.manifest.manifest().product;
    let current = root.read_current().ok().flatten();
    let current = current.filter(|current| current.product == *product);
    let records = unless_failed(root.records()).unwrap_or_default().into_iter();
    let others = records.map(|record| (record.receipt.tree, record.receipt.index.sha256));
    let first = current.map(|current| (current.tree, current.index));
    let others: Vec<_> = others
        .filter(|(tree, _)| first.as_ref().is_none_or(|(known, _)| known != tree))
        .collect();
    let installed = first.into_iter().chain(others);
    installed
        .filter_map(|(tree, index)| installed_tree(root, &tree, &index))
        .collect()
}

fn installed_tree(root: &Root, tree: &RelPath, index: &Digest) -> Option<OldTree> {
    let index = unless_failed(indexes::find(root, index))??;
    open(&root.below(tree), &index)
}

fn open(folder: &Utf8Path, index: &Arc<Index>) -> Option<OldTree> {
    unless_failed(OldTree::open(folder, index))
}

fn unless_failed<T>(opened: Result<T, Error>) -> Option<T> {
    opened
        .inspect_err(|error| tracing::warn!(%error, "What is here already cannot be used and is fetched."))
        .ok()
}

fn twins(trees: &[OldTree], layout: &Layout) -> Vec<Option<Twin>> {
    let twin = |content| {
        let mut numbered = trees.iter().enumerate();
        numbered.find_map(|(tree, old)| old.file_with(content).map(|file| Twin::Old { tree, file }))
    };
    layout.files().map(|file| twin(&file.sha256)).collect()
}
