//! The published leases, good and hostile, each put on a shelf and asked about.

use camino::Utf8Path;
use serde::Deserialize;
use std::sync::Arc;
use toolcrib_licence::{Custody, Shelf};
use toolcrib_machine::files;
use toolcrib_machine::folders::Home;
use toolcrib_machine::secrets::{FileSecrets, SecretStore as _};
use toolcrib_sdk::Toolcrib;
use toolcrib_wire::lease::{LeaseClaims, LicenceKeys};

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../tests/vectors/lease/leases.json"
);

#[derive(Deserialize)]
struct Vectors {
    keys: LicenceKeys,
    device_seed: String,
    claims: LeaseClaims,
    tests: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    name: String,
    token: String,
    expect: String,
}

/// The kit's reason for each verdict on a lease; a good one is judged by its dates, which pass.
const REASONS: [(&str, &[&str]); 8] = [
    (
        "good",
        &[
            "verified",
            "verification_ends_soon",
            "taken_offline",
            "offline_grace",
            "grace_over",
            "offline_time_over",
            "contract_expired",
            "contract_over",
        ],
    ),
    ("malformed", &["lease_damaged"]),
    ("unknown_key", &["unknown_key"]),
    ("key_retired", &["key_retired"]),
    ("signature", &["lease_forged"]),
    ("other_device", &["other_device"]),
    ("claims", &["lease_refused"]),
    ("dates", &["lease_refused"]),
];

#[test]
fn the_kit_judges_the_published_leases_as_they_say() {
    let file: Vectors = serde_json::from_slice(&std::fs::read(FILE).expect("the vectors")).expect("vectors");
    for vector in &file.tests {
        let reason = reason(&file, &vector.token);
        let expected = REASONS.iter().find(|(verdict, _)| *verdict == vector.expect);
        let expected = expected.expect("a verdict of the protocol").1;
        assert!(expected.contains(&reason.as_str()), "{}: {reason}", vector.name);
    }
}

fn reason(file: &Vectors, token: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let root = Utf8Path::from_path(folder.path()).expect("Unicode").join("home");
    let home = Home::open(Some(root.clone())).expect("a home");
    let secrets = Arc::new(FileSecrets::open(home.secrets()).expect("secrets"));
    let seed = hex::decode(&file.device_seed).expect("hexadecimal");
    secrets.write("device-key", &seed).expect("written");
    let mut shelf = Shelf::open(&home.leases(), Custody::here(secrets)).expect("a shelf");
    shelf.keep_keys(file.keys.clone()).expect("kept");
    let lease = home.leases().join(format!("{}.lease", file.claims.product));
    files::replace(&lease, token.as_bytes()).expect("put there");
    Toolcrib::open_at(root)
        .may_i_run(file.claims.product.as_str())
        .reason
}
