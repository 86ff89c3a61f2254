//! A release as plain files, for whoever fetches it with a browser or a script (Browser Download, S-115).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::{Digest, Language, Platform, ProductId, Version};

/// `GET /v1/products/{product}/files`: every file of the folder from which `toolcrib install --from` installs the
/// release, where each is fetched, and the commands that do it.
///
/// The files of the package never change. Those below `catalogue/` are the signed catalogue as it is now: once the vendor
/// publishes, their digests are no longer those of this answer, and a new one has to be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PackageFiles {
    /// The product.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: ProductId,
    /// The release.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub version: Version,
    /// What it runs on.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub platform: Platform,
    /// Its language.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub language: Language,
    /// What the folder is best called.
    pub folder: String,
    /// The files, the small ones of the catalogue last.
    pub files: Vec<PackageFile>,
    /// All digests in the form that `sha256sum --check` reads, as they are when it is fetched.
    pub sums_url: String,
    /// Scripts that fetch all of it, one for each kind of shell.
    pub scripts: Vec<FetchScript>,
    /// When all these addresses end. What was begun by then goes on with new ones.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
    /// The command that installs from the folder, where it lies beside it; the first time with the fingerprint of the
    /// catalogue's newest root.
    pub install_command: String,
    /// The SHA-256 of the catalogue's newest root, by which a computer that never saw the catalogue knows it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub fingerprint: Digest,
    /// Until when a computer without a network installs from the folder: the signed catalogue is too old after that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub installable_until: Option<Timestamp>,
}

/// One file of the folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PackageFile {
    /// Its place in the folder, with `/` between the pieces.
    pub path: String,
    /// Its length in bytes.
    pub size_bytes: u64,
    /// Its digest.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub sha256: Digest,
    /// Where it can be fetched without further proof; ranges are answered.
    pub url: String,
}

/// A script that fetches all files of a folder, checks them, and goes on where it stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FetchScript {
    /// What runs it: `sh` or `powershell`.
    pub shell: String,
    /// What it is called.
    pub file: String,
    /// Where it is fetched.
    pub url: String,
    /// The command that runs it where it lies.
    pub run_command: String,
    /// The command that fetches it and runs it, for a computer without a browser.
    pub fetch_command: String,
}
