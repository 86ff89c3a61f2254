//! The sign-off: what was checked, what came out and what was accepted, for the change request.

use crate::schema::Schema;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::{CheckId, Digest, ProductId, Verdict, Version};

/// The result of a whole check; travels sealed by the service's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOff {
    /// The shape of this document.
    pub schema: Schema<1>,
    /// The check.
    pub check: CheckId,
    /// Its title.
    pub title: String,
    /// The customer.
    pub organisation: String,
    /// The SHA-256 of the bundle's payload: which rules were judged by.
    pub bundle: Digest,
    /// The releases that were checked.
    pub products: Vec<(ProductId, Version)>,
    /// Who signed off, as people know them.
    pub signed_by: String,
    /// When.
    pub signed_at: Timestamp,
    /// How many computers came out how.
    pub counts: Counts,
    /// Every computer that was expected or reported.
    pub machines: Vec<MachineVerdict>,
    /// What was accepted although it does not pass.
    pub exceptions: Vec<Exception>,
}

/// How many computers came out how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Ready.
    pub pass: u64,
    /// Will do.
    pub warn: u64,
    /// Not ready.
    pub fail: u64,
    /// Expected, and never heard of.
    pub silent: u64,
}

/// One computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MachineVerdict {
    /// Its name.
    pub machine: String,
    /// The SHA-256 of its public key; none for a silent one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Digest>,
    /// What came out; none for a silent one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// When the facts were measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured_at: Option<Timestamp>,
    /// The SHA-256 of its report's payload.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Digest>,
}

/// A rule that was waived, for one computer or for all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The rule's id.
    pub rule: String,
    /// The product whose rule it is; none for the admin's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<ProductId>,
    /// The computer; none for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<String>,
    /// Who accepted it.
    pub accepted_by: String,
    /// Why.
    pub reason: String,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}
