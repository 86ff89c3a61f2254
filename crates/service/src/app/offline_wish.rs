//! Taking a product offline until a date, and bringing it back early (B-24).

use super::leases::identity_ends;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::places::PlaceRow;
use jiff::{SignedDuration, Timestamp};
use toolcrib_model::LicencePolicy;
use toolcrib_wire::api::timeline::DeviceEvent;

/// What a person wishes about working offline; without a wish what was granted before goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Wish {
    /// Takes the product offline until then.
    pub(super) offline_until: Option<Timestamp>,
    /// Brings it back.
    pub(super) returned: bool,
}

impl Wish {
    /// Until when the product is offline with the next lease.
    pub(super) fn granted(
        self,
        place: Option<&PlaceRow>,
        policy: LicencePolicy,
        proof: Timestamp,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, Failure> {
        match (self.offline_until, self.returned) {
            (Some(_), true) => Err(invalid("Either take it offline or bring it back.")),
            (Some(until), false) => judged(until, policy, proof, now).map(Some),
            (None, true) => Ok(None),
            (None, false) => Ok(before(place)?.filter(|until| *until > now)),
        }
    }

    /// What it means to the device's timeline.
    pub(super) fn event(self) -> Option<DeviceEvent> {
        match (self.offline_until, self.returned) {
            (Some(_), _) => Some(DeviceEvent::TakenOffline),
            (None, true) => Some(DeviceEvent::Returned),
            (None, false) => None,
        }
    }
}

/// What was granted to a place that is still held.
fn before(place: Option<&PlaceRow>) -> Result<Option<Timestamp>, Error> {
    let held = place.filter(|place| place.released_at.is_none());
    Ok(held.map(PlaceRow::offline_until).transpose()?.flatten())
}

/// Nobody goes offline past a verification that is due now: they prove first who they are.
fn judged(
    until: Timestamp,
    policy: LicencePolicy,
    proof: Timestamp,
    now: Timestamp,
) -> Result<Timestamp, Failure> {
    if policy.offline_days == 0 {
        return Err(invalid("This product cannot be taken offline."));
    }
    let latest = now + SignedDuration::from_hours(24 * i64::from(policy.offline_days));
    if until <= now || until > latest {
        let latest = latest.strftime("%-d %B %Y, %H:%M UTC");
        return Err(invalid(&format!(
            "Choose a date from now on and at most {} days ahead: until {latest}.",
            policy.offline_days
        )));
    }
    match identity_ends(proof) > now {
        true => Ok(until),
        false => Err(Refusal::VerificationNeeded.into()),
    }
}

fn invalid(why: &str) -> Failure {
    Refusal::Invalid(why.to_owned()).into()
}

#[cfg(test)]
#[path = "offline_wish/tests.rs"]
mod tests;
