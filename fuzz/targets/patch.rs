//! A patch that a vendor signed, as if the vendor had gone bad: never more than the promised length comes out.

#![no_main]

use toolcrib_model::PatchEncoding;
use toolcrib_patch::Patch;

/// The old content: long enough to be pointed into.
const OLD_BYTES: usize = 64 << 10;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let [kind, low, high, stored @ ..] = bytes else {
        return;
    };
    let old: Vec<u8> = (0..OLD_BYTES).map(|at| (at * 7 / 3) as u8).collect();
    let patch = Patch {
        encoding: match kind % 2 {
            0 => PatchEncoding::Bsdiff,
            _ => PatchEncoding::ZstdPrefix,
        },
        stored: &stored,
        stored_length: stored.len() as u64,
        old: &old,
        old_length: old.len() as u64,
        output_length: u64::from(u16::from_le_bytes([*low, *high])),
    };
    let mut out = Vec::new();
    let applied = patch.apply(&mut out);
    assert!(out.len() as u64 <= patch.output_length);
    assert!(applied.is_err() || out.len() as u64 == patch.output_length);
});
