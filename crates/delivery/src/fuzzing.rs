//! Doors for the fuzz targets in `fuzz/`, which exist in their builds only.

use crate::held::{self, HeldSet};
use crate::layout::Layout;
use crate::span;
use std::sync::Arc;
use toolcrib_wire::index::Index;

/// Reads the logs of held chunks and of held blocks.
///
/// # Panics
/// When they count wrongly: that is the finding.
pub fn held(bytes: &[u8]) {
    drop(crate::single::log::parse(bytes));
    let Some((_, records)) = held::parse(bytes) else {
        return;
    };
    let mut set = HeldSet::none(1000);
    records.for_each(|chunk| set.add(chunk));
    assert_eq!(set.iter().count(), set.count());
}

/// Lays out everything that a sound index describes and divides its chunks into requests.
///
/// # Panics
/// When a chunk is asked for twice or not at all: that is the finding.
pub fn plan(index: &Index) {
    let chosen = index.components.iter().map(|tree| tree.id.clone()).collect();
    let Ok(layout) = Layout::new(&Arc::new(index.clone()), &chosen) else {
        return;
    };
    let needed = layout.needed().count();
    let spans = span::runs(&index.chunks, layout.needed());
    assert_eq!(spans.iter().map(|span| span.chunks.len()).sum::<usize>(), needed);
}
