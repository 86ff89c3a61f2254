//! Staying signed in: a refresh token gets the next pair, once, so only one refresh may run at a time.
//!
//! In this process a turnstile sees to that. Another process of the same home may refresh at the same time: the service
//! gives both the same pair within 30 seconds, and whoever comes later finds the new pair with the keeper.

use crate::account::{Account, NONE};
use crate::error::Error;
use crate::operation::Operation;
use crate::tokens::Tokens;
use toolcrib_wire::api::session::{Refresh, Session};

impl Account {
    /// The tokens that follow on those with the access token `stale`.
    pub(crate) async fn refreshed(&self, stale: &str) -> Result<Tokens, Error> {
        // The turnstile is never closed; if it were, going on without waiting would still be right.
        let _turn = self.turnstile().acquire().await.ok();
        let current = self.tokens().await?.ok_or(Error::NotSignedIn)?;
        if current.access != stale {
            return Ok(current);
        }
        match self.next_pair(&current).await {
            Ok(tokens) => {
                self.keep(tokens.clone()).await?;
                Ok(tokens)
            }
            Err(Error::NotSignedIn | Error::WrongCredentials { .. }) => self.ended(&current).await,
            Err(error) => Err(error),
        }
    }

    /// Asks for the next pair; once more if the reply was lost on its way.
    async fn next_pair(&self, current: &Tokens) -> Result<Tokens, Error> {
        let body = Refresh {
            refresh_token: current.refresh.clone(),
        };
        let request = self.request(Operation::RefreshSession, &NONE, Some(&body))?;
        match self.openly::<Session>(request.clone()).await {
            Err(Error::Net(lost)) if lost.retryable() && !lost.is_unreachable() => self.openly(request).await,
            answer => answer,
        }
        .map(Tokens::from)
    }

    /// The session has ended, unless another process has got the next pair meanwhile.
    async fn ended(&self, tried: &Tokens) -> Result<Tokens, Error> {
        match self.tokens().await? {
            Some(other) if other.refresh != tried.refresh => Ok(other),
            _ => {
                self.forget().await?;
                Err(Error::NotSignedIn)
            }
        }
    }
}
