//! Makes patches from earlier releases, the same bytes for the same releases.
//!
//! The earlier release is read back from its own parts in the catalogue: what people have installed is what was published,
//! not what a folder holds by now. Memory holds one old file for each thread, one new one and what finds one in the other; there is a bound.
//! Normative text: `docs/protocol/package.md`.

mod content;
mod making;
mod pairing;
mod parts;
#[cfg(test)]
mod tests;

use crate::Error;
use crate::catalogue::{Folder, State};
use crate::package::{Identity, Making, Package};
use crate::progress::{Stage, Watch};
use camino::{Utf8Path, Utf8PathBuf};
use content::Content;
use pairing::Pair;
use parts::Parts;
use serde::Serialize;
use std::collections::HashMap;
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
    /// How many files have none.
    left_out: usize,
}

/// The patches from one release, as they are reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PatchesAdded {
    /// The earlier release.
    pub from: Version,
    /// How many files they make.
    pub file_count: usize,
    /// How many large files come as chunks, because they are too large for a patch or it would be hardly smaller.
    pub left_out: usize,
    /// Bytes of the patch parts and the patch index: all that is to be fetched of them.
    pub bytes: u64,
}

impl Made {
    /// What is reported of them.
    pub(crate) fn report(&self) -> PatchesAdded {
        PatchesAdded {
            from: self.set.from.clone(),
            file_count: self.file_count,
            left_out: self.left_out,
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
    making: &Making,
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
        let contents = || {
            [
                Content::new(earlier.index.index(), &earlier.parts),
                Content::new(&index, &package.parts),
            ]
        };
        let patches = making::make_all(pairs, contents, making.threads(), watch)?;
        let parts = Parts::new(into, &format!("patch-{}", earlier.version), making.part_bytes);
        made.push(gather(earlier, pairs.iter().zip(patches), &index, parts)?);
    }
    package.manifest.patches = made.iter().map(|made| made.set.clone()).collect();
    package.encode_manifest()?;
    Ok(made)
}

/// Writes what was made into parts, in the order of the pairs.
fn gather<'a>(
    earlier: &Earlier,
    made: impl Iterator<Item = (&'a Pair, Option<toolcrib_patch::Made>)>,
    index: &Index,
    mut parts: Parts<'_>,
) -> Result<Made, Error> {
    let files = index.components.iter().flat_map(|tree| &tree.files);
    let lengths: HashMap<Digest, u64> = files.map(|file| (file.sha256, file.size)).collect();
    let output = |sha256: &Digest| Output {
        sha256: *sha256,
        length: lengths.get(sha256).copied().unwrap_or_default(),
    };
    let (mut patches, mut file_count, mut left_out) = (Vec::new(), 0, 0);
    for (pair, made) in made {
        let Some(made) = made else {
            left_out += pair.outputs.len();
            continue;
        };
        let (part, offset) = parts.add(&made.bytes)?;
        file_count += pair.outputs.len();
        patches.push(Patch {
            encoding: made.encoding,
            inputs: pair.inputs.clone(),
            input_length: pair.input_length,
            outputs: pair.outputs.iter().map(output).collect(),
            length: pair.length,
            part,
            offset,
            stored_length: made.bytes.len() as u64,
            stored_sha256: Digest::of(&made.bytes),
        });
    }
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
        left_out,
    })
}
