//! The shelf's own files: what is remembered between two starts. Fields of newer programs are kept.

use crate::outage::Outage;
use crate::standing::Revocation;
use crate::time::Mark;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use toolcrib_model::{AccountId, LicencePolicy, ProductId};
use toolcrib_wire::lease::LicenceKey;
use toolcrib_wire::schema::Schema;

/// The newest shape of these documents that this program knows.
pub(crate) const SCHEMA: u32 = 1;

/// `shelf.json`: the memory of the clock and what is known of each product apart from its lease.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ShelfFile {
    pub(crate) schema: Schema<SCHEMA>,
    #[serde(default)]
    pub(crate) clock: Mark,
    #[serde(default)]
    pub(crate) products: BTreeMap<ProductId, ProductMemory>,
    #[serde(flatten)]
    pub(crate) unknown: Map<String, Value>,
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
}

/// `licence-keys.json`: the keys that the account service publishes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct KeysFile {
    pub(crate) schema: Schema<SCHEMA>,
    pub(crate) keys: Vec<LicenceKey>,
    #[serde(flatten)]
    pub(crate) unknown: Map<String, Value>,
}
