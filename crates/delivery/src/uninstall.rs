//! Uninstalling: one journal, durable before anything is removed; from then on it only goes forward.

use crate::error::Error;
use crate::outside;
use crate::progress::{self, Progress, Stage};
use crate::receipts;
use crate::recover::recover_taken;
use crate::root::{Root, TakenRoot};
use crate::steps;
use crate::strays;
use camino::{Utf8Path, Utf8PathBuf};
use tokio::sync::watch;
use toolcrib_machine::{faults, files};
use toolcrib_wire::journal::{Act, Journal, Tidying};
use toolcrib_wire::receipt::Receipt;
use toolcrib_wire::schema::Schema;

/// What becomes of files that are the person's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fate {
    /// They stay: those in the folder of a release are moved to [`crate::YOUR_FILES`].
    #[default]
    Kept,
    /// They go, too.
    Removed,
}

/// What goes with a product beside what is its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Removal<'a> {
    /// Folders of the person's settings; only those that the receipt names go.
    pub settings: &'a [Utf8PathBuf],
    /// What is in the folders of its releases and was not put there by them.
    pub files: Fate,
}

/// Removes a product: its releases, its shortcuts and what else it has outside its root, its receipt and its root, and
/// what `also` says. Other people's files in the root stay, those that lay in a release in a folder of their own, and so
/// do all other settings.
///
/// `receipt_path` is the file that `receipt` was read from.
///
/// # Errors
/// [`Error`]. Once the journal is durable, [`crate::recover`] goes on where this broke off.
pub fn uninstall(
    receipt: &Receipt,
    receipt_path: &Utf8Path,
    also: Removal<'_>,
    progress: &watch::Sender<Progress>,
) -> Result<(), Error> {
    progress::overseen(progress, || {
        uninstall_overseen(receipt, receipt_path, also, progress)
    })
}

fn uninstall_overseen(
    receipt: &Receipt,
    receipt_path: &Utf8Path,
    also: Removal<'_>,
    progress: &watch::Sender<Progress>,
) -> Result<(), Error> {
    let root = Root::at(Utf8Path::new(&receipt.root));
    if !root.exists()? {
        return forget(receipt, receipt_path, also.settings);
    }
    let (Some(taken), _) = recover_taken(root.take()?)? else {
        return Ok(());
    };
    // Recovery may have changed it.
    let receipt = receipts::read(receipt_path)?.unwrap_or_else(|| receipt.clone());
    let journal = draft(&receipt, receipt_path, also, &taken)?;
    taken.write_journal(&journal)?;
    faults::point("delivery.uninstall.begun");
    let of = journal.afterwards.len() as u64;
    let told = |done: u64| tell(progress, &receipt.name, done, of);
    remove(&journal, taken, told)
}

/// Does what the journal of an uninstallation says, to the end.
pub(crate) fn remove(journal: &Journal, taken: TakenRoot, mut told: impl FnMut(u64)) -> Result<(), Error> {
    for (act, done) in journal.afterwards.iter().zip(0..) {
        told(done);
        steps::tidy(act, &taken)?;
    }
    faults::point("delivery.uninstall.dissolve");
    taken.dissolve()?;
    told(journal.afterwards.len() as u64);
    Ok(())
}

fn draft(
    receipt: &Receipt,
    receipt_path: &Utf8Path,
    also: Removal<'_>,
    taken: &TakenRoot,
) -> Result<Journal, Error> {
    let mut afterwards = vec![Tidying::RemoveCurrent];
    let trees = strays::trees(taken.root())?;
    // Before anything that a script undoes, because what that leaves is not the person's.
    if also.files == Fate::Kept {
        afterwards.extend(trees.iter().filter_map(strays::setting_aside));
    }
    afterwards.extend(receipt.outside.iter().rev().map(outside::removal));
    afterwards.extend(chosen(receipt, also.settings).map(|path| Tidying::RemoveSettings { path }));
    let staged = [".toolcrib/held", ".toolcrib/staging"].map(str::parse);
    let gone = staged.into_iter().filter_map(Result::ok).chain(trees);
    afterwards.extend(gone.map(|path| Tidying::RemoveTree { path }));
    afterwards.push(Tidying::RemoveReceipt {
        path: receipts::absolute(receipt_path).into_string(),
    });
    afterwards.push(Tidying::RemoveRoot);
    Ok(Journal {
        schema: Schema,
        act: Act::Uninstall,
        steps: Vec::new(),
        afterwards,
        relocation: None,
    })
}

/// The folders of settings that were chosen, of those that the receipt names.
fn chosen(receipt: &Receipt, settings: &[Utf8PathBuf]) -> impl Iterator<Item = String> {
    let named = receipt.settings.iter().map(|folder| &folder.path);
    named
        .filter(move |path| settings.contains(&Utf8PathBuf::from(path)))
        .cloned()
}

/// The root is gone already: only what was made outside is left.
fn forget(receipt: &Receipt, receipt_path: &Utf8Path, settings: &[Utf8PathBuf]) -> Result<(), Error> {
    receipt.outside.iter().rev().try_for_each(outside::unmake)?;
    for path in chosen(receipt, settings).map(Utf8PathBuf::from) {
        files::remove_tree(&path).map_err(|source| Error::Remove { path, source })?;
    }
    files::remove_file(receipt_path).map_err(|source| Error::Remove {
        path: receipt_path.to_owned(),
        source,
    })
}

fn tell(progress: &watch::Sender<Progress>, name: &str, done: u64, of: u64) {
    progress.send_replace(Progress {
        stage: Stage::Removing,
        done_bytes: done,
        total_bytes: of,
        task: format!("Removing {name}"),
        ..Progress::default()
    });
}
