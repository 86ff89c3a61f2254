//! Compares an installed tree with its index.

use crate::error::Error;
use crate::layout::Layout;
use crate::reread::file_of;
use crate::tree::{Tree, text_of};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::{BTreeSet, HashSet};
use std::io::{self, Read as _};
use std::sync::atomic::{AtomicUsize, Ordering};
use toolcrib_model::{ComponentId, Digest, Hasher, RelPath};
use toolcrib_trust::package::TrustedIndex;
use toolcrib_wire::index::File;

const READ_BYTES: usize = 1 << 20;

/// How an installed tree differs from its index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Files and links with other content than they should have.
    pub damaged: Vec<RelPath>,
    /// Files, folders and links that are not there.
    pub missing: Vec<RelPath>,
    /// What is there and should not be, below the tree.
    pub extra: Vec<Utf8PathBuf>,
}

impl Differences {
    /// Whether the tree is just as it should be.
    pub fn is_empty(&self) -> bool {
        self.damaged.is_empty() && self.missing.is_empty() && self.extra.is_empty()
    }
}

/// How one thing of a tree is.
enum State {
    Good,
    Damaged,
    Missing,
}

/// Reads a whole tree and compares it with what the index says of these components.
///
/// # Errors
/// [`Error`] where the tree cannot be read; a difference is no error.
pub fn verify(
    index: &TrustedIndex,
    components: &BTreeSet<ComponentId>,
    tree: &Utf8Path,
) -> Result<Differences, Error> {
    let layout = Layout::new(index.index(), components)?;
    let tree = Tree::open(tree)?;
    let chosen = index
        .index()
        .components
        .iter()
        .filter(|component| components.contains(&component.id));
    let files: Vec<&File> = chosen.flat_map(|component| &component.files).collect();
    let mut differences = Differences::default();
    for (file, state) in files.iter().zip(read_all(&tree, &files)?) {
        differences.add(&file.path, state);
    }
    for link in layout.links() {
        let state = match tree.path().join(link.path.as_str()).read_link_utf8() {
            Ok(text) if text == text_of(link).as_str() => State::Good,
            Ok(_) => State::Damaged,
            Err(_) => State::Missing,
        };
        differences.add(&link.path, state);
    }
    for folder in layout.folders() {
        let is_there = tree.path().join(folder.as_str()).is_dir();
        differences.add(folder, if is_there { State::Good } else { State::Missing });
    }
    differences.extra = extra(&tree, &layout)?;
    Ok(differences)
}

impl Differences {
    fn add(&mut self, path: &RelPath, state: State) {
        match state {
            State::Good => {}
            State::Damaged => self.damaged.push(path.clone()),
            State::Missing => self.missing.push(path.clone()),
        }
    }
}

/// The state of each file, read by as many threads as there are processors.
fn read_all(tree: &Tree, files: &[&File]) -> Result<Vec<State>, Error> {
    let next = AtomicUsize::new(0);
    let read = || {
        let mut buffer = vec![0; READ_BYTES];
        let mut states = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = files.get(number) else {
                return Ok(states);
            };
            states.push((number, state_of(tree, file, &mut buffer)?));
        }
    };
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let mut states = std::thread::scope(|scope| -> Result<Vec<(usize, State)>, Error> {
        let readers: Vec<_> = (0..threads).map(|_| scope.spawn(read)).collect();
        let joined = readers.into_iter().map(|reader| {
            reader
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        Ok(joined
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .flatten()
            .collect())
    })?;
    states.sort_unstable_by_key(|(number, _)| *number);
    Ok(states.into_iter().map(|(_, state)| state).collect())
}

fn state_of(tree: &Tree, file: &File, buffer: &mut [u8]) -> Result<State, Error> {
    let failed = |source| Error::ReadFile {
        path: file.path.clone(),
        source,
    };
    match tree.length(&file.path) {
        None => return Ok(State::Missing),
        Some(length) if length != file.size => return Ok(State::Damaged),
        Some(_) => {}
    }
    let Some(mut opened) = file_of(tree, &file.path).map_err(failed)? else {
        return Ok(State::Missing);
    };
    let digest = digest_of(&mut opened, buffer).map_err(failed)?;
    Ok(if digest == file.sha256 {
        State::Good
    } else {
        State::Damaged
    })
}

fn digest_of(file: &mut std::fs::File, buffer: &mut [u8]) -> io::Result<Digest> {
    let mut hasher = Hasher::new();
    loop {
        match file.read(buffer)? {
            0 => return Ok(hasher.finish()),
            read => hasher.update(&buffer[..read]),
        }
    }
}

fn extra(tree: &Tree, layout: &Layout) -> Result<Vec<Utf8PathBuf>, Error> {
    let files = layout.files().iter().map(|file| file.path.as_str());
    let links = layout.links().iter().map(|link| link.path.as_str());
    let folders: HashSet<&str> = layout.folders().iter().map(RelPath::as_str).collect();
    let known: HashSet<&str> = files.chain(links).chain(folders.iter().copied()).collect();
    let mut extra = Vec::new();
    let mut open = vec![Utf8PathBuf::new()];
    while let Some(folder) = open.pop() {
        let failed = |source| Error::OpenTree {
            path: tree.path().join(&folder),
            source,
        };
        for entry in tree.path().join(&folder).read_dir_utf8().map_err(failed)? {
            let below = folder.join(entry.map_err(failed)?.file_name());
            let name = below.as_str().replace(std::path::MAIN_SEPARATOR, "/");
            match known.contains(name.as_str()) {
                true if folders.contains(name.as_str()) => open.push(below),
                true => {}
                false => extra.push(below),
            }
        }
    }
    extra.sort_unstable();
    Ok(extra)
}
