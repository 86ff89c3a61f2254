//! What a root says of the releases in it.

use super::{OWN, RELEASES, Root};
use crate::error::Error;
use std::collections::BTreeSet;
use toolcrib_machine::Error as MachineError;
use toolcrib_machine::files;
use toolcrib_model::RelPath;
use toolcrib_wire::journal::Current;
use toolcrib_wire::receipt::ReleaseRecord;

/// The newest shape of the current record.
const SCHEMA: u32 = 1;

impl Root {
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
}
