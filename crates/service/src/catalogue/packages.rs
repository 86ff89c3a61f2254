//! The packages of the catalogue one by one, as far as it concerns who fetches their files.

use super::metadata::CatalogueFile;
use toolcrib_model::{Language, Platform, ProductId, Version};
use toolcrib_wire::manifest::Blob;

/// One package, as people and addresses name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageName {
    /// The product.
    pub product: ProductId,
    /// The release.
    pub version: Version,
    /// What it runs on.
    pub platform: Platform,
    /// Its language.
    pub language: Language,
}

/// One package, as the catalogue knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// The release.
    pub version: Version,
    /// What it runs on.
    pub platform: Platform,
    /// Its language.
    pub language: Language,
    /// Its manifest.
    pub manifest: CatalogueFile,
    /// Its index, among the content.
    pub index: Blob,
    /// Its parts in order, among the content.
    pub parts: Vec<Blob>,
    /// Where it is no longer offered: why, and nothing where the vendor does not say.
    pub withdrawn: Option<String>,
}

impl Package {
    /// Whether it is the one of that name, of the same product.
    pub fn is(&self, name: &PackageName) -> bool {
        (&self.version, self.platform, &self.language) == (&name.version, name.platform, &name.language)
    }
}

impl std::fmt::Display for PackageName {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            product,
            version,
            platform,
            language,
        } = self;
        write!(
            out,
            "release {version} of `{product}` for {platform} in `{language}`"
        )
    }
}
