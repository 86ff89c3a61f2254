//! A manifest that a vendor signed, as if the vendor had gone bad: read, judged, written and read again.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| toolcrib_trust::fuzzing::manifest(bytes));
