//! The patches of an update: which are usable with what is here, and which of them are worth their bytes.

use super::choice::{Saving, choose};
use super::{Find, Here, Twin};
use crate::held::HeldSet;
use crate::layout::Layout;
use std::collections::{BTreeSet, HashMap};
use toolcrib_model::Digest;
use toolcrib_trust::package::TrustedPatches;
use toolcrib_wire::index::Index;
use toolcrib_wire::patches::Patch;

/// The longest patch that is used, in bytes: like a chunk it is in memory once, when it arrives.
const MAX_PATCH_BYTES: u64 = 16 << 20;

/// A patch that can be applied here.
#[derive(Clone, Debug)]
pub(crate) struct Usable {
    /// The patch.
    pub(crate) patch: Patch,
    /// The old files that it builds on: tree and number.
    pub(crate) inputs: Vec<(usize, u32)>,
    /// For each output, the file of the new release that it becomes, if that is wanted.
    pub(crate) makes: Vec<Option<u32>>,
}

/// What patches are chosen from.
pub(crate) struct Choices<'a> {
    pub(crate) patches: &'a TrustedPatches,
    pub(crate) index: &'a Index,
    pub(crate) layout: &'a Layout,
    pub(crate) held: &'a HeldSet,
    /// Whether a patch was fetched by an earlier run.
    pub(crate) is_fetched: &'a dyn Fn(&Patch) -> bool,
}

impl Here {
    /// Chooses patches, and counts as here what they make.
    pub(super) fn choose_patches(&mut self, choices: &Choices<'_>) {
        self.patches = self.usable(choices);
        for (number, usable) in self.patches.iter().enumerate() {
            for file in usable.makes.iter().flatten() {
                self.twins[*file as usize] = Some(Twin::Patched { patch: number });
            }
        }
        let savings = self.savings(choices);
        let cost = |usable: &Usable| match (choices.is_fetched)(&usable.patch) {
            true => 0,
            false => usable.patch.stored_length,
        };
        let lengths: Vec<u64> = self.patches.iter().map(cost).collect();
        let only: Vec<Saving> = savings.iter().map(|(_, saving)| saving.clone()).collect();
        self.chosen = choose(&lengths, &only);
        for twin in &mut self.twins {
            twin.take_if(|twin| matches!(twin, Twin::Patched { patch } if !self.chosen.contains(patch)));
        }
        for (chunk, saving) in savings {
            if saving.patches.is_subset(&self.chosen) {
                self.finds[chunk as usize] = Some(Find::Twins);
            }
        }
    }

    /// The patches whose inputs are all here, and that make something which is not.
    fn usable(&self, choices: &Choices<'_>) -> Vec<Usable> {
        let files = choices.layout.files().zip(0..).zip(&self.twins);
        let lacking = files.filter(|(_, twin)| twin.is_none());
        // Of files of the same content one is made, and the others are written like it.
        let lacking: HashMap<Digest, u32> =
            lacking.map(|((file, number), _)| (file.sha256, number)).collect();
        let usable = choices.patches.patches().iter().filter_map(|patch| {
            let inputs = patch
                .inputs
                .iter()
                .map(|input| self.old_file_with(input))
                .collect::<Option<Vec<_>>>()?;
            let makes: Vec<_> = patch
                .outputs
                .iter()
                .map(|output| lacking.get(&output.sha256).copied())
                .collect();
            let patch = patch.clone();
            Some(Usable { patch, inputs, makes })
        });
        usable
            .filter(|usable| {
                usable.patch.stored_length <= MAX_PATCH_BYTES && usable.makes.iter().any(Option::is_some)
            })
            .collect()
    }

    fn old_file_with(&self, content: &Digest) -> Option<(usize, u32)> {
        let mut trees = self.trees.iter().enumerate();
        trees.find_map(|(tree, old)| Some((tree, old.file_with(content)?)))
    }

    /// The chunks that are neither held nor here, but would be with patches.
    fn savings(&self, choices: &Choices<'_>) -> Vec<(u32, Saving)> {
        let layout = choices.layout;
        let lacking = layout
            .needed()
            .filter(|chunk| !choices.held.has(*chunk) && !self.has(*chunk));
        let saving = |chunk: u32| {
            let patches = self.patches_for(layout, chunk)?;
            let stored = u64::from(choices.index.chunks[chunk as usize].stored_length);
            Some((chunk, Saving { stored, patches }))
        };
        lacking.filter_map(saving).collect()
    }

    /// The patches that a chunk needs; `None` where it is not here even with them.
    pub(super) fn patches_for(&self, layout: &Layout, chunk: u32) -> Option<BTreeSet<usize>> {
        let findings = self.in_twins(layout, chunk)?;
        let patches = findings
            .iter()
            .filter_map(|finding| match self.twins[finding.twin_of? as usize]? {
                Twin::Patched { patch } => Some(patch),
                Twin::Old { .. } => None,
            });
        Some(patches.collect())
    }

    /// The patches that were chosen, by their numbers.
    pub(crate) fn chosen(&self) -> impl Iterator<Item = (usize, &Usable)> {
        self.chosen.iter().map(|number| (*number, &self.patches[*number]))
    }

    /// A usable patch.
    pub(crate) fn patch(&self, number: usize) -> &Usable {
        &self.patches[number]
    }
}
