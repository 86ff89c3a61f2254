//! The network, where it is asked for.

use crate::error::Error;
use std::time::Duration;
use toolcrib_net::{Answer, Http, Method, Request, SafeUrl, Settings};

/// How much of a refusal is shown.
const SHOWN: usize = 300;

/// Sends the signed report; what the service does not take is an error with its words.
pub(crate) fn send(address: &str, sealed: &[u8]) -> Result<(), Error> {
    let url = SafeUrl::parse(address).map_err(|source| Error::BadAddress { source })?;
    let request = Request::new(Method::POST, url).json(sealed.to_vec());
    let answer =
        with_network(async |http| http.send(request).await.map_err(|source| Error::Send { source }))?;
    if answer.is_success() {
        Ok(())
    } else {
        Err(not_taken(&answer))
    }
}

fn not_taken(answer: &Answer) -> Error {
    let problem: Option<serde_json::Value> = serde_json::from_slice(&answer.body).ok();
    let detail = problem
        .as_ref()
        .and_then(|problem| problem.get("detail")?.as_str());
    let plain = detail
        .unwrap_or("it gave no reason")
        .chars()
        .filter(|letter| !letter.is_control());
    Error::NotTaken {
        status: answer.status,
        detail: plain.take(SHOWN).collect(),
    }
}

/// Does one thing with a network that is set up for it.
pub(crate) fn with_network<T>(act: impl AsyncFnOnce(&Http) -> Result<T, Error>) -> Result<T, Error> {
    let settings = Settings {
        connect_timeout: Duration::from_secs(8),
        ..Settings::new(concat!("toolcrib-check/", env!("CARGO_PKG_VERSION")))
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|source| Error::Runtime { source })?;
    runtime.block_on(async {
        let http = Http::new(settings).map_err(|source| Error::Send { source })?;
        act(&http).await
    })
}
