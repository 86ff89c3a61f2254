//! The same installation another way, for when no server has the patches, or another product not what is shared.

use crate::error::Error;
use crate::order::{Order, Sharing};
use crate::plan::{Pace, Plan, plan};
use crate::progress::Growth;

/// Other ways to the same release; what is held by then stays held.
pub(crate) struct Fallback {
    order: Order,
    pace: Pace,
    keep: usize,
    beside: bool,
    only_fetched: bool,
    has_patches: bool,
    has_shares: bool,
}

/// A way to a release that turned out not to lead there.
enum Way {
    Patches,
    Sharing,
}

impl Fallback {
    /// The other ways of a plan, if there are any.
    pub(crate) fn of(plan: &Plan) -> Option<Self> {
        let has_patches = plan.patches_to_fetch().next().is_some();
        let has_shares = plan.shares_by_name().next().is_some();
        (has_patches || has_shares).then(|| Self {
            order: plan.order.clone(),
            pace: plan.pace,
            keep: plan.keep,
            beside: plan.beside,
            only_fetched: plan.only_fetched,
            has_patches,
            has_shares,
        })
    }

    /// Why there is more to do another way, where one does without what failed.
    pub(crate) fn helps(&self, error: &Error) -> Option<Growth> {
        self.closed_by(error).map(|way| match way {
            Way::Patches => Growth::Patches,
            Way::Sharing => Growth::Sharing,
        })
    }

    /// Thinks the way through that does without what failed.
    pub(crate) fn plan_after(self, error: &Error) -> Result<Plan, Error> {
        let way = self.closed_by(error);
        let order = match way {
            Some(Way::Patches) => Order {
                patches: None,
                ..self.order
            },
            Some(Way::Sharing) => Order {
                sharing: Sharing::ByCopy,
                ..self.order
            },
            None => self.order,
        };
        let plan = plan(order)?.at_pace(self.pace).keeping(self.keep);
        let plan = if self.beside { plan.beside() } else { plan };
        Ok(match self.only_fetched {
            true => plan.only_fetched(),
            false => plan,
        })
    }

    /// What a failure says not to try again. The parts of patches are counted behind those of the package.
    fn closed_by(&self, error: &Error) -> Option<Way> {
        let parts = self.order.manifest.manifest().parts.len();
        match error {
            Error::Fetch { number, .. } if self.has_patches && *number as usize > parts => Some(Way::Patches),
            Error::NotAlike { .. } | Error::ShareFile { .. } if self.has_shares => Some(Way::Sharing),
            _ => None,
        }
    }
}
