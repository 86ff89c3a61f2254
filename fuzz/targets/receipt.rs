//! A receipt: what is read can be written and read again, with the fields of newer programs.

#![no_main]

use toolcrib_wire::receipt::Receipt;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(read) = serde_json::from_slice::<Receipt>(bytes) else {
        return;
    };
    let written = serde_json::to_vec_pretty(&read).expect("what was read can be written");
    let again: Receipt = serde_json::from_slice(&written).expect("what was written can be read");
    assert_eq!(read, again);
});
