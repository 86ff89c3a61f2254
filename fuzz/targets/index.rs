//! An index with its manifest: whatever is judged sound must be safe to plan with.

#![no_main]

use toolcrib_wire::index::Index;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    // As it is stored: a compressed document of bounded size.
    drop(Index::from_stored(bytes));
    if let Some(index) = toolcrib_trust::fuzzing::index(bytes) {
        toolcrib_delivery::fuzzing::plan(&index);
    }
});
