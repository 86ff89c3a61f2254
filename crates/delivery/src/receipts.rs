//! Reading receipts, and keeping beside each release's tree what its receipt said.

use crate::error::Error;
use crate::root::Root;
use camino::{Utf8Path, Utf8PathBuf};
use toolcrib_machine::{Error as MachineError, files, system};
use toolcrib_wire::journal::{Current, Step};
use toolcrib_wire::receipt::{Receipt, ReleaseRecord};

/// The receipt of what is installed. A damaged one was moved aside and is reported; what it spoke of is in its place.
pub(crate) fn read(path: &Utf8Path) -> Result<Option<Receipt>, Error> {
    match files::load_json(path, Receipt::SCHEMA) {
        Err(MachineError::Corrupt { aside, .. }) => {
            tracing::warn!(%aside, "The receipt was damaged; a new one is written.");
            Ok(None)
        }
        read => read.map_err(|source| Error::ReadReceipt {
            path: path.to_owned(),
            source,
        }),
    }
}

/// Whether the computer is still to be restarted for what a receipt speaks of: it was to be, and has not been since
/// (S-135).
pub fn awaits_restart(receipt: &Receipt) -> bool {
    receipt.restart_pending
        && !system::was_restarted_since(receipt.restart_boot.as_deref(), receipt.installed_at)
}

/// The same place, whatever folder a later process works in.
pub(crate) fn absolute(path: &Utf8Path) -> Utf8PathBuf {
    camino::absolute_utf8(path).unwrap_or_else(|_| path.to_owned())
}

/// The step that writes down what is known of the current release, where an earlier program installed it and did not.
pub(crate) fn record_if_unknown(
    root: &Root,
    current: &Current,
    receipt: Option<&Receipt>,
) -> Result<Option<Step>, Error> {
    let known = root.read_record(&current.tree)?;
    let receipt = receipt.filter(|receipt| receipt.tree == current.tree);
    Ok(match (known, receipt) {
        (None, Some(receipt)) => Some(Step::RecordRelease {
            tree: current.tree.clone(),
            record: Box::new(ReleaseRecord::of(receipt.clone())),
            before: None,
        }),
        (Some(_), _) | (None, None) => None,
    })
}
