//! Proving who somebody is: the password, and the second step where the account has one.

use super::App;
use super::introduction::Judged;
use super::limits::Try;
use crate::error::{Error, Failure};
use crate::metrics::SignInOutcome;
use crate::refusal::Refusal;
use crate::store::{Connection, accounts, devices};
use std::net::IpAddr;
use toolcrib_model::{AccountId, DeviceId, OrganisationId, UserId};
use toolcrib_wire::api::session::SignIn;

/// A person who has just proved who they are.
#[derive(Clone, Copy, Debug)]
pub struct Proved {
    /// The person.
    pub account: AccountId,
    /// The customer.
    pub organisation: OrganisationId,
}

/// What somebody tries to prove who they are with.
pub struct Tried<'a> {
    /// What the person signs in with.
    pub user_id: &'a str,
    /// The password.
    pub password: String,
    /// The code of the second step.
    pub code: Option<&'a str>,
    /// From where.
    pub address: IpAddr,
    /// On which device, if it introduced itself.
    pub device: Option<&'a Judged>,
}

impl<'a> Tried<'a> {
    /// What came with a sign-in.
    pub(super) fn of(asked: &'a SignIn, address: IpAddr, device: Option<&'a Judged>) -> Self {
        Self {
            user_id: &asked.user_id,
            password: asked.password.clone(),
            code: asked.code.as_deref(),
            address,
            device,
        }
    }
}

impl App {
    /// Checks a password and the second step where there is one, within the limits and without telling whether there
    /// is such a person.
    ///
    /// # Errors
    /// [`Refusal::WrongCredentials`], [`Refusal::SecondStepNeeded`], [`Refusal::WrongCode`] or [`Refusal::TooMany`].
    pub async fn prove(&self, tried: Tried<'_>) -> Result<Proved, Failure> {
        let name: Option<UserId> = tried.user_id.parse().ok();
        let mut reader = self.store().read().await?;
        let known = known_device(&mut reader, name.as_ref(), tried.device).await?;
        let asked = Try::new(tried.user_id, tried.address, known);
        self.limits()
            .take(&asked, self.now())
            .map_err(|after| self.too_many(after))?;
        let found = match &name {
            Some(name) => accounts::credentials(&mut reader, name).await?,
            None => None,
        };
        drop(reader);
        let stored = found.as_ref().map(|found| found.password_hash.clone());
        let right = self.passwords().check(tried.password, stored).await?;
        let Some((found, name)) = found.filter(|_| right).zip(name) else {
            self.metrics().sign_in(SignInOutcome::Refused);
            return Err(Refusal::WrongCredentials.into());
        };
        // From here on the password is right, and wrong codes have a limit of their own.
        self.limits().give_back(&asked);
        let (account, organisation) = (found.account.0, found.organisation.0);
        let second = self.take_second_step(account, organisation, &name, tried.code, &asked);
        second
            .await
            .inspect_err(|_| self.metrics().sign_in(SignInOutcome::Refused))?;
        self.metrics().sign_in(SignInOutcome::Accepted);
        Ok(Proved {
            account,
            organisation,
        })
    }

    fn too_many(&self, after: std::time::Duration) -> Refusal {
        self.metrics().sign_in(SignInOutcome::Limited);
        Refusal::TooMany { after }
    }
}

async fn known_device(
    connection: &mut Connection,
    name: Option<&UserId>,
    device: Option<&Judged>,
) -> Result<Option<DeviceId>, Error> {
    match (name, device) {
        (Some(name), Some(device)) => devices::by_key(connection, name.as_str(), &device.public_key).await,
        _ => Ok(None),
    }
}
