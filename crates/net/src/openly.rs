//! One small file from where an administrator said, also over plain HTTP: the script that says by which proxies everything
//! else is fetched. It cannot itself go by them, and most of them lie on servers of the local network without protection.
//!
//! Nothing else is fetched like this. Whoever changes the script on its way decides which proxies are asked, as whoever
//! owns that network does anyway; what goes through them is protected and judged as ever.

use crate::Result;
use crate::blame::blame;
use crate::clients::{add_roots, base};
use crate::error::Error;
use crate::settings::Settings;
use bytes::{Bytes, BytesMut};
use reqwest::redirect::{Attempt, Policy};
use reqwest::{Client, Response};
use std::time::Duration;
use url::Url;

/// How long all of it may take: everything else waits for it.
const WHOLE: Duration = Duration::from_secs(10);
/// How long finding and greeting the server may take. Away from the office nobody answers there.
const GREETING: Duration = Duration::from_secs(4);
/// How many redirects are followed.
const MOST_REDIRECTS: usize = 3;

/// Fetches a file of at most `limit` bytes directly.
///
/// # Errors
/// As [`Http::fetch`](crate::Http::fetch).
pub async fn fetch_openly(settings: &Settings, url: &Url, limit: u64) -> Result<Bytes> {
    let shown = shown(url);
    let client = client(settings).map_err(|source| Error::SetUp {
        source: source.into(),
    })?;
    let response = client.get(url.clone()).send().await;
    let response = response.map_err(|error| blame(&shown, error))?;
    match response.status().as_u16() {
        200 => collect(response, &shown, limit).await,
        status => Err(Error::Status {
            url: shown,
            status,
            retry_after: None,
        }),
    }
}

async fn collect(mut response: Response, shown: &str, limit: u64) -> Result<Bytes> {
    let mut all = BytesMut::new();
    let too_long = || Error::TooLong {
        url: shown.to_owned(),
        limit,
    };
    if response.content_length().is_some_and(|length| length > limit) {
        return Err(too_long());
    }
    while let Some(piece) = response.chunk().await.map_err(|error| blame(shown, error))? {
        if (all.len() + piece.len()) as u64 > limit {
            return Err(too_long());
        }
        all.extend_from_slice(&piece);
    }
    Ok(all.freeze())
}

fn client(settings: &Settings) -> reqwest::Result<Client> {
    let builder = add_roots(base(settings), settings)?;
    builder
        .no_proxy()
        .redirect(Policy::custom(redirected))
        .connect_timeout(GREETING)
        .timeout(WHOLE)
        .build()
}

/// A few, and never from a protected place to an unprotected one.
fn redirected(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    let was_protected = attempt
        .previous()
        .last()
        .is_some_and(|url| url.scheme() == "https");
    let is_protected = attempt.url().scheme() == "https";
    match attempt.previous().len() <= MOST_REDIRECTS && (is_protected || !was_protected) {
        true => attempt.follow(),
        false => attempt.stop(),
    }
}

/// Without its query and credentials.
fn shown(url: &Url) -> String {
    let mut shown = url.clone();
    shown.set_query(None);
    let _has_none = shown.set_username("").and_then(|()| shown.set_password(None));
    shown.to_string()
}
