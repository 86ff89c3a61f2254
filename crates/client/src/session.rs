//! Who is signed in, and what the account service says of them; remembered for when it cannot be asked.

use crate::catalogue::server_key;
use crate::client::{Client, parse_server};
use crate::error::Error;
use crate::keeper::Keeper;
use crate::view::FeedMessage;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, MutexGuard, PoisonError};
use toolcrib_account::{Account, Operation};
use toolcrib_machine::Secret;
use toolcrib_machine::facts::host_name;
use toolcrib_machine::system::machine_id;
use toolcrib_model::{Platform, UserId};
use toolcrib_net::SafeUrl;
use toolcrib_wire::api::account::Me;
use toolcrib_wire::api::product::ProductEntitlement;
use toolcrib_wire::api::session::DeviceIntroduction;

/// What a person signs in with.
#[derive(Clone)]
pub struct Credentials {
    /// The account service; `None` for the one that is known.
    pub server: Option<String>,
    /// The User ID, usually the e-mail address.
    pub user_id: String,
    /// The password.
    pub password: String,
    /// The code of the second step, where the account has one.
    pub code: Option<String>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Credentials")
            .field("server", &self.server)
            .finish_non_exhaustive()
    }
}

/// What the account service said, now or when it last answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known<T> {
    /// What it said.
    pub value: T,
    /// When it said so, if it cannot be asked now.
    pub as_of: Option<Timestamp>,
}

impl Client {
    /// Signs a person in on this computer, in place of whoever was, and remembers the account service.
    ///
    /// # Errors
    /// When the credentials are wrong, the service cannot be asked, or is not one of ours.
    pub async fn sign_in(&self, credentials: Credentials) -> Result<Me, Error> {
        let server = match &credentials.server {
            Some(server) => parse_server(server)?,
            None => self.server()?,
        };
        let user_id: UserId = credentials.user_id.parse().map_err(Error::BadUserId)?;
        self.begin_anew_where_copied()?;
        let device = self.introduce(&user_id)?;
        let account = self.account_at(server)?;
        let password = Secret::new(credentials.password);
        self.heard(
            account
                .sign_in(user_id.as_str(), &password, credentials.code, Some(device))
                .await,
        )?;
        self.settle_in(account).await
    }

    /// Takes a session up whose tokens are kept already: the person, their account service, and what was left open.
    pub(crate) async fn settle_in(&self, account: Account) -> Result<Me, Error> {
        let server = account.server().clone();
        let me = self.heard(account.me().await)?;
        self.0
            .settings
            .change(|settings| settings.server = Some(server.expose().to_owned()))?;
        *self.seat() = Some(account);
        self.remember(&server, |memory| memory.me = Some(me.clone()))?;
        self.forget_leases(|holder| holder != me.user_id.as_str())?;
        self.0.hub.change(&FeedMessage::SignedIn { signed_in: true });
        self.settle_with_service().await;
        self.tell_acceptance().await;
        Ok(me)
    }

    /// Signs out: the session, what was remembered of the person, and the leases are forgotten here.
    ///
    /// # Errors
    /// When the home cannot be written; not when the service cannot be told.
    pub async fn sign_out(&self) -> Result<(), Error> {
        self.begin_anew_where_copied()?;
        let account = self.account_at(self.server()?)?;
        account.sign_out().await.map_err(Error::Account)?;
        self.forget_person(account.server())?;
        self.forget_leases(|_| true)?;
        self.0.hub.change(&FeedMessage::SignedIn { signed_in: false });
        self.installed_changed();
        Ok(())
    }

    /// Who is signed in.
    ///
    /// # Errors
    /// When nobody is, or the service cannot be asked and nothing is remembered.
    pub async fn whoami(&self) -> Result<Known<Me>, Error> {
        let account = self.account()?;
        match self.heard(account.me().await) {
            Ok(me) => {
                self.remember(account.server(), |memory| memory.me = Some(me.clone()))?;
                Ok(Known {
                    value: me,
                    as_of: None,
                })
            }
            Err(error) => self.remembered(&account, error, |memory| memory.me),
        }
    }

    /// What the person may have.
    ///
    /// # Errors
    /// When nobody is signed in, or the service cannot be asked and nothing is remembered.
    pub async fn products(&self) -> Result<Known<Vec<ProductEntitlement>>, Error> {
        match self.products_now().await {
            Ok(products) => Ok(Known {
                value: products,
                as_of: None,
            }),
            Err(error) => self.remembered(&self.account()?, error, |memory| memory.products),
        }
    }

    /// What the person may have, as the service says now.
    pub(crate) async fn products_now(&self) -> Result<Vec<ProductEntitlement>, Error> {
        let account = self.account()?;
        let products = self.heard(account.products().await)?;
        self.remember(account.server(), |memory| {
            memory.products = Some(products.clone())
        })?;
        Ok(products)
    }

    /// Calls an operation of the API for a page, by its id.
    ///
    /// # Errors
    /// When the operation is not for pages, or the service refuses.
    pub async fn call_api(
        &self,
        operation: &str,
        params: BTreeMap<String, String>,
        body: Option<Value>,
    ) -> Result<Value, Error> {
        let operation: Operation = operation.parse().map_err(Error::UnknownOperation)?;
        let account = self.account()?;
        let answer = self.heard(account.call(operation, &params, body).await);
        if matches!(answer, Err(Error::Account(toolcrib_account::Error::NotSignedIn))) {
            self.0.hub.change(&FeedMessage::SignedIn { signed_in: false });
        }
        answer
    }

    /// The session of whoever is signed in.
    pub(crate) fn account(&self) -> Result<Account, Error> {
        match self.is_signed_in() {
            true => self.account_at(self.server()?),
            false => Err(Error::NotSignedIn),
        }
    }

    /// Whether somebody is signed in, as far as is known here. A session that was copied here is another computer's.
    pub(crate) fn is_signed_in(&self) -> bool {
        let Ok(server) = self.server() else { return false };
        Keeper::of(&server, &self.0.secrets).holds_tokens() && !self.is_copied()
    }

    /// The User ID of whoever is signed in.
    pub(crate) fn user_id(&self) -> Result<String, Error> {
        let memory = self.memory(&self.server()?)?;
        memory
            .me
            .map(|me| me.user_id.to_string())
            .ok_or(Error::NotSignedIn)
    }

    /// The session that this process has open, if any.
    pub(crate) fn seat(&self) -> MutexGuard<'_, Option<Account>> {
        self.0.seat.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of whether the account service answers, and of its clock.
    pub(crate) fn heard<T>(&self, answer: Result<T, toolcrib_account::Error>) -> Result<T, Error> {
        self.0.last_answer.note(&answer);
        if self.is_online() {
            self.hear_time();
        }
        answer.map_err(Error::Account)
    }

    fn hear_time(&self) {
        let said = self.seat().as_ref().and_then(Account::last_server_time);
        let Some(said) = said else { return };
        let now = self.0.clock.now();
        let heard = self
            .shelf()
            .and_then(|mut shelf| shelf.hear_time(said, now).map_err(Error::Licence));
        if let Err(error) = heard {
            tracing::warn!(%error, "the service's time could not be remembered");
        }
    }

    fn account_at(&self, server: SafeUrl) -> Result<Account, Error> {
        let mut seat = self.seat();
        if let Some(account) = seat.as_ref().filter(|account| *account.server() == server) {
            return Ok(account.clone());
        }
        let account = self.unseated(server)?;
        *seat = Some(account.clone());
        Ok(account)
    }

    /// An account service that this process has not taken for its own, to ask it something first.
    pub(crate) fn unseated(&self, server: SafeUrl) -> Result<Account, Error> {
        let keeper = Arc::new(Keeper::of(&server, &self.0.secrets));
        Ok(Account::new(self.http()?.clone(), server, keeper))
    }

    pub(crate) fn introduce(&self, user_id: &UserId) -> Result<DeviceIntroduction, Error> {
        let key = self.device_key()?;
        let public_key = hex::encode(key.public());
        let proof = key.sign(&DeviceIntroduction::proven_bytes(user_id.as_str(), &public_key));
        Ok(DeviceIntroduction {
            proof: hex::encode(proof),
            public_key,
            name: self.computer_name(),
            platform: Platform::current(),
            machine_hint: machine_id().map(|id| DeviceIntroduction::machine_hint(&id)),
        })
    }

    /// This computer's name, as the account service is told it.
    pub fn computer_name(&self) -> String {
        host_name().unwrap_or_else(|| "a computer without a name".to_owned())
    }

    /// Takes the leases of those whom `is_other` names off the shelf.
    fn forget_leases(&self, is_other: impl Fn(&str) -> bool) -> Result<(), Error> {
        for receipt in self.receipts()? {
            let judged = self.judge_licence(&receipt.product)?;
            if judged.held.is_some_and(|held| is_other(held.user_id().as_str())) {
                self.shelf()?
                    .remove_lease(&receipt.product)
                    .map_err(Error::Licence)?;
            }
        }
        Ok(())
    }

    /// What was remembered, where the service cannot be asked; its refusals are not glossed over.
    fn remembered<T>(
        &self,
        account: &Account,
        error: Error,
        part: impl FnOnce(crate::memory::Memory) -> Option<T>,
    ) -> Result<Known<T>, Error> {
        if !error.is_outage() {
            return Err(error);
        }
        let memory = self.memory(account.server())?;
        let as_of = memory.as_of;
        part(memory).map(|value| Known { value, as_of }).ok_or(error)
    }
}

/// The name of the secret that holds the session with a server.
pub(crate) fn secret_name(server: &SafeUrl) -> String {
    format!("session-{}", server_key(server))
}
