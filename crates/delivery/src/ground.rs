//! What a tree needs before anything can be written into it: its folders, and room for its large files.
//!
//! Whoever unpacks makes it first, so that the first bytes are on their way meanwhile.

use crate::error::Error;
use crate::held::HeldSet;
use crate::staging;
use crate::works::Works;
use std::sync::OnceLock;

/// The ground of one installation.
#[derive(Debug)]
pub(crate) struct Ground {
    /// What was held when the installation began: it has its room.
    held: HeldSet,
    laid: OnceLock<bool>,
}

impl Ground {
    /// Ground that is still to be laid.
    pub(crate) const fn new(held: HeldSet) -> Self {
        Self {
            held,
            laid: OnceLock::new(),
        }
    }

    /// Lays the ground, or waits for whoever does. `false` where it cannot be laid: then the installation has failed.
    pub(crate) fn is_laid(&self, works: &Works) -> bool {
        *self.laid.get_or_init(|| match self.lay(works) {
            Ok(()) => true,
            Err(error) => {
                works.board.fail(error);
                false
            }
        })
    }

    fn lay(&self, works: &Works) -> Result<(), Error> {
        let layout = &works.plan.layout;
        staging::make_folders(&works.tree, layout)?;
        staging::reserve(&works.tree, layout, &self.held, &works.clones)
    }
}
