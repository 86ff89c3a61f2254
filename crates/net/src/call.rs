//! Calls: one request, one whole answer.

use crate::error::Error;
use crate::exchange::{Pulse, put_body};
use crate::headers::{date, encoding, retry_after, text};
use crate::redirect::Credentials;
use crate::{Result, SafeUrl, Validator, headers};
use bytes::Bytes;
use jiff::Timestamp;
use reqwest::Method;
use reqwest::header::{
    ACCEPT_ENCODING, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue,
};
use std::time::Duration;
use toolcrib_machine::Secret;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// The usual limit of an answer: 1 MiB.
const USUAL_LIMIT: u64 = 1 << 20;

/// What is asked of a server.
#[derive(Clone, Debug)]
pub struct Request {
    /// `GET`, `POST` and so on.
    pub method: Method,
    /// Where.
    pub url: SafeUrl,
    /// The token that says who asks; not sent on to another server.
    pub bearer: Option<Secret<String>>,
    /// What is sent along.
    pub payload: Option<Payload>,
    /// The longest answer that is accepted, in bytes.
    pub limit: u64,
    /// Makes a repetition harmless: the same key, the same effect once.
    pub idempotency_key: Option<String>,
}

/// What is sent along with a request.
#[derive(Clone, Debug)]
pub struct Payload {
    /// Its media type.
    pub content_type: &'static str,
    /// The bytes.
    pub bytes: Bytes,
}

impl Request {
    /// A request without body or token, for an answer of at most 1 MiB.
    pub const fn new(method: Method, url: SafeUrl) -> Self {
        Self {
            method,
            url,
            bearer: None,
            payload: None,
            limit: USUAL_LIMIT,
            idempotency_key: None,
        }
    }

    /// A `GET`.
    pub const fn get(url: SafeUrl) -> Self {
        Self::new(Method::GET, url)
    }

    /// With this token.
    #[must_use]
    pub fn bearer(mut self, token: Secret<String>) -> Self {
        self.bearer = Some(token);
        self
    }

    /// With this JSON document.
    #[must_use]
    pub fn json(self, bytes: impl Into<Bytes>) -> Self {
        self.payload("application/json", bytes)
    }

    /// With these bytes.
    #[must_use]
    pub fn payload(mut self, content_type: &'static str, bytes: impl Into<Bytes>) -> Self {
        self.payload = Some(Payload {
            content_type,
            bytes: bytes.into(),
        });
        self
    }

    /// For an answer of at most so many bytes.
    #[must_use]
    pub const fn limit(mut self, limit: u64) -> Self {
        self.limit = limit;
        self
    }

    /// With a key that makes a repetition harmless.
    #[must_use]
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.idempotency_key = Some(key.into());
        self
    }

    pub(crate) fn for_hop(
        &self,
        url: &SafeUrl,
        credentials: Credentials,
        pulse: &Pulse,
    ) -> Result<reqwest::Request> {
        let mut request = plain(self.method.clone(), url);
        let headers = request.headers_mut();
        if let (Some(token), Credentials::Sent) = (&self.bearer, credentials) {
            headers.insert(AUTHORIZATION, bearer(url, token)?);
        }
        if let Some(key) = &self.idempotency_key {
            headers.insert(IDEMPOTENCY_KEY, value(url, key)?);
        }
        if let Some(payload) = &self.payload {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(payload.content_type));
            put_body(&mut request, &payload.bytes, pulse);
        }
        Ok(request)
    }
}

/// What a server answered, whatever its status.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The media type of the body, without parameters, in lower case.
    pub content_type: Option<String>,
    /// The length that the server announced, also where no body came with it.
    pub length: Option<u64>,
    /// The body.
    pub body: Bytes,
    /// The time by the server's clock.
    pub date: Option<Timestamp>,
    /// How long the server asks us to wait, at most ten minutes.
    pub retry_after: Option<Duration>,
    /// What identifies the bytes.
    pub validator: Option<Validator>,
}

impl Answer {
    /// Whether the status says that it worked.
    pub const fn is_success(&self) -> bool {
        self.status >= 200 && self.status < 300
    }

    pub(crate) fn head(url: &SafeUrl, response: &reqwest::Response) -> Result<Self> {
        let headers = response.headers();
        if let Some(encoding) = encoding(headers) {
            return Err(Error::Encoded {
                url: url.to_string(),
                encoding,
            });
        }
        let media_type = text(headers, CONTENT_TYPE).and_then(|raw| raw.split(';').next());
        Ok(Self {
            status: response.status().as_u16(),
            content_type: media_type.map(|raw| raw.trim().to_ascii_lowercase()),
            length: text(headers, CONTENT_LENGTH).and_then(|raw| raw.trim().parse().ok()),
            body: Bytes::new(),
            date: date(headers),
            retry_after: retry_after(headers),
            validator: headers::validator(headers),
        })
    }
}

/// A request for the bytes as they are.
pub(crate) fn plain(method: Method, url: &SafeUrl) -> reqwest::Request {
    let mut request = reqwest::Request::new(method, url.as_url().clone());
    request
        .headers_mut()
        .insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    request
}

pub(crate) fn value(url: &SafeUrl, raw: &str) -> Result<HeaderValue> {
    HeaderValue::from_str(raw).map_err(|source| Error::BadRequest {
        url: url.to_string(),
        source: source.into(),
    })
}

fn bearer(url: &SafeUrl, token: &Secret<String>) -> Result<HeaderValue> {
    let mut header = value(url, &format!("Bearer {}", token.expose()))?;
    header.set_sensitive(true);
    Ok(header)
}
