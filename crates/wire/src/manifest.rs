//! The manifest: the signed description of one release for one platform and language.
//!
//! Normative text: `docs/protocol/package.md`.

use crate::hook::{Hook, SettingsFolder};
use crate::schema::Schema;
use serde::{Deserialize, Serialize};
use toolcrib_model::product::LicencePolicy;
use toolcrib_model::{
    ComponentId, ComponentKind, Digest, Language, Platform, ProductId, RelPath, Requirement, Version,
};

/// A package's manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The shape of this document.
    pub schema: Schema<1>,
    /// The product.
    pub product: ProductId,
    /// Its name for people.
    pub name: String,
    /// Who made it.
    pub publisher: String,
    /// One sentence about it.
    pub summary: String,
    /// The release.
    pub version: Version,
    /// What it runs on.
    pub platform: Platform,
    /// Its language.
    pub language: Language,
    /// What it consists of; the sizes are those of the files, in bytes.
    pub components: Vec<Component>,
    /// The index.
    pub index: Blob,
    /// The parts, in order; chunks name them by their place in this list.
    pub parts: Vec<Blob>,
    /// The list of what the release consists of, CycloneDX in JSON (B-54); among the content, like the parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sbom: Option<Blob>,
    /// Bytes that all files take when installed.
    pub installed_bytes: u64,
    /// What it needs of the computer.
    #[serde(default)]
    pub requirements: Vec<Requirement>,
    /// How it is started; `None` for a product that is only files.
    #[serde(default)]
    pub launch: Option<Launch>,
    /// Shortcuts to make for it.
    #[serde(default)]
    pub shortcuts: Vec<Shortcut>,
    /// What its licence asks.
    #[serde(default)]
    pub licence: LicencePolicy,
    /// Texts that the person accepts before it is installed (S-118).
    #[serde(default)]
    pub texts: Vec<TextToAccept>,
    /// The read-me, as a file of the package; it can be read before anything is installed.
    #[serde(default)]
    pub read_me: Option<RelPath>,
    /// Other products that have to be installed for it to run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<ProductId>,
    /// Whether the computer must be restarted after it is installed (S-135).
    #[serde(default)]
    pub restart_needed: bool,
    /// What it asks of the person's system beside its files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hooks: Vec<Hook>,
    /// Where it keeps the person's settings; they stay when it goes, unless the person says otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<SettingsFolder>,
    /// Patches from earlier releases, for updates that fetch less.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patches: Vec<PatchSet>,
}

impl Manifest {
    /// Every immutable file that the manifest names: index, parts, list of components, and all that belongs to patches.
    pub fn content(&self) -> impl Iterator<Item = Blob> {
        let patches = self.patches.iter();
        let patches = patches.flat_map(|set| std::iter::once(&set.index).chain(&set.parts));
        std::iter::once(&self.index)
            .chain(&self.parts)
            .chain(&self.sbom)
            .chain(patches)
            .copied()
    }
}

/// Patches from one earlier release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatchSet {
    /// The earlier release.
    pub from: Version,
    /// The digest of its index as stored: what was really installed.
    pub from_index: Digest,
    /// The patch index.
    pub index: Blob,
    /// The patch parts, in order; patches name them by their place in this list.
    pub parts: Vec<Blob>,
}

impl PatchSet {
    /// Bytes of the patch index and all patch parts, believed or not: never more than can be counted.
    pub fn bytes(&self) -> u64 {
        let parts = self.parts.iter().map(|part| part.length);
        parts.fold(self.index.length, u64::saturating_add)
    }
}

/// An immutable file of the package, named by its digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blob {
    /// Its SHA-256.
    pub sha256: Digest,
    /// Its length in bytes.
    pub length: u64,
}

/// A part of the release that a person can choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Its id.
    pub id: ComponentId,
    /// Its name for people.
    pub name: String,
    /// One sentence about it.
    #[serde(default)]
    pub summary: String,
    /// How it comes to be installed.
    pub kind: ComponentKind,
    /// Whether other products may have it, too: then its files lie on a disk once for all of them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shared: bool,
    /// The languages that it is for; none for what is for everybody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Language>,
    /// Whether it is a tool or utility beside the product (S-126); only what is optional is one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tool: bool,
    /// Bytes of its files when installed.
    pub installed_bytes: u64,
    /// Bytes of its chunks as stored, that is, to be fetched.
    pub stored_bytes: u64,
    /// How many files it has.
    pub file_count: u64,
}

/// How a product is started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Launch {
    /// The program, as a file of the package.
    pub program: RelPath,
    /// Arguments that always come first.
    #[serde(default)]
    pub arguments: Vec<String>,
    /// Whether it shows itself in the terminal rather than in a window.
    #[serde(default)]
    pub terminal: bool,
}

/// A shortcut in the person's menu or on the desktop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shortcut {
    /// What it says.
    pub name: String,
    /// The icon, as a file of the package.
    #[serde(default)]
    pub icon: Option<RelPath>,
    /// Where it goes.
    pub place: ShortcutPlace,
}

/// Where a shortcut goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShortcutPlace {
    /// The applications menu.
    Menu,
    /// The desktop.
    Desktop,
}

/// A text that the person accepts, with its version; asked again only when the version changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextToAccept {
    /// A short name: `eula`.
    pub id: String,
    /// The heading.
    pub title: String,
    /// The version of the text.
    pub version: String,
    /// The text itself, plain.
    pub body: String,
}
