//! Recovery: reads the journal that an interrupted job left, and finishes or undoes what it says. It does not guess
//! from the tree, and may itself be interrupted at any instant.

use crate::error::Error;
use crate::placing;
use crate::relocate;
use crate::root::{Root, TakenRoot};
use crate::transaction;
use crate::uninstall;
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeSet;
use toolcrib_machine::files;
use toolcrib_wire::journal::{Act, Journal, Step};

/// What an interrupted job had left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovered {
    /// Nothing was to be done.
    Nothing,
    /// The release was installed already; what remained to be cleared away was.
    Finished,
    /// The release was not installed yet; all is as it was before, and what is held is still held.
    RolledBack,
    /// The product was being removed, and now is.
    Removed,
    /// The product was being moved away, and now is where it was to go.
    Moved,
}

/// Finishes or undoes what an interrupted job left in an install root. To be called before the root is relied on;
/// every other call on a root does so by itself.
///
/// # Errors
/// [`Error`]; [`Error::Busy`] while another program works there.
pub fn recover(root: &Utf8Path) -> Result<Recovered, Error> {
    let root = Root::at(root);
    root.finish_leaving()?;
    match root.exists()? {
        true => {
            let (taken, recovered) = recover_taken(root.take()?)?;
            // A kill in the last instant of an uninstallation leaves a root without anything in it.
            taken
                .filter(TakenRoot::is_bare)
                .map_or(Ok(()), TakenRoot::dissolve)?;
            Ok(recovered)
        }
        false => Ok(Recovered::Nothing),
    }
}

/// As [`recover`], for whoever holds the root; gives it back unless nothing is left of it.
pub(crate) fn recover_taken(taken: TakenRoot) -> Result<(Option<TakenRoot>, Recovered), Error> {
    let journal = taken.read_journal()?;
    sweep(taken.root(), journal.as_ref());
    match journal {
        None => Ok((Some(taken), Recovered::Nothing)),
        Some(journal) => settle(&journal, taken),
    }
}

fn settle(journal: &Journal, taken: TakenRoot) -> Result<(Option<TakenRoot>, Recovered), Error> {
    if let (Act::Move, Some(relocation)) = (journal.act, &journal.relocation) {
        return relocate::settle(journal, relocation, taken);
    }
    let current = taken.root().read_current()?;
    let is_committed = match journal.act {
        Act::InstallBeside => is_recorded(journal, taken.root())?,
        _ => journal.is_committed(current.as_ref()),
    };
    match (is_committed, journal.act) {
        // A move that does not say from where to where has moved nothing.
        (false, _) | (true, Act::Move) => {
            transaction::roll_back(journal, &taken)?;
            Ok((Some(taken), Recovered::RolledBack))
        }
        (true, Act::Install | Act::InstallBeside | Act::Switch) => {
            transaction::roll_forward(journal, &taken)?;
            Ok((Some(taken), Recovered::Finished))
        }
        (true, Act::Repair) => {
            placing::place_all(journal, &taken, |_, _| ())?;
            Ok((Some(taken), Recovered::Finished))
        }
        (true, Act::Uninstall) => {
            uninstall::remove(journal, taken, |_| ())?;
            Ok((None, Recovered::Removed))
        }
    }
}

/// Whether the record of the release that the journal installs is there; what its scripts made was added to it since.
fn is_recorded(journal: &Journal, root: &Root) -> Result<bool, Error> {
    match journal.release() {
        Some((tree, record)) => Ok(root
            .read_record(tree)?
            .is_some_and(|found| found.receipt == record.receipt)),
        None => Ok(false),
    }
}

/// Removes the files that killed processes were writing: in the root, and wherever the journal says that they wrote.
fn sweep(root: &Root, journal: Option<&Journal>) {
    let written = journal
        .iter()
        .flat_map(|journal| &journal.steps)
        .filter_map(|step| match step {
            Step::MakeShortcut { path, .. } | Step::WriteReceipt { path, .. } => Utf8Path::new(path).parent(),
            Step::MakeOutside { made, .. } => made.path().and_then(|path| Utf8Path::new(path).parent()),
            Step::ShareFiles { .. }
            | Step::PromoteTree { .. }
            | Step::RecordRelease { .. }
            | Step::PointCurrent { .. } => None,
        });
    let mut folders: BTreeSet<Utf8PathBuf> = written.map(Utf8Path::to_owned).collect();
    folders.extend([root.path().to_owned(), root.own()]);
    folders.extend([root.record_folder(), root.indexes()]);
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        if let Err(error) = files::sweep_leftovers(folder) {
            tracing::debug!(%error, "Unfinished files of a killed process stay.");
        }
    }
}
