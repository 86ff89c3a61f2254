//! Going on while the service itself fails (S-154).

use super::{Judged, Shelf};
use crate::Error;
use crate::outage::Outage;
use crate::situation::Reach;
use crate::time::Reading;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use toolcrib_model::ProductId;

impl Shelf {
    /// Decides while the network works and the service fails: it answers 5xx, or not at all. Where nothing but the
    /// service's answer is missing, the next temporary right is given and remembered, as long as that is allowed.
    ///
    /// To be called only by who asked the service just now; what a person did without a network is [`Reach::Offline`].
    ///
    /// # Errors
    /// [`Error::ReadLease`], [`Error::WriteShelf`] or [`Error::ShelfBusy`].
    pub fn bridge_outage(
        &mut self,
        product: &ProductId,
        device_key: &[u8; 32],
        wall: Timestamp,
        zone: &TimeZone,
    ) -> Result<Judged, Error> {
        let judged = self.decide(product, device_key, wall, Reach::ServiceDown, zone)?;
        if judged.decision.may_run || !Outage::bridges(judged.decision.reason) {
            return Ok(judged);
        }
        let last = self.memory_of(product).and_then(|memory| memory.outage);
        match self.time(wall) {
            Reading::Good { now, .. } => match Outage::next(last, now) {
                Some(next) => self.change(|memory| {
                    memory.products.entry(product.clone()).or_default().outage = Some(next);
                })?,
                None => return Ok(judged),
            },
            Reading::Suspect { .. } => return Ok(judged),
        }
        self.decide(product, device_key, wall, Reach::ServiceDown, zone)
    }
}
