//! Removing a root, so that a kill leaves nothing, whatever instant it falls in.
//!
//! What Toolcrib keeps there goes first. What is left, the lock in its folder, is renamed to a name beside the root that
//! nobody else uses, and goes from there: so recovery, which knows that name, never has to guess whether an empty folder
//! in the root's place was ours or is a person's. A root with other things in it stays, without anything of ours.

use super::{OWN, Root, TakenRoot};
use crate::error::Error;
use camino::{Utf8Path, Utf8PathBuf};
use std::io;
use toolcrib_machine::{faults, files};

/// What became of a root that had stepped aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leaving {
    /// Nothing of it is left.
    Gone,
    /// Somebody had put something into it: it is in its place again.
    CameBack,
}

impl TakenRoot {
    /// Removes what Toolcrib keeps in the root, and the root itself unless other things are in it.
    ///
    /// The journal goes last of what means anything; a kill before that leaves the journal, one after it a root that
    /// [`TakenRoot::is_bare`], or one that [`Root::finish_leaving`] finds.
    pub(crate) fn dissolve(self) -> Result<(), Error> {
        let Self { root, lock } = self;
        for path in root.own_things()?.into_iter().chain([root.journal()]) {
            files::remove_tree(&path).map_err(|source| Error::Remove { path, source })?;
        }
        let _ = files::sweep_leftovers(root.path());
        remove_empty(root.releases())?;
        faults::point("delivery.dissolve.before");
        // Where a held file can be neither moved nor removed, it has to be let go of first.
        let _held = (!cfg!(windows)).then_some(lock);
        if !root.step_aside() || root.finish_leaving()? == Leaving::CameBack {
            root.remove_lock()?;
            if let Err(error) = remove_empty(root.0) {
                tracing::debug!(%error, "The empty folder of what was removed stays.");
            }
        }
        faults::point("delivery.dissolve.after");
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
}

impl Root {
    /// Finishes a removal that was killed in its last instant.
    pub(crate) fn finish_leaving(&self) -> Result<Leaving, Error> {
        let is_folder = |path: &Utf8PathBuf| path.symlink_metadata().is_ok_and(|found| found.is_dir());
        let Some(aside) = self.aside().filter(is_folder).map(Self) else {
            return Ok(Leaving::Gone);
        };
        if aside.is_emptied()? {
            aside.remove_lock()?;
            remove_empty(aside.0)?;
            return Ok(Leaving::Gone);
        }
        aside.come_back(self)
    }

    /// Other things were put into it in the instant in which it stepped aside; they belong where they were put.
    fn come_back(&self, place: &Self) -> Result<Leaving, Error> {
        // Without anything of ours in it, it is a folder like any other, for all that is known here.
        if !self.own().is_dir() || !matches!(files::exists(&place.0), Ok(false)) {
            return Ok(Leaving::Gone);
        }
        files::rename(&self.0, &place.0).map_err(|source| Error::Remove {
            path: self.0.clone(),
            source,
        })?;
        Ok(Leaving::CameBack)
    }

    /// Moves the root to the name beside it, where nothing is in it but the lock; whether it did.
    fn step_aside(&self) -> bool {
        let is_free = |aside: &Utf8PathBuf| matches!(files::exists(aside), Ok(false));
        let Some(aside) = self.aside().filter(is_free) else {
            return false;
        };
        if !matches!(self.is_emptied(), Ok(true)) {
            return false;
        }
        if let Err(error) = files::rename(&self.0, &aside) {
            tracing::debug!(%error, "The root is removed in its place.");
        }
        faults::point("delivery.dissolve.aside");
        // It may have moved, though that could not be made durable.
        !is_free(&aside)
    }

    /// The name that the root has while the last of it is removed; nothing can stand beside the root of a volume.
    fn aside(&self) -> Option<Utf8PathBuf> {
        let name = self.0.file_name()?;
        Some(self.0.with_file_name(format!(".{name}.toolcrib-leaving")))
    }

    /// Whether there is nothing in it but, perhaps, the lock.
    fn is_emptied(&self) -> Result<bool, Error> {
        Ok(holds_only(&self.0, OWN)? && holds_only(&self.own(), "lock")?)
    }

    fn remove_lock(&self) -> Result<(), Error> {
        let path = self.lock();
        files::remove_file(&path).map_err(|source| Error::Remove { path, source })?;
        remove_empty(self.own())
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
}

/// Whether a folder holds nothing else; one that is not there holds nothing.
fn holds_only(folder: &Utf8Path, name: &str) -> Result<bool, Error> {
    let failed = |source| Error::OpenTree {
        path: folder.to_owned(),
        source,
    };
    let entries = match folder.read_dir_utf8() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        entries => entries.map_err(failed)?,
    };
    for entry in entries {
        if entry.map_err(failed)?.file_name() != name {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Removes a folder; one that is not empty holds what is not ours, or what another client is just making.
fn remove_empty(path: Utf8PathBuf) -> Result<(), Error> {
    match files::remove_empty_folder(&path) {
        Err(source) => Err(Error::Remove { path, source }),
        Ok(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests;
