//! Putting staged things in the place of damaged and missing ones, each by one rename, so that a file is always the
//! old one or the new one. Only forward, and any number of times.

use crate::error::Error;
use crate::root::{Root, TakenRoot};
use crate::steps::{self, Tidied};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeSet;
use toolcrib_machine::{Error as MachineError, faults, files};
use toolcrib_model::RelPath;
use toolcrib_wire::journal::{Journal, Tidying};

/// Places everything that a repair has staged, makes that durable, and forgets the journal.
///
/// Where something cannot be placed the journal is forgotten, too: what is in its place already is sound, and the rest
/// is as it was, to be found by the next examination. Answers the roots of products that have the same component and
/// could not be given what was mended.
pub(crate) fn place_all(
    journal: &Journal,
    taken: &TakenRoot,
    mut stepped: impl FnMut(u64, u64),
) -> Result<Vec<Utf8PathBuf>, Error> {
    let of = journal.afterwards.len() as u64;
    let mut acts = journal.afterwards.iter().zip(1..);
    let mut left_out = BTreeSet::new();
    let placed = acts.try_for_each(|(act, done)| {
        stepped(done, of);
        if let (Tidied::HereOnly, Tidying::ShareMended(files)) = (steps::tidy(act, taken)?, act) {
            left_out.insert(Utf8PathBuf::from(&files.root));
        }
        Ok(())
    });
    let synced = placed.and_then(|()| {
        faults::point("delivery.place.sync");
        files::sync_volume(taken.root().path()).map_err(|source| Error::Inspect {
            root: taken.root().path().to_owned(),
            source,
        })
    });
    faults::point("delivery.forget.before");
    let forgotten = taken.clear_journal();
    faults::point("delivery.forget.after");
    synced.and(forgotten)?;
    Ok(left_out.into_iter().collect())
}

/// Makes a folder, in the place of a file or a link that has its name.
pub(crate) fn folder(root: &Root, path: &RelPath) -> Result<(), Error> {
    let place = root.below(path);
    let made = match is_folder(&place) {
        true => Ok(()),
        false => files::remove_tree(&place).and_then(|()| files::create_folders(&place)),
    };
    made.map_err(|source| failed(path, source))
}

/// Moves a staged file or link to its place; done already where it is no longer staged.
pub(crate) fn file(root: &Root, from: &RelPath, to: &RelPath) -> Result<(), Error> {
    let (staged, place) = (root.below(from), root.below(to));
    let moved = files::exists(&staged).and_then(|is_staged| match is_staged {
        true => clear_way(&place).and_then(|()| files::rename_unsynced(&staged, &place)),
        false => Ok(()),
    });
    moved.map_err(|source| failed(to, source))
}

/// A file replaces a file by its rename alone; a folder has to go first.
fn clear_way(place: &Utf8Path) -> Result<(), MachineError> {
    match is_folder(place) {
        true => files::remove_tree(place),
        false => Ok(()),
    }
}

/// Whether it is a folder, and not a link to one.
pub(crate) fn is_folder(place: &Utf8Path) -> bool {
    place.symlink_metadata().is_ok_and(|found| found.is_dir())
}

fn failed(path: &RelPath, source: MachineError) -> Error {
    Error::Place {
        path: path.clone(),
        source,
    }
}
