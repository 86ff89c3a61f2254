//! Carries out a journal: it is durable before the first step, and what fails is undone at once.

use crate::error::Error;
use crate::root::TakenRoot;
use crate::steps;
use toolcrib_machine::faults;
use toolcrib_wire::journal::Journal;

/// Writes the journal, applies its steps and tidies up. `stepped` hears how many steps are done, of how many.
///
/// On an error everything is as it was before; where even undoing fails, the journal stays and recovery tries again.
pub(crate) fn run(
    journal: &Journal,
    taken: &TakenRoot,
    mut stepped: impl FnMut(u64, u64),
) -> Result<(), Error> {
    taken.write_journal(journal)?;
    faults::point("delivery.journal.after");
    if let Err(error) = apply(journal, taken, &mut stepped) {
        let undone = roll_back(journal, taken);
        undone.unwrap_or_else(|error| tracing::warn!(%error, "What failed could not be undone yet."));
        return Err(error);
    }
    if let Err(error) = roll_forward(journal, taken) {
        tracing::warn!(%error, "The release is current, but not everything could be cleared away yet.");
    }
    Ok(())
}

/// Does what remains after the commit, then forgets the journal.
pub(crate) fn roll_forward(journal: &Journal, taken: &TakenRoot) -> Result<(), Error> {
    journal
        .afterwards
        .iter()
        .try_for_each(|act| steps::tidy(act, taken).map(drop))?;
    forget(taken)
}

/// Undoes every step, the last first, then forgets the journal.
pub(crate) fn roll_back(journal: &Journal, taken: &TakenRoot) -> Result<(), Error> {
    undo_all(journal, taken)?;
    forget(taken)
}

/// Undoes every step, the last first.
pub(crate) fn undo_all(journal: &Journal, taken: &TakenRoot) -> Result<(), Error> {
    let mut steps = journal.steps.iter().rev();
    steps.try_for_each(|step| steps::undo(step, taken))
}

fn forget(taken: &TakenRoot) -> Result<(), Error> {
    faults::point("delivery.forget.before");
    taken.clear_journal()?;
    faults::point("delivery.forget.after");
    Ok(())
}

/// Applies the steps of a journal that is durable.
pub(crate) fn apply(
    journal: &Journal,
    taken: &TakenRoot,
    stepped: &mut impl FnMut(u64, u64),
) -> Result<(), Error> {
    let of = journal.steps.len() as u64 + 1;
    for (step, done) in journal.steps.iter().zip(1..) {
        stepped(done, of);
        steps::apply(step, taken)?;
    }
    stepped(of, of);
    Ok(())
}
