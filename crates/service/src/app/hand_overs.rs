//! Hand-overs (S-119): the portal's session signs the same person in to the program on their computer, once.
//!
//! The second step was proved for the portal's session, and so was the password; when, the new session says truly, so
//! that a hand-over never passes for a fresh proof of identity.

use super::App;
use super::entitlement::Offer;
use super::introduction::judge_device;
use super::pair::Pair;
use super::sessions::{COOKIE_VALIDITY, know};
use super::tokens::{Purpose, Token, TokenHash};
use crate::actor::Member;
use crate::error::{Error, Failure};
use crate::metrics::SignInOutcome;
use crate::refusal::Refusal;
use crate::store::audit::{Actor, Entry};
use crate::store::engine::Record;
use crate::store::hand_overs::{self, Maker, OpenHandOver};
use crate::store::sessions;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::net::IpAddr;
use toolcrib_model::Version;
use toolcrib_wire::api::hand_over::{
    HandOver, HandOverPreview, NewHandOver, RedeemHandOver, RedeemedHandOver,
};
use toolcrib_wire::invitation::{HandOverToken, Invitation};
use uuid::Uuid;

/// How long a hand-over works (S-119).
pub const HAND_OVER_VALIDITY: SignedDuration = SignedDuration::from_mins(10);
/// How many of one person's may be open; a new one takes the place of the oldest.
pub const MOST_OPEN: u32 = 5;

impl App {
    /// Makes a hand-over of a product that the person may have.
    ///
    /// # Errors
    /// Refused where they may not have it, where there is no such release, and where the session is so old that its
    /// person has to prove again who they are.
    pub async fn hand_over(&self, member: &Member, wanted: NewHandOver) -> Result<HandOver, Failure> {
        let now = self.now();
        if now.duration_since(member.signed_in_at()) > COOKIE_VALIDITY {
            return Err(Refusal::VerificationNeeded.into());
        }
        self.judge_wanted(member, &wanted).await?;
        let token = Token::random(Purpose::HandOver).map_err(|source| Error::Random { source })?;
        let maker = Maker {
            account: member.account(),
            session: member.session(),
            made_at: now,
            expires_at: now + HAND_OVER_VALIDITY,
        };
        let mut tx = self.store().write().await?;
        hand_overs::add(&mut tx, token.hash().as_str(), &maker, &wanted, MOST_OPEN - 1).await?;
        tx.commit(made(member, &wanted, now)).await?;
        Ok(self.linked(token, wanted, maker.expires_at)?)
    }

    /// Whether the person may have the product, and it has such a release.
    async fn judge_wanted(&self, member: &Member, wanted: &NewHandOver) -> Result<(), Failure> {
        let grants = self.grants(member).await?;
        let offer = self
            .given(member, &grants, &wanted.product, Offer::may_have)
            .await?;
        if let Some(version) = &wanted.version {
            self.must_be_approved(member, &offer, version).await?;
        }
        let view = self.shelf().view().await;
        let releases = view
            .product(&wanted.product)
            .map(|listed| listed.releases.as_slice());
        let is_wanted = |version: &Version| {
            let mut offered = releases.unwrap_or_default().iter().filter(|one| !one.withdrawn);
            offered.any(|release| release.version == *version)
        };
        match &wanted.version {
            Some(version) if !is_wanted(version) => {
                Err(Refusal::NotFound(format!("release {version} of `{}`", wanted.product)).into())
            }
            _ => Ok(()),
        }
    }

    fn linked(&self, token: Token, wanted: NewHandOver, expires_at: Timestamp) -> Result<HandOver, Error> {
        let token: HandOverToken = token.into_text().parse().map_err(|_| Error::StoredValue {
            kind: "a hand-over's token",
            value: "something else".to_owned(),
        })?;
        let invitation = Invitation {
            product: wanted.product,
            server: self.base().clone(),
            hand_over: Some(token.clone()),
            version: wanted.version,
            language: wanted.language,
        };
        Ok(HandOver {
            token,
            link: invitation.link(),
            expires_at,
        })
    }

    /// Says whom a hand-over would sign in, and for what. It stays as it is.
    ///
    /// # Errors
    /// [`Refusal::DeadHandOver`], or [`Refusal::TooMany`] after too many tries.
    pub async fn preview_hand_over(
        &self,
        token: &HandOverToken,
        address: IpAddr,
    ) -> Result<HandOverPreview, Failure> {
        let found = self.look_up(token, address).await?;
        let view = self.shelf().view().await;
        let product = &found.product.0;
        let named = view.product(product).map(|listed| listed.name.clone());
        Ok(HandOverPreview {
            user_id: found.user_id.0.clone(),
            name: found.name.clone(),
            organisation_name: found.organisation_name.clone(),
            product: product.clone(),
            product_name: named.unwrap_or_else(|| product.to_string()),
            version: found.version()?,
            language: found.language()?,
            expires_at: found.expires_at.0,
        })
    }

    /// Uses a hand-over up: opens a session of its person on the device that introduces itself.
    ///
    /// # Errors
    /// [`Refusal::DeadHandOver`], [`Refusal::TooMany`], or [`Refusal::Invalid`] where the device's proof does not
    /// hold; that uses nothing up.
    pub async fn redeem_hand_over(
        &self,
        asked: RedeemHandOver,
        address: IpAddr,
    ) -> Result<RedeemedHandOver, Failure> {
        let found = self.look_up(&asked.token, address).await?;
        let device = judge_device(found.user_id.0.as_str(), &asked.device)?;
        let (now, account) = (self.now(), found.account.0);
        let hash = TokenHash::of(asked.token.expose());
        let mut tx = self.store().write().await?;
        if !hand_overs::claim(&mut tx, hash.as_str(), now).await? {
            return Err(Refusal::DeadHandOver.into());
        }
        let device = know(&mut tx, &device, account, now).await?;
        let session = Uuid::now_v7();
        sessions::open(&mut tx, session, account, Some(device), found.signed_in_at.0).await?;
        let answer = Pair::random()?.keep(&mut tx, session, Some(device), now).await?;
        tx.commit(redeemed(&found, &session.to_string(), now)).await?;
        self.metrics().sign_in(SignInOutcome::Accepted);
        Ok(RedeemedHandOver {
            session: answer,
            product: found.product.0.clone(),
            version: found.version()?,
            language: found.language()?,
        })
    }

    async fn look_up(&self, token: &HandOverToken, address: IpAddr) -> Result<OpenHandOver, Failure> {
        let now = self.now();
        if let Err(after) = self.hand_over_limits().take(address, now) {
            self.metrics().sign_in(SignInOutcome::Limited);
            return Err(Refusal::TooMany { after }.into());
        }
        let mut reader = self.store().read().await?;
        let hash = TokenHash::of(token.expose());
        let Some(found) = hand_overs::open(&mut reader, hash.as_str(), now).await? else {
            self.metrics().sign_in(SignInOutcome::Refused);
            return Err(Refusal::DeadHandOver.into());
        };
        self.hand_over_limits().give_back(address);
        Ok(found)
    }
}

fn made<'a>(member: &Member, wanted: &'a NewHandOver, now: Timestamp) -> Record<'a> {
    Record::Entry(Entry {
        at: now,
        organisation: Some(member.organisation()),
        actor: Actor::Account(member.account()),
        act: "handed_over",
        subject: wanted.product.as_str(),
        details: json!({ "session": member.session().to_string(), "version": wanted.version }),
    })
}

fn redeemed<'a>(found: &OpenHandOver, session: &'a str, now: Timestamp) -> Record<'a> {
    Record::Entry(Entry {
        at: now,
        organisation: Some(found.organisation.0),
        actor: Actor::Account(found.account.0),
        act: "signed_in",
        subject: session,
        details: json!({ "face": "client", "by": "hand_over", "product": found.product.0 }),
    })
}
