//! The read-me of a release.

use serde::Serialize;
use toolcrib_model::{Language, ProductId, Version};
use toolcrib_trust::package::BadReadMe;
use ts_rs::TS;

/// The read-me of a release, which can be read before anything is installed (S-126).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ReadMeView {
    /// The product.
    #[ts(as = "String")]
    pub product: ProductId,
    /// Its name for people.
    pub name: String,
    /// The release.
    #[ts(as = "String")]
    pub version: Version,
    /// The language of the package that it is from.
    #[ts(as = "String")]
    pub language: Language,
    /// Its path in the package; `None` where the release has none.
    pub file: Option<String>,
    /// The text, plain: its lines end with `\n`, and nothing in it steers a terminal or reorders text.
    pub text: Option<String>,
    /// How many characters of it were replaced, because they do not show by themselves.
    pub replaced_count: u32,
    /// Why it is not shown.
    pub refusal: Option<ReadMeRefusal>,
    /// Where the file lies on this computer, if the release is installed.
    pub place: Option<String>,
}

/// Why a read-me is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReadMeRefusal {
    /// It is larger than 1 MiB.
    TooLarge,
    /// It is not a text in UTF-8.
    NotText,
}

impl From<BadReadMe> for ReadMeRefusal {
    fn from(bad: BadReadMe) -> Self {
        match bad {
            BadReadMe::TooLarge => Self::TooLarge,
            BadReadMe::NotText => Self::NotText,
        }
    }
}
