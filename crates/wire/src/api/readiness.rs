//! Readiness checks of many computers: what an admin asks, and what the service shows of it.
//!
//! The documents that computers and verifiers read (bundle, report, sign-off) are in [`crate::readiness`].

pub mod board;
pub mod exception;
pub mod facts;
pub mod intake;
pub mod machine;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::{CheckId, Digest, Platform, ProductId, SignOffId, Version};

/// The longest title of a check in bytes.
pub const MAX_TITLE_BYTES: usize = 200;
/// The most products of a check.
pub const MAX_PRODUCTS: usize = 50;
/// The most own rules of a check.
pub const MAX_RULES: usize = 200;
/// The most computers that one check awaits or takes reports of.
pub const MAX_MACHINES: usize = 20_000;

/// How a computer or a rule was judged, as the API's description names it.
#[cfg(feature = "openapi")]
#[derive(utoipa::ToSchema)]
#[schema(as = Verdict, rename_all = "snake_case")]
pub enum VerdictWord {
    /// Everything asked for is there.
    Pass,
    /// It will run, but not as it should; or it could not be measured.
    Warn,
    /// It will not run.
    Fail,
}

/// `POST /v1/readiness/checks`: a new check. Answers [`ReadinessCheck`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewReadinessCheck {
    /// Its title for people; 1 to 200 bytes.
    pub title: String,
    /// The products that are to run on the computers; at most 50.
    pub products: Vec<AskedProduct>,
    /// The admin's own rules, each a requirement as in `docs/protocol/readiness.md`; at most 200.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub rules: Vec<serde_json::Value>,
    /// When reports are no longer taken; at most a year ahead.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
    /// The names of the computers from which reports are awaited; may be empty, may be given later.
    #[serde(default)]
    pub expected: Vec<String>,
}

/// A product to check for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AskedProduct {
    /// The product.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: ProductId,
    /// Its release; the recommended one if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub version: Option<Version>,
}

/// A check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadinessCheck {
    /// The check. Whoever knows it may send reports, so it is told to admins and in the bundle only.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub check: CheckId,
    /// Its title.
    pub title: String,
    /// Whether it takes reports.
    pub state: CheckState,
    /// The releases that are checked for.
    pub products: Vec<ReleaseChecked>,
    /// The admin's own rules, as they were given.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub rules: Vec<serde_json::Value>,
    /// How many rules there are in all.
    pub rule_count: u32,
    /// Who created it, by name.
    pub created_by: String,
    /// When it was created.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// When it takes no more reports.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
    /// When it was closed before that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub closed_at: Option<Timestamp>,
    /// How many computers have reported.
    pub machine_count: u32,
    /// How many computers are awaited.
    pub expected_count: u32,
}

/// Whether a check takes reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    /// It does.
    Open,
    /// Its time is over.
    Expired,
    /// An admin closed it.
    Closed,
}

/// A release that is checked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReleaseChecked {
    /// The product.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: ProductId,
    /// Its name.
    pub name: String,
    /// The release.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub version: Version,
}

/// `GET /v1/readiness/checks/{check}/pack`: everything that an admin takes to the computers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadinessPack {
    /// Where the signed rules are, for every computer.
    pub bundle_url: String,
    /// How the file with the signed rules is called.
    pub bundle_file: String,
    /// The SHA-256 of the key that signed them, for comparing.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub key_id: Digest,
    /// The checker programs that this service has.
    pub programs: Vec<CheckerProgram>,
    /// Command lines for the usual tools.
    pub commands: Vec<ReadyCommand>,
}

/// A checker program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckerProgram {
    /// What it runs on.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub platform: Platform,
    /// The file's name.
    pub file: String,
    /// Where it is.
    pub url: String,
    /// Its length in bytes.
    pub size_bytes: u64,
    /// Its digest.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub sha256: Digest,
}

/// A command line for one tool, ready to be copied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadyCommand {
    /// A short name of the tool: `intune`.
    pub tool: String,
    /// The tool's name for people.
    pub name: String,
    /// What to do with the text.
    pub note: String,
    /// The text.
    pub text: String,
}

/// `GET` and `PUT /v1/readiness/checks/{check}/expected`: the computers from which reports are awaited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExpectedMachines {
    /// Their names; at most 20,000.
    pub names: Vec<String>,
}

/// A signed statement of how a check stood, without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadinessSignOff {
    /// The statement.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub sign_off: SignOffId,
    /// Who had it signed, by name.
    pub signed_by: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub signed_at: Timestamp,
}

/// `GET /v1/readiness/checks/{check}/sign-offs`: the newest hundred.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadinessSignOffs {
    /// The statements, the newest first.
    pub sign_offs: Vec<ReadinessSignOff>,
}
