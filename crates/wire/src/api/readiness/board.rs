//! The board of a check: how its computers fare together.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::{ProductId, Version};

/// How a computer stands, its exceptions taken into account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = MachineState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Everything asked for is there.
    Pass,
    /// It does not pass, and everything that is lacking was accepted.
    Accepted,
    /// It will run, but not as it should; or it could not be measured.
    Warn,
    /// It is not ready.
    Fail,
}

/// How a computer's newest report compares with the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = MachineChange))]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// There was none before.
    New,
    /// The verdict is the same.
    Same,
    /// The verdict is better.
    Better,
    /// The verdict is worse.
    Worse,
}

/// `GET /v1/readiness/checks/{check}/board`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadinessBoard {
    /// How many computers stand how.
    pub counts: ReadinessCounts,
    /// The products of the check, in its order.
    pub products: Vec<ProductTally>,
    /// What is lacking, the commonest and worst first.
    pub causes: Vec<ReadinessCause>,
    /// When the newest report arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub newest_at: Option<Timestamp>,
}

/// How many computers stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadinessCounts {
    /// How many have reported.
    pub machines: u32,
    /// Ready.
    pub pass: u32,
    /// Not ready, and accepted as they are.
    pub accepted: u32,
    /// Will run, with warnings.
    pub warn: u32,
    /// Not ready.
    pub fail: u32,
    /// How many are awaited.
    pub expected: u32,
    /// Awaited, and never heard of.
    pub silent: u32,
    /// Better than by their report before.
    pub better: u32,
    /// Worse than by their report before.
    pub worse: u32,
}

/// How many computers fare how for one product; exceptions are not taken into account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductTally {
    /// The product.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: ProductId,
    /// Its name.
    pub name: String,
    /// The release.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub version: Version,
    /// Ready.
    pub pass: u32,
    /// Will run, with warnings.
    pub warn: u32,
    /// Not ready.
    pub fail: u32,
}

/// One thing that is lacking, on however many computers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadinessCause {
    /// The product that asks for it; none for the admin's own rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub product: Option<ProductId>,
    /// The product's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_name: Option<String>,
    /// The rule.
    pub rule: String,
    /// What is asked for.
    pub text: String,
    /// What helps.
    pub fix: String,
    /// A page with more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// On how many computers it fails.
    pub fail_count: u32,
    /// On how many computers it warns.
    pub warn_count: u32,
    /// On how many of both it was accepted.
    pub accepted_count: u32,
}
