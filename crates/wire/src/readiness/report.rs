//! Reports: how one computer fares against one list of requirements, and against a whole check.

use crate::schema::Schema;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::{CheckId, Digest, Facts, Language, ProductId, Verdict, Version};

/// How one computer fares against a list of requirements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The shape of this document.
    pub schema: Schema<1>,
    /// The worst verdict of all rules; pass if there are none.
    pub verdict: Verdict,
    /// Every rule, in the order in which it was asked.
    pub rules: Vec<Ruling>,
}

/// How one requirement fares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// The requirement's id.
    pub id: String,
    /// What is asked for, in a person's words.
    pub text: String,
    /// The verdict.
    pub verdict: Verdict,
    /// What was measured, or why it could not be.
    pub measured: String,
    /// What is needed: the bar that decided.
    pub needed: String,
    /// What to do; absent when the rule passes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<String>,
    /// A page with more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// How one computer fares in a check of many; travels sealed by the computer's own key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MachineReport {
    /// The shape of this document.
    pub schema: Schema<1>,
    /// The check.
    pub check: CheckId,
    /// The SHA-256 of the bundle's payload: which rules were judged by.
    pub bundle: Digest,
    /// The computer's name on its network.
    pub machine: String,
    /// The SHA-256 of the computer's public key, with which the report is sealed.
    pub device: Digest,
    /// When the facts were measured, by the computer's own clock.
    pub measured_at: Timestamp,
    /// The program that measured, with its version and platform.
    pub tool: String,
    /// The language of the texts.
    pub language: Language,
    /// The worst verdict of all groups.
    pub verdict: Verdict,
    /// What was measured.
    pub facts: Facts,
    /// One group a product, in the bundle's order, then the admin's own rules if there are any.
    pub groups: Vec<Group>,
}

/// How one computer fares against one product's requirements, or the admin's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The product; none for the admin's own rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<ProductId>,
    /// Its release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<Version>,
    /// The worst verdict of its rules.
    pub verdict: Verdict,
    /// Every rule.
    pub rules: Vec<Ruling>,
}
