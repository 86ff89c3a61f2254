//! A network on which every byte costs somebody money: much is not fetched over it without asking (B-05).

use crate::client::Client;
use toolcrib_machine::metered::{Metered, metered};

/// So many bytes are fetched without asking.
const UNASKED_BYTES: u64 = 20_000_000;

impl Client {
    /// Whether the person is to be asked before so many bytes are fetched over the network of now. Where the system does
    /// not say whether it is metered, nobody is asked.
    pub async fn is_dear(&self, bytes: u64) -> bool {
        bytes > UNASKED_BYTES && metered().await == Metered::Yes
    }
}
