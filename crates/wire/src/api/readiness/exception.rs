//! Exceptions: what is lacking, and accepted by somebody who says why and until when.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::{ExceptionId, MachineId, ProductId};

/// The longest reason in bytes.
pub const MAX_REASON_BYTES: usize = 1_000;
/// The most exceptions of a check.
pub const MAX_EXCEPTIONS: usize = 1_000;

/// `POST /v1/readiness/checks/{check}/exceptions`. Answers [`ReadinessException`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewReadinessException {
    /// The product that asks for it; none for the admin's own rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub product: Option<ProductId>,
    /// The rule.
    pub rule: String,
    /// The one computer that it is for; none for all of the check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Uuid))]
    pub machine: Option<MachineId>,
    /// Why it is accepted; 1 to 1,000 bytes.
    pub reason: String,
    /// Until when.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub ends_at: Timestamp,
}

/// An exception.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadinessException {
    /// The exception.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub exception: ExceptionId,
    /// The product that asks for it; none for the admin's own rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub product: Option<ProductId>,
    /// The rule.
    pub rule: String,
    /// What is asked for.
    pub text: String,
    /// The one computer that it is for, by name; none for all of the check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<String>,
    /// Why it is accepted.
    pub reason: String,
    /// Who accepted it, by name.
    pub accepted_by: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub accepted_at: Timestamp,
    /// Until when it holds.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub ends_at: Timestamp,
    /// Whether it holds now.
    pub valid: bool,
}

/// `GET /v1/readiness/checks/{check}/exceptions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadinessExceptions {
    /// The exceptions, the newest first, those that ended among them.
    pub exceptions: Vec<ReadinessException>,
}
