//! `mirror-status`: what a running content server holds and counted.

use crate::error::Error;
use crate::output;
use clap::Args;
use toolcrib_net::{Http, SafeUrl, Settings};

/// More than any content server says of itself, in bytes.
const MOST: u64 = 64 << 10;

/// `mirror-status`.
#[derive(Clone, Debug, Args)]
pub struct Status {
    /// Where the content server answers
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8090", value_parser = SafeUrl::parse)]
    pub at: SafeUrl,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

/// Runs `mirror-status`.
///
/// # Errors
/// Where no content server answers there.
pub async fn status(asked: Status) -> Result<(), Error> {
    let name = concat!("toolcrib-service/", env!("CARGO_PKG_VERSION"));
    let http = Http::new(Settings::new(name)).map_err(|source| Error::SetUpNetwork { source })?;
    let failed = |source| Error::AskMirror {
        at: asked.at.to_string(),
        source,
    };
    let page = if asked.json { "stats" } else { "" };
    let place = asked.at.below(page).unwrap_or_else(|_| asked.at.clone());
    let told = http.fetch(&place, MOST).await.map_err(failed)?;
    output::data(String::from_utf8_lossy(&told).trim_end())
}
