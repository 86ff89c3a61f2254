//! The program itself, its errors, and what it started.

use crate::code::Code;
use serde::{Deserialize, Serialize};
use toolcrib_model::{Platform, ProductId, Version};
use ts_rs::TS;

/// This client and whose it is.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AppView {
    /// The version of Toolcrib.
    pub version: String,
    /// What this computer runs.
    #[ts(as = "String")]
    pub platform: Platform,
    /// The account service, if one is known.
    pub server: Option<String>,
    /// Whether somebody is signed in there.
    pub signed_in: bool,
    /// Where secrets are kept, in words for the person.
    pub secrets_place: String,
}

/// A failure, as every face shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UiError {
    /// What went wrong, to be told apart.
    pub code: Code,
    /// What went wrong, as a sentence.
    pub message: String,
    /// What helps, as a sentence.
    pub advice: String,
    /// Whether the same again may succeed without anybody changing anything.
    pub retryable: bool,
}

/// A product that was started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LaunchView {
    /// The product.
    #[ts(as = "String")]
    pub product: ProductId,
    /// Its release.
    #[ts(as = "String")]
    pub version: Version,
    /// The process.
    pub pid: u32,
    /// Whether the licence lets it only be looked at; how such a start ends says nothing about the release.
    #[serde(skip)]
    #[ts(skip)]
    pub read_only: bool,
}
