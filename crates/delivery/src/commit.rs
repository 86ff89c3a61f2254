//! From a staged tree to an installed release: everything is made durable, written into the journal, done, tidied.

mod draft;

use crate::error::Error;
use crate::indexes;
use crate::progress::{Meter, Stage};
use crate::root::TakenRoot;
use crate::steps;
use crate::works::Works;
use draft::Draft;
use jiff::Timestamp;
use toolcrib_machine::faults;
use toolcrib_wire::journal::Journal;
use toolcrib_wire::receipt::Receipt;

/// Installs what is staged. On an error everything is as it was before, and what is held is still held.
pub(crate) fn commit(works: &Works, now: Timestamp) -> Result<Receipt, Error> {
    let name = &works.plan.manifest().name;
    works.meter.enter(Stage::Installing, format!("Installing {name}"));
    works.handles.close();
    finish_tree(works)?;
    faults::point_io("delivery.sync").map_err(|source| Error::Sync { source })?;
    works.tree.sync()?;
    indexes::keep(
        works.taken.root(),
        &works.plan.manifest().index.sha256,
        &works.plan.order.index,
    )?;
    faults::point("delivery.index.after");
    let Draft { journal, receipt } = draft::draft(works, now)?;
    works.taken.write_journal(&journal)?;
    faults::point("delivery.journal.after");
    if let Err(error) = apply(&journal, &works.taken, &works.meter) {
        // Where undoing fails, too, the journal stays, and recovery tries again.
        let undone = roll_back(&journal, &works.taken);
        undone.unwrap_or_else(
            |error| tracing::warn!(%error, "An installation that failed could not be undone yet."),
        );
        return Err(error);
    }
    works.meter.enter(Stage::Tidying, "Clearing up");
    if let Err(error) = roll_forward(&journal, &works.taken) {
        tracing::warn!(%error, "The release is installed, but not everything could be cleared away yet.");
    }
    Ok(receipt)
}

/// Does what remains after the commit, then forgets the journal.
pub(crate) fn roll_forward(journal: &Journal, taken: &TakenRoot) -> Result<(), Error> {
    journal
        .afterwards
        .iter()
        .try_for_each(|act| steps::tidy(act, taken))?;
    taken.clear_journal()
}

/// Undoes every step, the last first, then forgets the journal.
pub(crate) fn roll_back(journal: &Journal, taken: &TakenRoot) -> Result<(), Error> {
    journal
        .steps
        .iter()
        .rev()
        .try_for_each(|step| steps::undo(step, taken))?;
    taken.clear_journal()
}

fn apply(journal: &Journal, taken: &TakenRoot, meter: &Meter) -> Result<(), Error> {
    let of = journal.steps.len() as u64 + 1;
    for (step, done) in journal.steps.iter().zip(1..) {
        meter.stepped(done, of);
        steps::apply(step, taken)?;
    }
    meter.stepped(of, of);
    Ok(())
}

/// Makes what no chunk fills: empty files, then links, so that nothing was ever written through a link.
fn finish_tree(works: &Works) -> Result<(), Error> {
    let layout = &works.plan.layout;
    for file in layout.files().iter().filter(|file| file.size == 0) {
        works.tree.write(&file.path, file.executable, &[])?;
    }
    layout.links().iter().try_for_each(|link| works.tree.link(link))
}
