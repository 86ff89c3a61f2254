//! Uninstalling: one journal, durable before anything is removed; from then on it only goes forward.

use crate::error::Error;
use crate::outside;
use crate::progress::{Progress, Stage};
use crate::receipts;
use crate::recover::recover_taken;
use crate::root::{Root, TakenRoot};
use crate::steps;
use camino::Utf8Path;
use tokio::sync::watch;
use toolcrib_machine::{faults, files, shortcuts};
use toolcrib_wire::journal::{Act, Journal, Tidying};
use toolcrib_wire::receipt::{OutsideRoot, Receipt};
use toolcrib_wire::schema::Schema;

/// Removes a product: its releases, its shortcuts, its receipt and its root. Other people's files in the root stay.
///
/// `receipt_path` is the file that `receipt` was read from.
///
/// # Errors
/// [`Error`]. Once the journal is durable, [`crate::recover`] goes on where this broke off.
pub fn uninstall(
    receipt: &Receipt,
    receipt_path: &Utf8Path,
    progress: &watch::Sender<Progress>,
) -> Result<(), Error> {
    let root = Root::at(Utf8Path::new(&receipt.root));
    if !root.exists()? {
        return forget(receipt, receipt_path);
    }
    let (Some(taken), _) = recover_taken(root.take()?)? else {
        return Ok(());
    };
    // Recovery may have changed it.
    let receipt = receipts::read(receipt_path)?.unwrap_or_else(|| receipt.clone());
    let journal = draft(&receipt, receipt_path)?;
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

fn draft(receipt: &Receipt, receipt_path: &Utf8Path) -> Result<Journal, Error> {
    let mut afterwards = vec![Tidying::RemoveCurrent];
    afterwards.extend(receipt.outside.iter().map(outside::removal));
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
    Ok(Journal {
        schema: Schema,
        act: Act::Uninstall,
        steps: Vec::new(),
        afterwards,
        relocation: None,
    })
}

/// The root is gone already: only what was made outside is left.
fn forget(receipt: &Receipt, receipt_path: &Utf8Path) -> Result<(), Error> {
    for OutsideRoot::Shortcut { path, .. } in &receipt.outside {
        let removed = shortcuts::remove(Utf8Path::new(path));
        removed.map_err(|source| Error::Shortcut {
            path: path.into(),
            source,
        })?;
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
