//! Handing over to the client, where a person has to sign in.

use crate::{HOME_VARIABLE, Toolcrib};
use std::process::{Command, ExitStatus};
use thiserror::Error;

/// Names the client's program; the client sets it when it launches a product.
const CLIENT_VARIABLE: &str = "TOOLCRIB_CLIENT";

/// The client could not be asked.
#[derive(Debug, Error)]
#[error("the client `{program}` could not be started")]
pub struct AskError {
    program: String,
    source: std::io::Error,
}

impl Toolcrib {
    /// Lets the client verify the person for `product`, in this terminal, and waits for it. Ask
    /// [`may_i_run`](Toolcrib::may_i_run) again afterwards.
    ///
    /// # Errors
    /// [`AskError`] when the client is not installed.
    pub fn ask_client(&self, product: &str) -> Result<ExitStatus, AskError> {
        let program = std::env::var(CLIENT_VARIABLE).unwrap_or_else(|_| "toolcrib".to_owned());
        let mut client = Command::new(&program);
        client.args(["licence", "verify", product]);
        if let Some(home) = &self.home {
            client.env(HOME_VARIABLE, home);
        }
        client.status().map_err(|source| AskError { program, source })
    }
}
