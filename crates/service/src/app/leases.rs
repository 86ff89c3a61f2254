//! Leases: who may run what, on which device, until when.

use super::App;
use super::entitlement::Offer;
use super::offline_wish::Wish;
use super::places::{Asking, make_room};
use super::serials;
use crate::actor::{Device, Member};
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::audit::{Actor, Entry};
use crate::store::engine::Record;
use crate::store::leases::LastLease;
use crate::store::places::{self, PlaceRow, Taken};
use crate::store::timeline::{self, Happened};
use crate::store::{devices, leases};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::net::IpAddr;
use toolcrib_model::constants::{EXPIRED_PERIOD, MAX_GRACE_DAYS, SEAT_RECHECK, VERIFICATION_PERIOD};
use toolcrib_model::lease::LeaseTerms;
use toolcrib_model::{Digest, LicencePolicy, VerificationPolicy};
use toolcrib_wire::api::device::{Lease, LeaseRequest};
use toolcrib_wire::api::second_step::IdentityProof;
use toolcrib_wire::api::timeline::DeviceEvent;
use toolcrib_wire::lease::LeaseClaims;
use toolcrib_wire::schema::Schema;
use uuid::Uuid;

/// How long after typing the password a session still counts as a proof of identity.
pub const FRESH_SIGN_IN: SignedDuration = SignedDuration::from_mins(10);

impl App {
    /// Signs a lease for the session's own device; where it refuses, the device's timeline tells why.
    ///
    /// # Errors
    /// Refused without a seat, a place or the serial number, on an ended contract, with a wrong password, or where the
    /// person must first prove who they are.
    pub async fn issue_lease(
        &self,
        device: &Device,
        asked: LeaseRequest,
        address: IpAddr,
    ) -> Result<Lease, Failure> {
        let product = asked.product.clone();
        let settled = self.lease(device, asked, address).await;
        if let Err(Failure::Refused(refusal)) = &settled {
            self.note_refusal(device.id(), &product, refusal).await?;
        }
        settled
    }

    async fn lease(&self, device: &Device, asked: LeaseRequest, address: IpAddr) -> Result<Lease, Failure> {
        let member = device.member();
        let grants = self.grants(member).await?;
        let offer = self
            .given(member, &grants, &asked.product, Offer::may_run)
            .await?;
        let typed = match asked.password {
            Some(password) => {
                let proof = IdentityProof {
                    password,
                    code: asked.code,
                };
                Some(self.prove_member(member, proof, address).await?)
            }
            None => None,
        };
        let asking = Asking {
            member,
            device: device.id(),
            product: &asked.product,
            grants: &grants,
            now: self.now(),
        };
        let wish = Wish {
            offline_until: asked.offline_until,
            returned: asked.return_early,
        };
        let claims = self.remember_lease(&asking, &offer, typed, wish).await?;
        Ok(Lease {
            token: self.sign_lease(&claims)?,
        })
    }

    /// Signs what was remembered, with the key that signs now.
    pub(super) fn sign_lease(&self, claims: &LeaseClaims) -> Result<String, Error> {
        let ring = self.keys().licence()?;
        let (key, key_id) = ring.signing().ok_or(Error::NoSigningKey)?;
        let token = toolcrib_trust::lease::sign(claims, &key, key_id);
        let token = token.map_err(|source| Error::SignLease { source })?;
        self.metrics().lease();
        Ok(token)
    }

    /// Judges what only the store knows, and writes the lease down before it is signed, so that no two leases ever
    /// have one number and no two devices one place.
    pub(super) async fn remember_lease(
        &self,
        asking: &Asking<'_>,
        offer: &Offer<'_>,
        typed: Option<Timestamp>,
        wish: Wish,
    ) -> Result<LeaseClaims, Failure> {
        let (device, member, now) = (asking.device, asking.member, asking.now);
        let policy = self.shelf().view().await.policy(asking.product);
        let mut tx = self.store().write().await?;
        let key = devices::key_of(&mut tx, device, member.account())
            .await?
            .ok_or(Refusal::DeviceNeeded)?;
        let last = leases::last(&mut tx, member.account(), asking.product, device).await?;
        let place = places::one(&mut tx, device, asking.product).await?;
        let proof = identity(last.as_ref(), member.signed_in_at(), typed, now);
        let proof = proof.ok_or(Refusal::VerificationNeeded)?;
        may_go_on(asking, place.as_ref(), proof)?;
        if let Some(reason) = serials::missing(&mut tx, policy.needs_serial, asking).await? {
            let product = asking.product.clone();
            return Err(Refusal::SerialNeeded { product, reason }.into());
        }
        make_room(&mut tx, asking, offer).await?;
        let terms = LeaseTerms {
            offline_until: wish.granted(place.as_ref(), policy, proof, now)?,
            ..terms(proof, policy, offer.on.ends_at, now)
        };
        let claims = LeaseClaims {
            schema: Schema,
            lease: Uuid::now_v7().into(),
            sequence: last.as_ref().map_or(0, |last| last.sequence).cast_unsigned() + 1,
            account: member.account(),
            user_id: member.user_id().clone(),
            organisation: member.organisation_name().to_owned(),
            product: asking.product.clone(),
            subscription: offer.grant.subscription.0,
            device,
            device_key: thumbprint(&key)?,
            serial: offer
                .shows_serial(policy.needs_serial)
                .then(|| offer.grant.serial.clone()),
            terms,
        };
        leases::add(&mut tx, &claims).await?;
        places::take(&mut tx, &taken(&claims), now).await?;
        let event = wish
            .event()
            .unwrap_or_else(|| event(place.as_ref(), last.as_ref(), proof, now));
        let happened = Happened::to_device(device, event, member.account(), now).on(asking.product);
        let next = claims.terms.offline_until.unwrap_or(claims.terms.verify_by);
        timeline::add(&mut tx, &happened.then(next)).await?;
        tx.commit(issued(member, &claims, now)).await?;
        Ok(claims)
    }
}

/// After a release only a proof of identity that is later than the release takes the product back.
fn may_go_on(asking: &Asking<'_>, place: Option<&PlaceRow>, proof: Timestamp) -> Result<(), Failure> {
    let released_at = place.map(PlaceRow::released_at).transpose()?.flatten();
    match released_at.is_some_and(|released_at| proof <= released_at) {
        true => Err(Refusal::DeviceReleased {
            product: asking.product.clone(),
        }
        .into()),
        false => Ok(()),
    }
}

fn taken(claims: &LeaseClaims) -> Taken<'_> {
    let terms = &claims.terms;
    Taken {
        device: claims.device,
        product: &claims.product,
        account: claims.account,
        subscription: claims.subscription,
        verify_by: terms.verify_by,
        works_until: works_until(terms),
        offline_until: terms.offline_until,
    }
}

/// Until when a lease gives a right at most: its grace, or the date until which it was taken offline, and never
/// longer than the contract's expired period.
pub(super) fn works_until(terms: &LeaseTerms) -> Timestamp {
    let offline = terms.offline_until.unwrap_or(terms.grace_until);
    let last = offline.max(terms.grace_until);
    let contract_end = terms.contract_ends_at.saturating_add(EXPIRED_PERIOD);
    contract_end.map_or(last, |end| end.min(last))
}

/// What a new lease means to the device's timeline.
fn event(
    place: Option<&PlaceRow>,
    last: Option<&LastLease>,
    proof: Timestamp,
    now: Timestamp,
) -> DeviceEvent {
    let held = place.is_some_and(|place| place.released_at.is_none() && place.works_until.0 > now);
    match last {
        Some(last) if held && last.identity_verified_at.0 < proof => DeviceEvent::LeaseVerified,
        Some(_) if held => DeviceEvent::LeaseRenewed,
        _ => DeviceEvent::LeaseGranted,
    }
}

fn thumbprint(key: &str) -> Result<Digest, Error> {
    let bytes = hex::decode(key);
    bytes
        .map(|bytes| Digest::of(&bytes))
        .map_err(|_| Error::StoredValue {
            kind: "a key",
            value: key.to_owned(),
        })
}

fn issued<'a>(member: &Member, claims: &'a LeaseClaims, now: Timestamp) -> Record<'a> {
    Record::Entry(Entry {
        at: now,
        organisation: Some(member.organisation()),
        actor: Actor::Account(member.account()),
        act: "lease_issued",
        subject: claims.product.as_str(),
        details: json!({
            "lease": claims.lease,
            "device": claims.device,
            "sequence": claims.sequence,
            "verify_by": claims.terms.verify_by,
        }),
    })
}

/// When the person last proved who they are: now with the password, else at the interactive sign-in of this session
/// while that is fresh, else whenever the lease before says. A plain request never moves the date by itself (X5).
fn identity(
    last: Option<&LastLease>,
    signed_in_at: Timestamp,
    typed: Option<Timestamp>,
    now: Timestamp,
) -> Option<Timestamp> {
    let fresh = (now.duration_since(signed_in_at) <= FRESH_SIGN_IN).then_some(signed_in_at);
    typed.or_else(|| fresh.max(last.map(|last| last.identity_verified_at.0)))
}

/// Until when a proof of identity holds.
pub(super) fn identity_ends(proof: Timestamp) -> Timestamp {
    proof + VERIFICATION_PERIOD
}

fn terms(proof: Timestamp, policy: LicencePolicy, contract_ends_at: Timestamp, now: Timestamp) -> LeaseTerms {
    // With the policy `silent`, this very request is the check that renews (X5).
    let from = match policy.verification {
        VerificationPolicy::SignIn => proof,
        VerificationPolicy::Silent => now,
    };
    let grace = SignedDuration::from_hours(24 * i64::from(policy.grace_days.min(MAX_GRACE_DAYS)));
    let verify_by = from + VERIFICATION_PERIOD;
    LeaseTerms {
        issued_at: now,
        identity_verified_at: proof,
        verify_by,
        grace_until: verify_by + grace,
        recheck_after: now + SEAT_RECHECK,
        contract_ends_at,
        verification: policy.verification,
        offline_until: None,
        read_only_after_lapse: policy.read_only_after_lapse,
    }
}

#[cfg(test)]
#[path = "leases/tests.rs"]
mod tests;
