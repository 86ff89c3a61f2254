//! The log: to stderr what was asked for, into the home what a support case needs.

use crate::arguments::Global;
use std::io::IsTerminal as _;
use toolcrib_client::code::Code;
use toolcrib_client::view::UiError;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, fmt};

/// What a support case needs: our own remarks, and the warnings of everybody.
const KEPT: &str = "warn,toolcrib=info";

/// Starts the log.
pub(crate) fn start(global: &Global) -> Result<(), UiError> {
    let default = if global.quiet { "error" } else { "warn" };
    let filter = EnvFilter::try_new(global.log.as_deref().unwrap_or(default)).map_err(|error| UiError {
        code: Code::Invalid,
        message: format!("--log cannot be understood: {error}."),
        advice: "See `toolcrib --help`.".to_owned(),
        retryable: false,
    })?;
    let ansi = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let shown = fmt::layer()
        .compact()
        .with_writer(std::io::stderr)
        .with_ansi(ansi)
        .with_filter(filter);
    let kept = toolcrib_client::log_file(global.home.as_deref()).map(|file| {
        let layer = fmt::layer().compact().with_ansi(false);
        layer
            .with_writer(move || file.clone())
            .with_filter(EnvFilter::new(KEPT))
    });
    tracing_subscriber::registry().with(shown).with(kept).init();
    Ok(())
}
