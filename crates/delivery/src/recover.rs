//! Recovery: reads the journal that an interrupted job left, and finishes or undoes what it says. It does not guess
//! from the tree, and may itself be interrupted at any instant.

use crate::commit;
use crate::error::Error;
use crate::root::{Root, TakenRoot};
use crate::uninstall;
use camino::Utf8Path;
use toolcrib_wire::journal::Act;

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
}

/// Finishes or undoes what an interrupted job left in an install root. To be called before the root is relied on;
/// every other call on a root does so by itself.
///
/// # Errors
/// [`Error`]; [`Error::Busy`] while another program works there.
pub fn recover(root: &Utf8Path) -> Result<Recovered, Error> {
    let root = Root::at(root);
    match root.exists()? {
        true => recover_taken(root.take()?).map(|(_, recovered)| recovered),
        false => Ok(Recovered::Nothing),
    }
}

/// As [`recover`], for whoever holds the root; gives it back unless nothing is left of it.
pub(crate) fn recover_taken(taken: TakenRoot) -> Result<(Option<TakenRoot>, Recovered), Error> {
    let Some(journal) = taken.read_journal()? else {
        return Ok((Some(taken), Recovered::Nothing));
    };
    let current = taken.root().read_current()?;
    match (journal.is_committed(current.as_ref()), journal.act) {
        (false, _) => {
            commit::roll_back(&journal, &taken)?;
            Ok((Some(taken), Recovered::RolledBack))
        }
        (true, Act::Install) => {
            commit::roll_forward(&journal, &taken)?;
            Ok((Some(taken), Recovered::Finished))
        }
        (true, Act::Uninstall) => {
            uninstall::remove(&journal, taken, |_| ())?;
            Ok((None, Recovered::Removed))
        }
    }
}
