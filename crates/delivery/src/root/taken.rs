//! A root that nobody else works in, and what is written down there.

use super::Root;
use crate::error::Error;
use camino::Utf8PathBuf;
use toolcrib_machine::Error as MachineError;
use toolcrib_machine::files::{self, Lock};
use toolcrib_model::RelPath;
use toolcrib_wire::journal::{Current, Journal};
use toolcrib_wire::receipt::ReleaseRecord;

/// An install root that nobody else works in; until it is dropped.
#[derive(Debug)]
pub(crate) struct TakenRoot {
    pub(super) root: Root,
    pub(super) lock: Lock,
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
