//! What a computer without a network and the account service say to each other, carried as a file or a QR code (X10,
//! B-21). Normative text: `docs/protocol/offline.md`.

use crate::lease::LicenceKey;
use crate::schema::Schema;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::{Digest, LeaseId, Platform, ProductId};

/// What the computer asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfflineAct {
    /// A first lease.
    Activate,
    /// A lease in place of the one that is held.
    Renew,
    /// Nothing: it says that it gave its lease up, so that its place is free for another computer.
    Release,
}

/// The payload of a request, signed by the device's own key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfflineRequest {
    /// The shape of this document.
    pub schema: Schema<1>,
    /// What is asked.
    pub act: OfflineAct,
    /// For which product.
    pub product: ProductId,
    /// The 32 bytes of the device's Ed25519 public key, in lower-case hexadecimal.
    pub device_key: String,
    /// The computer's name, at most 64 bytes.
    pub device_name: String,
    /// What the computer runs.
    pub platform: Platform,
    /// 32 hexadecimal digits that were never used before: the answer repeats them.
    pub nonce: String,
    /// When it was made, by the computer's own clock, to be shown.
    pub made_at: Timestamp,
    /// The serial number that the person typed, at most 64 bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// The lease that is held, or was given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease: Option<LeaseId>,
    /// Until when the person wishes to take the product offline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offline_until: Option<Timestamp>,
}

/// The payload of an answer, signed by a licence key of the account service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfflineAnswer {
    /// The shape of this document.
    pub schema: Schema<1>,
    /// What was asked.
    pub act: OfflineAct,
    /// For which product.
    pub product: ProductId,
    /// The SHA-256 of the device's public key, as in a lease.
    pub device_key: Digest,
    /// The nonce of the request.
    pub nonce: String,
    /// When the service answered.
    pub answered_at: Timestamp,
    /// The lease; none where one was given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease: Option<String>,
    /// The keys that the service publishes now.
    pub keys: Vec<LicenceKey>,
}
