//! Test vectors: requests and answers in `tests/vectors/offline`.

use super::*;
use serde::{Deserialize, Serialize};

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../tests/vectors/offline/exchanges.json"
);

#[derive(Serialize, Deserialize)]
struct Vectors {
    about: String,
    /// The seed of the device's key.
    device_seed: String,
    /// The keys that the computer knows.
    keys: LicenceKeys,
    product: ProductId,
    nonce: String,
    requests: Vec<Vector>,
    /// Answers to an activation with that nonce.
    answers: Vec<Vector>,
}

#[derive(Serialize, Deserialize)]
struct Vector {
    name: String,
    text: String,
    /// `good`, or the name of the refusal.
    expect: String,
}

#[test]
fn the_published_vectors_are_judged_as_they_say() {
    let raw = std::fs::read(FILE).expect("the vectors");
    let file: Vectors = serde_json::from_slice(&raw).expect("vectors");
    for vector in &file.requests {
        let verdict = read_request(&vector.text).map_or_else(|refused| refused.as_str(), |_| "good");
        assert_eq!(verdict, vector.expect, "{}", vector.name);
    }
    let asked = Asked {
        act: OfflineAct::Activate,
        product: &file.product,
        nonce: &file.nonce,
        device_key: &device_key(),
    };
    for vector in &file.answers {
        let read = read_answer(&vector.text, &file.keys, &asked);
        let verdict = read.map_or_else(|refused| refused.as_str(), |_| "good");
        assert_eq!(verdict, vector.expect, "{}", vector.name);
    }
    assert_eq!(
        file.requests[0].text,
        signed(&request()),
        "signing is deterministic"
    );
}

/// Writes the vectors anew: `cargo test -p toolcrib-trust write_the_offline_vectors -- --ignored`.
#[test]
#[ignore = "writes tests/vectors/offline/exchanges.json"]
fn write_the_offline_vectors() {
    let vector = |(name, expect, text): (&str, &str, String)| Vector {
        name: name.to_owned(),
        text,
        expect: expect.to_owned(),
    };
    let file = Vectors {
        about: "Offline requests and answers, good and hostile; see docs/protocol/offline.md. The keys are for tests only."
            .to_owned(),
        device_seed: hex::encode(device().to_bytes()),
        keys: answers::keys(),
        product: product("sample-studio"),
        nonce: NONCE.to_owned(),
        requests: requests().into_iter().map(vector).collect(),
        answers: answers_table().into_iter().map(vector).collect(),
    };
    let json = serde_json::to_string_pretty(&file).expect("JSON") + "\n";
    std::fs::create_dir_all(std::path::Path::new(FILE).parent().expect("a folder")).expect("made");
    std::fs::write(FILE, json).expect("written");
}

fn requests() -> Vec<(&'static str, &'static str, String)> {
    let good = signed(&request());
    let foreign = OfflineRequest {
        device_key: hex::encode(ed25519_dalek::SigningKey::from_bytes(&[8; 32]).verifying_key()),
        ..request()
    };
    let unshown = OfflineRequest {
        device_name: "a\u{202e}b".to_owned(),
        ..request()
    };
    let release = OfflineRequest {
        act: OfflineAct::Release,
        lease: Some(uuid::Uuid::from_u128(1).into()),
        ..request()
    };
    vec![
        ("an activation", "good", good.clone()),
        ("a release", "good", signed(&release)),
        (
            "wrapped by a mail",
            "good",
            format!(" {}\n {}\n", &good[..70], &good[70..]),
        ),
        ("cut", "malformed", good[..good.len() - 30].to_owned()),
        ("in the name of another device", "signature", signed(&foreign)),
        ("a name that cannot be shown", "member", signed(&unshown)),
        ("an answer", "other_document", answers::signed(&answers::answer())),
        ("nothing", "malformed", String::new()),
    ]
}

fn answers_table() -> Vec<(&'static str, &'static str, String)> {
    let (answer, thief) = (answers::answer, SigningKey::from_bytes(&[9; 32]));
    let other_request = OfflineAnswer {
        nonce: "f".repeat(32),
        ..answer()
    };
    let empty = OfflineAnswer {
        lease: None,
        ..answer()
    };
    vec![
        ("a lease", "good", answers::signed(&answer())),
        (
            "to another request",
            "other_request",
            answers::signed(&other_request),
        ),
        ("without a lease", "no_lease", answers::signed(&empty)),
        (
            "signed by a thief under a known key's name",
            "signature",
            sign_answer(&answer(), &thief, "2026-a").expect("signed"),
        ),
        (
            "signed with an unknown key",
            "unknown_key",
            sign_answer(&answer(), &thief, "2031-z").expect("signed"),
        ),
        ("a request", "other_document", signed(&request())),
    ]
}
