//! Which subscription gives a person a product, if any; pure rules.

use crate::actor::OnContract;
use crate::store::contracts::Grant;
use jiff::Timestamp;
use toolcrib_model::{ProductId, Row};

/// A subscription of a contract that the person is on.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// The person's standing on the contract.
    pub on: &'a OnContract,
    /// The subscription.
    pub grant: &'a Grant,
}

/// Why an offer does not give the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Denied {
    /// The contract does not run.
    Ended,
    /// The person may not download (S-98).
    NotPermitted,
    /// The person is no administrator and has no seat.
    NoSeat,
}

impl Offer<'_> {
    /// Whether the person may see, download and install the product: the contract runs, row R11 allows it, and
    /// whoever is no administrator has a seat (S-48).
    ///
    /// # Errors
    /// The first of these that does not hold.
    pub fn may_have(&self, now: Timestamp) -> Result<(), Denied> {
        if !self.on.runs_at(now) {
            return Err(Denied::Ended);
        }
        if !self.on.standing.permits(Row::R11) {
            return Err(Denied::NotPermitted);
        }
        self.on
            .is_admin()
            .then_some(())
            .or(self.grant.seat_assigned.then_some(()))
            .ok_or(Denied::NoSeat)
    }

    /// Whether the person may run the product: the contract runs and they have a seat.
    ///
    /// # Errors
    /// The first of these that does not hold.
    pub fn may_run(&self, now: Timestamp) -> Result<(), Denied> {
        match (self.on.runs_at(now), self.grant.seat_assigned) {
            (false, _) => Err(Denied::Ended),
            (true, false) => Err(Denied::NoSeat),
            (true, true) => Ok(()),
        }
    }

    /// Whether the person sees the serial number: row R12, and for those who are no administrators only where the
    /// product asks for one.
    pub fn shows_serial(&self, product_needs_serial: bool) -> bool {
        self.on.standing.permits(Row::R12) && (self.on.is_admin() || product_needs_serial)
    }
}

/// Pairs each subscription with the person's standing on its contract.
pub fn offers<'a>(contracts: &'a [OnContract], grants: &'a [Grant]) -> impl Iterator<Item = Offer<'a>> {
    grants.iter().filter_map(|grant| {
        let on = contracts.iter().find(|on| on.contract == grant.contract.0)?;
        Some(Offer { on, grant })
    })
}

/// The best offer of `product`: one that is given goes before one that is not, then one with a seat, then the one
/// that lasts longest. `None` where the person's contracts do not have the product at all.
pub fn best<'a>(
    offers: impl Iterator<Item = Offer<'a>>,
    product: &ProductId,
    judge: impl Fn(&Offer<'a>) -> Result<(), Denied>,
) -> Option<(Offer<'a>, Result<(), Denied>)> {
    offers
        .filter(|offer| offer.grant.product.0 == *product)
        .map(|offer| (judge(&offer), offer))
        // Of several denials the one that names the last thing missing is nearest to being lifted.
        .max_by_key(|(verdict, offer)| {
            (
                verdict.is_ok(),
                verdict.err(),
                offer.grant.seat_assigned,
                offer.on.ends_at,
            )
        })
        .map(|(verdict, offer)| (offer, verdict))
}

#[cfg(test)]
#[path = "entitlement/tests.rs"]
mod tests;
