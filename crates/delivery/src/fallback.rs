//! The same installation without patches, for when no server has them.

use crate::error::Error;
use crate::order::Order;
use crate::plan::{Pace, Plan, plan};

/// An installation that fetches chunks in the place of patches; what is held by then stays held.
pub(crate) struct Fallback {
    order: Order,
    pace: Pace,
    keep: usize,
}

impl Fallback {
    /// The fallback of a plan, if it relies on patches.
    pub(crate) fn of(plan: &Plan) -> Option<Self> {
        plan.patches_to_fetch().next()?;
        let order = Order {
            patches: None,
            ..plan.order.clone()
        };
        Some(Self {
            order,
            pace: plan.pace,
            keep: plan.keep,
        })
    }

    /// Whether it was a patch that could not be fetched: their parts are counted behind those of the package.
    pub(crate) fn helps(&self, error: &Error) -> bool {
        let parts = self.order.manifest.manifest().parts.len();
        matches!(error, Error::Fetch { number, .. } if *number as usize > parts)
    }

    /// Thinks it through.
    pub(crate) fn plan(self) -> Result<Plan, Error> {
        Ok(plan(self.order)?.at_pace(self.pace).keeping(self.keep))
    }
}
