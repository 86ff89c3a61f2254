//! Answering the requests of computers that have no network: activation, renewal and release (X10, B-21).
//!
//! The request proves the device, the session and the password prove the person; from there on the rules are those of
//! any lease. A request is answered once: whoever lost the answer gets the same one again.

use super::App;
use super::entitlement::Offer;
use super::leases::works_until;
use super::offline_wish::Wish;
use super::places::Asking;
use crate::actor::Member;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::audit::{Actor, Entry};
use crate::store::devices::{self, Introduced};
use crate::store::engine::Record;
use crate::store::timeline::{self, Happened};
use crate::store::{Tx, offline, places};
use jiff::Timestamp;
use serde_json::json;
use std::net::IpAddr;
use toolcrib_model::DeviceId;
use toolcrib_trust::offline::{TrustedRequest, read_request, sign_answer};
use toolcrib_wire::api::offline::{OfflineQuestion, OfflineReply};
use toolcrib_wire::api::second_step::IdentityProof;
use toolcrib_wire::api::timeline::DeviceEvent;
use toolcrib_wire::lease::LeaseClaims;
use toolcrib_wire::offline::{OfflineAct, OfflineAnswer};
use toolcrib_wire::schema::Schema;
use uuid::Uuid;

impl App {
    /// Answers a request that the person carried here.
    ///
    /// # Errors
    /// Refused where the request does not hold or was answered to somebody else, and for whatever a lease is refused.
    pub async fn answer_offline(
        &self,
        member: &Member,
        asked: OfflineQuestion,
        address: IpAddr,
    ) -> Result<OfflineReply, Failure> {
        let trusted = read_request(&asked.request)
            .map_err(|refused| Refusal::Invalid(format!("This request cannot be answered: {refused}.")))?;
        if let Some(before) = self.answered_before(member, &trusted).await? {
            return Ok(before);
        }
        let typed = match asked.password {
            Some(password) => {
                let code = asked.code;
                Some(
                    self.prove_member(member, IdentityProof { password, code }, address)
                        .await?,
                )
            }
            None => None,
        };
        let settled = match trusted.request().act {
            OfflineAct::Activate | OfflineAct::Renew => self.grant_offline(member, &trusted, typed).await?,
            OfflineAct::Release => self.release_offline(member, &trusted).await?,
        };
        self.reply(member, &trusted, settled).await
    }

    async fn answered_before(
        &self,
        member: &Member,
        trusted: &TrustedRequest,
    ) -> Result<Option<OfflineReply>, Failure> {
        let mut reader = self.store().read().await?;
        match offline::by_nonce(&mut reader, &trusted.request().nonce).await? {
            None => Ok(None),
            Some(row) if row.account.0 == member.account() => Ok(Some(kept(&row.answer)?)),
            Some(_) => {
                let why = "This request was answered already. Make a new one on that computer.";
                Err(Refusal::Conflict(why.to_owned()).into())
            }
        }
    }

    async fn grant_offline(
        &self,
        member: &Member,
        trusted: &TrustedRequest,
        typed: Option<Timestamp>,
    ) -> Result<Settled, Failure> {
        let request = trusted.request();
        let grants = self.grants(member).await?;
        let offer = self
            .given(member, &grants, &request.product, Offer::may_run)
            .await?;
        let now = self.now();
        let device = self.introduced_by(member, trusted, now).await?;
        let asking = Asking {
            member,
            device,
            product: &request.product,
            grants: &grants,
            now,
        };
        if let Some(serial) = &request.serial {
            self.attach_serial(&asking, serial).await?;
        }
        let wish = Wish {
            offline_until: request.offline_until,
            returned: false,
        };
        let settled = self.remember_lease(&asking, &offer, typed, wish).await;
        if let Err(Failure::Refused(refusal)) = &settled {
            self.note_refusal(device, &request.product, refusal).await?;
        }
        Ok(Settled {
            device,
            claims: Some(settled?),
        })
    }

    /// The device gave its lease up and says so with its own key: its place is free.
    async fn release_offline(&self, member: &Member, trusted: &TrustedRequest) -> Result<Settled, Failure> {
        let request = trusted.request();
        let now = self.now();
        let mut tx = self.store().write().await?;
        let key = hex::encode(trusted.device_key());
        let known = devices::by_key(&mut tx, member.user_id().as_str(), &key).await?;
        let device = known.ok_or_else(|| Refusal::NotFound("such device".to_owned()))?;
        places::release(&mut tx, device, &request.product, now).await?;
        let happened = Happened::to_device(device, DeviceEvent::Released, member.account(), now);
        timeline::add(&mut tx, &happened.on(&request.product)).await?;
        tx.commit(Record::Entry(Entry {
            at: now,
            organisation: Some(member.organisation()),
            actor: Actor::Account(member.account()),
            act: "product_released",
            subject: request.product.as_str(),
            details: json!({ "device": device, "offline": true }),
        }))
        .await?;
        Ok(Settled { device, claims: None })
    }

    async fn introduced_by(
        &self,
        member: &Member,
        trusted: &TrustedRequest,
        now: Timestamp,
    ) -> Result<DeviceId, Error> {
        let (request, key) = (trusted.request(), hex::encode(trusted.device_key()));
        let introduced = Introduced {
            account: member.account(),
            public_key: &key,
            name: &request.device_name,
            platform: request.platform,
            machine_hint: None,
        };
        let new = Uuid::now_v7().into();
        let mut tx = self.store().write().await?;
        let device = devices::know(&mut tx, new, &introduced, now).await?;
        if device == new {
            let event = DeviceEvent::DeviceRegistered;
            timeline::add(
                &mut tx,
                &Happened::to_device(device, event, member.account(), now),
            )
            .await?;
        }
        tx.commit(Record::Upkeep("a device without a network was met"))
            .await?;
        Ok(device)
    }

    async fn reply(
        &self,
        member: &Member,
        trusted: &TrustedRequest,
        settled: Settled,
    ) -> Result<OfflineReply, Failure> {
        let (request, now) = (trusted.request(), self.now());
        let works_until = settled.claims.as_ref().map(|claims| works_until(&claims.terms));
        let reply = OfflineReply {
            answer: self.signed_answer(trusted, settled.claims.as_ref(), now)?,
            file_name: format!("{}.toolcrib-answer", request.product),
            act: request.act,
            product: request.product.clone(),
            device_name: request.device_name.clone(),
            works_until,
        };
        let mut tx = self.store().write().await?;
        remember(
            &mut tx,
            member,
            request.nonce.as_str(),
            settled.device,
            &reply,
            now,
        )
        .await?;
        let event = DeviceEvent::OfflineAnswered;
        let happened = Happened::to_device(settled.device, event, member.account(), now);
        let happened = happened.on(&request.product);
        let happened = works_until.map_or(happened.clone(), |until| happened.then(until));
        timeline::add(&mut tx, &happened).await?;
        tx.commit(Record::Entry(Entry {
            at: now,
            organisation: Some(member.organisation()),
            actor: Actor::Account(member.account()),
            act: "offline_request_answered",
            subject: request.product.as_str(),
            details: json!({ "device": settled.device, "act": request.act }),
        }))
        .await?;
        Ok(reply)
    }

    fn signed_answer(
        &self,
        trusted: &TrustedRequest,
        claims: Option<&LeaseClaims>,
        now: Timestamp,
    ) -> Result<String, Error> {
        let request = trusted.request();
        let ring = self.keys().licence()?;
        let answer = OfflineAnswer {
            schema: Schema,
            act: request.act,
            product: request.product.clone(),
            device_key: trusted.thumbprint(),
            nonce: request.nonce.clone(),
            answered_at: now,
            lease: claims.map(|claims| self.sign_lease(claims)).transpose()?,
            keys: ring.published().keys,
        };
        let (key, key_id) = ring.signing().ok_or(Error::NoSigningKey)?;
        sign_answer(&answer, &key, key_id).map_err(|source| Error::SignLease { source })
    }
}

/// What was decided, before it is signed.
struct Settled {
    device: DeviceId,
    claims: Option<LeaseClaims>,
}

async fn remember(
    tx: &mut Tx,
    member: &Member,
    nonce: &str,
    device: DeviceId,
    reply: &OfflineReply,
    now: Timestamp,
) -> Result<(), Error> {
    let text = serde_json::to_string(reply).map_err(|source| Error::WriteAnswer { source })?;
    offline::add(tx, nonce, member.account(), device, &text, now).await
}

fn kept(answer: &str) -> Result<OfflineReply, Error> {
    serde_json::from_str(answer).map_err(|_| Error::StoredValue {
        kind: "an offline answer",
        value: "something else".to_owned(),
    })
}
