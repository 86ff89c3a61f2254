//! The computers of a check.

use super::board::{Change, State};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::{Digest, Fact, MachineId, ProductId, Verdict};

/// Which computers of a check to list; what is absent lets all through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MachineFilter {
    /// Those that stand so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// Those that changed so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
    /// The product of `rule`; without one the admin's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<ProductId>,
    /// Those that lack what this rule asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Those whose name has this in it, without regard to case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A computer of a check, as its newest report tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckedMachine {
    /// The computer.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub machine: MachineId,
    /// Its name on its network, as it says.
    pub name: String,
    /// What its report says.
    #[cfg_attr(feature = "openapi", schema(value_type = super::VerdictWord))]
    pub verdict: Verdict,
    /// The same with exceptions taken into account.
    pub state: State,
    /// How that compares with the report before.
    pub change: Change,
    /// How many rules it does not pass.
    pub finding_count: u32,
    /// How it fares for each product.
    pub products: Vec<ProductVerdict>,
    /// What it lacks by the rule that was asked for; none where no rule was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<Finding>,
    /// When the facts were measured, by the computer's own clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub measured_at: Timestamp,
    /// When the report arrived.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub received_at: Timestamp,
}

/// How a computer fares for a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductVerdict {
    /// The product.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: ProductId,
    /// How it fares.
    #[cfg_attr(feature = "openapi", schema(value_type = super::VerdictWord))]
    pub verdict: Verdict,
}

/// What a computer lacks by one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Finding {
    /// How bad that is.
    #[cfg_attr(feature = "openapi", schema(value_type = super::VerdictWord))]
    pub verdict: Verdict,
    /// What was measured.
    pub measured: String,
    /// What is needed.
    pub needed: String,
}

/// `GET /v1/readiness/checks/{check}/machines/{machine}`: one computer with everything that is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MachineDetail {
    /// The computer.
    pub machine: CheckedMachine,
    /// The SHA-256 of the key that its reports are signed with.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub device: Digest,
    /// The program that measured.
    pub tool: String,
    /// Every rule, the check's products first.
    pub rules: Vec<MachineRule>,
    /// What was measured, by name.
    pub facts: Vec<MachineFact>,
    /// Its reports, the newest first.
    pub reports: Vec<FormerReport>,
}

/// How one rule fares on a computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MachineRule {
    /// The product that asks for it; none for the admin's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub product: Option<ProductId>,
    /// The rule.
    pub rule: String,
    /// What is asked for.
    pub text: String,
    /// How it fares.
    #[cfg_attr(feature = "openapi", schema(value_type = super::VerdictWord))]
    pub verdict: Verdict,
    /// How it fared by the report before; absent where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::VerdictWord>))]
    pub before: Option<Verdict>,
    /// What was measured.
    pub measured: String,
    /// What is needed.
    pub needed: String,
    /// What helps; absent when it passes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<String>,
    /// A page with more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Whether a valid exception covers it.
    pub accepted: bool,
}

/// One fact of a computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MachineFact {
    /// Its name: `memory.total_bytes`.
    pub name: String,
    /// `{"known": {…}}`, or `{"unknown": "why"}`.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub fact: Fact,
}

/// A report of a computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormerReport {
    /// What it said.
    #[cfg_attr(feature = "openapi", schema(value_type = super::VerdictWord))]
    pub verdict: Verdict,
    /// When the facts were measured, by the computer's own clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub measured_at: Timestamp,
    /// When it arrived.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub received_at: Timestamp,
}

/// A computer that is awaited and has not reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SilentMachine {
    /// Its name, as it was given.
    pub name: String,
}
