//! What can be done with an installed product: other releases, its files, its place.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::{ProductId, Version};
use ts_rs::TS;

/// A release that is here, current or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ReleaseView {
    /// The release.
    #[ts(as = "String")]
    pub version: Version,
    /// How it stands to the others.
    pub standing: ReleaseStanding,
    /// Whether it stays however many newer ones there are.
    pub pinned: bool,
    /// When it was installed.
    #[ts(as = "String")]
    pub installed_at: Timestamp,
    /// Bytes of its files.
    pub installed_bytes: u64,
}

/// How a release stands to the others that are here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseStanding {
    /// It is what is launched.
    Current,
    /// It was current before.
    Previous,
    /// It is kept, too.
    Kept,
}

/// How the files of an installed product differ from its release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ExaminationView {
    /// The product.
    #[ts(as = "String")]
    pub product: ProductId,
    /// Files with other content than they should have, and files that cannot be read.
    pub damaged: Vec<String>,
    /// Those of them that cannot be read; they are made anew.
    pub unreadable: Vec<String>,
    /// What is not there.
    pub missing: Vec<String>,
    /// What is there and is not of the release; it is never touched.
    pub extra: Vec<String>,
    /// How many bytes mending would fetch, if these are so many that nobody fetches them unasked over the network of now,
    /// because it is metered.
    pub metered_bytes: Option<u64>,
}

/// A folder in which a product keeps the person's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SettingsView {
    /// What it is.
    pub name: String,
    /// The folder.
    pub folder: String,
    /// Bytes of all files in it.
    pub size_bytes: u64,
    /// How many files are in it.
    pub file_count: u64,
}

impl From<toolcrib_delivery::Settings> for SettingsView {
    fn from(settings: toolcrib_delivery::Settings) -> Self {
        Self {
            name: settings.name,
            folder: settings.path.into_string(),
            size_bytes: settings.size_bytes,
            file_count: settings.file_count,
        }
    }
}

/// A folder that a product could be moved to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PlaceView {
    /// Names it.
    pub id: String,
    /// The folder.
    pub folder: String,
    /// Bytes that are free on its disk.
    pub free_bytes: u64,
    /// What the product needs there, all its releases together: nothing on the disk where it is.
    pub needed_bytes: u64,
}
