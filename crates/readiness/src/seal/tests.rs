use super::*;
use ed25519_dalek::{Signer as _, SigningKey};
use proptest::prelude::*;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn sealed(seed: u8) -> Vec<u8> {
    let key = key(seed);
    let signer = Signer {
        public: key.verifying_key().to_bytes(),
        sign: &|bytes| key.sign(bytes).to_bytes(),
    };
    seal(&bundle(), &signer).expect("sealed")
}

fn bundle() -> Bundle {
    let raw = r#"{"schema":1,"check":"019b0000-0000-7000-8000-000000000001","title":"Autumn",
        "issued_at":"2026-11-22T08:00:00Z","expires_at":"2026-12-22T08:00:00Z","products":[],"own":[]}"#;
    serde_json::from_str(raw).expect("a bundle")
}

fn thumbprint(seed: u8) -> Digest {
    Digest::of(key(seed).verifying_key().as_bytes())
}

fn changed(change: impl FnOnce(&mut Sealed)) -> Vec<u8> {
    let mut envelope: Sealed = serde_json::from_slice(&sealed(1)).expect("an envelope");
    change(&mut envelope);
    serde_json::to_vec(&envelope).expect("written")
}

fn refused(bytes: &[u8]) -> Refused {
    open::<Bundle>(bytes, Trust::Pinned(&[thumbprint(1)])).expect_err("refused")
}

#[test]
fn what_was_sealed_is_opened_with_the_pinned_key() {
    let opened = open::<Bundle>(&sealed(1), Trust::Pinned(&[thumbprint(9), thumbprint(1)])).expect("opened");
    assert_eq!(*opened.document(), bundle());
    assert_eq!(opened.key_id(), thumbprint(1));
    let payload = serde_json::to_vec(&bundle()).expect("written");
    assert_eq!(opened.payload(), Digest::of(&payload));
}

#[test]
fn another_key_is_refused_by_name_and_taken_where_any_is() {
    assert!(matches!(refused(&sealed(2)), Refused::UntrustedKey { key } if key == thumbprint(2)));
    assert!(open::<Bundle>(&sealed(2), Trust::AnyKey).is_ok());
}

#[test]
fn a_changed_payload_is_refused() {
    let bytes = changed(|envelope| envelope.payload = BASE64_STANDARD.encode(r#"{"schema":1}"#));
    assert!(matches!(refused(&bytes), Refused::Signature));
}

#[test]
fn a_bundle_never_passes_for_a_report() {
    let as_report = open::<MachineReport>(&sealed(1), Trust::AnyKey);
    assert!(matches!(as_report, Err(Refused::OtherType { .. })));
    let relabelled = changed(|envelope| envelope.payload_type = MachineReport::TYPE.to_owned());
    assert!(matches!(
        open::<MachineReport>(&relabelled, Trust::AnyKey),
        Err(Refused::Signature)
    ));
}

#[test]
fn a_key_id_of_another_key_two_signatures_and_none_are_refused() {
    let renamed = changed(|envelope| envelope.signatures[0].keyid = thumbprint(2).to_string());
    assert!(matches!(refused(&renamed), Refused::Encoding("key id")));
    let twice = changed(|envelope| envelope.signatures.push(envelope.signatures[0].clone()));
    assert!(matches!(refused(&twice), Refused::Signatures(2)));
    assert!(matches!(
        refused(&changed(|envelope| envelope.signatures.clear())),
        Refused::Signatures(0)
    ));
}

#[test]
fn a_weak_key_for_which_anybody_can_sign_verifies_nothing() {
    let weak = changed(|envelope| {
        let seal = &mut envelope.signatures[0];
        seal.public_key = hex::encode([0; 32]);
        seal.keyid = Digest::of(&[0; 32]).to_string();
        seal.sig = BASE64_STANDARD.encode([0; 64]);
    });
    assert!(matches!(
        open::<Bundle>(&weak, Trust::AnyKey),
        Err(Refused::Signature)
    ));
}

#[test]
fn the_encoding_is_that_of_dsse() {
    // The example of the DSSE specification.
    assert_eq!(
        encoding("http://example.com/HelloWorld", b"hello world"),
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    );
}

proptest! {
    #[test]
    fn no_flipped_bit_of_an_envelope_is_opened_as_something_else(at in 0_usize..4000, bit in 0_u8..8) {
        let mut bytes = sealed(1);
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        if let Ok(opened) = open::<Bundle>(&bytes, Trust::Pinned(&[thumbprint(1)])) {
            prop_assert_eq!(opened.document(), &bundle());
        }
    }

    #[test]
    fn any_bytes_are_refused_and_never_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(open::<Bundle>(&bytes, Trust::AnyKey).is_err());
    }
}
