//! A network on which every byte costs somebody money: much is not fetched over it without asking (B-05).

use crate::client::Client;
use crate::error::Error;
use crate::policy::OnMetered;
use std::sync::Arc;
use toolcrib_delivery::Examination;
use toolcrib_machine::metered::{Metered, metered};

/// So many bytes are fetched without asking.
const UNASKED_BYTES: u64 = 20_000_000;

impl Client {
    /// Whether the person is to be asked before so many bytes are fetched over the network of now. Where the system does
    /// not say whether it is metered, nobody is asked.
    pub async fn is_dear(&self, bytes: u64) -> bool {
        bytes > UNASKED_BYTES && self.costs().await
    }

    /// Whether the network of now is metered, and that matters.
    async fn costs(&self) -> bool {
        // A policy that cannot be understood lets nothing be fetched in any case.
        let is_free = self.policy().unwrap_or_default().metered == Some(OnMetered::Free);
        !is_free && metered().await == Metered::Yes
    }

    /// Refuses to mend what would fetch much over the network of now, unless somebody agreed to it who may. How much that
    /// is takes reading the damaged files, so it is only asked for where it matters.
    pub(crate) async fn must_not_be_dear_to_mend(
        &self,
        found: &Arc<Examination>,
        agreed: bool,
    ) -> Result<(), Error> {
        let is_agreed = agreed && self.policy()?.takes_consent();
        if is_agreed || !self.costs().await {
            return Ok(());
        }
        let found = Arc::clone(found);
        let counting = tokio::task::spawn_blocking(move || found.bytes_to_fetch());
        let counted = counting.await.map_err(|_| Error::Interrupted)?;
        self.must_not_be_dear(counted.map_err(Error::Delivery)?, agreed)
            .await
    }

    /// Refuses to fetch so many bytes over a metered network, unless somebody agreed to it who may.
    pub(crate) async fn must_not_be_dear(&self, bytes: u64, agreed: bool) -> Result<(), Error> {
        let takes_consent = self.policy()?.takes_consent();
        if (agreed && takes_consent) || !self.is_dear(bytes).await {
            return Ok(());
        }
        match takes_consent {
            true => Err(Error::Metered { bytes }),
            false => Err(Error::NeverMetered { bytes }),
        }
    }
}
