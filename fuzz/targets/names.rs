//! The answers of name servers and of peers: packets of whoever is on the network.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| toolcrib_net::fuzzing::names(bytes));
