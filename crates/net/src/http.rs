//! The network stack that everything shares.

use crate::body::{Body, Pieces};
use crate::call::{Answer, Request, plain};
use crate::clients::{Clients, Purpose};
use crate::error::Error;
use crate::range::{Asked, Whole};
use crate::redirect::follow;
use crate::settings::Settings;
use crate::throttle::Throttle;
use crate::{Result, SafeUrl, Validator};
use bytes::Bytes;
use reqwest::Method;
use std::ops::Range;
use std::sync::Arc;

/// The network stack that everything shares. A copy is cheap and shares its connections.
#[derive(Clone, Debug)]
pub struct Http {
    clients: Arc<Clients>,
    throttle: Throttle,
}

impl Http {
    /// Sets the stack up. Certificates and a proxy that cannot be used are told at once.
    pub fn new(settings: Settings) -> Result<Self> {
        let clients = Clients::new(settings)?;
        Ok(Self {
            clients: Arc::new(clients),
            throttle: Throttle::default(),
        })
    }

    /// The same stack with somebody's limit in the place of its own.
    #[must_use]
    pub fn limited_by(self, throttle: Throttle) -> Self {
        Self { throttle, ..self }
    }

    /// The limit that whoever reads a [`Body`] keeps to: each asks it before taking bytes in. Calls and small files go
    /// by it, for somebody waits for them.
    pub const fn throttle(&self) -> &Throttle {
        &self.throttle
    }

    /// Sends a request and waits for the whole answer, whatever its status.
    ///
    /// Follows redirects of `GET` and `HEAD` only, and never hands the token to another server.
    pub async fn send(&self, request: Request) -> Result<Answer> {
        let make = |url: &SafeUrl, credentials, pulse: &_| request.for_hop(url, credentials, pulse);
        let (url, response) = follow(&self.clients, Purpose::Calls, &request.url, make).await?;
        let head = Answer::head(&url, &response)?;
        let body = Pieces::new(url, response, self.clients.settings().stall_timeout)
            .collect(request.limit)
            .await?;
        Ok(Answer { body, ..head })
    }

    /// The whole of a small file of at most `limit` bytes. Any status but 200 is [`Error::Status`].
    pub async fn fetch(&self, url: &SafeUrl, limit: u64) -> Result<Bytes> {
        let answer = self.send(Request::get(url.clone()).limit(limit)).await;
        match answer? {
            Answer {
                status: 200, body, ..
            } => Ok(body),
            Answer {
                status, retry_after, ..
            } => Err(Error::Status {
                url: url.to_string(),
                status,
                retry_after,
            }),
        }
    }

    /// The bytes `range` (the end is not part of it) of a file of `expected_total` bytes, as they arrive.
    ///
    /// A `validator` that an earlier range came with makes sure that this one is of the same file. What a server may
    /// answer is told in [`range`].
    pub async fn range(
        &self,
        url: &SafeUrl,
        range: Range<u64>,
        expected_total: u64,
        validator: Option<&Validator>,
    ) -> Result<Body> {
        let asked = Asked::new(range, expected_total, validator, Whole::Refused)?;
        self.ask(url, &asked).await
    }

    /// As [`Http::range`], and a server that knows no ranges may send the whole file: [`Body::range`] tells what it is.
    pub async fn range_or_whole(
        &self,
        url: &SafeUrl,
        range: Range<u64>,
        expected_total: u64,
        validator: Option<&Validator>,
    ) -> Result<Body> {
        let asked = Asked::new(range, expected_total, validator, Whole::Taken)?;
        self.ask(url, &asked).await
    }

    /// A file as it arrives, however long it is, for who leaves when they have seen enough. Any status but 200 is
    /// [`Error::Status`].
    pub(crate) async fn pieces(&self, url: &SafeUrl) -> Result<Pieces> {
        let make = |url: &SafeUrl, _, _: &_| Ok(plain(Method::GET, url));
        let (url, response) = follow(&self.clients, Purpose::Ranges, url, make).await?;
        match response.status().as_u16() {
            200 => Ok(Pieces::new(url, response, self.clients.settings().stall_timeout)),
            status => Err(Error::Status {
                url: url.to_string(),
                status,
                retry_after: None,
            }),
        }
    }

    pub(crate) fn clients(&self) -> &Clients {
        &self.clients
    }

    async fn ask(&self, url: &SafeUrl, asked: &Asked<'_>) -> Result<Body> {
        let make = |url: &SafeUrl, _, _: &_| asked.put_into(url, plain(Method::GET, url));
        let (url, response) = follow(&self.clients, Purpose::Ranges, url, make).await?;
        let found = asked.judge(&url, &response)?;
        let pieces = Pieces::new(url, response, self.clients.settings().stall_timeout);
        Ok(Body::new(pieces, found))
    }
}
