//! One request and the head of its answer, in time.

use crate::blame::blame;
use crate::error::Error;
use crate::{Result, SafeUrl};
use bytes::Bytes;
use futures::{StreamExt as _, stream};
use reqwest::header::{CONTENT_LENGTH, HeaderValue};
use reqwest::{Client, Request, Response};
use std::convert::Infallible;
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// A body above this is sent in pieces of this size, so that it is seen to move.
const PIECE: usize = 64 << 10;

/// The system takes a body faster than the network does: its last part may still be on its way for longer than any
/// answer should take.
const LAST_PART: u32 = 3;

/// When something last moved.
#[derive(Clone, Debug)]
pub(crate) struct Pulse(Arc<Mutex<Instant>>);

impl Pulse {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }

    fn beat(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn last(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives the request its body.
pub(crate) fn put_body(request: &mut Request, bytes: &Bytes, pulse: &Pulse) {
    if bytes.len() <= PIECE {
        *request.body_mut() = Some(bytes.clone().into());
        return;
    }
    let (bytes, pulse) = (bytes.clone(), pulse.clone());
    request
        .headers_mut()
        .insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    let starts = (0..bytes.len()).step_by(PIECE);
    let pieces = stream::iter(starts).map(move |start| {
        pulse.beat();
        Ok::<_, Infallible>(bytes.slice(start..bytes.len().min(start + PIECE)))
    });
    *request.body_mut() = Some(reqwest::Body::wrap_stream(pieces));
}

/// Sends the request and waits for the head of the answer, as long as something moves.
pub(crate) async fn exchange(
    client: &Client,
    url: &SafeUrl,
    request: Request,
    pulse: &Pulse,
    silence: Duration,
) -> Result<Response> {
    let silence = match request.body() {
        Some(body) if body.as_bytes().is_none() => silence * LAST_PART,
        _ => silence,
    };
    match in_time(client.execute(request), pulse, silence).await {
        Some(answer) => answer.map_err(|error| blame(url, error)),
        None => Err(Error::Stalled {
            url: url.to_string(),
            silence,
        }),
    }
}

async fn in_time<F: Future>(work: F, pulse: &Pulse, silence: Duration) -> Option<F::Output> {
    let mut work = pin!(work);
    loop {
        let end = pulse.last() + silence;
        tokio::select! {
            done = &mut work => return Some(done),
            () = tokio::time::sleep_until(end) => {
                if pulse.last() + silence <= Instant::now() {
                    return None;
                }
            }
        }
    }
}
