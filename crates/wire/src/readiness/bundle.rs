//! The bundle: what an admin takes to the computers.

use crate::schema::Schema;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::{CheckId, LocalText, ProductId, Requirement, Version};
use url::Url;

/// The rules of one check; travels sealed by the service's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// The shape of this document.
    pub schema: Schema<1>,
    /// The check.
    pub check: CheckId,
    /// Its title for people.
    pub title: LocalText,
    /// When the bundle was made.
    pub issued_at: Timestamp,
    /// When reports are no longer wanted.
    pub expires_at: Timestamp,
    /// Where reports are sent, with whatever the address needs to be let in; none where they are collected as files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report_to: Option<Url>,
    /// The products that are to run on the computers.
    pub products: Vec<CheckedProduct>,
    /// The admin's own rules, whatever the product.
    #[serde(default)]
    pub own: Vec<Requirement>,
}

/// A release whose requirements are checked. Space and rights are among the requirements already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckedProduct {
    /// The product.
    pub product: ProductId,
    /// Its name for people.
    pub name: String,
    /// The release.
    pub version: Version,
    /// What it needs.
    pub requirements: Vec<Requirement>,
}
