//! Leases, and the requests and answers of computers without a network: as texts from anywhere, and as contents that
//! somebody with a good key has signed.

#![no_main]

use toolcrib_trust::fuzzing::licences::{carried, signed};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        carried(text);
    }
    if let Ok(content) = serde_json::from_slice(bytes) {
        signed(&content);
    }
});
