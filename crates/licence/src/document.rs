//! What is remembered between two starts. Fields of newer programs are kept.

use crate::outage::Outage;
use crate::reason::Reason;
use crate::standing::Revocation;
use crate::time::Mark;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use toolcrib_model::{AccountId, Digest, LicencePolicy, ProductId};
use toolcrib_wire::lease::{LicenceKey, LicenceKeys};
use toolcrib_wire::offline::OfflineAct;

/// The record of this home: the memory of the clock, the keys of the service, and what is known of each product apart from
/// its lease. It is stored under a seal only.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Record {
    /// Counts the changes: of two copies, the one that was changed more often is the newer one.
    #[serde(default)]
    pub(crate) revision: u64,
    /// The computer that it was begun on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) computer: Option<Digest>,
    /// Whether an earlier record was lost, and the service was not asked since.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) lost: bool,
    #[serde(default)]
    pub(crate) clock: Mark,
    #[serde(default)]
    pub(crate) keys: LicenceKeys,
    #[serde(default)]
    pub(crate) products: BTreeMap<ProductId, ProductMemory>,
    #[serde(flatten)]
    pub(crate) unknown: Map<String, Value>,
}

impl Record {
    /// Takes the keys that the service publishes now; a key that was once retired stays so, whatever is said later.
    pub(crate) fn take_keys(&mut self, published: LicenceKeys) {
        let retired = self.keys.keys.iter().filter(|key| key.retired_at.is_some());
        let known: Vec<LicenceKey> = retired.cloned().collect();
        let unsaid = |key: &LicenceKey| !known.iter().any(|old| old.key_id == key.key_id);
        let mut keys: Vec<LicenceKey> = published.keys.into_iter().filter(unsaid).collect();
        keys.extend(known);
        self.keys = LicenceKeys { keys };
    }
}

/// What is remembered of one product.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ProductMemory {
    /// The first installation; a later one does not begin the serial-free days anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) installed_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) policy: Option<LicencePolicy>,
    /// The highest sequence number that was kept, for each person; a lower one is never taken again.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) sequences: BTreeMap<AccountId, u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) revoked: Option<Revocation>,
    /// The temporary rights of the service's present failure; a lease ends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) outage: Option<Outage>,
    /// The last request that was carried to the service; an answer ends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) asked: Option<OpenRequest>,
    /// What the timeline says last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) told: Option<Reason>,
    #[serde(flatten)]
    pub(crate) unknown: Map<String, Value>,
}

impl ProductMemory {
    pub(crate) fn ever_leased(&self) -> bool {
        !self.sequences.is_empty()
    }

    pub(crate) fn floor(&self, account: AccountId) -> u64 {
        self.sequences.get(&account).copied().unwrap_or(0)
    }

    pub(crate) fn raise_floor(&mut self, account: AccountId, sequence: u64) {
        let floor = self.sequences.entry(account).or_insert(sequence);
        *floor = sequence.max(*floor);
    }

    /// No lease that was issued up to now is taken any more.
    pub(crate) fn give_up(&mut self, account: AccountId, sequence: u64) {
        self.raise_floor(account, sequence.saturating_add(1));
    }
}

/// A request that was carried away and not answered yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OpenRequest {
    pub(crate) act: OfflineAct,
    pub(crate) nonce: String,
    pub(crate) made_at: Timestamp,
}
