//! Where content of a release may lie, as a job remembers it.

use serde::{Deserialize, Serialize};
use toolcrib_delivery::Source;

/// A folder in which content of a release may lie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskSource {
    /// Files of the release, at their places.
    Tree(String),
    /// Parts of the package.
    Parts(String),
}

impl TaskSource {
    /// The same, as it is written down.
    pub(crate) fn of(source: &Source) -> Self {
        match source {
            Source::Tree(folder) => Self::Tree(folder.to_string()),
            Source::Parts(folder) => Self::Parts(folder.to_string()),
        }
    }

    /// The same for the engine.
    pub(crate) fn source(&self) -> Source {
        match self {
            Self::Tree(folder) => Source::Tree(folder.into()),
            Self::Parts(folder) => Source::Parts(folder.into()),
        }
    }
}
