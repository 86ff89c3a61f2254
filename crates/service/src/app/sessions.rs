//! Signing in, staying signed in, signing out.

use super::App;
use super::introduction::{Judged, judge_device};
use super::pair::Pair;
use super::proof::{Proved, Tried};
use super::tokens::{Purpose, Token, TokenHash};
use crate::actor::Member;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::audit::{Actor, Entry};
use crate::store::engine::Record;
use crate::store::sessions::{Kind, Refreshable};
use crate::store::timeline::{self, Happened};
use crate::store::{Tx, devices, sessions};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::net::IpAddr;
use toolcrib_model::{AccountId, DeviceId};
use toolcrib_wire::api::session::{Session, SignIn};
use toolcrib_wire::api::timeline::DeviceEvent;
use uuid::Uuid;

/// How long an access token works.
pub const ACCESS_VALIDITY: SignedDuration = SignedDuration::from_mins(15);
/// How long a refresh token works if it is not used.
pub const REFRESH_VALIDITY: SignedDuration = SignedDuration::from_hours(24 * 60);
/// How long a portal session works.
pub const COOKIE_VALIDITY: SignedDuration = SignedDuration::from_hours(12);
/// How long an exchange whose answer was lost may be asked again.
pub const LOST_ANSWER: SignedDuration = SignedDuration::from_secs(30);

impl App {
    /// Signs a person in, on the device that introduces itself if one does.
    ///
    /// # Errors
    /// Refused with a wrong password, code or proof, or after too many tries.
    pub async fn sign_in(&self, asked: SignIn, address: IpAddr) -> Result<Session, Failure> {
        let device = asked
            .device
            .as_ref()
            .map(|device| judge_device(&asked.user_id, device))
            .transpose()?;
        let proved = self.prove(Tried::of(&asked, address, device.as_ref())).await?;
        let now = self.now();
        let mut tx = self.store().write().await?;
        let device = match &device {
            Some(device) => Some(know(&mut tx, device, proved.account, now).await?),
            None => None,
        };
        let session = open(&mut tx, proved, device, now).await?;
        let tokens = Pair::random()?;
        let answer = tokens.keep(&mut tx, session, device, now).await?;
        tx.commit(signed_in(proved, &session.to_string(), "client", now))
            .await?;
        Ok(answer)
    }

    /// Signs a person in to the portal. Answers the cookie's token.
    ///
    /// # Errors
    /// Refused with a wrong password or code, or after too many tries.
    pub async fn sign_in_to_portal(&self, asked: SignIn, address: IpAddr) -> Result<Token, Failure> {
        let proved = self.prove(Tried::of(&asked, address, None)).await?;
        let now = self.now();
        let mut tx = self.store().write().await?;
        let session = open(&mut tx, proved, None, now).await?;
        let token = Token::random(Purpose::Cookie).map_err(|source| Error::Random { source })?;
        sessions::add_access(
            &mut tx,
            token.hash().as_str(),
            session,
            Kind::Cookie,
            now + COOKIE_VALIDITY,
        )
        .await?;
        tx.commit(signed_in(proved, &session.to_string(), "portal", now))
            .await?;
        Ok(token)
    }

    /// Exchanges a refresh token for the next pair. The same token, asked again within [`LOST_ANSWER`] and before
    /// its child was used, gets the same pair; a token that comes back later is in two hands, and ends the session.
    ///
    /// # Errors
    /// [`Refusal::NotSignedIn`] where the token is not one that works.
    pub async fn refresh(&self, presented: &str) -> Result<Session, Failure> {
        let now = self.now();
        let hash = TokenHash::of(presented);
        let tokens = Pair::following(presented, self.keys().tokens());
        let mut tx = self.store().write().await?;
        let found = sessions::by_refresh(&mut tx, hash.as_str(), now)
            .await?
            .ok_or(Refusal::NotSignedIn)?;
        let device = sessions::device(found.device.as_ref())?;
        if sessions::claim(&mut tx, hash.as_str(), tokens.refresh.hash().as_str(), now).await? {
            if let Some(device) = device {
                devices::seen(&mut tx, device, now).await?;
            }
            let answer = tokens.keep(&mut tx, found.session.0, device, now).await?;
            tx.commit(Record::Upkeep("a refresh token was exchanged")).await?;
            return Ok(answer);
        }
        if answer_may_be_lost(&found, now) {
            let expires_at = sessions::access_end(&mut tx, tokens.access.hash().as_str()).await?;
            return Ok(tokens.answer(expires_at.ok_or(Refusal::NotSignedIn)?, device));
        }
        self.revoke(tx, &found, now).await?;
        Err(Refusal::NotSignedIn.into())
    }

    async fn revoke(&self, mut tx: Tx, found: &Refreshable, now: Timestamp) -> Result<(), Error> {
        let session = found.session.0;
        sessions::end(&mut tx, session, "a refresh token was used twice", now).await?;
        tracing::warn!(session.id = %session, "A refresh token was used twice; the session is ended.");
        tx.commit(Record::Entry(Entry {
            at: now,
            organisation: Some(found.organisation.0),
            actor: Actor::Service,
            act: "session_revoked",
            subject: &session.to_string(),
            details: json!({ "account": found.account.0, "reason": "a refresh token was used twice" }),
        }))
        .await
    }

    /// Ends the session that the request came with.
    ///
    /// # Errors
    /// Only where the store fails.
    pub async fn sign_out(&self, member: &Member) -> Result<(), Error> {
        let now = self.now();
        let mut tx = self.store().write().await?;
        sessions::end(&mut tx, member.session(), "signed out", now).await?;
        tx.commit(Record::Entry(Entry {
            at: now,
            organisation: Some(member.organisation()),
            actor: Actor::Account(member.account()),
            act: "signed_out",
            subject: &member.session().to_string(),
            details: json!({}),
        }))
        .await
    }
}

/// Registers the device, or meets it again; its timeline tells which.
pub(super) async fn know(
    tx: &mut Tx,
    device: &Judged,
    account: AccountId,
    now: Timestamp,
) -> Result<DeviceId, Error> {
    let (new, introduced) = (Uuid::now_v7().into(), device.of(account));
    let id = devices::know(tx, new, &introduced, now).await?;
    let event = match introduced.machine_hint {
        _ if id != new => DeviceEvent::SignedIn,
        Some(hint) if devices::has_twin(tx, account, hint, id).await? => DeviceEvent::DeviceRejoined,
        _ => DeviceEvent::DeviceRegistered,
    };
    timeline::add(tx, &Happened::to_device(id, event, account, now)).await?;
    Ok(id)
}

fn answer_may_be_lost(found: &Refreshable, now: Timestamp) -> bool {
    let claimed_at = found
        .claimed_at
        .and_then(|raw| Timestamp::from_microsecond(raw).ok());
    let recent = claimed_at.is_some_and(|claimed_at| now.duration_since(claimed_at) <= LOST_ANSWER);
    recent && found.child_claimed_at.is_none()
}

async fn open(tx: &mut Tx, proved: Proved, device: Option<DeviceId>, now: Timestamp) -> Result<Uuid, Error> {
    let session = Uuid::now_v7();
    sessions::open(tx, session, proved.account, device, now).await?;
    Ok(session)
}

fn signed_in<'a>(proved: Proved, session: &'a str, face: &'static str, now: Timestamp) -> Record<'a> {
    Record::Entry(Entry {
        at: now,
        organisation: Some(proved.organisation),
        actor: Actor::Account(proved.account),
        act: "signed_in",
        subject: session,
        details: json!({ "face": face }),
    })
}
