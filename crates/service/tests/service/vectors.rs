//! The test vector of the device's introduction, for other implementations.

use serde_json::Value;
use toolcrib_machine::device_key::verify;
use toolcrib_wire::api::session::DeviceIntroduction;

fn text<'a>(vector: &'a Value, name: &str) -> &'a str {
    vector[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} is a text"))
}

#[test]
fn the_published_proofs_hold_or_not_as_they_say() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/vectors/api/device-proof.json"
    );
    let file = fs_err::read_to_string(path).expect("is committed");
    let vectors: Value = serde_json::from_str(&file).expect("JSON");
    for vector in vectors["introductions"].as_array().expect("a list") {
        let (user_id, public_key) = (text(vector, "user_id"), text(vector, "public_key"));
        let mut key = [0; 32];
        let mut proof = [0; 64];
        hex::decode_to_slice(public_key, &mut key).expect("32 bytes");
        hex::decode_to_slice(text(vector, "proof"), &mut proof).expect("64 bytes");
        let holds = verify(
            &key,
            &DeviceIntroduction::proven_bytes(user_id, public_key),
            &proof,
        );
        assert_eq!(holds, vector["holds"], "{}", text(vector, "about"));
    }
}
