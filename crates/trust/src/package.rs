//! A package: its manifest, vouched for by the catalogue, and its index and patches, vouched for by the manifest.
//!
//! Belief is a type here. A [`TrustedManifest`] comes only out of [`judge_manifest`] or [`judge_pinned_manifest`], a
//! [`TrustedIndex`] only out of [`judge_index`], [`TrustedPatches`] only out of [`judge_patches`]: whoever holds one needs no further check of paths,
//! sizes or places. All are judged as if the
//! vendor had gone bad, for a good signature says who wrote a thing, not that it is safe to follow.

mod hooks;
mod index;
mod manifest;
mod patches;
mod read_me;
#[cfg(test)]
mod tests;
mod tree;

pub use hooks::judge_hooks;
#[cfg(fuzzing)]
pub(crate) use index::judge as judge_index_tree;
pub use index::{BadIndexTree, MAX_CHUNK_BYTES, MAX_STORED_CHUNK_BYTES, TrustedIndex, judge_index};
#[cfg(fuzzing)]
pub(crate) use manifest::judge as judge_words;
pub use manifest::{BadManifest, MAX_MANIFEST_BYTES, TrustedManifest, judge_manifest, judge_pinned_manifest};
pub use patches::{BadPatches, TrustedPatches, judge_patches};
pub use read_me::{BadReadMe, MAX_READ_ME_BYTES, ReadMe, judge_read_me};
pub use tree::{BadTree, judge_names};
