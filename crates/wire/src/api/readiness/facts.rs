//! The facts of computers that use the client, for organisations that collect them.

use super::machine::MachineFact;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::{DeviceId, Facts, ProductId, Verdict, Version};

/// The longest list of facts in bytes.
pub const MAX_FACTS_BYTES: usize = 1 << 20;

/// `PUT /v1/devices/current/facts`: the device tells what it has. Answers [`FactsKept`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeviceFactsReport {
    /// What was measured, as in a readiness report.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub facts: Facts,
}

/// Whether told facts were kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FactsKept {
    /// False where the organisation does not collect them; then nothing of them stays.
    pub kept: bool,
}

/// `PUT /v1/readiness/facts-setting`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewFactsSetting {
    /// Whether facts are collected; when they no longer are, those that were are removed.
    pub collected: bool,
}

/// Whether the organisation collects the facts of computers that use the client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FactsSetting {
    /// Whether it does; it does not unless an admin said so.
    pub collected: bool,
    /// Who decided that, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_by: Option<String>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub changed_at: Option<Timestamp>,
}

/// The facts of a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceFacts {
    /// The device.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub device: DeviceId,
    /// The computer's name.
    pub name: String,
    /// Whose it is, by name.
    pub user_name: String,
    /// What it told, by name.
    pub facts: Vec<MachineFact>,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub received_at: Timestamp,
    /// How it fares for the recommended release of each product of the organisation, by its own rules.
    pub products: Vec<DeviceFit>,
}

/// How a computer fares for a product, judged by the facts that it told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceFit {
    /// The product.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: ProductId,
    /// Its name for people.
    pub name: String,
    /// The release that is recommended now.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub version: Version,
    /// How it fares.
    #[cfg_attr(feature = "openapi", schema(value_type = super::VerdictWord))]
    pub verdict: Verdict,
    /// The rules that it does not pass.
    pub lacks: Vec<DeviceLack>,
}

/// What a computer lacks for a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceLack {
    /// The rule.
    pub rule: String,
    /// What is asked for.
    pub text: String,
    /// How bad that is.
    #[cfg_attr(feature = "openapi", schema(value_type = super::VerdictWord))]
    pub verdict: Verdict,
    /// What was measured.
    pub measured: String,
    /// What is needed.
    pub needed: String,
    /// What helps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<String>,
}

/// `GET /v1/me/device-facts`: whether the organisation collects facts, and what the person's own computers told.
///
/// The client asks this before it measures anything: where `collected` is false it measures nothing and tells nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnFacts {
    /// Whether the organisation collects them, who decided that, and when.
    #[serde(flatten)]
    pub setting: FactsSetting,
    /// What is kept of the person's computers, the one that told last first.
    pub devices: Vec<ToldFacts>,
}

/// What one of a person's own computers told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ToldFacts {
    /// The device.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub device: DeviceId,
    /// The computer's name.
    pub name: String,
    /// What it told, by name.
    pub facts: Vec<MachineFact>,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub received_at: Timestamp,
}
