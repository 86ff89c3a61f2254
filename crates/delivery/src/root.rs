//! An install root: where its things are, and the one who may work in it.
//!
//! ```text
//! <root>/current                     which release is the current one
//! <root>/releases/<version>/…        the trees
//! <root>/your-files/<version>/…      what a person had in the tree of a release that is gone
//! <root>/.toolcrib/lock              held by whoever works here
//! <root>/.toolcrib/journal           what the job is about to do
//! <root>/.toolcrib/releases/<version>.json  what is known of each release
//! <root>/.toolcrib/held              which chunks are in staging
//! <root>/.toolcrib/indexes/<digest>  the indexes of the releases that are here
//! <root>/.toolcrib/staging/<name>/…  the tree that is being made
//! ```
//!
//! The last of a root that is removed goes from a name beside it: see `dissolve`.

mod dissolve;
mod known;
mod taken;

pub(crate) use taken::TakenRoot;

use crate::error::Error;
use crate::indexes;
use camino::{Utf8Path, Utf8PathBuf};
use std::time::Duration;
use toolcrib_machine::Error as MachineError;
use toolcrib_machine::files::{self, Lock};
use toolcrib_model::{Digest, RelPath};
use toolcrib_wire::patches::Patch;

const OWN: &str = ".toolcrib";
const RELEASES: &str = "releases";
/// How long a root may look taken that is not: a program that is just being started holds for an instant whatever is
/// open in the process that starts it, locks too.
const INSTANT: Duration = Duration::from_millis(300);

/// An install root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Root(Utf8PathBuf);

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

    /// Takes the root for work; makes its folders if need be.
    pub(crate) fn take(&self) -> Result<TakenRoot, Error> {
        let folder = || self.0.clone();
        let refuse = |source: MachineError| Error::FolderNotWritable {
            folder: folder(),
            source,
        };
        if let Err(error) = self.finish_leaving() {
            tracing::debug!(%error, "The last of a removed root stays beside the new one.");
        }
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

#[cfg(test)]
mod tests;
