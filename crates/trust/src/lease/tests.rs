mod vectors;

use super::*;
use pasetors::version4;
use std::collections::HashSet;
use toolcrib_model::VerificationPolicy;
use toolcrib_model::lease::LeaseTerms;
use toolcrib_wire::lease::LicenceKey;
use toolcrib_wire::schema::Schema;

/// The seed of the device's key, and its public half.
const DEVICE_SEED: [u8; 32] = [7; 32];
const DEVICE: [u8; 32] = [
    0xea, 0x4a, 0x6c, 0x63, 0xe2, 0x9c, 0x52, 0x0a, 0xbe, 0xf5, 0x50, 0x7b, 0x13, 0x2e, 0xc5, 0xf9, 0x95,
    0x47, 0x76, 0xae, 0xbe, 0xbe, 0x7b, 0x92, 0x42, 0x1e, 0xea, 0x69, 0x14, 0x46, 0xd2, 0x2c,
];

fn key() -> SigningKey {
    SigningKey::from_bytes(&[42; 32])
}

fn keys() -> LicenceKeys {
    LicenceKeys {
        keys: vec![key().to_licence_key("2026-a")],
    }
}

fn claims() -> LeaseClaims {
    let id = |n: u128| uuid::Uuid::from_u128(n);
    LeaseClaims {
        schema: Schema,
        lease: id(1).into(),
        sequence: 5,
        account: id(2).into(),
        user_id: "ann@example.com".parse().expect("a User ID"),
        organisation: "Jones".to_owned(),
        product: "sample-studio".parse().expect("an id"),
        subscription: id(3).into(),
        device: id(4).into(),
        device_key: Digest::of(&DEVICE),
        serial: None,
        terms: terms(),
    }
}

fn terms() -> LeaseTerms {
    let at = |raw: &str| raw.parse().expect("a time");
    LeaseTerms {
        issued_at: at("2026-11-21T12:00:00Z"),
        identity_verified_at: at("2026-11-21T11:59:00Z"),
        verify_by: at("2026-12-21T11:59:00Z"),
        grace_until: at("2026-12-28T11:59:00Z"),
        recheck_after: at("2026-11-22T12:00:00Z"),
        contract_ends_at: at("2027-11-21T00:00:00Z"),
        verification: VerificationPolicy::SignIn,
        offline_until: None,
        read_only_after_lapse: false,
    }
}

fn token() -> String {
    sign(&claims(), &key(), "2026-a").expect("signed")
}

#[test]
fn a_lease_is_believed_on_its_own_device() {
    assert_eq!(SigningKey::from_bytes(&DEVICE_SEED).public(), DEVICE);
    let lease = verify(&token(), &keys(), &DEVICE).expect("good");
    assert_eq!(*lease.claims(), claims());
    assert_eq!(lease.token(), token());
}

#[test]
fn a_lease_that_was_carried_to_another_device_is_refused_as_such() {
    assert!(matches!(
        verify(&token(), &keys(), &[8; 32]),
        Err(Refused::OtherDevice)
    ));
}

#[test]
fn a_lease_that_names_this_device_but_was_signed_for_another_is_refused() {
    let footer = r#"{"kid":"2026-a"}"#;
    let payload = serde_json::to_vec(&claims()).expect("JSON");
    let secret = key().secret().expect("a key");
    let other = Digest::of(&[8; 32]).to_string();
    let token =
        version4::PublicToken::sign(&secret, &payload, Some(footer.as_bytes()), Some(other.as_bytes()));
    assert!(matches!(
        verify(&token.expect("signed"), &keys(), &DEVICE),
        Err(Refused::Signature)
    ));
}

#[test]
fn a_lease_by_an_unknown_key_or_by_a_key_of_the_same_name_is_refused() {
    let unknown = sign(&claims(), &key(), "2027-a").expect("signed");
    assert!(
        matches!(verify(&unknown, &keys(), &DEVICE), Err(Refused::UnknownKey { key_id }) if key_id == "2027-a")
    );
    let thief = SigningKey::from_bytes(&[9; 32]);
    let forged = sign(&claims(), &thief, "2026-a").expect("signed");
    assert!(matches!(
        verify(&forged, &keys(), &DEVICE),
        Err(Refused::Signature)
    ));
}

#[test]
fn a_published_key_for_which_anybody_can_sign_is_refused() {
    for public_key in [
        "00".repeat(32),
        format!("01{}", "00".repeat(31)),
        "zz".repeat(32),
        String::new(),
    ] {
        let keys = LicenceKeys {
            keys: vec![LicenceKey {
                key_id: "2026-a".to_owned(),
                public_key,
                retired_at: None,
            }],
        };
        assert!(matches!(
            verify(&token(), &keys, &DEVICE),
            Err(Refused::BadKey { .. })
        ));
    }
}

#[test]
fn ten_thousand_changed_tokens_are_refused() {
    let token = token();
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
    let mut tried = HashSet::new();
    for round in 0.. {
        if tried.len() == 10_000 {
            break;
        }
        let mut bytes = token.clone().into_bytes();
        let at = (round * 31) % bytes.len();
        bytes[at] = alphabet[(round / 7 + at) % alphabet.len()];
        let changed = String::from_utf8(bytes).expect("ASCII");
        if changed != token && tried.insert(changed.clone()) {
            assert!(verify(&changed, &keys(), &DEVICE).is_err(), "{changed}");
        }
    }
}

#[test]
fn cut_and_lengthened_tokens_are_refused() {
    let token = token();
    for length in 0..token.len() {
        assert!(verify(&token[..length], &keys(), &DEVICE).is_err(), "{length}");
    }
    for tail in [".", "=", "A", " ", "\n", ".e30"] {
        assert!(
            verify(&format!("{token}{tail}"), &keys(), &DEVICE).is_err(),
            "{tail:?}"
        );
    }
    let endless = format!("v4.public.{}.e30", "A".repeat(MAX_TOKEN_BYTES));
    assert!(matches!(
        verify(&endless, &keys(), &DEVICE),
        Err(Refused::Malformed)
    ));
}

#[test]
fn nothing_that_a_retired_key_signed_is_believed_whatever_its_date() {
    let good = keys().keys.remove(0);
    let retired = LicenceKey {
        retired_at: Some(terms().grace_until),
        ..good.clone()
    };
    for keys in [vec![retired.clone()], vec![good, retired]] {
        let refused = verify(&token(), &LicenceKeys { keys }, &DEVICE).expect_err("retired");
        assert_eq!(refused.as_str(), "key_retired");
    }
}

#[test]
fn dates_that_contradict_each_other_are_refused_although_signed() {
    let mut claims = claims();
    claims.terms.grace_until = claims.terms.issued_at;
    let token = sign(&claims, &key(), "2026-a").expect("signed");
    assert!(matches!(verify(&token, &keys(), &DEVICE), Err(Refused::Dates)));
}

#[test]
fn a_key_id_that_could_break_out_of_the_footer_is_not_signed() {
    for key_id in ["", "a\"b", "a b", &"k".repeat(65)] {
        assert!(
            matches!(sign(&claims(), &key(), key_id), Err(SignError::KeyId)),
            "{key_id:?}"
        );
    }
}

#[test]
fn a_private_key_is_kept_and_never_shown() {
    let key = SigningKey::generate().expect("random numbers");
    assert_eq!(SigningKey::from_bytes(&key.to_bytes()).public(), key.public());
    assert_eq!(format!("{key:?}"), "SigningKey(…)");
}
