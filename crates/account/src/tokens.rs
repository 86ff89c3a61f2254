//! The tokens of a session, and who keeps them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use toolcrib_model::DeviceId;
use toolcrib_wire::api::session::Session;

/// The tokens of one session. Never shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// Goes along with every call.
    pub access: String,
    /// When the access token ends, by the service's clock.
    pub access_expires_at: Timestamp,
    /// Gets the next pair, once.
    pub refresh: String,
    /// This device, as the service knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
}

impl From<Session> for Tokens {
    fn from(session: Session) -> Self {
        Self {
            access: session.access_token,
            access_expires_at: session.access_expires_at,
            refresh: session.refresh_token,
            device: session.device,
        }
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Tokens")
            .field("device", &self.device)
            .finish_non_exhaustive()
    }
}

/// Why a keeper could not do its work.
pub type KeeperError = Box<dyn std::error::Error + Send + Sync>;

/// Keeps the tokens of the session, in a secret store or in memory; shared by all programs of one home.
///
/// Its calls may block: they are made on a thread for such work.
pub trait TokenKeeper: Send + Sync {
    /// The tokens; `None` if nobody is signed in.
    ///
    /// # Errors
    /// Where the place cannot be read.
    fn read(&self) -> Result<Option<Tokens>, KeeperError>;

    /// Keeps these tokens in place of earlier ones, durably.
    ///
    /// # Errors
    /// Where the place cannot be written.
    fn write(&self, tokens: &Tokens) -> Result<(), KeeperError>;

    /// Forgets the tokens.
    ///
    /// # Errors
    /// Where the place cannot be written.
    fn clear(&self) -> Result<(), KeeperError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_written_and_read_alike_and_never_shown() {
        let tokens = Tokens {
            access: "secret-a".into(),
            access_expires_at: Timestamp::UNIX_EPOCH,
            refresh: "secret-r".into(),
            device: None,
        };
        let text = serde_json::to_string(&tokens).expect("written");
        assert_eq!(serde_json::from_str::<Tokens>(&text).expect("read"), tokens);
        assert!(!format!("{tokens:?}").contains("secret"));
    }
}
