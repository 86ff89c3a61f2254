//! The account service behind: whether a link is good, and how long its file is.

use super::rights::Proof;
use crate::error::Error;
use tokio::sync::Semaphore;
use toolcrib_model::{Digest, Rate};
use toolcrib_net::{Http, Method, Request, SafeUrl, Settings, Throttle};

/// How many questions are asked at a time.
const AT_ONCE: usize = 32;

/// The account service whose content is held here.
#[derive(Debug)]
pub(super) struct Origin {
    pub(super) from: SafeUrl,
    pub(super) http: Http,
    asking: Semaphore,
}

/// What the account service says to a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// It is good, and its file has so many bytes.
    Good(u64),
    /// It is not, and this is why.
    Refused(u16),
    /// There is no word to be had.
    None,
}

impl Origin {
    /// An origin of which at most so much a second is fetched.
    pub(super) fn new(from: SafeUrl, limit: Option<Rate>) -> Result<Self, Error> {
        let name = concat!("toolcrib-mirror/", env!("CARGO_PKG_VERSION"));
        let http = Http::new(Settings::new(name)).map_err(|source| Error::SetUpNetwork { source })?;
        let throttle = Throttle::default();
        throttle.limit(limit);
        Ok(Self {
            from,
            http: http.limited_by(throttle),
            asking: Semaphore::new(AT_ONCE),
        })
    }

    /// The link itself: always to the account service, whoever asks.
    pub(super) fn link(&self, sha256: &Digest, proof: &Proof) -> Option<SafeUrl> {
        self.from.below(&format!("content/{sha256}?{proof}")).ok()
    }

    /// Asks whether a link is good.
    pub(super) async fn judge(&self, link: &SafeUrl) -> Word {
        let Ok(_turn) = self.asking.acquire().await else {
            return Word::None;
        };
        match self.http.send(Request::new(Method::HEAD, link.clone())).await {
            Ok(answer) if answer.status == 200 => answer.length.map_or(Word::None, Word::Good),
            Ok(answer) if (400..500).contains(&answer.status) => Word::Refused(answer.status),
            Ok(answer) => {
                tracing::warn!(
                    http.status = answer.status,
                    "The account service cannot say whether a link is good."
                );
                Word::None
            }
            Err(error) => {
                tracing::warn!(%error, "The account service was not reached.");
                Word::None
            }
        }
    }
}
