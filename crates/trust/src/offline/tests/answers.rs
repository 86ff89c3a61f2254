//! Answers, good and hostile.

use super::*;

fn service() -> SigningKey {
    SigningKey::from_bytes(&[42; 32])
}

pub(super) fn keys() -> LicenceKeys {
    LicenceKeys {
        keys: vec![service().to_licence_key("2026-a")],
    }
}

fn lease(product_id: &str) -> String {
    let id = |n: u128| uuid::Uuid::from_u128(n);
    let claims = LeaseClaims {
        schema: Schema,
        lease: id(1).into(),
        sequence: 5,
        account: id(2).into(),
        user_id: "ann@example.com".parse().expect("a User ID"),
        organisation: "Jones".to_owned(),
        product: product(product_id),
        subscription: id(3).into(),
        device: id(4).into(),
        device_key: Digest::of(&device_key()),
        serial: None,
        terms: LeaseTerms {
            issued_at: at("2026-11-21T13:00:00Z"),
            identity_verified_at: at("2026-11-21T13:00:00Z"),
            verify_by: at("2026-12-21T13:00:00Z"),
            grace_until: at("2026-12-28T13:00:00Z"),
            recheck_after: at("2026-11-22T13:00:00Z"),
            contract_ends_at: at("2027-11-21T00:00:00Z"),
            verification: VerificationPolicy::SignIn,
            offline_until: None,
            read_only_after_lapse: false,
        },
    };
    sign(&claims, &service(), "2026-a").expect("signed")
}

pub(super) fn answer() -> OfflineAnswer {
    OfflineAnswer {
        schema: Schema,
        act: OfflineAct::Activate,
        product: product("sample-studio"),
        device_key: Digest::of(&device_key()),
        nonce: NONCE.to_owned(),
        answered_at: at("2026-11-21T13:00:00Z"),
        lease: Some(lease("sample-studio")),
        keys: keys().keys,
    }
}

pub(super) fn signed(answer: &OfflineAnswer) -> String {
    sign_answer(answer, &service(), "2026-a").expect("signed")
}

fn read(text: &str, known: &LicenceKeys) -> Result<TrustedAnswer, Refused> {
    let product = product("sample-studio");
    let asked = Asked {
        act: OfflineAct::Activate,
        product: &product,
        nonce: NONCE,
        device_key: &device_key(),
    };
    read_answer(text, known, &asked)
}

fn refusal(answer: &OfflineAnswer) -> &'static str {
    read(&signed(answer), &keys()).expect_err("refused").as_str()
}

#[test]
fn an_answer_brings_the_lease_and_the_keys() {
    let read = read(&signed(&answer()), &keys()).expect("good");
    assert_eq!(*read.answer(), answer());
    let sequence = read.lease().map(|lease| lease.claims().sequence);
    assert_eq!((sequence, read.keys()), (Some(5), keys()));
}

#[test]
fn a_whole_answer_fits_a_qr_code_too() {
    // The largest code holds 2,953 bytes.
    let length = signed(&answer()).len();
    assert!(length <= 2_953, "{length} bytes");
}

#[test]
fn a_computer_that_knows_no_key_takes_those_of_its_first_answer() {
    assert!(read(&signed(&answer()), &LicenceKeys::default()).is_ok());
}

#[test]
fn a_computer_that_knows_a_key_believes_no_other() {
    let thief = SigningKey::from_bytes(&[9; 32]);
    let brought = OfflineAnswer {
        keys: vec![thief.to_licence_key("2026-b")],
        ..answer()
    };
    let own = sign_answer(&brought, &thief, "2026-b").expect("signed");
    assert_eq!(read(&own, &keys()).expect_err("unknown").as_str(), "unknown_key");
    let borrowed = sign_answer(&brought, &thief, "2026-a").expect("signed");
    assert_eq!(
        read(&borrowed, &keys()).expect_err("forged").as_str(),
        "signature"
    );
}

#[test]
fn an_answer_by_a_retired_key_is_refused_even_by_its_own_word() {
    let mut retired = keys();
    retired.keys[0].retired_at = Some(at("2026-11-20T00:00:00Z"));
    let text = signed(&answer());
    assert_eq!(
        read(&text, &retired).expect_err("retired").as_str(),
        "key_retired"
    );
    let says_so = OfflineAnswer {
        keys: retired.keys,
        ..answer()
    };
    let first = read(&signed(&says_so), &LicenceKeys::default());
    assert_eq!(first.expect_err("retired").as_str(), "key_retired");
}

#[test]
fn what_answers_another_request_is_refused_as_such() {
    let other_nonce = OfflineAnswer {
        nonce: "f".repeat(32),
        ..answer()
    };
    let other_act = OfflineAnswer {
        act: OfflineAct::Renew,
        ..answer()
    };
    let other_product = OfflineAnswer {
        product: product("other"),
        ..answer()
    };
    let other_lease = OfflineAnswer {
        lease: Some(lease("other")),
        ..answer()
    };
    let other_device = OfflineAnswer {
        device_key: Digest::of(&[8; 32]),
        ..answer()
    };
    let none = OfflineAnswer {
        lease: None,
        ..answer()
    };
    let table = [
        (other_nonce, "other_request"),
        (other_act, "other_request"),
        (other_product, "other_product"),
        (other_lease, "other_product"),
        (other_device, "signature"),
        (none, "no_lease"),
    ];
    for (answer, expected) in table {
        assert_eq!(refusal(&answer), expected, "{answer:?}");
    }
}

#[test]
fn a_lease_of_a_stranger_within_a_good_answer_is_refused() {
    let swapped = OfflineAnswer {
        lease: Some(lease("sample-studio").replace("v4.public.e", "v4.public.f")),
        ..answer()
    };
    assert_eq!(refusal(&swapped), "signature");
}

#[test]
fn a_release_needs_no_lease_and_is_answered_all_the_same() {
    let answer = OfflineAnswer {
        act: OfflineAct::Release,
        lease: None,
        ..answer()
    };
    let product = product("sample-studio");
    let asked = Asked {
        act: OfflineAct::Release,
        product: &product,
        nonce: NONCE,
        device_key: &device_key(),
    };
    let read = read_answer(&signed(&answer), &keys(), &asked).expect("good");
    assert_eq!(read.lease(), None);
}

#[test]
fn a_lease_or_a_request_is_not_taken_for_an_answer() {
    let bare = read(&lease("sample-studio"), &keys()).expect_err("no answer");
    assert_eq!(bare.as_str(), "malformed");
    let dressed = format!("toolcrib-answer.{}", lease("sample-studio"));
    assert_eq!(
        read(&dressed, &keys()).expect_err("no answer").as_str(),
        "signature"
    );
    let request = super::signed(&request());
    assert_eq!(
        read(&request, &keys()).expect_err("a request").as_str(),
        "other_document"
    );
    let answer = signed(&answer());
    assert_eq!(
        read_request(&answer).expect_err("an answer").as_str(),
        "other_document"
    );
}
