//! What the person chose for a download.

use serde::{Deserialize, Serialize};
use toolcrib_model::{Language, Platform, Version};
use ts_rs::TS;

/// What the person chose for a download (S-115).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct DownloadOptions {
    /// The release; `None` for the one that this computer is offered.
    #[ts(as = "Option<String>")]
    pub version: Option<Version>,
    /// The language; `None` for the first one there is.
    #[ts(as = "Option<String>")]
    pub language: Option<Language>,
    /// The computers that it is for; `None` for those like this one.
    #[ts(as = "Option<String>")]
    pub platform: Option<Platform>,
    /// Whether much may be fetched over a metered network.
    pub metered: bool,
}
