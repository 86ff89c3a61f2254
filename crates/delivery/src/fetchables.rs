//! What can be fetched: the chunks of the package, and behind them, numbered on, patches. A patch travels like a chunk.

use crate::plan::Plan;
use toolcrib_trust::package::TrustedPatches;
use toolcrib_wire::index::Chunk;
use toolcrib_wire::manifest::Blob;
use toolcrib_wire::patches::Patch;

/// Chunks and patches, and the parts that they are in.
#[derive(Debug)]
pub(crate) struct Fetchables {
    chunks: Vec<Chunk>,
    parts: Vec<Blob>,
    /// The numbers of the patches behind the chunks.
    patches: Vec<usize>,
}

impl Fetchables {
    /// The chunks of a plan's package, and the patches that it fetches.
    pub(crate) fn new(plan: &Plan) -> Self {
        let mut fetchables = Self {
            chunks: plan.index().chunks.clone(),
            parts: plan.manifest().parts.clone(),
            patches: Vec::new(),
        };
        let first_part = fetchables.parts.len() as u32;
        let patch_parts = plan.order.patches.as_ref().map(TrustedPatches::set);
        fetchables
            .parts
            .extend(patch_parts.iter().flat_map(|set| &set.parts));
        for (number, patch) in plan.patches_to_fetch() {
            fetchables.chunks.push(as_chunk(patch, first_part));
            fetchables.patches.push(number);
        }
        fetchables
    }

    /// Chunks, then patches.
    pub(crate) fn chunks(&self) -> &[Chunk] {
        &self.chunks
    }

    /// The package's parts, then those of patches.
    pub(crate) fn parts(&self) -> &[Blob] {
        &self.parts
    }

    /// The patch that is meant where this is not the number of a chunk.
    pub(crate) fn patch(&self, number: u32) -> Option<usize> {
        let place = (number as usize).checked_sub(self.first_patch())?;
        self.patches.get(place).copied()
    }

    /// The numbers under which patches are fetched.
    pub(crate) fn patches(&self) -> impl Iterator<Item = u32> {
        self.first_patch() as u32..self.chunks.len() as u32
    }

    fn first_patch(&self) -> usize {
        self.chunks.len() - self.patches.len()
    }
}

/// What is fetched of a patch: it is not unpacked, so its content is what is stored.
fn as_chunk(patch: &Patch, first_part: u32) -> Chunk {
    let length = u32::try_from(patch.stored_length).unwrap_or(u32::MAX);
    Chunk {
        part: first_part.saturating_add(patch.part),
        offset: patch.offset,
        stored_length: length,
        stored_sha256: patch.stored_sha256,
        length,
        sha256: patch.stored_sha256,
    }
}
