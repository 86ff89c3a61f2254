//! A list that the vendor made: taken as it is, once it is clear that it is one and that it is of this release.

use super::MAX_BYTES;
use crate::Error;
use camino::Utf8Path;
use serde_json::Value;
use thiserror::Error as ThisError;
use toolcrib_model::Version;

/// The versions of CycloneDX that are taken.
const VERSIONS: [&str; 2] = ["1.5", "1.6"];

/// A vendor's own list, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given(Vec<u8>);

/// A list that is not taken, and why.
#[derive(Debug, ThisError)]
#[expect(
    missing_docs,
    reason = "the fields are the thing that was judged; the text says what they are"
)]
pub enum BadSbom {
    /// It is not JSON.
    #[error("it is not JSON")]
    Json(#[source] serde_json::Error),
    /// It is another kind of document.
    #[error("it is not a CycloneDX document: `bomFormat` is not \"CycloneDX\"")]
    Format,
    /// It is of another version of the format.
    #[error("its `specVersion` is {found}; 1.5 and 1.6 are taken")]
    Version { found: String },
    /// Something in it has another shape.
    #[error("its `{place}` is not {expected}")]
    Shape {
        place: &'static str,
        expected: &'static str,
    },
    /// It speaks of another release.
    #[error("it describes version {found}, but the release is {release}")]
    OtherRelease { found: String, release: Version },
}

impl Given {
    /// Reads and judges a list.
    ///
    /// # Errors
    /// [`Error::Sbom`] where it is not one, or is one of another release.
    pub fn read(path: &Utf8Path, release: &Version) -> Result<Self, Error> {
        let bytes = toolcrib_machine::files::read_bounded(path, MAX_BYTES)?;
        let bytes = bytes.ok_or_else(|| Error::NoFile {
            path: path.to_owned(),
        })?;
        judge(&bytes, release).map_err(|source| Error::Sbom {
            path: path.to_owned(),
            source,
        })?;
        Ok(Self(bytes))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

pub(super) fn judge(bytes: &[u8], release: &Version) -> Result<(), BadSbom> {
    let document: Value = serde_json::from_slice(bytes).map_err(BadSbom::Json)?;
    if document["bomFormat"] != "CycloneDX" {
        return Err(BadSbom::Format);
    }
    let found = &document["specVersion"];
    if !VERSIONS.iter().any(|version| found == version) {
        return Err(BadSbom::Version {
            found: found.to_string(),
        });
    }
    judge_components(&document["components"])?;
    match &document["metadata"]["component"]["version"] {
        Value::Null => Ok(()),
        Value::String(found) if *found == release.to_string() => Ok(()),
        other => Err(BadSbom::OtherRelease {
            found: other.to_string(),
            release: release.clone(),
        }),
    }
}

fn judge_components(components: &Value) -> Result<(), BadSbom> {
    let Value::Array(components) = components else {
        return Err(BadSbom::Shape {
            place: "components",
            expected: "a list",
        });
    };
    let is_named = |one: &Value| one["name"].is_string() && one["type"].is_string();
    match components.iter().all(is_named) {
        true => Ok(()),
        false => Err(BadSbom::Shape {
            place: "components",
            expected: "a list of things with `type` and `name`",
        }),
    }
}
