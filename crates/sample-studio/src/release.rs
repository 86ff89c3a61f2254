//! Which release this program belongs to, as `release.json` in its package says.

use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};

/// The name of the file that says it.
pub(crate) const FILE: &str = "release.json";

/// The products that this program is sold as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Edition {
    /// Sample Studio.
    #[default]
    Standard,
    /// The same for those who want to see serial numbers: it asks for one.
    Pro,
}

impl Edition {
    /// The product's id, under which its licence is asked for.
    pub(crate) const fn product(self) -> &'static str {
        match self {
            Self::Standard => "sample-studio",
            Self::Pro => "sample-studio-pro",
        }
    }

    /// Its name for people.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Standard => "Sample Studio",
            Self::Pro => "Sample Studio Pro",
        }
    }
}

/// A release of this program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Release {
    /// As which product; the standard one, where a release of an earlier day does not say.
    #[serde(default)]
    pub(crate) edition: Edition,
    /// Its version.
    pub(crate) version: String,
}

/// The folder of the installed tree: the program lies in its `bin`.
pub(crate) fn folder() -> Option<Utf8PathBuf> {
    let program = Utf8PathBuf::from_path_buf(std::env::current_exe().ok()?).ok()?;
    Some(program.parent()?.parent()?.to_owned())
}

/// The release that this program is installed as; a program that was only built has the version of its source.
pub(crate) fn installed() -> Release {
    let read = || serde_json::from_slice(&fs_err::read(folder()?.join(FILE)).ok()?).ok();
    read().unwrap_or_else(|| Release {
        edition: Edition::default(),
        version: format!("{}-built", env!("CARGO_PKG_VERSION")),
    })
}
