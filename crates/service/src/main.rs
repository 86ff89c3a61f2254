//! The program `toolcrib-service`.

use clap::Parser as _;
use std::io::IsTerminal as _;
use std::process::ExitCode;
use toolcrib_service::cli::Arguments;
use toolcrib_service::{commands, output};
use tracing_subscriber::EnvFilter;

/// The exit status where the operator's settings or computer are to blame.
const ENVIRONMENT: u8 = 3;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = match EnvFilter::try_new(arguments.filter()) {
        Ok(filter) => filter,
        Err(error) => {
            output::note(&format!("error: --log {}: {error}", arguments.filter()));
            return ExitCode::from(2);
        }
    };
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .init();
    match commands::run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::error(&error);
            if error.is_environment() {
                ExitCode::from(ENVIRONMENT)
            } else {
                ExitCode::FAILURE
            }
        }
    }
}
