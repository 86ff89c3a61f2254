//! The headers of an answer that decide whether its bytes are believed, and where a redirect may lead.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| toolcrib_net::fuzzing::headers(bytes));
