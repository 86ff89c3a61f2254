//! What of a release is on this computer already: in the release that is installed, or in folders that somebody named.
//!
//! Everything goes chunk by chunk. A chunk is found where a chunk of the same content was, or where files of the same
//! content are that it would fill; it is read from there, judged by its digest, and written into staging like a chunk
//! that was fetched. So damage costs one chunk, a kill loses none that is held, and memory stays bounded. The old
//! trees are only ever read.

pub(crate) mod clones;
mod old_tree;
pub(crate) mod queue;
pub(crate) mod take;

use crate::error::Error;
use crate::indexes;
use crate::layout::Layout;
use crate::order::{Order, Source};
use crate::root::Root;
use camino::Utf8Path;
use old_tree::{OldTree, Run, cover};
use toolcrib_wire::index::Index;

/// Where the content of a release can be found on this computer.
#[derive(Debug, Default)]
pub(crate) struct Here {
    trees: Vec<OldTree>,
    /// For each file of the new release, a file of the same content.
    twins: Vec<Option<Twin>>,
    /// For each chunk of the new release, where its content is.
    finds: Vec<Option<Find>>,
}

/// A file of an old tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Twin {
    pub(crate) tree: usize,
    pub(crate) file: u32,
}

/// Where the content of a chunk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Find {
    /// In twins of the files that it fills.
    Twins,
    /// In the files of a chunk with the same content.
    Chunk { tree: usize, chunk: u32 },
}

/// A run of an old file that is a range of a chunk's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) tree: usize,
    pub(crate) run: Run,
    /// The file of the new release that is its twin, if that is how it was found.
    pub(crate) twin_of: Option<u32>,
}

impl Here {
    /// Looks for what the chosen files need: in the current release of the root, then in the order's sources.
    /// Reads which files are there, not what is in them.
    pub(crate) fn look(order: &Order, root: &Root, layout: &Layout) -> Self {
        let index = order.index.index();
        let current = current_tree(root, order);
        let named = order.sources.iter().filter_map(|source| match source {
            Source::Tree(folder) => open(folder, index),
            Source::Parts(_) => None,
        });
        let trees: Vec<OldTree> = current.into_iter().chain(named).collect();
        if trees.is_empty() {
            return Self::default();
        }
        let mut here = Self {
            twins: twins(&trees, layout),
            trees,
            finds: Vec::new(),
        };
        here.finds = (0..layout.chunk_count() as u32)
            .map(|chunk| here.find(index, layout, chunk))
            .collect();
        here
    }

    /// Whether a chunk is here.
    pub(crate) fn has(&self, chunk: u32) -> bool {
        self.find_of(chunk).is_some()
    }

    /// Whether a chunk is in twins of the files that it fills.
    pub(crate) fn is_in_twins(&self, chunk: u32) -> bool {
        self.find_of(chunk) == Some(Find::Twins)
    }

    /// Where the content of a chunk is, one after the other.
    pub(crate) fn findings(&self, layout: &Layout, chunk: u32) -> Option<Vec<Finding>> {
        match self.find_of(chunk)? {
            Find::Twins => self.in_twins(layout, chunk),
            Find::Chunk { tree, chunk } => {
                let runs = self.trees.get(tree)?.runs(chunk)?.into_iter();
                Some(
                    runs.map(|run| Finding {
                        tree,
                        run,
                        twin_of: None,
                    })
                    .collect(),
                )
            }
        }
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
            let Twin { tree, file } = self.twins[run.file as usize]?;
            let twin_of = Some(run.file);
            Some(Finding {
                tree,
                run: Run { file, ..run },
                twin_of,
            })
        });
        found.collect()
    }
}

/// The tree of the current release. Whatever keeps it from being read costs bytes to fetch, and nothing else.
fn current_tree(root: &Root, order: &Order) -> Option<OldTree> {
    let current = root.read_current().ok().flatten()?;
    if current.product != order.manifest.manifest().product {
        return None;
    }
    let folder = root.below(&current.tree);
    let index = indexes::find(root, &current.index).and_then(|index| match index {
        Some(index) => OldTree::open(&folder, &index).map(Some),
        None => Ok(None),
    });
    unless_failed(index)?
}

fn open(folder: &Utf8Path, index: &Index) -> Option<OldTree> {
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
        numbered.find_map(|(tree, old)| old.file_with(content).map(|file| Twin { tree, file }))
    };
    layout.files().iter().map(|file| twin(&file.sha256)).collect()
}
