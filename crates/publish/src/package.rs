//! Builds a package: parts, index and manifest, the same bytes for the same input, whenever and wherever.
//!
//! Two passes. The first takes the digest of every file, so that equal files are packed once. The second reads the
//! files again in the order of the stream, cuts them into chunks, compresses those on all cores and writes them into
//! parts, one after the other. Memory holds a few chunks for each core, never the product.
//! Normative text: `docs/protocol/package.md`.

mod digest;
mod frames;
mod order;
mod parts;
mod pieces;
#[cfg(test)]
mod tests;
mod zip;

use crate::Error;
use crate::input::{Input, InputFile};
use crate::product::{Product, assign};
use crate::progress::{Stage, Watch};
use crate::sbom::{self, Contents};
use camino::{Utf8Path, Utf8PathBuf};
use frames::Frame;
use parts::Parts;
use std::num::NonZeroUsize;
use toolcrib_model::{Digest, Language, Platform, ProductId, Version};
use toolcrib_wire::index::{Chunk, Index};
use toolcrib_wire::manifest::{Blob, Component, Manifest};
use toolcrib_wire::schema::Schema;

/// How large a part becomes unless told otherwise, in bytes.
pub const USUAL_PART_BYTES: u64 = 32 << 20;
/// The bounds of a part's size, in bytes: below 4 GiB, so that no reader needs zip64.
pub const PART_BYTES: std::ops::RangeInclusive<u64> = (64 << 10)..=(1 << 30);
/// The zstd level unless told otherwise.
pub const USUAL_LEVEL: i32 = 19;

/// Which release a package is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The product.
    pub product: ProductId,
    /// The release.
    pub version: Version,
    /// What it runs on.
    pub platform: Platform,
    /// Its language.
    pub language: Language,
}

/// How a package is made. The number of threads changes nothing in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Making {
    /// The size that no part exceeds, unless a single chunk does, in bytes.
    pub part_bytes: u64,
    /// The zstd level, 1 to 22.
    pub level: i32,
    /// How many threads compress and make patches; `None` for one a core.
    pub threads: Option<NonZeroUsize>,
}

impl Default for Making {
    fn default() -> Self {
        Self {
            part_bytes: USUAL_PART_BYTES,
            level: USUAL_LEVEL,
            threads: None,
        }
    }
}

impl Making {
    /// How many threads work.
    pub(crate) fn threads(&self) -> usize {
        let all = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        self.threads.map_or_else(all, NonZeroUsize::get)
    }
}

/// A package that was built, its files still apart from any catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// The manifest.
    pub manifest: Manifest,
    /// The bytes of the manifest.
    pub manifest_bytes: Vec<u8>,
    /// The stored bytes of the index.
    pub index_bytes: Vec<u8>,
    /// The bytes of the list of what the release consists of.
    pub sbom_bytes: Vec<u8>,
    /// The parts' files, in order.
    pub parts: Vec<Utf8PathBuf>,
    /// How many chunks there are.
    pub chunk_count: usize,
}

/// Builds the package of `input` in the empty folder `into`.
///
/// # Errors
/// [`Error`] where something cannot be read or written, changes meanwhile, or belongs to no component.
pub fn build(
    identity: &Identity,
    product: &Product,
    input: &Input,
    making: &Making,
    into: &Utf8Path,
    watch: &dyn Watch,
) -> Result<Package, Error> {
    let shares = assign(product, input.tree())?;
    let files: Vec<&InputFile> = shares.iter().flat_map(|share| &share.files).copied().collect();
    watch.begin(Stage::Digesting, input.tree().bytes());
    let digests = digest::all(input, &files, making.threads(), watch)?;
    let plans = order::plan(&shares, &digests);
    let (parts, chunks) = pack(input, &plans, making, into, watch)?;
    let components = components(&plans, &chunks);
    let index = Index {
        schema: Schema,
        cutter: pieces::CUTTER.to_owned(),
        components: plans.into_iter().map(order::Plan::into_tree).collect(),
        chunks: chunks.into_iter().map(|(_, chunk)| chunk).collect(),
    };
    let index_bytes = index.to_stored().map_err(|source| Error::Compress { source })?;
    let sbom_bytes = list(identity, product, &components, &index)?;
    let manifest = Manifest {
        index: blob(&index_bytes),
        parts: parts.iter().map(|part| part.blob).collect(),
        sbom: Some(blob(&sbom_bytes)),
        ..manifest(identity, product, components)
    };
    let mut package = Package {
        manifest,
        manifest_bytes: vec![],
        index_bytes,
        parts: parts.into_iter().map(|part| part.path).collect(),
        sbom_bytes,
        chunk_count: index.chunks.len(),
    };
    package.encode_manifest()?;
    Ok(package)
}

impl Package {
    /// Writes the manifest down as it is now.
    pub(crate) fn encode_manifest(&mut self) -> Result<(), Error> {
        let bytes = serde_json::to_vec_pretty(&self.manifest);
        self.manifest_bytes = bytes.map_err(|source| Error::Encode {
            what: "the manifest",
            source,
        })?;
        Ok(())
    }
}

/// A chunk, with the place of the component that it belongs to.
type Owned = (usize, Chunk);

/// Writes the parts; answers them, and every chunk.
fn pack(
    input: &Input,
    plans: &[order::Plan<'_>],
    making: &Making,
    into: &Utf8Path,
    watch: &dyn Watch,
) -> Result<(Vec<parts::Part>, Vec<Owned>), Error> {
    watch.begin(Stage::Packing, plans.iter().map(|plan| plan.stream_bytes).sum());
    let mut parts = Parts::new(into, making.part_bytes, zip::Names::of(input.tree()));
    let mut chunks = Vec::new();
    let read = |give: &mut pieces::Give<'_>| pieces::read(input, plans, watch, give);
    frames::compress(read, making.level, making.threads(), |frame| {
        let (part, offset) = parts.add(&frame)?;
        chunks.push((frame.component, chunk(part, offset, &frame)));
        Ok(())
    })?;
    Ok((parts.finish()?, chunks))
}

fn components(plans: &[order::Plan<'_>], chunks: &[Owned]) -> Vec<Component> {
    let mut stored_bytes = vec![0; plans.len()];
    for (component, chunk) in chunks {
        stored_bytes[*component] += u64::from(chunk.stored_length);
    }
    plans
        .iter()
        .zip(stored_bytes)
        .map(|(plan, stored_bytes)| component(plan, stored_bytes))
        .collect()
}

fn chunk(part: u32, offset: u64, frame: &Frame) -> Chunk {
    Chunk {
        part,
        offset,
        stored_length: frame.stored.len() as u32,
        stored_sha256: frame.stored_sha256,
        length: frame.length,
        sha256: frame.sha256,
    }
}

fn component(plan: &order::Plan<'_>, stored_bytes: u64) -> Component {
    let rule = plan.rule;
    Component {
        id: rule.id.clone(),
        name: rule.name.clone(),
        summary: rule.summary.clone(),
        kind: rule.kind,
        shared: rule.shared,
        languages: rule.languages.clone(),
        tool: rule.tool,
        installed_bytes: plan.files.iter().map(|file| file.entry.size).sum(),
        stored_bytes,
        file_count: plan.files.len() as u64,
    }
}

/// The vendor's list of what the release consists of, else one made of its files.
fn list(
    identity: &Identity,
    product: &Product,
    components: &[Component],
    index: &Index,
) -> Result<Vec<u8>, Error> {
    if let Some(given) = &product.sbom {
        return Ok(given.bytes().to_vec());
    }
    let pairs = components.iter().zip(&index.components);
    let contents = pairs.map(|(component, tree)| Contents {
        id: &component.id,
        name: &component.name,
        summary: &component.summary,
        tree,
    });
    sbom::make(identity, product, contents.collect())
}

fn blob(bytes: &[u8]) -> Blob {
    Blob {
        sha256: Digest::of(bytes),
        length: bytes.len() as u64,
    }
}

/// The manifest, as far as it does not name files of content.
fn manifest(identity: &Identity, product: &Product, components: Vec<Component>) -> Manifest {
    Manifest {
        schema: Schema,
        product: identity.product.clone(),
        name: product
            .name
            .clone()
            .unwrap_or_else(|| identity.product.to_string()),
        publisher: product.publisher.clone(),
        summary: product.summary.clone(),
        version: identity.version.clone(),
        platform: identity.platform,
        language: identity.language.clone(),
        installed_bytes: components.iter().map(|component| component.installed_bytes).sum(),
        components,
        index: blob(&[]),
        parts: vec![],
        sbom: None,
        requirements: product.requirements.clone(),
        launch: product.launch.clone(),
        shortcuts: product.shortcuts.clone(),
        licence: product.licence,
        texts: product.texts.clone(),
        read_me: product.read_me.clone(),
        needs: product.needs.clone(),
        restart_needed: product.restart_needed,
        patches: vec![],
        hooks: product.hooks.clone(),
        settings: product.settings.clone(),
    }
}
