//! The journal of an install root and its current record: what is read can be written and read again, unchanged.

#![no_main]

use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;
use toolcrib_wire::journal::{Current, Journal};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let current = survives::<Current>(bytes);
    if let Some(journal) = survives::<Journal>(bytes) {
        journal.is_committed(current.as_ref());
        journal.is_committed(journal.target());
    }
});

fn survives<T: Serialize + DeserializeOwned + PartialEq + Debug>(bytes: &[u8]) -> Option<T> {
    let read: T = serde_json::from_slice(bytes).ok()?;
    let written = serde_json::to_vec_pretty(&read).expect("what was read can be written");
    let again: T = serde_json::from_slice(&written).expect("what was written can be read");
    assert_eq!(read, again);
    Some(read)
}
