//! Doors for the fuzz targets in `fuzz/`, which exist in their builds only.

pub mod licences;

use crate::package::{judge_index_tree, judge_words};
use serde::Deserialize;
use toolcrib_wire::catalogue::Listing;
use toolcrib_wire::index::Index;
use toolcrib_wire::manifest::Manifest;

#[derive(Deserialize)]
struct Package {
    manifest: Manifest,
    index: Index,
}

/// Reads and judges a manifest; one that is sound can be written and read again.
///
/// # Panics
/// When it cannot: that is the finding.
pub fn manifest(bytes: &[u8]) {
    let Ok(manifest) = serde_json::from_slice::<Manifest>(bytes) else {
        return;
    };
    if judge_words(&manifest, &name(&manifest)).is_ok() {
        let written = serde_json::to_vec(&manifest).expect("a sound manifest can be written");
        let again: Manifest = serde_json::from_slice(&written).expect("what was written can be read");
        assert_eq!(manifest, again);
    }
}

/// Reads and judges `{"manifest": …, "index": …}`; the index, if both are sound.
///
/// # Panics
/// When the chunks that judging gives to a component are none of the index: that is the finding.
pub fn index(bytes: &[u8]) -> Option<Index> {
    let Package { manifest, index } = serde_json::from_slice(bytes).ok()?;
    judge_words(&manifest, &name(&manifest)).ok()?;
    let ranges = judge_index_tree(&manifest, &index).ok()?;
    assert_eq!(ranges.len(), index.components.len());
    assert!(ranges.iter().all(|range| range.end <= index.chunks.len()));
    Some(index)
}

fn name(manifest: &Manifest) -> String {
    let Manifest {
        product,
        version,
        platform,
        language,
        ..
    } = manifest;
    Listing::manifest_target(product, version, *platform, language)
}
