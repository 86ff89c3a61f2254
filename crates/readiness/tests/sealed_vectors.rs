//! The vectors of `docs/protocol/readiness.md`, sections 7 to 9, which another implementation of Ed25519 made.

use serde::Deserialize;
use serde_json::value::RawValue;
use toolcrib_model::Digest;
use toolcrib_readiness::fleet::{Mismatch, rejudge};
use toolcrib_readiness::seal::{Refused, Trust, open};
use toolcrib_wire::readiness::{Bundle, MachineReport};

#[derive(Deserialize)]
struct Vectors {
    trusted: Vec<Digest>,
    bundle: Box<RawValue>,
    envelopes: Vec<Envelope>,
    reports: Vec<Report>,
}

#[derive(Deserialize)]
struct Envelope {
    name: String,
    r#type: String,
    envelope: Box<RawValue>,
    refused: Option<String>,
}

#[derive(Deserialize)]
struct Report {
    name: String,
    envelope: Box<RawValue>,
    refused: Option<String>,
}

fn vectors() -> Vectors {
    let raw = include_str!("../../../tests/vectors/readiness-sealed.json");
    serde_json::from_str(raw).expect("the vectors are well formed")
}

const fn judge_of(refused: &Refused) -> &'static str {
    match refused {
        Refused::UntrustedKey { .. } => "key",
        Refused::Signature => "signature",
        Refused::OtherType { .. } => "type",
        Refused::Encoding(_) => "encoding",
        Refused::Signatures(_) => "signatures",
        Refused::Content(_) => "content",
        _ => "shape",
    }
}

const fn reason_of(mismatch: &Mismatch) -> &'static str {
    match mismatch {
        Mismatch::Ruling { .. } => "ruling",
        Mismatch::Whole { .. } => "whole",
        Mismatch::OtherBundle => "bundle",
        Mismatch::OtherDevice => "device",
        Mismatch::Groups => "groups",
        _ => "another",
    }
}

#[test]
fn every_envelope_is_opened_or_refused_as_it_should() {
    let vectors = vectors();
    for vector in vectors.envelopes {
        let bytes = vector.envelope.get().as_bytes();
        let refused = match vector.r#type.as_str() {
            "bundle" => open::<Bundle>(bytes, Trust::Pinned(&vectors.trusted)).err(),
            _ => open::<MachineReport>(bytes, Trust::AnyKey).err(),
        };
        let refused = refused.as_ref().map(judge_of);
        assert_eq!(refused, vector.refused.as_deref(), "{}", vector.name);
    }
}

#[test]
fn every_report_is_believed_or_refused_as_it_should() {
    let vectors = vectors();
    let bundle = open::<Bundle>(vectors.bundle.get().as_bytes(), Trust::AnyKey).expect("the bundle");
    for vector in vectors.reports {
        let report = open(vector.envelope.get().as_bytes(), Trust::AnyKey).expect(&vector.name);
        let refused = rejudge(&bundle, &report).err();
        assert_eq!(
            refused.as_ref().map(reason_of),
            vector.refused.as_deref(),
            "{}",
            vector.name
        );
    }
}
