//! Which release this program belongs to, as `release.json` in its package says.

use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};

/// The product's id, under which its licence is asked for.
pub(crate) const PRODUCT: &str = "sample-studio";

/// The name of the file that says it.
pub(crate) const FILE: &str = "release.json";

/// A release of this program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Release {
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
        version: format!("{}-built", env!("CARGO_PKG_VERSION")),
    })
}
