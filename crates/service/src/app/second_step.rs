//! The second step of signing in: offering, confirming, asking for it, switching it off.

use super::App;
use super::codes::{Authenticator, Typed, recovery_codes, recovery_digest};
use super::limits::Try;
use super::proof::Tried;
use super::sealing::{seal, unseal};
use crate::actor::Member;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::audit::{Actor, Entry};
use crate::store::engine::Record;
use crate::store::second_steps::{self, SecondStepRow};
use crate::store::{Micros, Tx};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::net::IpAddr;
use toolcrib_model::{AccountId, OrganisationId, UserId};
use toolcrib_wire::api::second_step::{IdentityProof, RecoveryCodes, SecondStep, SecondStepOffer};

/// How long an offered secret can be confirmed.
pub const CONFIRM_WITHIN: SignedDuration = SignedDuration::from_mins(15);

impl App {
    /// How the person's second step stands.
    ///
    /// # Errors
    /// Only where the store fails.
    pub async fn second_step(&self, member: &Member) -> Result<SecondStep, Error> {
        let mut reader = self.store().read().await?;
        let row = second_steps::of_account(&mut reader, member.account()).await?;
        let left = second_steps::codes_left(&mut reader, member.account()).await?;
        Ok(SecondStep {
            on_since: row.map(|row| on_since(&row)).transpose()?.flatten(),
            recovery_codes_left: u32::try_from(left).unwrap_or(u32::MAX),
        })
    }

    /// Offers a secret for an authenticator. It is on only when a code of it was confirmed.
    ///
    /// # Errors
    /// Refused with a wrong password, and while a second step is on.
    pub async fn offer_second_step(
        &self,
        member: &Member,
        proof: IdentityProof,
        address: IpAddr,
    ) -> Result<SecondStepOffer, Failure> {
        self.prove_member(member, proof, address).await?;
        let authenticator = Authenticator::random(member.user_id())?;
        let sealed = seal(self.keys().seal(), member.account(), &authenticator.secret())?;
        let now = self.now();
        let mut tx = self.store().write().await?;
        if !second_steps::offer(&mut tx, member.account(), &sealed, now).await? {
            return Err(Refusal::Conflict("The second step is on. Switch it off first.".to_owned()).into());
        }
        tx.commit(record(member, "second_step_offered", now)).await?;
        Ok(SecondStepOffer {
            secret: authenticator.secret(),
            otpauth_url: authenticator.url()?,
            confirm_by: now + CONFIRM_WITHIN,
        })
    }

    /// Switches the offered second step on, and gives out recovery codes.
    ///
    /// # Errors
    /// Refused with a wrong code, and where nothing was offered, or too long ago.
    pub async fn confirm_second_step(
        &self,
        member: &Member,
        code: &str,
        address: IpAddr,
    ) -> Result<RecoveryCodes, Failure> {
        let now = self.now();
        let mut tx = self.store().write().await?;
        let row = second_steps::of_account(&mut tx, member.account()).await?;
        let row = row
            .filter(|row| row.on_since.is_none() && now.duration_since(row.offered_at.0) <= CONFIRM_WITHIN);
        let row = row.ok_or_else(|| {
            Refusal::Conflict("There is no offer to confirm, or it is too old. Begin again.".to_owned())
        })?;
        let asked = Try::new(member.user_id().as_str(), address, None);
        self.limits()
            .take_code(&asked, now)
            .map_err(|after| Refusal::TooMany { after })?;
        self.claim(
            &mut tx,
            member.account(),
            member.user_id(),
            &row,
            &Typed::of(code),
            now,
        )
        .await?;
        self.limits().give_back_code(&asked);
        second_steps::switch_on(&mut tx, member.account(), now).await?;
        let codes = self.new_codes(&mut tx, member.account()).await?;
        tx.commit(record(member, "second_step_switched_on", now)).await?;
        Ok(codes)
    }

    /// Switches the second step off.
    ///
    /// # Errors
    /// Refused with a wrong password or code.
    pub async fn remove_second_step(
        &self,
        member: &Member,
        proof: IdentityProof,
        address: IpAddr,
    ) -> Result<(), Failure> {
        self.prove_member(member, proof, address).await?;
        let now = self.now();
        let mut tx = self.store().write().await?;
        second_steps::remove(&mut tx, member.account()).await?;
        Ok(tx.commit(record(member, "second_step_switched_off", now)).await?)
    }

    /// Gives out new recovery codes; the earlier ones are good for nothing from now on.
    ///
    /// # Errors
    /// Refused with a wrong password or code, and where no second step is on.
    pub async fn renew_recovery_codes(
        &self,
        member: &Member,
        proof: IdentityProof,
        address: IpAddr,
    ) -> Result<RecoveryCodes, Failure> {
        self.prove_member(member, proof, address).await?;
        let now = self.now();
        let mut tx = self.store().write().await?;
        let row = second_steps::of_account(&mut tx, member.account()).await?;
        if row.is_none_or(|row| row.on_since.is_none()) {
            return Err(Refusal::Conflict("The second step is not on.".to_owned()).into());
        }
        let codes = self.new_codes(&mut tx, member.account()).await?;
        tx.commit(record(member, "recovery_codes_renewed", now)).await?;
        Ok(codes)
    }

    /// Asks somebody who knows the password for the second step, where the account has one.
    ///
    /// # Errors
    /// [`Refusal::SecondStepNeeded`], [`Refusal::WrongCode`], [`Refusal::TooMany`].
    pub(super) async fn take_second_step(
        &self,
        account: AccountId,
        organisation: OrganisationId,
        user_id: &UserId,
        code: Option<&str>,
        asked: &Try,
    ) -> Result<(), Failure> {
        let mut reader = self.store().read().await?;
        let row = second_steps::of_account(&mut reader, account).await?;
        drop(reader);
        let Some(row) = row.filter(|row| row.on_since.is_some()) else {
            return Ok(());
        };
        let now = self.now();
        let typed = Typed::of(code.ok_or(Refusal::SecondStepNeeded)?);
        self.limits()
            .take_code(asked, now)
            .map_err(|after| Refusal::TooMany { after })?;
        let mut tx = self.store().write().await?;
        self.claim(&mut tx, account, user_id, &row, &typed, now).await?;
        tx.commit(used(account, organisation, &typed, now)).await?;
        self.limits().give_back_code(asked);
        Ok(())
    }

    /// Claims what was typed, once and for all: of several requests with one code, one gets it.
    async fn claim(
        &self,
        tx: &mut Tx,
        account: AccountId,
        user_id: &UserId,
        row: &SecondStepRow,
        typed: &Typed,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let key = self.keys().seal();
        let claimed = match typed {
            Typed::Digits(digits) => {
                let secret = unseal(key, account, &row.sealed_secret)?;
                match Authenticator::kept(&secret, user_id)?.step_of(digits, now) {
                    Some(step) => second_steps::claim_step(tx, account, step).await?,
                    None => false,
                }
            }
            Typed::Recovery(code) => {
                second_steps::claim_code(tx, account, &recovery_digest(key, account, code), now).await?
            }
        };
        Ok(claimed.then_some(()).ok_or(Refusal::WrongCode)?)
    }

    async fn new_codes(&self, tx: &mut Tx, account: AccountId) -> Result<RecoveryCodes, Error> {
        let codes = recovery_codes()?;
        let digest = |code: &String| match Typed::of(code) {
            Typed::Recovery(code) | Typed::Digits(code) => {
                recovery_digest(self.keys().seal(), account, &code)
            }
        };
        let digests: Vec<String> = codes.iter().map(digest).collect();
        second_steps::replace_codes(tx, account, &digests).await?;
        Ok(RecoveryCodes { codes })
    }

    /// Lets a signed-in person prove again who they are.
    pub(super) async fn prove_member(
        &self,
        member: &Member,
        proof: IdentityProof,
        address: IpAddr,
    ) -> Result<Timestamp, Failure> {
        self.prove(Tried {
            user_id: member.user_id().as_str(),
            password: proof.password,
            code: proof.code.as_deref(),
            address,
            device: None,
        })
        .await?;
        Ok(self.now())
    }
}

fn on_since(row: &SecondStepRow) -> Result<Option<Timestamp>, Error> {
    row.on_since
        .map(|raw| Micros::try_from(raw).map(|time| time.0))
        .transpose()
}

fn record<'a>(member: &Member, act: &'static str, now: Timestamp) -> Record<'a> {
    Record::Entry(Entry {
        at: now,
        organisation: Some(member.organisation()),
        actor: Actor::Account(member.account()),
        act,
        subject: "second step",
        details: json!({}),
    })
}

fn used<'a>(account: AccountId, organisation: OrganisationId, typed: &Typed, now: Timestamp) -> Record<'a> {
    match typed {
        Typed::Digits(_) => Record::Upkeep("a code was used"),
        Typed::Recovery(_) => Record::Entry(Entry {
            at: now,
            organisation: Some(organisation),
            actor: Actor::Account(account),
            act: "recovery_code_used",
            subject: "second step",
            details: json!({}),
        }),
    }
}
