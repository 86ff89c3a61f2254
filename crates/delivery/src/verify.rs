//! Compares an installed tree with its index.

use crate::error::Error;
use crate::layout::Layout;
use crate::reread::{file_of, is_of_the_file};
use crate::strays::{self, Known, Stray};
use crate::tree::{Tree, text_of};
use camino::{Utf8Path, Utf8PathBuf};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::io::{self, Read as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use toolcrib_model::{ComponentId, Digest, Hasher, RelPath};
use toolcrib_trust::package::TrustedIndex;
use toolcrib_wire::index::{File, Index, Link};

const READ_BYTES: usize = 1 << 20;
/// How many bytes are read between two tellings.
const TOLD_BYTES: u64 = 16 << 20;

/// Hears how many bytes are read, and answers whether to go on.
pub(crate) type Told<'a> = &'a (dyn Fn(u64) -> bool + Sync);

/// How an installed tree differs from its index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Files and links with other content than they should have, and files that cannot be read.
    pub damaged: Vec<RelPath>,
    /// Those of them that cannot be read.
    pub unreadable: Vec<RelPath>,
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
    /// There, but a worn disk, rights or another program keep it from being read: nobody has anything of it.
    Unreadable,
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
    let compared = compare(index.index(), components, tree, &|_| true)?;
    Ok(compared.unwrap_or_default())
}

/// As [`verify`]. `told` hears from time to time how many bytes are read and answers whether to go on; `None` where it
/// said no.
pub(crate) fn compare(
    index: &Arc<Index>,
    components: &BTreeSet<ComponentId>,
    tree: &Utf8Path,
    told: Told<'_>,
) -> Result<Option<Differences>, Error> {
    let layout = Layout::new(index, components)?;
    let tree = Tree::open(tree)?;
    let files: Vec<&File> = layout.files().collect();
    let mut differences = Differences::default();
    let Some(states) = read_all(&tree, &files, told)? else {
        return Ok(None);
    };
    for (file, state) in files.iter().zip(states) {
        differences.add(&file.path, state);
    }
    for link in layout.links() {
        differences.add(&link.path, state_of_link(&tree, link));
    }
    for folder in layout.folders() {
        differences.add(folder, state_of_folder(&tree, folder));
    }
    let chosen: Vec<ComponentId> = components.iter().cloned().collect();
    differences.extra = extra(&tree, &Known::of(index, &chosen, &[]))?;
    Ok(Some(differences))
}

/// Whether all of these files of a tree are as they should be.
pub(crate) fn are_good(tree: &Tree, files: &[&File]) -> Result<bool, Error> {
    let states = read_all(tree, files, &|_| true)?.unwrap_or_default();
    Ok(states.iter().all(|state| matches!(state, State::Good)))
}

impl Differences {
    fn add(&mut self, path: &RelPath, state: State) {
        match state {
            State::Good => {}
            State::Damaged => self.damaged.push(path.clone()),
            State::Unreadable => {
                self.damaged.push(path.clone());
                self.unreadable.push(path.clone());
            }
            State::Missing => self.missing.push(path.clone()),
        }
    }
}

/// The state of each file, read by as many threads as there are processors, the largest first so that all end at about
/// the same time; `None` where `told` said to stop.
fn read_all(tree: &Tree, files: &[&File], told: Told<'_>) -> Result<Option<Vec<State>>, Error> {
    let next = AtomicUsize::new(0);
    let mut order: Vec<usize> = (0..files.len()).collect();
    order.sort_by_key(|number| Reverse(files[*number].size));
    let reading = Reading {
        tree,
        told,
        done: AtomicU64::new(0),
        stopped: AtomicBool::new(false),
    };
    let read = || {
        let mut buffer = vec![0; READ_BYTES];
        let mut states = Vec::new();
        loop {
            let number = order.get(next.fetch_add(1, Ordering::Relaxed));
            let Some(&number) = number.filter(|_| !reading.is_stopped()) else {
                return Ok(states);
            };
            states.push((number, reading.state_of(files[number], &mut buffer)?));
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
    let states = states.into_iter().map(|(_, state)| state);
    Ok((!reading.is_stopped()).then(|| states.collect()))
}

/// What all who read share.
struct Reading<'a> {
    tree: &'a Tree,
    told: Told<'a>,
    done: AtomicU64,
    stopped: AtomicBool,
}

impl Reading<'_> {
    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    fn state_of(&self, file: &File, buffer: &mut [u8]) -> Result<State, Error> {
        match self.read(file, buffer) {
            Err(error) if is_of_the_file(&error) => {
                tracing::warn!(%error, path = %file.path, "an installed file cannot be read");
                Ok(State::Unreadable)
            }
            read => read.map_err(|source| Error::ReadFile {
                path: file.path.clone(),
                source,
            }),
        }
    }

    fn read(&self, file: &File, buffer: &mut [u8]) -> io::Result<State> {
        match self.tree.length(&file.path) {
            None => return Ok(State::Missing),
            Some(length) if length != file.size => return Ok(State::Damaged),
            Some(_) => {}
        }
        let Some(mut opened) = file_of(self.tree, &file.path)? else {
            return Ok(State::Missing);
        };
        let starts_alike = starts_alike(&opened, file.executable)?;
        let digest = self.digest_of(&mut opened, buffer)?;
        Ok(match digest == file.sha256 && starts_alike {
            true => State::Good,
            false => State::Damaged,
        })
    }

    fn digest_of(&self, file: &mut std::fs::File, buffer: &mut [u8]) -> io::Result<Digest> {
        let mut hasher = Hasher::new();
        loop {
            let read = file.read(buffer)?;
            if read == 0 || self.is_stopped() {
                return Ok(hasher.finish());
            }
            hasher.update(&buffer[..read]);
            self.add(read as u64);
        }
    }

    fn add(&self, bytes: u64) {
        let before = self.done.fetch_add(bytes, Ordering::Relaxed);
        if before / TOLD_BYTES != (before + bytes) / TOLD_BYTES && !(self.told)(before + bytes) {
            self.stopped.store(true, Ordering::Relaxed);
        }
    }
}

#[cfg(unix)]
fn starts_alike(file: &std::fs::File, executable: bool) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok((file.metadata()?.permissions().mode() & 0o100 != 0) == executable)
}

/// Elsewhere a file's name says whether it can be executed.
#[cfg(not(unix))]
fn starts_alike(_: &std::fs::File, _: bool) -> io::Result<bool> {
    Ok(true)
}

fn state_of_link(tree: &Tree, link: &Link) -> State {
    match tree.path().join(link.path.as_str()).read_link_utf8() {
        Ok(text) if text == text_of(link).as_str() => State::Good,
        Ok(_) => State::Damaged,
        Err(_) => State::Missing,
    }
}

/// A link to a folder is none: what is written below it would go elsewhere.
fn state_of_folder(tree: &Tree, folder: &RelPath) -> State {
    match tree.path().join(folder.as_str()).symlink_metadata() {
        Ok(found) if found.is_dir() => State::Good,
        Ok(_) => State::Damaged,
        Err(_) => State::Missing,
    }
}

/// What is there and is not known by its name; something of another kind in a known place is damage, not extra.
fn extra(tree: &Tree, known: &Known<'_>) -> Result<Vec<Utf8PathBuf>, Error> {
    let is_known = |below: &str| known.has(below, true) || known.has(below, false);
    let strays = strays::strays(tree.path(), known)?;
    let extra = strays.iter().map(Stray::below_lossy);
    let mut extra: Vec<Utf8PathBuf> = extra
        .filter(|below| !is_known(below))
        .map(Utf8PathBuf::from)
        .collect();
    extra.sort_unstable();
    Ok(extra)
}
