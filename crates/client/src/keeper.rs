//! Keeps the tokens of a session in the secret store, one session a server.

use crate::session::secret_name;
use std::sync::Arc;
use toolcrib_account::{KeeperError, TokenKeeper, Tokens};
use toolcrib_machine::secrets::SecretStore;
use toolcrib_net::SafeUrl;

/// The tokens of one server's session.
pub(crate) struct Keeper {
    name: String,
    secrets: Arc<dyn SecretStore>,
}

impl Keeper {
    /// The keeper for the session with `server`.
    pub(crate) fn of(server: &SafeUrl, secrets: &Arc<dyn SecretStore>) -> Self {
        Self {
            name: secret_name(server),
            secrets: Arc::clone(secrets),
        }
    }

    /// Whether there are tokens; one that cannot be read is as good as none.
    pub(crate) fn holds_tokens(&self) -> bool {
        matches!(self.read(), Ok(Some(_)))
    }
}

impl TokenKeeper for Keeper {
    fn read(&self) -> Result<Option<Tokens>, KeeperError> {
        let Some(secret) = self.secrets.read(&self.name)? else {
            return Ok(None);
        };
        Ok(Some(serde_json::from_slice(secret.expose())?))
    }

    fn write(&self, tokens: &Tokens) -> Result<(), KeeperError> {
        Ok(self.secrets.write(&self.name, &serde_json::to_vec(tokens)?)?)
    }

    fn clear(&self) -> Result<(), KeeperError> {
        Ok(self.secrets.remove(&self.name)?)
    }
}
