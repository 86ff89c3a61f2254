//! Chunks of a release that is still being made, for peers that begin a little later (B-04).
//!
//! The log beside staging says what is held there. It is only read here, like everything in staging: whoever makes the
//! release works on as if nobody were there, and what this finds is judged by its digest before it is given. So it does not
//! matter whether the log is of an earlier run, a file was changed meanwhile, or the tree is promoted while it is read.

use super::sealed;
use crate::held::{self, Identity};
use crate::reuse::old_tree::OldTree;
use crate::root::Root;
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::HashMap;
use std::sync::Arc;
use toolcrib_machine::files;
use toolcrib_model::Digest;
use toolcrib_net::peers::Name;
use toolcrib_wire::index::Index;

/// A release that is being made.
#[derive(Debug)]
pub(super) struct Staged {
    root: Root,
    identity: Identity,
    index: Arc<Index>,
    pub(super) tree: Arc<OldTree>,
    /// Content and number of what is held, by the name that peers ask for it with.
    pub(super) places: HashMap<Name, (Digest, u32)>,
    /// How many records the log had.
    records: usize,
}

impl Staged {
    /// What is held in an install root by now; `before` is what was known of it. `None` where nothing is being made there,
    /// or it cannot be read.
    pub(super) fn look(
        root: &Utf8Path,
        before: &[Arc<Self>],
        index_of: impl FnOnce(&Digest) -> Option<Arc<Index>>,
    ) -> Option<Arc<Self>> {
        let root = Root::at(root);
        let log = files::read_bounded(&root.held(), held::MAX_LOG_BYTES).ok()??;
        let (identity, records) = held::parse(&log)?;
        let records: Vec<u32> = records.collect();
        let known = before
            .iter()
            .find(|one| one.root == root && one.identity == identity);
        if let Some(known) = known.filter(|known| known.records == records.len()) {
            return Some(Arc::clone(known));
        }
        let (index, tree) = match known {
            Some(known) => (Arc::clone(&known.index), Arc::clone(&known.tree)),
            None => {
                let index = index_of(identity.index())?;
                let tree = OldTree::being_made(&tree_below(&root)?, &index, &identity.components());
                (index, Arc::new(tree.ok()?))
            }
        };
        let mut places = known.map_or_else(HashMap::new, |known| known.places.clone());
        let newer = known.filter(|known| records.len() > known.records);
        let new = &records[newer.map_or(0, |known| known.records)..];
        let contents = new
            .iter()
            .filter_map(|chunk| Some((*chunk, index.chunks.get(*chunk as usize)?.sha256)));
        places.extend(contents.map(|(chunk, content)| (sealed::name_of(&content), (content, chunk))));
        Some(Arc::new(Self {
            root,
            identity,
            index,
            tree,
            places,
            records: records.len(),
        }))
    }
}

/// The one tree in staging.
fn tree_below(root: &Root) -> Option<Utf8PathBuf> {
    let mut folders = root.staging().read_dir_utf8().ok()?.filter_map(|entry| {
        let entry = entry.ok()?;
        let is_tree = entry.file_type().is_ok_and(|kind| kind.is_dir()) && entry.path() != root.patches();
        is_tree.then(|| entry.into_path())
    });
    folders.next()
}
