//! Test vectors: PASETO's own, and ours in `tests/vectors/lease`.

use super::super::*;
use super::{DEVICE, DEVICE_SEED, claims, key, keys, token};
use pasetors::keys::AsymmetricPublicKey;
use pasetors::token::UntrustedToken;
use pasetors::version4;
use serde::{Deserialize, Serialize};

const VECTORS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors");

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Official {
    name: String,
    expect_fail: bool,
    public_key: String,
    secret_key: String,
    token: String,
    payload: Option<String>,
    footer: String,
    implicit_assertion: String,
}

#[derive(Deserialize)]
struct OfficialFile {
    tests: Vec<Official>,
}

#[test]
fn the_official_vectors_of_paseto_hold() {
    let raw = std::fs::read(format!("{VECTORS}/paseto/v4-public.json")).expect("the vectors");
    let file: OfficialFile = serde_json::from_slice(&raw).expect("vectors");
    assert_eq!(file.tests.len(), 4);
    for test in file.tests {
        check_official(&test);
    }
}

fn check_official(test: &Official) {
    let raw = |text: &str| hex::decode(text).expect("hexadecimal");
    let public = AsymmetricPublicKey::from(&raw(&test.public_key)).expect("a key");
    let secret = pasetors::keys::AsymmetricSecretKey::from(&raw(&test.secret_key)).expect("a key");
    let footer = Some(test.footer.as_bytes()).filter(|footer| !footer.is_empty());
    let assertion = Some(test.implicit_assertion.as_bytes());
    let verified = UntrustedToken::try_from(test.token.as_str())
        .and_then(|token| version4::PublicToken::verify(&public, &token, footer, assertion));
    assert_eq!(verified.is_err(), test.expect_fail, "{}", test.name);
    if let Some(payload) = &test.payload {
        assert_eq!(verified.expect("good").payload(), payload, "{}", test.name);
        let signed = version4::PublicToken::sign(&secret, payload.as_bytes(), footer, assertion);
        assert_eq!(signed.expect("signed"), test.token, "{}", test.name);
    }
}

#[derive(Deserialize, Serialize)]
struct Vectors {
    about: String,
    signing_key: String,
    keys: LicenceKeys,
    /// The seed of the device's key, and its public half.
    device_seed: String,
    device_key: String,
    claims: LeaseClaims,
    tests: Vec<Vector>,
}

#[derive(Deserialize, Serialize)]
struct Vector {
    name: String,
    token: String,
    /// `good`, or the name of the refusal.
    expect: String,
}

fn verdict(token: &str, keys: &LicenceKeys, device: &[u8; 32]) -> &'static str {
    verify(token, keys, device).map_or_else(|refused| refused.as_str(), |_| "good")
}

#[test]
fn the_published_vectors_are_judged_as_they_say() {
    let raw = std::fs::read(format!("{VECTORS}/lease/leases.json")).expect("the vectors");
    let file: Vectors = serde_json::from_slice(&raw).expect("vectors");
    let mut device = [0; 32];
    hex::decode_to_slice(&file.device_key, &mut device).expect("hexadecimal");
    for vector in &file.tests {
        assert_eq!(
            verdict(&vector.token, &file.keys, &device),
            vector.expect,
            "{}",
            vector.name
        );
    }
    let mut seed = [0; 32];
    hex::decode_to_slice(&file.signing_key, &mut seed).expect("hexadecimal");
    let signed = sign(&file.claims, &SigningKey::from_bytes(&seed), "2026-a").expect("signed");
    assert_eq!(signed, file.tests[0].token, "signing is deterministic");
}

/// Writes the vectors anew: `cargo test -p toolcrib-trust write_the_lease_vectors -- --ignored`.
#[test]
#[ignore = "writes tests/vectors/lease/leases.json"]
fn write_the_lease_vectors() {
    let good = token();
    let with = |change: fn(&mut LeaseClaims)| {
        let mut changed = claims();
        change(&mut changed);
        sign(&changed, &key(), "2026-a").expect("signed")
    };
    let raw = |payload: &[u8], footer: &[u8]| {
        let secret = key().secret().expect("a key");
        let assertion = Digest::of(&DEVICE).to_string();
        version4::PublicToken::sign(&secret, payload, Some(footer), Some(assertion.as_bytes()))
            .expect("signed")
    };
    let footer = br#"{"kid":"2026-a"}"#;
    let newer = serde_json::to_string(&claims())
        .expect("JSON")
        .replace(r#""schema":1"#, r#""schema":2"#);
    let thief = SigningKey::from_bytes(&[9; 32]);
    let bare = good.rsplit_once('.').expect("a footer").0.to_owned();
    let flip = |at: usize| {
        let mut bytes = good.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        String::from_utf8(bytes).expect("ASCII")
    };
    let table = [
        ("a good lease", "good", good.clone()),
        ("one character of the content changed", "signature", flip(30)),
        (
            "one character of the signature changed",
            "signature",
            flip(bare.len() - 20),
        ),
        (
            "made for another device",
            "other_device",
            with(|claims| claims.device_key = Digest::of(&[8; 32])),
        ),
        (
            "signed with an unknown key",
            "unknown_key",
            sign(&claims(), &key(), "2031-z").expect("signed"),
        ),
        (
            "signed by a thief under a known key's name",
            "signature",
            sign(&claims(), &thief, "2026-a").expect("signed"),
        ),
        (
            "grace that ends before verification",
            "dates",
            with(|claims| {
                claims.terms.grace_until = claims.terms.issued_at;
            }),
        ),
        ("a newer schema", "claims", raw(newer.as_bytes(), footer)),
        ("signed content that is no lease", "claims", raw(b"{}", footer)),
        ("no footer", "malformed", bare.clone()),
        (
            "a footer with more than the key",
            "malformed",
            raw(b"{}", br#"{"kid":"2026-a","alg":"none"}"#),
        ),
        (
            "an encrypted token's header",
            "malformed",
            good.replace("v4.public.", "v4.local."),
        ),
        (
            "an older version's header",
            "malformed",
            good.replace("v4.public.", "v2.public."),
        ),
        (
            "signed with a key that was retired",
            "key_retired",
            sign(&claims(), &retired(), "2025-z").expect("signed"),
        ),
        (
            "taken offline until a time before it was signed",
            "dates",
            with(|claims| claims.terms.offline_until = Some(claims.terms.identity_verified_at)),
        ),
        (
            "taken offline, with members that nobody knows yet",
            "good",
            raw(taken_offline().as_bytes(), footer),
        ),
        ("padding", "malformed", format!("{good}=")),
        ("nothing", "malformed", String::new()),
    ];
    let vector = |(name, expect, token): (&str, &str, String)| Vector {
        name: name.to_owned(),
        token,
        expect: expect.to_owned(),
    };
    let file = Vectors {
        about: "Leases, good and hostile; see docs/protocol/lease.md. The keys are for tests only."
            .to_owned(),
        signing_key: hex::encode(key().to_bytes()),
        keys: LicenceKeys {
            keys: [keys().keys, vec![retired_key()]].concat(),
        },
        device_seed: hex::encode(DEVICE_SEED),
        device_key: hex::encode(DEVICE),
        claims: claims(),
        tests: table.into_iter().map(vector).collect(),
    };
    let json = serde_json::to_string_pretty(&file).expect("JSON") + "\n";
    std::fs::write(format!("{VECTORS}/lease/leases.json"), json).expect("written");
}

fn retired() -> SigningKey {
    SigningKey::from_bytes(&[43; 32])
}

fn retired_key() -> toolcrib_wire::lease::LicenceKey {
    toolcrib_wire::lease::LicenceKey {
        retired_at: Some("2026-11-01T00:00:00Z".parse().expect("a time")),
        ..retired().to_licence_key("2025-z")
    }
}

fn taken_offline() -> String {
    let mut changed = claims();
    changed.terms.offline_until = Some("2027-02-01T00:00:00Z".parse().expect("a time"));
    changed.terms.read_only_after_lapse = true;
    let mut claims = serde_json::to_value(&changed).expect("JSON");
    claims["terms"]["later"] = serde_json::json!({"unknown": [1, 2]});
    claims.to_string()
}
