//! What the signed-in person may have, and the links to fetch it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::policy::UpdateTerms;
use toolcrib_model::{
    ChannelName, ContractId, DefaultAction, Digest, Language, Platform, ProductId, SubscriptionId,
    SupportLevel, Version, VersionRule,
};

/// One product of `GET /v1/products` that the person may see, with what they may do with it.
///
/// A product that the person may not download is not listed at all (S-48).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductEntitlement {
    /// The product.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: ProductId,
    /// Its name for people.
    pub name: String,
    /// Who made it.
    pub publisher: String,
    /// One sentence about it.
    pub summary: String,
    /// The version of the person's channel; where it is locked, the newest older one that is not.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub version: Option<Version>,
    /// The channel that the company has put the person on (B-14); absent where that is `stable` or the person's choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub channel: Option<ChannelName>,
    /// The versions that the company has approved for the person (S-112); absent where it limits nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<String>>))]
    pub approved: Option<Vec<VersionRule>>,
    /// What the company says of updates; absent where it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updates: Option<UpdateTerms>,
    /// Every release the person may have, the newest first.
    pub releases: Vec<ReleaseOffer>,
    /// Releases that are shown and cannot be had, the newest first (S-113).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withdrawn: Vec<WithdrawnRelease>,
    /// Releases that are shown and locked, because `approved` does not name them, the newest first (S-113).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locked: Vec<LockedRelease>,
    /// What the main button does (S-116).
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub default_action: DefaultAction,
    /// Whether the person holds a seat and so may run it.
    pub seat_assigned: bool,
    /// The contract that grants it.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub contract: ContractId,
    /// The contract's number.
    pub contract_number: String,
    /// The subscription that grants it.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub subscription: SubscriptionId,
    /// When the contract ends.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub ends_at: Timestamp,
    /// Seats; only for admins (S-51).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<SeatCount>,
    /// The serial number; only for those of row R12.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// The contract's support level; only for admins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub support: Option<SupportLevel>,
}

/// A release that the person may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReleaseOffer {
    /// The release.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub version: Version,
    /// What it runs on.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub platform: Platform,
    /// Its language.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub language: Language,
    /// Bytes to fetch for all components.
    pub stored_bytes: u64,
    /// Bytes on the disk with all components.
    pub installed_bytes: u64,
}

/// A release that the vendor has withdrawn: it is shown, and cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WithdrawnRelease {
    /// The release.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub version: Version,
    /// What it runs on.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub platform: Platform,
    /// Its language.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub language: Language,
    /// Why, if the vendor says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A release that the company has not approved for the person: it is shown, and cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LockedRelease {
    /// The release.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub version: Version,
    /// What it runs on.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub platform: Platform,
    /// Its language.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub language: Language,
}

/// How many seats a subscription has and how many are assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeatCount {
    /// Assigned seats.
    pub used: u32,
    /// All seats.
    pub total: u32,
}

/// `POST /v1/content-links`: asks for links to immutable files of a product. Answers [`ContentLinks`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContentLinkRequest {
    /// The product that the files belong to.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: ProductId,
    /// The files: at most 10,000.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub files: Vec<Digest>,
}

/// Links that work for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContentLinks {
    /// One link for each file that was asked for, in the same order.
    pub links: Vec<ContentLink>,
    /// When they end; a new one may be asked for at any time.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
}

/// A link to one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContentLink {
    /// The file.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub sha256: Digest,
    /// Where it can be fetched without further proof.
    pub url: String,
}
