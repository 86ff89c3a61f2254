//! One account service and one person's session with it.

use crate::answer;
use crate::error::Error;
use crate::operation::{Access, For, Operation};
use crate::tokens::{TokenKeeper, Tokens};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;
use toolcrib_machine::Secret;
use toolcrib_net::{Answer, Http, Request, SafeUrl};
use toolcrib_wire::api::session::{DeviceIntroduction, Session, SignIn};
use uuid::Uuid;

/// The longest answer in bytes.
const MAX_ANSWER: u64 = 8 << 20;

/// No parameters.
pub(crate) static NONE: BTreeMap<String, String> = BTreeMap::new();

/// One account service and one person's session with it. A copy is cheap and shares the session.
#[derive(Clone)]
pub struct Account(Arc<Inner>);

struct Inner {
    http: Http,
    server: SafeUrl,
    keeper: Arc<dyn TokenKeeper>,
    /// One permit: whoever holds it refreshes the session, all others wait and find it refreshed.
    turnstile: Semaphore,
    server_time: Mutex<Option<Timestamp>>,
}

/// What became of signing out. Here the tokens are gone in both cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignOut {
    /// The service has ended the session.
    Ended,
    /// The service was not reached; its side of the session ends by itself.
    OnlyHere,
}

impl Account {
    /// An account service at `server`, for whoever is signed in according to `keeper`.
    pub fn new(http: Http, server: SafeUrl, keeper: Arc<dyn TokenKeeper>) -> Self {
        let (turnstile, server_time) = (Semaphore::new(1), Mutex::new(None));
        Self(Arc::new(Inner {
            http,
            server,
            keeper,
            turnstile,
            server_time,
        }))
    }

    /// The address of the service.
    pub fn server(&self) -> &SafeUrl {
        &self.0.server
    }

    /// The time of the service's latest answer, by its own clock; not signed, and so no proof of anything.
    pub fn last_server_time(&self) -> Option<Timestamp> {
        *self.0.server_time.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether somebody is signed in, as far as is known here.
    ///
    /// # Errors
    /// [`Error::Keeper`].
    pub async fn is_signed_in(&self) -> Result<bool, Error> {
        Ok(self.tokens().await?.is_some())
    }

    /// Signs a person in on this device, in place of whoever was. Answers the tokens, which are kept already.
    ///
    /// # Errors
    /// [`Error::WrongCredentials`], [`Error::TooMany`], and all that any call may meet.
    pub async fn sign_in(
        &self,
        user_id: &str,
        password: &Secret<String>,
        code: Option<String>,
        device: Option<DeviceIntroduction>,
    ) -> Result<Tokens, Error> {
        let body = SignIn {
            user_id: user_id.to_owned(),
            password: password.expose().clone(),
            code,
            device,
        };
        let session: Session = self.ask(Operation::SignIn, &NONE, Some(&body)).await?;
        let tokens = Tokens::from(session);
        self.keep(tokens.clone()).await?;
        Ok(tokens)
    }

    /// Ends the session. The tokens are forgotten here even when the service cannot be told.
    ///
    /// # Errors
    /// [`Error::Keeper`] when they cannot be forgotten.
    pub async fn sign_out(&self) -> Result<SignOut, Error> {
        let Some(tokens) = self.tokens().await? else {
            return Ok(SignOut::Ended);
        };
        self.forget().await?;
        let request = self
            .request::<()>(Operation::SignOut, &NONE, None)?
            .bearer(Secret::new(tokens.access));
        let told = match self.exchange(request).await {
            Ok((url, answer)) => answer::read_empty(&url, &answer),
            Err(error) => Err(error),
        };
        Ok(match told {
            Ok(()) | Err(Error::NotSignedIn) => SignOut::Ended,
            Err(error) => {
                tracing::info!(
                    error = &error as &dyn std::error::Error,
                    "The service was not told of the sign-out."
                );
                SignOut::OnlyHere
            }
        })
    }

    /// Calls an operation for a page: only those that are for pages.
    ///
    /// # Errors
    /// [`Error::NotForPages`], [`Error::Parameter`], and all that any call may meet.
    pub async fn call(
        &self,
        operation: Operation,
        parameters: &BTreeMap<String, String>,
        body: Option<Value>,
    ) -> Result<Value, Error> {
        match operation.audience() {
            For::Pages => {
                let request = self.request(operation, parameters, body.as_ref())?;
                self.as_signed_in(request, answer::read_for_page).await
            }
            For::Client => Err(Error::NotForPages { operation }),
        }
    }

    /// Asks, and reads the answer.
    pub(crate) async fn ask<B: Serialize + Sync, T: DeserializeOwned>(
        &self,
        operation: Operation,
        parameters: &BTreeMap<String, String>,
        body: Option<&B>,
    ) -> Result<T, Error> {
        let request = self.request(operation, parameters, body)?;
        match operation.access() {
            Access::Open => self.openly(request).await,
            Access::SignedIn => self.as_signed_in(request, answer::read).await,
        }
    }

    /// Asks what anybody may ask, without a token.
    pub(crate) async fn openly<T: DeserializeOwned>(&self, request: Request) -> Result<T, Error> {
        let (url, answer) = self.exchange(request).await?;
        answer::read(&url, &answer)
    }

    /// Asks where the answer says nothing.
    pub(crate) async fn tell<B: Serialize + Sync>(
        &self,
        operation: Operation,
        parameters: &BTreeMap<String, String>,
        body: Option<&B>,
    ) -> Result<(), Error> {
        let request = self.request(operation, parameters, body)?;
        self.as_signed_in(request, answer::read_empty).await
    }

    /// Sends a request with the access token; if that has ended, refreshes the session and sends it once more.
    async fn as_signed_in<T>(
        &self,
        request: Request,
        read: impl Fn(&SafeUrl, &Answer) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let tokens = self.tokens().await?.ok_or(Error::NotSignedIn)?;
        let first = request.clone().bearer(Secret::new(tokens.access.clone()));
        let (url, answer) = self.exchange(first).await?;
        match read(&url, &answer) {
            Err(Error::NotSignedIn) => {
                let fresh = self.refreshed(&tokens.access).await?;
                let (url, answer) = self.exchange(request.bearer(Secret::new(fresh.access))).await?;
                read(&url, &answer)
            }
            settled => settled,
        }
    }

    pub(crate) fn request<B: Serialize>(
        &self,
        operation: Operation,
        parameters: &BTreeMap<String, String>,
        body: Option<&B>,
    ) -> Result<Request, Error> {
        let address = operation.address(parameters)?;
        let unusable = |source| Error::Address {
            server: self.0.server.to_string(),
            source,
        };
        let url = self.0.server.below(&address).map_err(unusable)?;
        let request = Request::new(operation.method(), url).limit(MAX_ANSWER);
        match body {
            None => Ok(request),
            Some(body) => {
                let bytes = serde_json::to_vec(body).map_err(|source| Error::Encode { operation, source })?;
                Ok(request.json(bytes).idempotency_key(Uuid::now_v7().to_string()))
            }
        }
    }

    pub(crate) async fn exchange(&self, request: Request) -> Result<(SafeUrl, Answer), Error> {
        let url = request.url.clone();
        let answer = self.0.http.send(request).await.map_err(Error::Net)?;
        if let Some(date) = answer.date {
            *self.0.server_time.lock().unwrap_or_else(PoisonError::into_inner) = Some(date);
        }
        Ok((url, answer))
    }

    pub(crate) fn turnstile(&self) -> &Semaphore {
        &self.0.turnstile
    }

    /// The tokens, read where they are kept every time: another program of this home may have changed them.
    pub(crate) async fn tokens(&self) -> Result<Option<Tokens>, Error> {
        self.with_keeper("read", |keeper| keeper.read()).await
    }

    pub(crate) async fn keep(&self, tokens: Tokens) -> Result<(), Error> {
        self.with_keeper("keep", move |keeper| keeper.write(&tokens))
            .await
    }

    pub(crate) async fn forget(&self) -> Result<(), Error> {
        self.with_keeper("forget", |keeper| keeper.clear()).await
    }

    async fn with_keeper<T: Send + 'static>(
        &self,
        act: &'static str,
        work: impl FnOnce(&dyn TokenKeeper) -> Result<T, crate::KeeperError> + Send + 'static,
    ) -> Result<T, Error> {
        let keeper = Arc::clone(&self.0.keeper);
        let done = tokio::task::spawn_blocking(move || work(keeper.as_ref())).await;
        done.unwrap_or_else(|stopped| Err(stopped.into()))
            .map_err(|source| Error::Keeper { act, source })
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Account")
            .field("server", &self.0.server)
            .finish_non_exhaustive()
    }
}
