//! Uninstalling: one journal, durable before anything is removed; from then on it only goes forward.

use crate::error::Error;
use crate::outside;
use crate::progress::{self, Progress, Stage};
use crate::receipts;
use crate::recover::recover_taken;
use crate::root::{Root, TakenRoot};
use crate::steps;
use camino::{Utf8Path, Utf8PathBuf};
use tokio::sync::watch;
use toolcrib_machine::{faults, files};
use toolcrib_wire::journal::{Act, Journal, Tidying};
use toolcrib_wire::receipt::Receipt;
use toolcrib_wire::schema::Schema;

/// Removes a product: its releases, its shortcuts and what else it has outside its root, its receipt and its root, and
/// those of the folders `settings` that the receipt names as the person's settings. Other people's files in the root
/// stay, and so do all other settings.
///
/// `receipt_path` is the file that `receipt` was read from.
///
/// # Errors
/// [`Error`]. Once the journal is durable, [`crate::recover`] goes on where this broke off.
pub fn uninstall(
    receipt: &Receipt,
    receipt_path: &Utf8Path,
    settings: &[Utf8PathBuf],
    progress: &watch::Sender<Progress>,
) -> Result<(), Error> {
    progress::overseen(progress, || {
        uninstall_overseen(receipt, receipt_path, settings, progress)
    })
}

fn uninstall_overseen(
    receipt: &Receipt,
    receipt_path: &Utf8Path,
    settings: &[Utf8PathBuf],
    progress: &watch::Sender<Progress>,
) -> Result<(), Error> {
    let root = Root::at(Utf8Path::new(&receipt.root));
    if !root.exists()? {
        return forget(receipt, receipt_path, settings);
    }
    let (Some(taken), _) = recover_taken(root.take()?)? else {
        return Ok(());
    };
    // Recovery may have changed it.
    let receipt = receipts::read(receipt_path)?.unwrap_or_else(|| receipt.clone());
    let journal = draft(&receipt, receipt_path, settings);
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

fn draft(receipt: &Receipt, receipt_path: &Utf8Path, settings: &[Utf8PathBuf]) -> Journal {
    let mut afterwards = vec![Tidying::RemoveCurrent];
    afterwards.extend(receipt.outside.iter().rev().map(outside::removal));
    afterwards.extend(chosen(receipt, settings).map(|path| Tidying::RemoveSettings { path }));
    let trees = [".toolcrib/held", ".toolcrib/staging", "releases"];
    afterwards.extend(
        trees
            .into_iter()
            .filter_map(|path| path.parse().ok())
            .map(|path| Tidying::RemoveTree { path }),
    );
    afterwards.push(Tidying::RemoveReceipt {
        path: receipts::absolute(receipt_path).into_string(),
    });
    afterwards.push(Tidying::RemoveRoot);
    Journal {
        schema: Schema,
        act: Act::Uninstall,
        steps: Vec::new(),
        afterwards,
        relocation: None,
    }
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
