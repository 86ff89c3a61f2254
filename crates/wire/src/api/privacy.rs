//! The privacy statement, which each person accepts once in each version (S-140).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The version of [`STATEMENT`]: whoever changes a word of the text changes the version with it.
pub const STATEMENT_VERSION: &str = "2026-11-22.2";

/// The text: paragraphs with an empty line between them, the first one is the title. Both the service and the client
/// have it, so that it can be shown at a first launch without a network.
pub const STATEMENT: &str = include_str!("privacy/statement.txt");

/// `GET /v1/me/privacy`: the statement, and whether the person accepted it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PrivacyStanding {
    /// The version in force.
    pub version: String,
    /// Its text, in paragraphs.
    pub text: String,
    /// When the person accepted this version; absent until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub accepted_at: Option<Timestamp>,
}

/// `POST /v1/me/privacy`: the person accepted a version. Telling it again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PrivacyAcceptance {
    /// The version that was shown.
    pub version: String,
    /// When it was accepted, where that is told later; a time to come is taken for now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub accepted_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use toolcrib_model::Digest;

    #[test]
    fn a_changed_text_has_a_new_version() {
        let digest = Digest::of(STATEMENT.as_bytes()).to_string();
        assert_eq!(
            (STATEMENT_VERSION, &digest[..16]),
            ("2026-11-22.2", "1370919bd8153d7c")
        );
    }
}
