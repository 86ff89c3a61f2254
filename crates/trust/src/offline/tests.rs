use super::*;
use crate::lease::{SignError, SigningKey, sign};
use ed25519_dalek::Signer as _;
use toolcrib_model::lease::LeaseTerms;
use toolcrib_model::{Digest, VerificationPolicy};
use toolcrib_wire::lease::{LeaseClaims, LicenceKeys};
use toolcrib_wire::offline::{OfflineAct, OfflineAnswer, OfflineRequest};
use toolcrib_wire::schema::Schema;

mod answers;
mod vectors;

const NONCE: &str = "000102030405060708090a0b0c0d0e0f";

fn device() -> ed25519_dalek::SigningKey {
    ed25519_dalek::SigningKey::from_bytes(&[7; 32])
}

fn device_key() -> [u8; 32] {
    device().verifying_key().to_bytes()
}

fn product(id: &str) -> ProductId {
    id.parse().expect("a product")
}

fn at(raw: &str) -> jiff::Timestamp {
    raw.parse().expect("a time")
}

fn request() -> OfflineRequest {
    OfflineRequest {
        schema: Schema,
        act: OfflineAct::Activate,
        product: product("sample-studio"),
        device_key: hex::encode(device_key()),
        device_name: "Press 4".to_owned(),
        platform: "linux-x86_64".parse().expect("a platform"),
        nonce: NONCE.to_owned(),
        made_at: at("2026-11-21T12:00:00Z"),
        serial: None,
        lease: None,
        offline_until: None,
    }
}

fn signed(request: &OfflineRequest) -> String {
    sign_request(request, |bytes| device().sign(bytes).to_bytes()).expect("signed")
}

#[test]
fn a_request_says_what_is_asked_and_proves_the_device() {
    let read = read_request(&signed(&request())).expect("good");
    assert_eq!(*read.request(), request());
    assert_eq!(*read.device_key(), device_key());
    assert_eq!(read.thumbprint(), Digest::of(&device_key()));
}

#[test]
fn the_longest_request_fits_one_qr_code() {
    let longest = OfflineRequest {
        act: OfflineAct::Activate,
        product: product(&"p".repeat(64)),
        device_name: "n".repeat(MAX_TEXT_BYTES),
        platform: "windows-aarch64".parse().expect("a platform"),
        serial: Some("s".repeat(MAX_TEXT_BYTES)),
        lease: Some(uuid::Uuid::max().into()),
        offline_until: Some(at("2026-11-21T12:00:00.123456789Z")),
        made_at: at("2026-11-21T12:00:00.123456789Z"),
        ..request()
    };
    let text = signed(&longest);
    assert!(read_request(&text).is_ok());
    // Version 25 of the standard, a square of 117 modules, holds 1,273 bytes at the lowest correction.
    assert!(text.len() <= MAX_REQUEST_BYTES, "{} bytes", text.len());
    assert!(
        signed(&request()).len() < 640,
        "{} bytes",
        signed(&request()).len()
    );
}

#[test]
fn a_request_that_would_not_fit_is_not_signed() {
    let endless = OfflineRequest {
        device_name: "n".repeat(2_000),
        ..request()
    };
    let signed = sign_request(&endless, |bytes| device().sign(bytes).to_bytes());
    assert!(matches!(signed, Err(SignError::TooLong { .. })), "{signed:?}");
}

#[test]
fn a_request_survives_the_wrapping_of_a_mail() {
    let text = signed(&request());
    let wrapped: Vec<&str> = text
        .as_bytes()
        .chunks(60)
        .map(|line| str::from_utf8(line).expect("ASCII"))
        .collect();
    assert!(read_request(&format!("\u{feff}  {}\r\n", wrapped.join("\r\n  "))).is_err());
    assert!(read_request(&format!("  {}\r\n", wrapped.join("\r\n  "))).is_ok());
}

#[test]
fn a_request_that_was_changed_anywhere_is_refused() {
    let text = signed(&request());
    for at in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[at] = if bytes[at] == b'Q' { b'R' } else { b'Q' };
        let changed = String::from_utf8(bytes).expect("ASCII");
        assert!(read_request(&changed).is_err(), "{at}");
        assert!(read_request(&text[..at]).is_err(), "{at}");
    }
}

#[test]
fn a_request_in_the_name_of_another_device_is_refused() {
    let other = ed25519_dalek::SigningKey::from_bytes(&[8; 32]);
    let named = OfflineRequest {
        device_key: hex::encode(other.verifying_key().to_bytes()),
        ..request()
    };
    let refused = read_request(&signed(&named)).expect_err("not its key");
    assert_eq!(refused.as_str(), "signature");
    let weak = OfflineRequest {
        device_key: "00".repeat(32),
        ..request()
    };
    assert_eq!(read_request(&signed(&weak)).expect_err("weak").as_str(), "member");
}

#[test]
fn members_that_a_page_could_not_show_are_refused() {
    let name = |name: &str| OfflineRequest {
        device_name: name.to_owned(),
        ..request()
    };
    let serial = |serial: &str| OfflineRequest {
        serial: Some(serial.to_owned()),
        ..request()
    };
    let nonce = OfflineRequest {
        nonce: "0".repeat(31),
        ..request()
    };
    for bad in [name("a\nb"), name(&"n".repeat(65)), serial("\u{202e}"), nonce] {
        let refused = read_request(&signed(&bad)).expect_err("refused");
        assert_eq!(refused.as_str(), "member", "{bad:?}");
    }
}
