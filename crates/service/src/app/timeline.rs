//! The timeline of a device: what happened to its licences, and why.

use super::App;
use super::pages::PageRequest;
use crate::actor::Member;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::engine::Record;
use crate::store::timeline::{self, EventRow, Happened};
use crate::store::{Micros, Word, places};
use toolcrib_model::{DeviceId, ProductId};
use toolcrib_wire::api::Page;
use toolcrib_wire::api::problem::ProblemCode;
use toolcrib_wire::api::timeline::{DeviceEvent, TimelineEntry};

impl App {
    /// What happened on a device, the newest first: one's own, and for administrators any of the customer.
    ///
    /// # Errors
    /// Refused where the device is not one that the person may see.
    pub async fn timeline(
        &self,
        member: &Member,
        device: DeviceId,
        asked: &PageRequest,
    ) -> Result<Page<TimelineEntry>, Failure> {
        self.visible_device(member, device).await?;
        let mut reader = self.store().read().await?;
        let rows = timeline::list(&mut reader, device, asked.after(), asked.lookahead()).await?;
        let found: Result<Vec<TimelineEntry>, Error> = rows.into_iter().map(shown).collect();
        Ok(asked.page(found?, |entry| entry.entry.to_string()))
    }

    /// Writes down that a lease was refused, unless that was just told, or it is only a question to the person.
    pub(super) async fn note_refusal(
        &self,
        device: DeviceId,
        product: &ProductId,
        refusal: &Refusal,
    ) -> Result<(), Error> {
        let Some(code) = worth_telling(refusal) else {
            return Ok(());
        };
        let (now, reason) = (self.now(), crate::store::value::text(&code));
        let mut tx = self.store().write().await?;
        if timeline::was_just_told(&mut tx, device, product, &reason, now).await? {
            return Ok(());
        }
        let place = places::one(&mut tx, device, product).await?;
        let happened = Happened {
            device,
            at: now,
            event: DeviceEvent::LeaseRefused,
            product: Some(product),
            refusal: Some((&reason, &refusal.detail())),
            // Until then what the device holds goes on; after that it stops.
            next_at: place.map(|place| place.works_until.0).filter(|end| *end > now),
            actor: None,
        };
        timeline::add(&mut tx, &happened).await?;
        tx.commit(Record::Upkeep("a refusal was told to a timeline"))
            .await
    }
}

/// The code of a refusal that is about the licence: not a typing mistake, nor a name that means nothing.
fn worth_telling(refusal: &Refusal) -> Option<ProblemCode> {
    let code = refusal.code();
    matches!(
        code,
        ProblemCode::NoSeat
            | ProblemCode::ContractEnded
            | ProblemCode::VerificationNeeded
            | ProblemCode::DeviceLimit
            | ProblemCode::DeviceReleased
            | ProblemCode::SerialNeeded
    )
    .then_some(code)
}

fn shown(row: EventRow) -> Result<TimelineEntry, Error> {
    let product = row.product.map(Word::<ProductId>::try_from).transpose()?;
    let next_at = row.next_at.map(Micros::try_from).transpose()?;
    Ok(TimelineEntry {
        entry: row.id.0,
        at: row.at.0,
        event: row.event.0,
        product: product.map(|product| product.0),
        reason: row.reason,
        detail: row.detail,
        next_at: next_at.map(|time| time.0),
        by: row.by_name,
    })
}
