//! The lease, the keys, and what is carried to and from a computer without a network.

use super::{check, schema};
use crate::checker::faults;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use toolcrib_model::lease::LeaseTerms;
use toolcrib_wire::lease::{LeaseClaims, LicenceKey, LicenceKeys};
use toolcrib_wire::offline::{OfflineAnswer, OfflineRequest};

const ID: &str = "00000000-0000-7000-8000-000000000001";
const AT: &str = "2026-11-21T12:00:00Z";

fn digits(count: usize) -> String {
    "0a".repeat(count / 2)
}

fn claims() -> Value {
    json!({
        "schema": 1, "lease": ID, "sequence": 5, "account": ID, "user_id": "ann@example.com", "organisation": "Jones",
        "product": "sample-studio", "subscription": ID, "device": ID, "device_key": digits(64), "serial": "12-3",
        "terms": {
            "issued_at": AT, "identity_verified_at": AT, "verify_by": AT, "grace_until": AT, "recheck_after": AT,
            "contract_ends_at": AT, "verification": "silent", "offline_until": AT, "read_only_after_lapse": true,
        },
    })
}

fn key() -> Value {
    json!({ "key_id": "2026-a", "public_key": digits(64), "retired_at": AT })
}

fn request() -> Value {
    json!({
        "schema": 1, "act": "renew", "product": "sample-studio", "device_key": digits(64), "device_name": "Press 4",
        "platform": "linux-x86_64", "nonce": digits(32), "made_at": AT, "serial": "12-3", "lease": ID, "offline_until": AT,
    })
}

fn answer() -> Value {
    json!({
        "schema": 1, "act": "renew", "product": "sample-studio", "device_key": digits(64), "nonce": digits(32),
        "answered_at": AT, "lease": "v4.public.e30.e30", "keys": [key()],
    })
}

#[test]
fn the_schemas_describe_what_a_licence_says() {
    check::<LeaseClaims>("lease", &claims());
    check::<LicenceKeys>("licence-keys", &json!({ "keys": [key()] }));
    check::<OfflineRequest>("offline-request", &request());
    check::<OfflineAnswer>("offline-answer", &answer());
}

#[test]
fn every_date_and_every_member_of_a_key_is_described() {
    let names = |schema: &Value| -> BTreeSet<String> {
        schema["properties"]
            .as_object()
            .expect("properties")
            .keys()
            .cloned()
            .collect()
    };
    let written = |value: Value| -> BTreeSet<String> {
        value.as_object().expect("an object").keys().cloned().collect()
    };
    let terms: LeaseTerms = serde_json::from_value(claims()["terms"].clone()).expect("terms");
    let key: LicenceKey = serde_json::from_value(key()).expect("a key");
    let keys = schema("licence-keys");
    assert_eq!(
        names(&schema("lease")["properties"]["terms"]),
        written(serde_json::to_value(terms).expect("JSON"))
    );
    assert_eq!(
        names(&keys["properties"]["keys"]["items"]),
        written(serde_json::to_value(key).expect("JSON"))
    );
}

#[test]
fn what_is_not_well_formed_is_refused_by_the_schemas() {
    let table = [
        ("lease", claims(), "/device_key", json!("0A")),
        ("lease", claims(), "/terms/verify_by", json!("tomorrow")),
        ("lease", claims(), "/lease", json!("1")),
        ("offline-request", request(), "/nonce", json!("12")),
        (
            "offline-request",
            request(),
            "/device_name",
            json!("n".repeat(65)),
        ),
        ("offline-answer", answer(), "/lease", json!("v2.local.e30")),
    ];
    for (name, mut document, place, value) in table {
        *document.pointer_mut(place).expect("there") = value;
        assert!(!faults(&schema(name), &document).is_empty(), "{name} {place}");
    }
}
