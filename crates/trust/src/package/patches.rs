//! Judges a patch index: every patch lies in its part, and makes files of this release, each once.

use super::index::TrustedIndex;
use super::manifest::TrustedManifest;
use crate::Error;
use std::collections::{HashMap, HashSet};
use thiserror::Error as ThisError;
use toolcrib_model::{Digest, PatchEncoding, patch::MAX_PREFIX_BYTES};
use toolcrib_wire::index::Index;
use toolcrib_wire::manifest::PatchSet;
use toolcrib_wire::patches::{Patch, PatchIndex};

/// A patch index that its manifest vouches for, and that is sound in itself.
///
/// Promised: patches lie within their parts in ascending order without overlap; each makes at least one file, and all that
/// they make are files of this release, with their sizes, no content twice; what must be held in memory is bounded. Whether
/// the inputs are there is for the caller to see: it knows what is installed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedPatches {
    set: PatchSet,
    index: PatchIndex,
}

impl TrustedPatches {
    /// What the manifest says of these patches: from which release they lead, and their parts.
    pub const fn set(&self) -> &PatchSet {
        &self.set
    }

    /// The patches.
    pub fn patches(&self) -> &[Patch] {
        &self.index.patches
    }
}

/// A patch index is not sound.
#[derive(Debug, ThisError, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields are the thing that was judged; the text says what they are"
)]
pub enum BadPatches {
    /// A patch is not in its part, empty, or out of order.
    #[error("patch {place} is out of its part, out of order or empty")]
    Place { place: usize },
    /// A patch makes what the release does not have.
    #[error("patch {place} makes `{sha256}`, which is not a file of this release with that size")]
    Output { place: usize, sha256: Digest },
    /// Two patches make the same.
    #[error("`{sha256}` is made twice")]
    Twice { sha256: Digest },
    /// A patch makes nothing, or its lengths do not add up.
    #[error("the lengths of what patch {place} makes do not add up")]
    Sum { place: usize },
    /// A patch needs too much old content, or says to need none where it has inputs.
    #[error("patch {place} builds on an impossible {input_length} bytes of old content")]
    Input { place: usize, input_length: u64 },
}

/// Judges the stored bytes of the patch index that `manifest` names for the release with the index `from_index`.
///
/// # Errors
/// [`Error`] where the manifest has no patches from there or does not vouch for these bytes, or where what they say is not sound.
pub fn judge_patches(
    manifest: &TrustedManifest,
    index: &TrustedIndex,
    from_index: &Digest,
    stored: &[u8],
) -> Result<TrustedPatches, Error> {
    let sets = &manifest.manifest().patches;
    let named = sets.iter().find(|set| set.from_index == *from_index);
    let set = named.ok_or_else(|| Error::NotListed {
        name: format!("patches from the release with the index {from_index}"),
    })?;
    if stored.len() as u64 != set.index.length || Digest::of(stored) != set.index.sha256 {
        return Err(Error::Swapped {
            name: "patch index".to_owned(),
            length: set.index.length,
            sha256: set.index.sha256,
        });
    }
    let patches = PatchIndex::from_stored(stored).map_err(|source| Error::ParseIndex { source })?;
    judge(set, index.index(), &patches).map_err(|source| Error::Patches { source })?;
    Ok(TrustedPatches {
        set: set.clone(),
        index: patches,
    })
}

/// Judges a patch index against the set that names it and the index of the release that it leads to.
pub(super) fn judge(set: &PatchSet, index: &Index, patches: &PatchIndex) -> Result<(), BadPatches> {
    judge_places(set, &patches.patches)?;
    let files = index.components.iter().flat_map(|tree| &tree.files);
    let sizes: HashMap<Digest, u64> = files.map(|file| (file.sha256, file.size)).collect();
    let mut made = HashSet::new();
    for (place, patch) in patches.patches.iter().enumerate() {
        judge_inputs(place, patch)?;
        let twice = patch.outputs.iter().find(|output| !made.insert(output.sha256));
        if let Some(output) = twice {
            return Err(BadPatches::Twice {
                sha256: output.sha256,
            });
        }
        judge_outputs(place, patch, &sizes)?;
    }
    Ok(())
}

fn judge_places(set: &PatchSet, patches: &[Patch]) -> Result<(), BadPatches> {
    let mut free_from = (0_u32, 0_u64);
    for (place, patch) in patches.iter().enumerate() {
        let refuse = || BadPatches::Place { place };
        let part = set.parts.get(patch.part as usize).ok_or_else(refuse)?;
        let end = patch.offset.checked_add(patch.stored_length).ok_or_else(refuse)?;
        if patch.stored_length == 0 || end > part.length || (patch.part, patch.offset) < free_from {
            return Err(refuse());
        }
        free_from = (patch.part, end);
    }
    Ok(())
}

fn judge_inputs(place: usize, patch: &Patch) -> Result<(), BadPatches> {
    let bounded = match patch.encoding {
        PatchEncoding::Bsdiff => true,
        PatchEncoding::ZstdPrefix => patch.input_length <= MAX_PREFIX_BYTES,
    };
    if bounded && patch.inputs.is_empty() == (patch.input_length == 0) {
        Ok(())
    } else {
        Err(BadPatches::Input {
            place,
            input_length: patch.input_length,
        })
    }
}

fn judge_outputs(place: usize, patch: &Patch, sizes: &HashMap<Digest, u64>) -> Result<(), BadPatches> {
    let known = |sha256| sizes.get(sha256).copied();
    let foreign = |length, sha256| length == 0 || known(sha256) != Some(length);
    let unknown = patch
        .outputs
        .iter()
        .find(|output| foreign(output.length, &output.sha256));
    if let Some(output) = unknown {
        return Err(BadPatches::Output {
            place,
            sha256: output.sha256,
        });
    }
    let sum = patch
        .outputs
        .iter()
        .try_fold(0_u64, |sum, output| sum.checked_add(output.length));
    match sum {
        Some(sum) if sum == patch.length && sum > 0 => Ok(()),
        _ => Err(BadPatches::Sum { place }),
    }
}
