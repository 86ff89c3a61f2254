//! Doors to what licences are read from: leases, and what is carried to and from computers without a network.

use crate::envelope;
use crate::lease::{SigningKey, verify};
use crate::offline::{Asked, read_answer, read_request, sign_answer, sign_request};
use ed25519_dalek::Signer as _;
use serde_json::Value;
use toolcrib_model::Digest;
use toolcrib_wire::lease::{LeaseClaims, LicenceKeys};
use toolcrib_wire::offline::{OfflineAct, OfflineAnswer, OfflineRequest};

/// The keys of `tests/vectors`, so that its leases and answers are good here.
const SERVICE: [u8; 32] = [0x2a; 32];
const DEVICE: [u8; 32] = [7; 32];
const KEY_ID: &str = "2026-a";
const PRODUCT: &str = "sample-studio";
const NONCE: &str = "000102030405060708090a0b0c0d0e0f";

/// Judges a text as a lease, a request and an answer, as they come from a file, a mail or a QR code.
///
/// # Panics
/// When something is believed of another device or product than it is good for: that is the finding.
pub fn carried(text: &str) {
    let device = device().verifying_key().to_bytes();
    if let Ok(lease) = verify(text, &keys(), &device) {
        assert_eq!(lease.claims().device_key, Digest::of(&device));
    }
    if let Ok(read) = read_request(text) {
        assert_eq!(hex::encode(read.device_key()), read.request().device_key);
    }
    for act in [OfflineAct::Activate, OfflineAct::Renew, OfflineAct::Release] {
        let product = PRODUCT.parse().expect("a product");
        let asked = Asked {
            act,
            product: &product,
            nonce: NONCE,
            device_key: &device,
        };
        if let Ok(answer) = read_answer(text, &keys(), &asked) {
            assert_eq!(answer.answer().product, product);
            assert!(act == OfflineAct::Release || answer.lease().is_some());
        }
    }
}

/// Judges a content as if the service, or the device, had signed it: a signature says who wrote something, not that it
/// makes sense.
///
/// # Panics
/// When what is believed cannot be written and read again, or contradicts itself: that is the finding.
pub fn signed(content: &Value) {
    lease(content);
    if let Ok(request) = serde_json::from_value::<OfflineRequest>(content.clone())
        && let Ok(text) = sign_request(&request, |bytes| device().sign(bytes).to_bytes())
        && let Ok(read) = read_request(&text)
    {
        assert_eq!(*read.request(), request);
    }
    if let Ok(said) = serde_json::from_value::<OfflineAnswer>(content.clone()) {
        answer(&said);
    }
}

fn lease(content: &Value) {
    let device = device().verifying_key().to_bytes();
    let thumbprint = Digest::of(&device).to_string();
    let token = envelope::sign(content, &service(), KEY_ID, &thumbprint).expect("anything can be signed");
    let Ok(lease) = verify(&token, &keys(), &device) else {
        return;
    };
    let (claims, terms) = (lease.claims(), &lease.claims().terms);
    assert!(terms.identity_verified_at <= terms.verify_by && terms.verify_by <= terms.grace_until);
    let written = serde_json::to_vec(claims).expect("what was read can be written");
    let again: LeaseClaims = serde_json::from_slice(&written).expect("what was written can be read");
    assert_eq!(again, *claims);
}

fn answer(said: &OfflineAnswer) {
    let device = device().verifying_key().to_bytes();
    let text = sign_answer(said, &service(), KEY_ID).expect("an answer can be signed");
    let asked = Asked {
        act: said.act,
        product: &said.product,
        nonce: &said.nonce,
        device_key: &device,
    };
    if let Ok(read) = read_answer(&text, &keys(), &asked) {
        assert_eq!(read.answer(), said);
        assert_eq!(said.device_key, Digest::of(&device));
        assert!(
            read.lease()
                .is_none_or(|lease| lease.claims().product == said.product)
        );
    }
}

fn service() -> SigningKey {
    SigningKey::from_bytes(&SERVICE)
}

fn device() -> ed25519_dalek::SigningKey {
    ed25519_dalek::SigningKey::from_bytes(&DEVICE)
}

fn keys() -> LicenceKeys {
    LicenceKeys {
        keys: vec![service().to_licence_key(KEY_ID)],
    }
}
