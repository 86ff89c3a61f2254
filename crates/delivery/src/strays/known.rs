//! The names in a release's tree that are known: those of its index, and what its scripts made.

use std::collections::HashSet;
use toolcrib_model::ComponentId;
use toolcrib_wire::index::Index;

/// The names in a tree that are known.
pub(crate) struct Known<'a> {
    folders: HashSet<&'a str>,
    others: HashSet<&'a str>,
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
