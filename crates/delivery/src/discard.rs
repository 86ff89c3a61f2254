//! Giving up an installation that nobody works on.

use crate::error::Error;
use crate::recover::recover_taken;
use crate::root::Root;
use crate::staging;
use camino::Utf8Path;

/// Removes what an unfinished installation holds in an install root; a release that is installed stays.
///
/// # Errors
/// [`Error`]; [`Error::Busy`] while another program works there.
pub fn discard(root: &Utf8Path) -> Result<(), Error> {
    let root = Root::at(root);
    root.finish_leaving()?;
    if !root.exists()? {
        return Ok(());
    }
    let (Some(taken), _) = recover_taken(root.take()?)? else {
        return Ok(());
    };
    staging::clear(taken.root())?;
    if taken.is_bare() { taken.dissolve() } else { Ok(()) }
}
