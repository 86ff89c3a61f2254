//! Update policies: what a company installs on its computers, and when (B-16 to B-18).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::policy::{Decision, Freeze, Schedule};
use toolcrib_model::{AccountId, DeviceId, GroupId, PolicyId, ProductId, Version};

/// The most policies of a contract.
pub const MAX_POLICIES: usize = 100;
/// The most groups, people, products, rings or freezes of a policy.
pub const MAX_NAMED: usize = 200;
/// The longest delay of a ring, and the highest minimum age, in days.
pub const MAX_DAYS: u16 = 365;
/// The most computers that a preview names; it counts all.
pub const MAX_PREVIEWED: usize = 1_000;

/// What a policy says: `POST /v1/contracts/{contract}/update-policies`, and `PUT` of one. Answers [`UpdatePolicy`].
///
/// It is for the people of its groups and rings, and for those whom it names. A policy that names a person goes before
/// those for their groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdatePolicyRule {
    /// Its name, 1 to 100 bytes; no two of a contract differ in case only.
    pub name: String,
    /// The products that it is for; all of the contract where none is named.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub products: Vec<ProductId>,
    /// When it installs; absent to disable updates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Schedule>,
    /// The release to stay at or go back to; only with exactly one product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub target: Option<Version>,
    /// Days on which nothing is installed.
    #[serde(default)]
    pub freezes: Vec<Freeze>,
    /// Groups that it is for.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub groups: Vec<GroupId>,
    /// People that it is for.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub people: Vec<AccountId>,
    /// Groups that get releases one after the other. Who is in several is in the first of them, who is in none in the
    /// last.
    #[serde(default)]
    pub rings: Vec<Ring>,
}

/// A group that gets releases some days later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Ring {
    /// The group.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub group: GroupId,
    /// How many days later.
    pub delay_days: u16,
}

/// A policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdatePolicy {
    /// The policy.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub policy: PolicyId,
    /// What it says.
    pub rule: UpdatePolicyRule,
    /// Whether somebody stopped it: nothing is installed from it until it goes on.
    pub halted: bool,
    /// When it was last changed, halted or let go on.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub changed_at: Timestamp,
}

/// `GET /v1/contracts/{contract}/update-policies`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdatePolicies {
    /// The policies by name.
    pub policies: Vec<UpdatePolicy>,
}

/// Asks who would get what and when: `POST /v1/contracts/{contract}/update-policies/preview`. Answers [`PolicyPreview`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PolicyPreviewRequest {
    /// The policy that it takes the place of; absent for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Uuid))]
    pub policy: Option<PolicyId>,
    /// What it would say.
    pub rule: UpdatePolicyRule,
    /// Where the computers are taken to be, such as `Europe/Berlin`: ages and holds end by the clock of that zone. UTC
    /// where it is absent or not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
}

/// Who gets what and when, with all other policies and holds as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyPreview {
    /// How many computers fare alike: `31 computers on Thursday 20:00`. What comes first stands first.
    pub counts: Vec<PreviewCount>,
    /// The computers one by one, at most 1,000.
    pub computers: Vec<PreviewComputer>,
    /// How many there are. A computer counts once for each product that the policy is for.
    pub computer_count: u32,
}

/// Computers that fare alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewCount {
    /// The product.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: ProductId,
    /// What they get; absent where they are up to date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fate: Option<Fate>,
    /// How many they are.
    pub computer_count: u32,
}

/// What becomes of a release on a computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fate {
    /// The release; an older one than is installed where they go back.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub version: Version,
    /// When, and why. Times are those of the clock on the wall of each computer.
    pub decision: Decision,
    /// The name of the policy that decides, which may be another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_name: Option<String>,
}

/// One computer of a preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewComputer {
    /// The computer.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub device: DeviceId,
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub user_id: String,
    /// The product.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: ProductId,
    /// What is installed.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub installed: Version,
    /// What it gets; absent where it is up to date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fate: Option<Fate>,
}
