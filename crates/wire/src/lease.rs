//! What a lease says. The envelope is PASETO v4.public; normative text: `docs/protocol/lease.md`.

use crate::schema::Schema;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::lease::LeaseTerms;
use toolcrib_model::{AccountId, DeviceId, Digest, LeaseId, ProductId, SubscriptionId, UserId};

/// The payload of a lease: who may run what, where and until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaseClaims {
    /// The shape of this document.
    pub schema: Schema<1>,
    /// The lease.
    pub lease: LeaseId,
    /// Counts up for each (person, product, device); a lower one is never taken again.
    pub sequence: u64,
    /// The person.
    pub account: AccountId,
    /// What the person signs in with, to be shown.
    pub user_id: UserId,
    /// The customer, to be shown.
    pub organisation: String,
    /// The product.
    pub product: ProductId,
    /// The subscription that grants it.
    pub subscription: SubscriptionId,
    /// The device.
    pub device: DeviceId,
    /// The SHA-256 of the device's public key, also bound in as the implicit assertion.
    pub device_key: Digest,
    /// The serial number, where the product has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// The dates and the policy.
    pub terms: LeaseTerms,
}

/// The public keys by which leases are verified, newest first, and those that were retired.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LicenceKeys {
    /// The keys.
    pub keys: Vec<LicenceKey>,
}

/// One public key for leases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LicenceKey {
    /// Names the key in a lease's footer.
    pub key_id: String,
    /// The 32 bytes of the Ed25519 public key, in lower-case hexadecimal.
    pub public_key: String,
    /// When the key was retired because it may have leaked: no lease that it signed is believed any more, whatever the
    /// lease's date, because a thief chooses that. A key that is merely rotated is not retired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub retired_at: Option<Timestamp>,
}
