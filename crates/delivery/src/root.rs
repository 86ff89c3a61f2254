//! An install root: where its things are, and the one who may work in it.
//!
//! ```text
//! <root>/current                     which release is the current one
//! <root>/releases/<version>/…        the trees
//! <root>/.toolcrib/lock              held by whoever works here
//! <root>/.toolcrib/journal           what the job is about to do
//! <root>/.toolcrib/releases/<version>.json  what is known of each release
//! <root>/.toolcrib/held              which chunks are in staging
//! <root>/.toolcrib/indexes/<digest>  the indexes of the releases that are here
//! <root>/.toolcrib/staging/<name>/…  the tree that is being made
//! ```

use crate::error::Error;
use crate::indexes;
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeSet;
use std::time::Duration;
use toolcrib_machine::Error as MachineError;
use toolcrib_machine::files::{self, Lock};
use toolcrib_model::{Digest, RelPath};
use toolcrib_wire::journal::{Current, Journal};
use toolcrib_wire::patches::Patch;
use toolcrib_wire::receipt::ReleaseRecord;

const OWN: &str = ".toolcrib";
const RELEASES: &str = "releases";
/// The newest shape of the current record.
/// How long a root may look taken that is not: a program that is just being started holds for an instant whatever is
/// open in the process that starts it, locks too.
const INSTANT: Duration = Duration::from_millis(300);
const SCHEMA: u32 = 1;

/// An install root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Root(Utf8PathBuf);

/// An install root that nobody else works in; until it is dropped.
#[derive(Debug)]
pub(crate) struct TakenRoot {
    root: Root,
    lock: Lock,
}

impl Root {
    /// The root at this path, which may not exist yet.
    pub(crate) fn at(path: &Utf8Path) -> Self {
        Self(camino::absolute_utf8(path).unwrap_or_else(|_| path.to_owned()))
    }

    pub(crate) fn path(&self) -> &Utf8Path {
        &self.0
    }

    /// A place below it.
    pub(crate) fn below(&self, path: &RelPath) -> Utf8PathBuf {
        self.0.join(path.as_str())
    }

    pub(crate) fn own(&self) -> Utf8PathBuf {
        self.0.join(OWN)
    }

    pub(crate) fn held(&self) -> Utf8PathBuf {
        self.own().join("held")
    }

    pub(crate) fn staging(&self) -> Utf8PathBuf {
        self.own().join("staging")
    }

    pub(crate) fn indexes(&self) -> Utf8PathBuf {
        self.0.join(indexes::FOLDER)
    }

    /// The kept index of this digest.
    pub(crate) fn index(&self, digest: &Digest) -> Utf8PathBuf {
        self.indexes().join(digest.to_string())
    }

    /// The patches that were fetched; they go with staging.
    pub(crate) fn patches(&self) -> Utf8PathBuf {
        self.staging().join("patches")
    }

    /// A patch that was fetched, by the digest of its bytes.
    pub(crate) fn patch(&self, digest: &Digest) -> Utf8PathBuf {
        self.patches().join(digest.to_string())
    }

    /// Whether a patch was fetched; it was judged before it was written, and a shorter one was cut off.
    pub(crate) fn has_patch(&self, patch: &Patch) -> bool {
        let path = self.patch(&patch.stored_sha256);
        path.metadata()
            .is_ok_and(|found| found.is_file() && found.len() == patch.stored_length)
    }

    pub(crate) fn releases(&self) -> Utf8PathBuf {
        self.0.join(RELEASES)
    }

    /// Where what is known of each release is.
    pub(crate) fn record_folder(&self) -> Utf8PathBuf {
        self.own().join(RELEASES)
    }

    /// All that Toolcrib keeps beside the trees, but for the journal and the lock.
    fn own_things(&self) -> Result<Vec<Utf8PathBuf>, Error> {
        let failed = |source| Error::OpenTree {
            path: self.own(),
            source,
        };
        let mut things = Vec::new();
        for entry in self.own().read_dir_utf8().map_err(failed)? {
            things.push(entry.map_err(failed)?.into_path());
        }
        things.retain(|path| ![self.journal(), self.lock()].contains(path));
        Ok(things)
    }

    fn journal(&self) -> Utf8PathBuf {
        self.own().join("journal")
    }

    fn lock(&self) -> Utf8PathBuf {
        self.own().join("lock")
    }

    fn current(&self) -> Utf8PathBuf {
        self.0.join("current")
    }

    /// Whether there is anything of Toolcrib in it.
    pub(crate) fn exists(&self) -> Result<bool, Error> {
        files::exists(&self.own()).map_err(|source| Error::Inspect {
            root: self.0.clone(),
            source,
        })
    }

    /// Which release is current.
    pub(crate) fn read_current(&self) -> Result<Option<Current>, Error> {
        files::load_json(&self.current(), SCHEMA).map_err(|source| Error::ReadCurrent {
            root: self.0.clone(),
            source,
        })
    }

    /// Where the record of the release in this tree is, below the root; `None` for what is no release's tree.
    pub(crate) fn record_of(tree: &RelPath) -> Option<RelPath> {
        let name = tree.as_str().strip_prefix(RELEASES)?.strip_prefix('/')?;
        format!("{OWN}/{RELEASES}/{name}.json").parse().ok()
    }

    /// What is known of the release in this tree.
    pub(crate) fn read_record(&self, tree: &RelPath) -> Result<Option<ReleaseRecord>, Error> {
        let Some(path) = Self::record_of(tree).map(|path| self.below(&path)) else {
            return Ok(None);
        };
        files::load_json(&path, ReleaseRecord::SCHEMA).map_err(|source| Error::ReadRecord { path, source })
    }

    /// What is known of the releases whose trees are there. A damaged record is moved aside and reported.
    pub(crate) fn records(&self) -> Result<Vec<ReleaseRecord>, Error> {
        let mut records = Vec::new();
        for tree in self.trees()? {
            match self.read_record(&tree) {
                Err(Error::ReadRecord {
                    source: MachineError::Corrupt { aside, .. },
                    ..
                }) => tracing::warn!(%aside, "What was known of a release was damaged."),
                read => records.extend(read?.filter(|record| record.receipt.tree == tree)),
            }
        }
        Ok(records)
    }

    /// The trees of all releases, finished or not.
    pub(crate) fn trees(&self) -> Result<BTreeSet<RelPath>, Error> {
        let failed = |source| Error::OpenTree {
            path: self.releases(),
            source,
        };
        let entries = match self.releases().read_dir_utf8() {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
            entries => entries.map_err(failed)?,
        };
        let mut trees = BTreeSet::new();
        for entry in entries {
            let name = entry.map_err(failed)?.file_name().to_owned();
            // Names that no release can have are somebody else's.
            trees.extend(format!("{RELEASES}/{name}").parse::<RelPath>());
        }
        Ok(trees)
    }

    /// Takes the root for work; makes its folders if need be.
    pub(crate) fn take(&self) -> Result<TakenRoot, Error> {
        let folder = || self.0.clone();
        let refuse = |source: MachineError| Error::FolderNotWritable {
            folder: folder(),
            source,
        };
        files::create_folders(&self.own()).map_err(refuse)?;
        files::is_writable_folder(&self.0).map_err(refuse)?;
        let lock = Lock::acquire(&self.lock(), INSTANT)
            .map_err(refuse)?
            .ok_or_else(|| Error::Busy { root: folder() })?;
        Ok(TakenRoot {
            root: self.clone(),
            lock,
        })
    }
}

impl TakenRoot {
    pub(crate) fn root(&self) -> &Root {
        &self.root
    }

    pub(crate) fn read_journal(&self) -> Result<Option<Journal>, Error> {
        let path = self.root.journal();
        files::load_json(&path, Journal::SCHEMA).map_err(|source| Error::ReadJournal {
            root: self.root.0.clone(),
            source,
        })
    }

    /// Writes the journal, durably, before anything that it speaks of is done.
    pub(crate) fn write_journal(&self, journal: &Journal) -> Result<(), Error> {
        files::store_json(&self.root.journal(), journal).map_err(|source| self.journal_failed(source))
    }

    pub(crate) fn clear_journal(&self) -> Result<(), Error> {
        files::remove_file(&self.root.journal()).map_err(|source| self.journal_failed(source))
    }

    /// Writes down what is known of a release.
    pub(crate) fn write_record(&self, tree: &RelPath, record: &ReleaseRecord) -> Result<(), Error> {
        let path = self.record_path(tree)?;
        let written = path
            .parent()
            .map_or(Ok(()), files::create_folders)
            .and_then(|()| files::store_json(&path, record));
        written.map_err(|source| Error::WriteRecord { path, source })
    }

    /// Forgets what is known of a release.
    pub(crate) fn remove_record(&self, tree: &RelPath) -> Result<(), Error> {
        let path = self.record_path(tree)?;
        files::remove_file(&path).map_err(|source| Error::WriteRecord { path, source })
    }

    fn record_path(&self, tree: &RelPath) -> Result<Utf8PathBuf, Error> {
        let path = Root::record_of(tree).map(|path| self.root.below(&path));
        path.ok_or_else(|| Error::NameTree {
            version: tree.to_string(),
        })
    }

    /// Makes a release the current one, or none.
    pub(crate) fn point_current(&self, to: Option<&Current>) -> Result<(), Error> {
        let path = self.root.current();
        let done = match to {
            Some(current) => files::store_json(&path, current),
            None => files::remove_file(&path),
        };
        done.map_err(|source| Error::PointCurrent {
            root: self.root.0.clone(),
            source,
        })
    }

    /// Removes what Toolcrib keeps in the root, and the root itself unless other things are in it.
    ///
    /// The journal and the lock go last; a crash on the way leaves a root that [`TakenRoot::is_bare`].
    pub(crate) fn dissolve(self) -> Result<(), Error> {
        let root = self.root.clone();
        for path in root.own_things()?.into_iter().chain([root.journal()]) {
            files::remove_tree(&path).map_err(|source| Error::Remove { path, source })?;
        }
        let _ = files::sweep_leftovers(root.path());
        // Where a held file cannot be removed, it has to be let go of first.
        let held = (!cfg!(windows)).then_some(self.lock);
        files::remove_file(&root.lock()).map_err(|source| Error::Remove {
            path: root.lock(),
            source,
        })?;
        drop(held);
        for folder in [root.own(), root.releases(), root.0] {
            // A folder that is not empty holds what is not ours, or what another client is just making.
            let _ = std::fs::remove_dir(folder);
        }
        Ok(())
    }

    /// Removes the releases and then all of it, as [`TakenRoot::dissolve`] does: the current record goes first, so that
    /// nothing half gone is ever launched, and the journal last.
    pub(crate) fn clear_out(self) -> Result<(), Error> {
        self.point_current(None)?;
        let path = self.root.releases();
        files::remove_tree(&path).map_err(|source| Error::Remove { path, source })?;
        self.dissolve()
    }

    /// Whether nothing is installed, staged or begun here.
    pub(crate) fn is_bare(&self) -> bool {
        let root = &self.root;
        let kept = [root.current(), root.journal(), root.held(), root.staging()];
        let absent = |path: &Utf8PathBuf| matches!(files::exists(path), Ok(false));
        let no_release = root
            .releases()
            .read_dir()
            .map_or(true, |mut entries| entries.next().is_none());
        kept.iter().all(absent) && no_release
    }

    fn journal_failed(&self, source: MachineError) -> Error {
        Error::WriteJournal {
            root: self.root.0.clone(),
            source,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty() -> (tempfile::TempDir, Root) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = Utf8PathBuf::from_path_buf(folder.path().join("apps/draft")).expect("UTF-8");
        (folder, Root::at(&path))
    }

    #[test]
    fn two_clients_cannot_work_in_one_root() {
        let (_folder, root) = empty();
        let taken = root.take().expect("taken");
        assert!(matches!(root.take(), Err(Error::Busy { .. })));
        drop(taken);
        root.take().expect("free again");
    }

    #[test]
    fn a_dissolved_root_leaves_nothing() {
        let (_folder, root) = empty();
        let taken = root.take().expect("taken");
        std::fs::create_dir(root.staging()).expect("a folder");
        std::fs::write(root.held(), "x").expect("a file");
        assert!(!taken.is_bare());
        taken.dissolve().expect("dissolved");
        assert!(!root.path().exists());
    }

    #[test]
    fn other_peoples_files_stay() {
        let (_folder, root) = empty();
        let taken = root.take().expect("taken");
        assert!(taken.is_bare());
        std::fs::write(root.path().join("notes.txt"), "mine").expect("a file");
        taken.dissolve().expect("dissolved");
        assert!(root.path().join("notes.txt").exists() && !root.own().exists());
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_refused_at_once() {
        let (folder, _) = empty();
        let file = Utf8PathBuf::from_path_buf(folder.path().join("file")).expect("UTF-8");
        std::fs::write(&file, "x").expect("a file");
        let refused = Root::at(&file.join("draft")).take();
        assert!(
            matches!(refused, Err(Error::FolderNotWritable { .. })),
            "{refused:?}"
        );
    }
}
