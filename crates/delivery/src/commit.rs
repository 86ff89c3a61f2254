//! From a staged tree to an installed release: everything is made durable, written into the journal, done, tidied.

mod draft;
mod shortcuts;

use crate::error::Error;
use crate::indexes;
use crate::progress::Stage;
use crate::shared;
use crate::transaction;
use crate::works::Works;
use draft::Draft;
use jiff::Timestamp;
use toolcrib_machine::faults;
use toolcrib_wire::receipt::Receipt;

/// Installs what is staged. On an error everything is as it was before, and what is held is still held.
pub(crate) fn commit(works: &Works, now: Timestamp) -> Result<Receipt, Error> {
    let name = &works.plan.manifest().name;
    works.meter.enter(Stage::Installing, format!("Installing {name}"));
    shared::judge(&works.plan)?;
    make_durable(works)?;
    indexes::keep(
        works.taken.root(),
        &works.plan.manifest().index.sha256,
        &works.plan.order.index,
    )?;
    faults::point("delivery.index.after");
    let Draft { journal, receipt } = draft::draft(works, now)?;
    transaction::run(&journal, &works.taken, |done, of| {
        works.meter.stepped(done, of);
        if done == of {
            works.meter.enter(Stage::Tidying, "Clearing up");
        }
    })?;
    Ok(receipt)
}

/// Finishes what is staged and makes all of it durable at once.
pub(crate) fn make_durable(works: &Works) -> Result<(), Error> {
    works.handles.close();
    finish_tree(works)?;
    faults::point_io("delivery.sync").map_err(|source| Error::Sync { source })?;
    works.tree.sync()
}

/// Makes what no chunk fills: empty files, then links, so that nothing was ever written through a link.
fn finish_tree(works: &Works) -> Result<(), Error> {
    let layout = &works.plan.layout;
    for file in layout.files().filter(|file| file.size == 0) {
        works.tree.write(&file.path, file.executable, &[])?;
    }
    layout.links().iter().try_for_each(|link| works.tree.link(link))
}
