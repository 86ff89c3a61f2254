//! What a vendor's publishing tool asks of the service.

use serde::{Deserialize, Serialize};
use toolcrib_model::Digest;

/// The most files that are asked about at once.
pub const MAX_FILES: usize = 10_000;

/// `POST /v1/catalogue/missing-content`: asks which files of content the service lacks. Answers [`MissingContent`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContentQuery {
    /// The files: at most 10,000.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub files: Vec<Digest>,
}

/// What the service lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MissingContent {
    /// Each file that is not there, in the order asked.
    pub missing: Vec<MissingFile>,
}

/// A file that the service lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MissingFile {
    /// The file.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub sha256: Digest,
    /// How many bytes of it arrived before a sending broke off: go on from there.
    pub held_bytes: u64,
}
