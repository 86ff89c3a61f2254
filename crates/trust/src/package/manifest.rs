//! Judges a manifest.

use super::hooks::judge_hooks;
use crate::catalogue::Catalogue;
use crate::{Error, text};
use std::collections::BTreeSet;
use std::hash::Hash;
use thiserror::Error as ThisError;
use toolcrib_model::constants::{MAX_GRACE_DAYS, MAX_OFFLINE_DAYS};
use toolcrib_model::{
    ComponentId, ComponentKind, Digest, Language, LicencePolicy, ProductId, RelPath, Requirement, Version,
};
use toolcrib_wire::catalogue::Listing;
use toolcrib_wire::index::MAX_INDEX_BYTES;
use toolcrib_wire::manifest::{Blob, Component, Manifest, Shortcut, TextToAccept};

/// The longest manifest, in bytes.
pub const MAX_MANIFEST_BYTES: u64 = 4 << 20;
const MAX_COMPONENTS: usize = 1_000;
const MAX_LANGUAGES: usize = 50;
const MAX_PARTS: usize = 100_000;
const MAX_PART_BYTES: u64 = 1 << 40;
const MAX_PATCH_SETS: usize = 50;
const MAX_STORED_INDEX_BYTES: u64 = MAX_INDEX_BYTES;
const MAX_SBOM_BYTES: u64 = 16 << 20;
const MAX_REQUIREMENTS: usize = 200;
const MAX_SHORTCUTS: usize = 50;
const MAX_TEXTS: usize = 20;
const MAX_TEXT_BYTES: usize = 1 << 20;
const MAX_ARGUMENTS: usize = 100;
const MAX_LINE: usize = 500;
const MAX_NEEDS: usize = 50;
/// As for the rules of `docs/protocol/readiness.md`.
const MAX_ADVICE_BYTES: usize = 4_096;
const MAX_NAME: usize = 120;

/// A manifest that the catalogue vouches for, or vouched for when it was pinned, and that is sound in itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedManifest {
    manifest: Manifest,
    blob: Blob,
}

impl TrustedManifest {
    /// The manifest.
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Its length and digest, by which the catalogue names it.
    pub const fn blob(&self) -> Blob {
        self.blob
    }
}

/// A manifest is not sound.
#[derive(Debug, ThisError, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields are the thing that was judged; the text says what they are"
)]
pub enum BadManifest {
    /// It stands under the name of another package.
    #[error("it describes the package that should be named `{expected}`")]
    OtherPackage { expected: String },
    /// It lists too many things of a kind, or none where one is needed.
    #[error("it has {count} {what}, allowed are {least} to {most}")]
    Count {
        what: &'static str,
        count: usize,
        least: usize,
        most: usize,
    },
    /// Two things have one id.
    #[error("two {what} have the id `{id}`")]
    Twice { what: &'static str, id: String },
    /// A text is too long, or has characters that hide or reorder text.
    #[error("the {what} is too long, is empty, or has characters that do not show")]
    Text { what: &'static str },
    /// A component that everybody gets is for some languages only.
    #[error("the component `{id}` is required, and for some languages only")]
    RequiredLanguages { id: String },
    /// A tool that comes without being chosen.
    #[error("the component `{id}` is a tool, and not optional")]
    UnchosenTool { id: String },
    /// A length is nothing, or more than anything of its kind may have.
    #[error("the {what} has an impossible length of {length} bytes")]
    Length { what: &'static str, length: u64 },
    /// The sizes do not add up.
    #[error("the sizes of its components do not add up to {installed_bytes} bytes")]
    Sum { installed_bytes: u64 },
    /// Patches from a release that is not earlier, or twice from one.
    #[error("it has patches from {version}, which is not an earlier release or is named twice")]
    PatchFrom { version: Version },
    /// The grace is out of range.
    #[error("it gives {days} days of grace, allowed are 0 to {MAX_GRACE_DAYS}")]
    Grace { days: u8 },
    /// The time for which a person may take it offline is out of range.
    #[error("it can be taken offline for {days} days, allowed are 0 to {MAX_OFFLINE_DAYS}")]
    Offline { days: u16 },
    /// A link that is not a web page.
    #[error("the link of the requirement `{id}` is not an https address")]
    Link { id: String },
    /// A shortcut's name cannot be the name of a file.
    #[error("the shortcut's name `{name}` cannot be the name of a file")]
    ShortcutName { name: String },
    /// Something that it asks of the system would mean more than it says.
    #[error("what it asks of the system has a {what} that cannot be used: `{text}`")]
    Hook { what: &'static str, text: String },
}

/// Judges the bytes of the manifest that the catalogue lists as `name`.
///
/// # Errors
/// [`Error`] where the catalogue does not vouch for these bytes, or where what they say is not sound.
pub fn judge_manifest(catalogue: &Catalogue, name: &str, bytes: &[u8]) -> Result<TrustedManifest, Error> {
    must_be_short(name, bytes)?;
    let blob = catalogue.judge_target(name, bytes)?;
    sound(name, blob, bytes)
}

/// Judges the bytes of the manifest of a release that was believed before: `pin` was written down then, from a catalogue
/// that vouched for it, under `name`. No catalogue is asked again, so its age says nothing (see `docs/decisions/0049`).
///
/// # Errors
/// [`Error`] where these are not the bytes that were believed, or where what they say is not sound.
pub fn judge_pinned_manifest(name: &str, pin: Blob, bytes: &[u8]) -> Result<TrustedManifest, Error> {
    must_be_short(name, bytes)?;
    if bytes.len() as u64 != pin.length || Digest::of(bytes) != pin.sha256 {
        return Err(Error::Swapped {
            name: name.to_owned(),
            length: pin.length,
            sha256: pin.sha256,
        });
    }
    sound(name, pin, bytes)
}

fn must_be_short(name: &str, bytes: &[u8]) -> Result<(), Error> {
    match bytes.len() as u64 > MAX_MANIFEST_BYTES {
        true => Err(Error::TooLong {
            name: name.to_owned(),
            limit: MAX_MANIFEST_BYTES,
        }),
        false => Ok(()),
    }
}

/// Reads a manifest whose bytes are those that were vouched for.
fn sound(name: &str, blob: Blob, bytes: &[u8]) -> Result<TrustedManifest, Error> {
    let manifest: Manifest = serde_json::from_slice(bytes).map_err(|source| Error::ParseManifest {
        name: name.to_owned(),
        source,
    })?;
    judge(&manifest, name).map_err(|source| Error::Manifest {
        name: name.to_owned(),
        source,
    })?;
    Ok(TrustedManifest { manifest, blob })
}

pub(crate) fn judge(manifest: &Manifest, name: &str) -> Result<(), BadManifest> {
    let Manifest {
        product,
        version,
        platform,
        language,
        ..
    } = manifest;
    let expected = Listing::manifest_target(product, version, *platform, language);
    if name != expected {
        return Err(BadManifest::OtherPackage { expected });
    }
    judge_words(manifest)?;
    judge_needs(manifest)?;
    judge_components(manifest)?;
    judge_blobs(manifest)?;
    judge_patch_sets(manifest)?;
    judge_requirements(&manifest.requirements)?;
    judge_texts(&manifest.texts)?;
    judge_shortcuts(&manifest.shortcuts)?;
    judge_launch(manifest)?;
    judge_hooks(&manifest.hooks, &manifest.settings)?;
    judge_licence(&manifest.licence)
}

fn judge_licence(policy: &LicencePolicy) -> Result<(), BadManifest> {
    match (policy.grace_days, policy.offline_days) {
        (0..=MAX_GRACE_DAYS, 0..=MAX_OFFLINE_DAYS) => Ok(()),
        (0..=MAX_GRACE_DAYS, days) => Err(BadManifest::Offline { days }),
        (days, _) => Err(BadManifest::Grace { days }),
    }
}

fn judge_words(manifest: &Manifest) -> Result<(), BadManifest> {
    line("name", &manifest.name, MAX_NAME)?;
    text::is_line(&manifest.publisher, MAX_NAME)
        .then_some(())
        .ok_or(BadManifest::Text { what: "publisher" })?;
    text::is_line(&manifest.summary, MAX_LINE)
        .then_some(())
        .ok_or(BadManifest::Text { what: "summary" })
}

fn judge_needs(manifest: &Manifest) -> Result<(), BadManifest> {
    let itself = std::iter::once(&manifest.product);
    count("needed products", manifest.needs.len(), 0, MAX_NEEDS)?;
    unique(
        "needed products",
        manifest.needs.iter().chain(itself),
        ProductId::as_str,
    )
}

fn judge_components(manifest: &Manifest) -> Result<(), BadManifest> {
    let components = &manifest.components;
    count("components", components.len(), 1, MAX_COMPONENTS)?;
    unique(
        "components",
        components.iter().map(|component| &component.id),
        ComponentId::as_str,
    )?;
    for component in components {
        line("component's name", &component.name, MAX_NAME)?;
        judge_languages(component)?;
        judge_tool(component)?;
        let fits = text::is_line(&component.summary, MAX_LINE);
        fits.then_some(()).ok_or(BadManifest::Text {
            what: "component's summary",
        })?;
    }
    let sum = components
        .iter()
        .try_fold(0_u64, |sum, component| sum.checked_add(component.installed_bytes));
    if sum == Some(manifest.installed_bytes) {
        return Ok(());
    }
    Err(BadManifest::Sum {
        installed_bytes: manifest.installed_bytes,
    })
}

fn judge_languages(component: &Component) -> Result<(), BadManifest> {
    let languages = &component.languages;
    count("languages of a component", languages.len(), 0, MAX_LANGUAGES)?;
    unique("languages of a component", languages.iter(), Language::as_str)?;
    match component.kind {
        ComponentKind::Required if !languages.is_empty() => Err(BadManifest::RequiredLanguages {
            id: component.id.to_string(),
        }),
        ComponentKind::Required | ComponentKind::Default | ComponentKind::Optional => Ok(()),
    }
}

fn judge_tool(component: &Component) -> Result<(), BadManifest> {
    match component.kind {
        ComponentKind::Required | ComponentKind::Default if component.tool => {
            Err(BadManifest::UnchosenTool {
                id: component.id.to_string(),
            })
        }
        ComponentKind::Required | ComponentKind::Default | ComponentKind::Optional => Ok(()),
    }
}

fn judge_blobs(manifest: &Manifest) -> Result<(), BadManifest> {
    count("parts", manifest.parts.len(), 0, MAX_PARTS)?;
    length("index", manifest.index.length, MAX_STORED_INDEX_BYTES)?;
    if let Some(sbom) = &manifest.sbom {
        length("SBOM", sbom.length, MAX_SBOM_BYTES)?;
    }
    manifest
        .parts
        .iter()
        .try_for_each(|part| length("part", part.length, MAX_PART_BYTES))
}

/// Patches lead forward, and from each release one way: a client picks them by the index that it has installed.
fn judge_patch_sets(manifest: &Manifest) -> Result<(), BadManifest> {
    count("patch sets", manifest.patches.len(), 0, MAX_PATCH_SETS)?;
    let mut seen = BTreeSet::new();
    for set in &manifest.patches {
        if set.from >= manifest.version || !seen.insert(set.from_index) {
            return Err(BadManifest::PatchFrom {
                version: set.from.clone(),
            });
        }
        count("patch parts", set.parts.len(), 0, MAX_PARTS)?;
        length("patch index", set.index.length, MAX_STORED_INDEX_BYTES)?;
        set.parts
            .iter()
            .try_for_each(|part| length("patch part", part.length, MAX_PART_BYTES))?;
    }
    Ok(())
}

fn judge_requirements(requirements: &[Requirement]) -> Result<(), BadManifest> {
    count("requirements", requirements.len(), 0, MAX_REQUIREMENTS)?;
    unique(
        "requirements",
        requirements.iter().map(|requirement| &requirement.id),
        String::as_str,
    )?;
    for requirement in requirements {
        line("requirement's id", &requirement.id, MAX_NAME)?;
        for (what, advice) in [
            ("requirement's text", &requirement.text),
            ("requirement's fix", &requirement.fix),
        ] {
            let sound = |one: &str| !one.trim().is_empty() && text::is_text(one, MAX_ADVICE_BYTES);
            if advice.all().next().is_none() || !advice.all().all(sound) {
                return Err(BadManifest::Text { what });
            }
        }
        let is_page = |link: &String| link.starts_with("https://") && text::is_line(link, MAX_ADVICE_BYTES);
        if !requirement.link.as_ref().is_none_or(is_page) {
            return Err(BadManifest::Link {
                id: requirement.id.clone(),
            });
        }
    }
    Ok(())
}

fn judge_texts(texts: &[TextToAccept]) -> Result<(), BadManifest> {
    count("texts to accept", texts.len(), 0, MAX_TEXTS)?;
    unique(
        "texts to accept",
        texts.iter().map(|text| &text.id),
        String::as_str,
    )?;
    for accepted in texts {
        line("text's id", &accepted.id, MAX_NAME)?;
        line("text's title", &accepted.title, MAX_NAME)?;
        line("text's version", &accepted.version, MAX_NAME)?;
        if accepted.body.is_empty() || !text::is_text(&accepted.body, MAX_TEXT_BYTES) {
            return Err(BadManifest::Text {
                what: "text to accept",
            });
        }
    }
    Ok(())
}

fn judge_shortcuts(shortcuts: &[Shortcut]) -> Result<(), BadManifest> {
    count("shortcuts", shortcuts.len(), 0, MAX_SHORTCUTS)?;
    let is_file_name = |name: &str| name.parse::<RelPath>().is_ok_and(|path| path.parent().is_none());
    match shortcuts.iter().find(|shortcut| !is_file_name(&shortcut.name)) {
        Some(bad) => Err(BadManifest::ShortcutName {
            name: bad.name.escape_debug().take(MAX_NAME).collect(),
        }),
        None => Ok(()),
    }
}

fn judge_launch(manifest: &Manifest) -> Result<(), BadManifest> {
    let arguments = manifest.launch.iter().flat_map(|launch| &launch.arguments);
    count("launch arguments", arguments.clone().count(), 0, MAX_ARGUMENTS)?;
    let bad = |argument: &String| !text::is_line(argument, MAX_LINE);
    if arguments.clone().any(bad) {
        Err(BadManifest::Text {
            what: "launch argument",
        })
    } else {
        Ok(())
    }
}

fn count(what: &'static str, count: usize, least: usize, most: usize) -> Result<(), BadManifest> {
    if (least..=most).contains(&count) {
        Ok(())
    } else {
        Err(BadManifest::Count {
            what,
            count,
            least,
            most,
        })
    }
}

fn length(what: &'static str, length: u64, most: u64) -> Result<(), BadManifest> {
    if (1..=most).contains(&length) {
        Ok(())
    } else {
        Err(BadManifest::Length { what, length })
    }
}

fn line(what: &'static str, line: &str, most: usize) -> Result<(), BadManifest> {
    if !line.trim().is_empty() && text::is_line(line, most) {
        Ok(())
    } else {
        Err(BadManifest::Text { what })
    }
}

fn unique<'a, T: Hash + Ord + 'a>(
    what: &'static str,
    mut ids: impl Iterator<Item = &'a T>,
    text: impl Fn(&T) -> &str,
) -> Result<(), BadManifest> {
    let mut seen = BTreeSet::new();
    match ids.find(|id| !seen.insert(*id)) {
        Some(id) => Err(BadManifest::Twice {
            what,
            id: text(id).to_owned(),
        }),
        None => Ok(()),
    }
}
