//! What of a component is laid out: all of it, or a part.

use super::Place;
use std::collections::BTreeSet;
use toolcrib_model::{ComponentId, RelPath};
use toolcrib_wire::index::{ComponentTree, Index, Link};

/// What of one component is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// The component's place in the index.
    component: u32,
    /// The files, by their places in the component's list.
    files: Vec<u32>,
    /// Folders for themselves; those of the files and links follow from their paths.
    pub(super) folders: Vec<RelPath>,
    pub(super) links: Vec<Link>,
}

impl Part {
    /// One part for each chosen component of an index, as `part` makes it of the component and its place.
    pub(crate) fn of_each(
        index: &Index,
        chosen: &BTreeSet<ComponentId>,
        part: impl Fn(u32, &ComponentTree) -> Self,
    ) -> Vec<Self> {
        let numbered = (0..).zip(&index.components);
        numbered
            .filter(|(_, tree)| chosen.contains(&tree.id))
            .map(|(component, tree)| part(component, tree))
            .collect()
    }

    /// All of a component.
    pub(crate) fn whole(component: u32, tree: &ComponentTree) -> Self {
        Self {
            component,
            files: (0..tree.files.len() as u32).collect(),
            folders: tree.folders.clone(),
            links: tree.links.clone(),
        }
    }

    /// These files and links of a component, in the folders that they need.
    pub(crate) fn only(component: u32, tree: &ComponentTree, is_wanted: impl Fn(&RelPath) -> bool) -> Self {
        let files = (0..).zip(&tree.files).filter(|(_, file)| is_wanted(&file.path));
        let links = tree.links.iter().filter(|link| is_wanted(&link.path));
        Self {
            component,
            files: files.map(|(place, _)| place).collect(),
            folders: Vec::new(),
            links: links.cloned().collect(),
        }
    }

    /// A component with its folders and links, but of its files only the empty ones.
    pub(crate) fn without_content(component: u32, tree: &ComponentTree) -> Self {
        let empty = (0..).zip(&tree.files).filter(|(_, file)| file.size == 0);
        let above = tree.files.iter().filter_map(|file| file.path.parent());
        Self {
            component,
            files: empty.map(|(place, _)| place).collect(),
            folders: tree.folders.iter().cloned().chain(above).collect(),
            links: tree.links.clone(),
        }
    }

    /// Where its files stand in the index.
    pub(super) fn places(&self) -> impl Iterator<Item = Place> {
        let component = self.component;
        self.files.iter().map(move |&file| Place { component, file })
    }
}
