//! The two tokens of a session, which are always made and kept together.

use super::sessions::{ACCESS_VALIDITY, REFRESH_VALIDITY};
use super::tokens::{Purpose, Token};
use crate::error::Error;
use crate::store::Tx;
use crate::store::sessions::{self, Kind};
use jiff::Timestamp;
use toolcrib_model::DeviceId;
use toolcrib_wire::api::session::Session;
use uuid::Uuid;

/// An access token and the refresh token beside it.
pub(super) struct Pair {
    pub(super) access: Token,
    pub(super) refresh: Token,
}

impl Pair {
    pub(super) fn random() -> Result<Self, Error> {
        let random = |purpose| Token::random(purpose).map_err(|source| Error::Random { source });
        Ok(Self {
            access: random(Purpose::Access)?,
            refresh: random(Purpose::Refresh)?,
        })
    }

    pub(super) fn following(parent: &str, key: &[u8; 32]) -> Self {
        let following = |purpose| Token::following(purpose, parent, key);
        Self {
            access: following(Purpose::Access),
            refresh: following(Purpose::Refresh),
        }
    }

    pub(super) async fn keep(
        self,
        tx: &mut Tx,
        session: Uuid,
        device: Option<DeviceId>,
        now: Timestamp,
    ) -> Result<Session, Error> {
        let access_expires_at = now + ACCESS_VALIDITY;
        sessions::add_access(
            tx,
            self.access.hash().as_str(),
            session,
            Kind::Bearer,
            access_expires_at,
        )
        .await?;
        sessions::add_refresh(tx, self.refresh.hash().as_str(), session, now + REFRESH_VALIDITY).await?;
        Ok(self.answer(access_expires_at, device))
    }

    pub(super) fn answer(self, access_expires_at: Timestamp, device: Option<DeviceId>) -> Session {
        Session {
            access_token: self.access.into_text(),
            access_expires_at,
            refresh_token: self.refresh.into_text(),
            device,
        }
    }
}
