//! How reports come in: one by HTTPS, or many as files.

use super::board::Change;
use serde::{Deserialize, Serialize};
use toolcrib_model::Verdict;

/// The longest signed report in bytes.
pub const MAX_REPORT_BYTES: usize = 1 << 20;
/// The longest body of an import in bytes.
pub const MAX_IMPORT_BYTES: usize = 48 << 20;
/// The most reports of one import.
pub const MAX_IMPORTED: usize = 10_000;

/// What became of a report: the answer of `POST /v1/readiness/checks/{check}/reports`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportTaken {
    /// The computer's name.
    pub machine: String,
    /// What the service reads from its facts.
    #[cfg_attr(feature = "openapi", schema(value_type = super::VerdictWord))]
    pub verdict: Verdict,
    /// How that compares with the report before.
    pub change: Change,
    /// Whether this very report was here already.
    pub known: bool,
}

/// `POST /v1/readiness/checks/{check}/imports`: files from a share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReportImport {
    /// The files.
    pub files: Vec<ReportFile>,
}

/// A file from a share: one signed report, or a zip archive of many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReportFile {
    /// Its name, for the answer.
    pub name: String,
    /// Its bytes in base64.
    pub content: String,
}

/// What became of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportsImported {
    /// How many reports are new.
    pub taken_count: u32,
    /// How many were here already.
    pub known_count: u32,
    /// How many were refused.
    pub refused_count: u32,
    /// Each of them, in the order of the files.
    pub results: Vec<ImportResult>,
}

/// What became of one report of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportResult {
    /// The file; for one of an archive `ARCHIVE/FILE`.
    pub file: String,
    /// What became of it.
    pub outcome: ImportOutcome,
    /// The computer's name, where the report was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<String>,
    /// What the service reads from its facts, where the report was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::VerdictWord>))]
    pub verdict: Option<Verdict>,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What became of one report of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ImportOutcome {
    /// It is new.
    Taken,
    /// It was here already.
    Known,
    /// It was refused.
    Refused,
}
