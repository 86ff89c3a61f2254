//! The headers that we believe, and how they are read.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{CONTENT_ENCODING, CONTENT_RANGE, DATE, ETAG, HeaderMap, HeaderName, RETRY_AFTER};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The longest that a server may tell us to wait.
const LONGEST_WAIT: Duration = Duration::from_secs(600);

/// A strong entity tag: the same tag means the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Validator(String);

impl Validator {
    /// Reads an `ETag`; `None` for a weak or malformed one, which promises nothing.
    pub fn parse(raw: &str) -> Option<Self> {
        let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
        let legal = inner.len() <= 256 && inner.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"');
        legal.then(|| Self(raw.to_owned()))
    }

    /// The tag with its quotes.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Validator {
    type Error = &'static str;
    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::parse(&raw).ok_or("a validator is a strong entity tag in quotes")
    }
}

impl From<Validator> for String {
    fn from(validator: Validator) -> Self {
        validator.0
    }
}

/// What a 206 says it holds: first byte, last byte, whole length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ContentRange {
    pub(crate) first: u64,
    pub(crate) last: u64,
    pub(crate) total: u64,
}

pub(crate) fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

pub(crate) fn validator(headers: &HeaderMap) -> Option<Validator> {
    text(headers, ETAG).and_then(|raw| Validator::parse(raw.trim()))
}

/// `bytes 0-99/1000`. An unknown whole length (`*`) does not count.
pub(crate) fn content_range(headers: &HeaderMap) -> Option<ContentRange> {
    let (range, total) = text(headers, CONTENT_RANGE)?
        .trim()
        .strip_prefix("bytes ")?
        .split_once('/')?;
    let (first, last) = range.split_once('-')?;
    Some(ContentRange {
        first: number(first)?,
        last: number(last)?,
        total: number(total)?,
    })
}

/// The encoding of a body that should have none.
pub(crate) fn encoding(headers: &HeaderMap) -> Option<String> {
    let named = headers.get(CONTENT_ENCODING)?;
    let named = String::from_utf8_lossy(named.as_bytes())
        .trim()
        .to_ascii_lowercase();
    (!named.is_empty() && named != "identity").then_some(named)
}

/// The time by the server's clock.
pub(crate) fn date(headers: &HeaderMap) -> Option<Timestamp> {
    text(headers, DATE).and_then(time)
}

/// How long the server asks us to wait: seconds, or a time by its own clock; ten minutes at most.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let raw = text(headers, RETRY_AFTER)?.trim();
    let wait = match number(raw) {
        Some(seconds) => Duration::from_secs(seconds),
        None => {
            let now = date(headers).unwrap_or_else(Timestamp::now);
            Duration::try_from(time(raw)?.duration_since(now)).unwrap_or(Duration::ZERO)
        }
    };
    Some(wait.min(LONGEST_WAIT))
}

fn time(raw: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(raw.trim()).ok()
}

fn number(raw: &str) -> Option<u64> {
    let digits = !raw.is_empty() && raw.bytes().all(|byte| byte.is_ascii_digit());
    if digits { raw.parse().ok() } else { None }
}

#[cfg(test)]
mod tests;
