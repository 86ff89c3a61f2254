//! The forms in which an organisation's word is handed out.

use serde::Serialize;
use std::fmt;

/// In which form something is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Values in the registry of Windows, as a group policy writes them.
    GroupPolicy,
    /// Managed preferences of macOS, a property list.
    ManagedPreferences,
    /// A JSON document in a file.
    File,
}

impl fmt::Display for Form {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::GroupPolicy => "group policy",
            Self::ManagedPreferences => "managed preferences",
            Self::File => "file",
        })
    }
}
