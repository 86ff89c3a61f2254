//! Rules, and signed documents of readiness: what is read can be judged, written and read again.

#![no_main]

use toolcrib_model::{Facts, Language};
use toolcrib_readiness::seal::{Trust, open};
use toolcrib_readiness::{judge, read_rules, wanted};
use toolcrib_wire::readiness::{Bundle, MachineReport, SignOff};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = open::<Bundle>(bytes, Trust::AnyKey);
    let _ = open::<MachineReport>(bytes, Trust::AnyKey);
    let _ = open::<SignOff>(bytes, Trust::AnyKey);
    let Ok(read) = read_rules(bytes) else {
        return;
    };
    let report = judge(&read.requirements, &Facts::new(), &Language::english());
    assert_eq!(report.rules.len(), read.requirements.len());
    assert!(
        wanted(&read.requirements)
            .iter()
            .all(|key| key.to_string().parse().as_ref() == Ok(key))
    );
    let written = serde_json::to_vec(&read).expect("what was read can be written");
    assert_eq!(read_rules(&written).expect("what was written can be read"), read);
});
