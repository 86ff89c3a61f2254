//! From what one release left outside the install root to what another one leaves there.

use toolcrib_wire::journal::{Step, Tidying};
use toolcrib_wire::receipt::OutsideRoot;

/// The steps that make what `after` speaks of; what `before` had in the same place is what undoing brings back.
pub(crate) fn steps(before: &[OutsideRoot], after: &[OutsideRoot]) -> Vec<Step> {
    let step = |made: &OutsideRoot| {
        let OutsideRoot::Shortcut { path, shortcut } = made;
        let known = before.iter().find(|known| known.place() == made.place());
        Step::MakeShortcut {
            path: path.clone(),
            shortcut: shortcut.clone(),
            before: known.map(|OutsideRoot::Shortcut { shortcut, .. }| shortcut.clone()),
        }
    };
    after.iter().map(step).collect()
}

/// The removal of what `before` had made and `after` does not make.
pub(crate) fn no_longer_made(before: &[OutsideRoot], after: &[OutsideRoot]) -> Vec<Tidying> {
    let gone = before
        .iter()
        .filter(|known| after.iter().all(|made| made.place() != known.place()));
    gone.map(removal).collect()
}

/// The removal of one thing.
pub(crate) fn removal(made: &OutsideRoot) -> Tidying {
    match made {
        OutsideRoot::Shortcut { path, .. } => Tidying::RemoveShortcut { path: path.clone() },
    }
}
