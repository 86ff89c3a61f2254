//! What this computer gives to peers: chunks that lie in files of installed releases or of such that are being made, and
//! nothing else.

use super::sealed;
use super::staged::Staged;
use crate::indexes;
use crate::reuse::old_tree::OldTree;
use crate::root::Root;
use crate::tree;
use camino::Utf8PathBuf;
use std::collections::HashMap;
use std::io;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use toolcrib_model::{Digest, RelPath};
use toolcrib_net::peers::{Gifts, Name};
use toolcrib_wire::index::Index;

/// The chunks of installed releases, by the names that peers ask for them with. There is no list of them, and no way from
/// a name to a file but the indexes of the releases themselves.
#[derive(Debug, Default)]
pub struct InstalledChunks(RwLock<Shown>);

#[derive(Debug, Default)]
struct Shown {
    releases: Vec<Installed>,
    trees: Vec<Arc<OldTree>>,
    places: HashMap<Name, Place>,
    /// What is being made.
    staged: Vec<Arc<Staged>>,
}

/// A release, where it lies and which one it is.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Installed {
    root: Root,
    tree: RelPath,
    index: Digest,
}

/// Where the content of a chunk lies.
#[derive(Clone, Copy, Debug)]
struct Place {
    content: Digest,
    tree: usize,
    chunk: u32,
}

impl InstalledChunks {
    /// Looks at the releases in these install roots; costs next to nothing where they are the same as before. What cannot
    /// be read is not given.
    pub fn look(&self, roots: &[Utf8PathBuf]) {
        let releases: Vec<_> = roots
            .iter()
            .flat_map(|root| releases_in(&Root::at(root)))
            .collect();
        if self.shown().releases != releases {
            let shown = Shown::of(releases);
            let mut before = self.shown_to_change();
            let staged = std::mem::take(&mut before.staged);
            *before = Shown { staged, ..shown };
        }
    }

    /// Looks at what is being made in these install roots; the index of each is asked for by its digest, once. Where a
    /// folder cannot be renamed while somebody reads in it, nothing of that is given: it would keep a release from being
    /// finished.
    pub fn look_at_unfinished(
        &self,
        roots: &[Utf8PathBuf],
        index_of: impl Fn(&Digest) -> Option<Arc<Index>>,
    ) {
        if cfg!(windows) {
            return;
        }
        let before = self.shown().staged.clone();
        let looked = roots
            .iter()
            .filter_map(|root| Staged::look(root, &before, &index_of));
        let staged = looked.collect();
        self.shown_to_change().staged = staged;
    }

    /// How many chunks can be asked for.
    pub fn chunk_count(&self) -> usize {
        let shown = self.shown();
        let staged = shown.staged.iter().map(|staged| staged.places.len());
        shown.places.len() + staged.sum::<usize>()
    }

    fn shown(&self) -> RwLockReadGuard<'_, Shown> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn shown_to_change(&self) -> RwLockWriteGuard<'_, Shown> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Gifts for InstalledChunks {
    fn has(&self, names: &[Name]) -> Vec<bool> {
        let shown = self.shown();
        names.iter().map(|name| shown.find(name).is_some()).collect()
    }

    fn piece(&self, name: &Name) -> Option<Vec<u8>> {
        let (content, chunk, tree) = self.shown().find(name)?;
        let read = read(&tree, chunk).ok();
        match read.filter(|read| Digest::of(read) == content) {
            Some(read) => sealed::seal(&content, read),
            None => {
                tracing::info!(chunk = %content, "A chunk is not here any more as it was written.");
                self.shown_to_change().places.remove(name);
                None
            }
        }
    }
}

impl Shown {
    /// The content of a chunk, its number, and the tree that it lies in.
    fn find(&self, name: &Name) -> Option<(Digest, u32, Arc<OldTree>)> {
        let installed = self.places.get(name);
        let installed = installed.map(|place| (place.content, place.chunk, self.trees[place.tree].clone()));
        installed.or_else(|| {
            let found = |staged: &Arc<Staged>| Some((*staged.places.get(name)?, staged.tree.clone()));
            let ((content, chunk), tree) = self.staged.iter().find_map(found)?;
            Some((content, chunk, tree))
        })
    }

    fn of(releases: Vec<Installed>) -> Self {
        let mut shown = Self::default();
        for release in &releases {
            let Some(tree) = release.open() else { continue };
            let number = shown.trees.len();
            for (content, chunk) in tree.contents() {
                let place = Place {
                    content,
                    tree: number,
                    chunk,
                };
                shown.places.entry(sealed::name_of(&content)).or_insert(place);
            }
            shown.trees.push(Arc::new(tree));
        }
        Self { releases, ..shown }
    }
}

impl Installed {
    fn open(&self) -> Option<OldTree> {
        let index = indexes::find(&self.root, &self.index).ok()??;
        let opened = OldTree::open(&self.root.below(&self.tree), &index);
        opened
            .inspect_err(|error| tracing::debug!(%error, "A release is not given to peers."))
            .ok()
    }
}

/// The releases of a root: the current one, and those that are kept beside it.
fn releases_in(root: &Root) -> Vec<Installed> {
    let current = root.read_current().ok().flatten();
    let current = current.map(|current| (current.tree, current.index));
    let records = root.records().unwrap_or_default().into_iter();
    let kept = records.map(|record| (record.receipt.tree, record.receipt.index.sha256));
    let mut releases: Vec<Installed> = Vec::new();
    for (tree, index) in current.into_iter().chain(kept) {
        if releases.iter().all(|known| known.tree != tree) {
            let root = root.clone();
            releases.push(Installed { root, tree, index });
        }
    }
    releases
}

fn read(tree: &OldTree, chunk: u32) -> io::Result<Vec<u8>> {
    let runs = tree.runs(chunk).ok_or(io::ErrorKind::NotFound)?;
    let length = runs.last().map_or(0, |run| run.range.end);
    let mut content = vec![0; length];
    for run in runs {
        tree::read_exact_at(&tree.open_file(run.file)?, &mut content[run.range], run.offset)?;
    }
    Ok(content)
}
