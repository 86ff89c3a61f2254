//! Leases: who may run what, on which device, until when.

use super::App;
use super::entitlement::Offer;
use crate::actor::{Device, Member};
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::audit::{Actor, Entry};
use crate::store::engine::Record;
use crate::store::leases::LastLease;
use crate::store::{devices, leases};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::net::IpAddr;
use toolcrib_model::constants::{MAX_GRACE_DAYS, SEAT_RECHECK, VERIFICATION_PERIOD};
use toolcrib_model::lease::LeaseTerms;
use toolcrib_model::{Digest, LicencePolicy, VerificationPolicy};
use toolcrib_wire::api::device::{Lease, LeaseRequest};
use toolcrib_wire::lease::LeaseClaims;
use toolcrib_wire::schema::Schema;
use uuid::Uuid;

/// How long after typing the password a session still counts as a proof of identity.
pub const FRESH_SIGN_IN: SignedDuration = SignedDuration::from_mins(10);

impl App {
    /// Signs a lease for the session's own device.
    ///
    /// # Errors
    /// Refused without a seat, on an ended contract, with a wrong password, or where the person must first prove
    /// who they are.
    pub async fn issue_lease(
        &self,
        device: &Device,
        asked: LeaseRequest,
        address: IpAddr,
    ) -> Result<Lease, Failure> {
        let member = device.member();
        let grants = self.grants(member).await?;
        let offer = self
            .given(member, &grants, &asked.product, Offer::may_run)
            .await?;
        let typed = match asked.password {
            Some(password) => Some(self.prove_again(member, password, address).await?),
            None => None,
        };
        let policy = self.shelf().view().await.policy(&asked.product);
        let claims = self.remember_lease(device, &offer, policy, typed).await?;
        let (key, key_id) = self.keys().licence();
        let token = toolcrib_trust::lease::sign(&claims, key, key_id);
        let token = token.map_err(|source| Error::SignLease { source })?;
        self.metrics().lease();
        Ok(Lease { token })
    }

    async fn prove_again(
        &self,
        member: &Member,
        password: String,
        address: IpAddr,
    ) -> Result<Timestamp, Failure> {
        self.prove(member.user_id().as_str(), password, address, None)
            .await?;
        Ok(self.now())
    }

    /// Writes the lease down before it is signed, so that no two leases ever have one number.
    async fn remember_lease(
        &self,
        device: &Device,
        offer: &Offer<'_>,
        policy: LicencePolicy,
        typed: Option<Timestamp>,
    ) -> Result<LeaseClaims, Failure> {
        let (member, product, now) = (device.member(), &offer.grant.product.0, self.now());
        let mut tx = self.store().write().await?;
        let key = devices::key_of(&mut tx, device.id(), member.account())
            .await?
            .ok_or(Refusal::DeviceNeeded)?;
        let last = leases::last(&mut tx, member.account(), product, device.id()).await?;
        let proof =
            identity(last.as_ref(), member.signed_in_at(), typed, now).ok_or(Refusal::VerificationNeeded)?;
        let claims = LeaseClaims {
            schema: Schema,
            lease: Uuid::now_v7().into(),
            sequence: last.map_or(0, |last| last.sequence).cast_unsigned() + 1,
            account: member.account(),
            user_id: member.user_id().clone(),
            organisation: member.organisation_name().to_owned(),
            product: product.clone(),
            subscription: offer.grant.subscription.0,
            device: device.id(),
            device_key: thumbprint(&key)?,
            serial: offer
                .shows_serial(policy.needs_serial)
                .then(|| offer.grant.serial.clone()),
            terms: terms(proof, policy, offer.on.ends_at, now),
        };
        leases::add(&mut tx, &claims).await?;
        tx.commit(issued(member, &claims, now)).await?;
        Ok(claims)
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
