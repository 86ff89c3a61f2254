//! The logs of what is held of an interrupted download, torn and overwritten in every way.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| toolcrib_delivery::fuzzing::held(bytes));
