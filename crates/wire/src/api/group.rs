//! Groups of a contract's people, and what a company says of a product to them: versions, channel, hold.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::{AccountId, ChannelName, GroupId, ProductId, Role, UserId, Version, VersionRule};

/// The most groups of a contract.
pub const MAX_GROUPS: usize = 500;
/// The longest name of a group or a policy in bytes.
pub const MAX_NAME_BYTES: usize = 100;
/// The most rules of one list of versions.
pub const MAX_VERSION_RULES: usize = 50;
/// The longest reason of a hold in bytes.
pub const MAX_HOLD_REASON_BYTES: usize = 1_000;

/// `POST /v1/contracts/{contract}/groups`, and `PUT` of a group to rename it. Answers [`Group`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GroupName {
    /// Its name, 1 to 100 bytes; no two of a contract differ in case only.
    pub name: String,
}

/// A group of a contract's people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Group {
    /// The group.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// How many people are in it.
    pub member_count: u32,
    /// What was said of products to it, by product; none of which nothing was said.
    pub products: Vec<GroupProduct>,
}

/// What a company says of one product to a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupProduct {
    /// The product.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: ProductId,
    /// The versions that the group may have; absent where it has no list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<String>>))]
    pub versions: Option<Vec<VersionRule>>,
    /// The channel that the group is on; absent where nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub channel: Option<ChannelName>,
    /// What that channel, or else `stable`, points at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub channel_version: Option<Version>,
    /// The hold, if there is one, over or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<GroupHold>,
}

/// A product that a group is held at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupHold {
    /// Since when.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub held_at: Timestamp,
    /// Until when; absent until somebody releases it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub ends_at: Option<Timestamp>,
    /// Why, for people; may be empty.
    pub reason: String,
}

/// `GET /v1/contracts/{contract}/groups`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Groups {
    /// The groups by name.
    pub groups: Vec<Group>,
}

/// A person of a contract, of `GET /v1/contracts/{contract}/people`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContractPerson {
    /// The person.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub account: AccountId,
    /// What they sign in with.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub user_id: UserId,
    /// Their name.
    pub name: String,
    /// What they are on the contract.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub roles: Vec<Role>,
    /// The groups that they are in, by name.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub groups: Vec<GroupId>,
}

/// The versions that a group or a person may have: `PUT …/products/{product}/versions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VersionList {
    /// 1 to 50 rules, any of which is enough: `2.1.3` is that version, `2` and `2.1` are lines, `>=2.1, <3` is a range.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub versions: Vec<VersionRule>,
}

/// Who may have which versions of a product: `GET /v1/contracts/{contract}/products/{product}/versions` (S-112).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductVersions {
    /// The versions that there are, the newest first.
    pub versions: Vec<KnownVersion>,
    /// What the channels point at.
    pub channels: Vec<ChannelVersion>,
    /// The groups that have a list, by name.
    pub groups: Vec<GroupVersions>,
    /// The people who have a list of their own, by User ID. It goes before those of their groups.
    pub people: Vec<PersonVersions>,
}

/// A version of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnownVersion {
    /// The version.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub version: Version,
    /// Whether the vendor says that it must not wait.
    pub critical: bool,
    /// Whether the vendor has withdrawn it.
    pub withdrawn: bool,
    /// Since when this service offers it, if that was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub first_offered_at: Option<Timestamp>,
}

/// A channel of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChannelVersion {
    /// The channel.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub channel: ChannelName,
    /// What it points at.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub version: Version,
}

/// The versions that a group may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupVersions {
    /// The group.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// Its rules.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub versions: Vec<VersionRule>,
}

/// The versions that a person may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonVersions {
    /// The person.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub account: AccountId,
    /// What they sign in with.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub user_id: UserId,
    /// Their name.
    pub name: String,
    /// Their rules.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub versions: Vec<VersionRule>,
}

/// Puts a group on a channel: `PUT …/products/{product}/channel`. Answers [`Group`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChannelChoice {
    /// One of the product's channels.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub channel: ChannelName,
}

/// Gives a group what another one runs: `POST …/products/{product}/promotion` (B-14). Answers [`Group`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Promotion {
    /// The other group of the same contract: its channel is taken over, and what that points at is added to the list of
    /// versions where there is one that lacks it.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub from: GroupId,
}

/// Holds a product for a group: `PUT …/products/{product}/hold` (B-15). Answers [`Group`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewGroupHold {
    /// Until when; absent to hold it until somebody releases it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub ends_at: Option<Timestamp>,
    /// Why, for people; at most 1,000 bytes, and may be empty.
    #[serde(default)]
    pub reason: String,
}
