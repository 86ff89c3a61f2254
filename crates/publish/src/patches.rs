//! Makes patches from earlier releases, the same bytes for the same releases.
//!
//! The earlier release is read back from its own parts in the catalogue: what people have installed is what was published,
//! not what a folder holds by now. Memory holds one old file, one new one and what sorting takes.
//! Normative text: `docs/protocol/package.md`.

mod content;
mod pairing;
mod parts;
#[cfg(test)]
mod tests;

use crate::Error;
use crate::catalogue::{Folder, State};
use crate::package::{Identity, Package};
use crate::progress::{Stage, Watch};
use camino::{Utf8Path, Utf8PathBuf};
use content::Content;
use pairing::Pair;
use parts::Parts;
use serde::Serialize;
use toolcrib_model::{Digest, Version};
use toolcrib_trust::package::{TrustedIndex, judge_index, judge_manifest};
use toolcrib_wire::catalogue::ListedRelease;
use toolcrib_wire::index::Index;
use toolcrib_wire::manifest::{Blob, PatchSet};
use toolcrib_wire::patches::{Output, Patch, PatchIndex};
use toolcrib_wire::schema::Schema;

/// An earlier release, believed, with where its parts lie.
#[derive(Debug)]
pub(crate) struct Earlier {
    version: Version,
    index: TrustedIndex,
    index_sha256: Digest,
    parts: Vec<Utf8PathBuf>,
}

/// The patches from one release, their files still apart from any catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Made {
    /// What the manifest says of them.
    pub(crate) set: PatchSet,
    /// The stored bytes of the patch index.
    pub(crate) index_bytes: Vec<u8>,
    /// The parts' files, in order.
    pub(crate) parts: Vec<Utf8PathBuf>,
    /// How many files they make.
    file_count: usize,
}

/// The patches from one release, as they are reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PatchesAdded {
    /// The earlier release.
    pub from: Version,
    /// How many files they make.
    pub file_count: usize,
    /// Bytes of the patch parts and the patch index: all that is to be fetched of them.
    pub bytes: u64,
}

impl Made {
    /// What is reported of them.
    pub(crate) fn report(&self) -> PatchesAdded {
        PatchesAdded {
            from: self.set.from.clone(),
            file_count: self.file_count,
            bytes: self.set.bytes(),
        }
    }
}

/// Finds the releases that patches are to lead from, in the order of their versions.
pub(crate) fn find(
    folder: &Folder,
    state: &State,
    identity: &Identity,
    from: &[Version],
) -> Result<Vec<Earlier>, Error> {
    let mut versions = from.to_vec();
    versions.sort();
    versions.dedup();
    versions
        .iter()
        .map(|version| find_one(folder, state, identity, version))
        .collect()
}

fn find_one(folder: &Folder, state: &State, identity: &Identity, from: &Version) -> Result<Earlier, Error> {
    if *from >= identity.version {
        return Err(Error::PatchFrom {
            from: from.clone(),
            version: identity.version.clone(),
        });
    }
    let product = state.listing.products.get(&identity.product);
    let is_wanted = |release: &&ListedRelease| {
        release.version == *from
            && release.platform == identity.platform
            && release.language == identity.language
    };
    let listed = product.and_then(|product| product.releases.iter().find(is_wanted));
    let listed = listed.ok_or_else(|| Error::NoRelease {
        product: identity.product.clone(),
        version: from.clone(),
        hint: format!(" for {} in {}", identity.platform, identity.language),
    })?;
    let bytes = folder.target_bytes(&state.catalogue, &listed.manifest)?;
    let manifest = judge_manifest(&state.catalogue, &listed.manifest, &bytes)?;
    let Blob { sha256, length } = manifest.manifest().index;
    let parts = manifest.manifest().parts.iter();
    Ok(Earlier {
        version: from.clone(),
        index: judge_index(&manifest, &folder.read(&folder.content(&sha256), length)?)?,
        index_sha256: sha256,
        parts: parts.map(|part| folder.content(&part.sha256)).collect(),
    })
}

/// Makes the patches from all of `earlier` to `package`, in the folder `into`, and enters them into its manifest.
pub(crate) fn enter(
    package: &mut Package,
    earlier: &[Earlier],
    part_bytes: u64,
    into: &Utf8Path,
    watch: &dyn Watch,
) -> Result<Vec<Made>, Error> {
    if earlier.is_empty() {
        return Ok(vec![]);
    }
    let index = Index::from_stored(&package.index_bytes)
        .map_err(|source| toolcrib_trust::Error::ParseIndex { source })?;
    let work: Vec<Vec<Pair>> = earlier
        .iter()
        .map(|earlier| pairing::pairs(earlier.index.index(), &index))
        .collect();
    let total = work.iter().flatten().map(|pair| pair.length).sum();
    watch.begin(Stage::Patching, total);
    let mut made = Vec::new();
    for (earlier, pairs) in earlier.iter().zip(&work) {
        let parts = Parts::new(into, &format!("patch-{}", earlier.version), part_bytes);
        let mut new = Content::new(&index, &package.parts);
        made.push(make(earlier, pairs, &mut new, parts, watch)?);
    }
    package.manifest.patches = made.iter().map(|made| made.set.clone()).collect();
    package.encode_manifest()?;
    Ok(made)
}

fn make(
    earlier: &Earlier,
    pairs: &[Pair],
    new: &mut Content<'_>,
    mut parts: Parts<'_>,
    watch: &dyn Watch,
) -> Result<Made, Error> {
    let mut old = Content::new(earlier.index.index(), &earlier.parts);
    let mut patches = Vec::new();
    for pair in pairs {
        let (inputs, outputs) = (old.joined(&pair.inputs)?, new.joined(&pair.outputs)?);
        let made = toolcrib_patch::make(&inputs, &outputs).map_err(|source| Error::Patch { source })?;
        let (part, offset) = parts.add(&made.bytes)?;
        patches.push(Patch {
            encoding: made.encoding,
            inputs: pair.inputs.clone(),
            input_length: inputs.len() as u64,
            outputs: pair.outputs.iter().map(|sha256| new.output(sha256)).collect(),
            length: outputs.len() as u64,
            part,
            offset,
            stored_length: made.bytes.len() as u64,
            stored_sha256: Digest::of(&made.bytes),
        });
        watch.advance(pair.length);
    }
    let file_count = pairs.iter().map(|pair| pair.outputs.len()).sum();
    let index = PatchIndex {
        schema: Schema,
        patches,
    };
    let index_bytes = index.to_stored().map_err(|source| Error::Compress { source })?;
    let (files, blobs) = parts.finish()?;
    Ok(Made {
        set: PatchSet {
            from: earlier.version.clone(),
            from_index: earlier.index_sha256,
            index: Blob {
                sha256: Digest::of(&index_bytes),
                length: index_bytes.len() as u64,
            },
            parts: blobs,
        },
        index_bytes,
        parts: files,
        file_count,
    })
}

impl Content<'_> {
    /// A file as a patch names it.
    fn output(&self, sha256: &Digest) -> Output {
        Output {
            sha256: *sha256,
            length: self.length(sha256),
        }
    }
}
