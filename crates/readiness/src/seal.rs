//! Signing and opening what travels between the service and the computers of a check.
//!
//! The envelope is a DSSE with one Ed25519 signature over the pre-authentication encoding of type and payload. The type
//! is signed with the payload, so a report can never pass for a bundle, whoever's key signed it; and the payload is
//! signed byte by byte, so nothing has to be written in a canonical form ([decision 24](../../../docs/decisions/0024-sealed-readiness.md)).

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ed25519_dalek::{Signature, VerifyingKey};
use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;
use toolcrib_model::{Digest, Remedy};
use toolcrib_wire::readiness::{Bundle, MachineReport, Seal, Sealed, SignOff};

/// A document that travels sealed.
pub trait Document: Serialize + DeserializeOwned {
    /// What it is, in the envelope.
    const TYPE: &'static str;
    /// The longest envelope that is looked at, in bytes.
    const MAX_BYTES: usize;
}

impl Document for Bundle {
    const TYPE: &'static str = "application/vnd.toolcrib.readiness-bundle+json";
    const MAX_BYTES: usize = 4 << 20;
}

impl Document for MachineReport {
    const TYPE: &'static str = "application/vnd.toolcrib.readiness-report+json";
    const MAX_BYTES: usize = 1 << 20;
}

impl Document for SignOff {
    const TYPE: &'static str = "application/vnd.toolcrib.readiness-sign-off+json";
    const MAX_BYTES: usize = 32 << 20;
}

/// A key that signs: its public half, and the act itself, wherever the private half is kept.
#[derive(Clone, Copy)]
pub struct Signer<'a> {
    /// The 32 bytes of the Ed25519 public key.
    pub public: [u8; 32],
    /// Signs.
    pub sign: &'a dyn Fn(&[u8]) -> [u8; 64],
}

/// Whose signature is taken.
#[derive(Clone, Copy, Debug)]
pub enum Trust<'a> {
    /// One of these keys, by the SHA-256 of their public halves.
    Pinned(&'a [Digest]),
    /// Any key: proves only that nothing was changed since it was signed. Reports are opened so, because a computer's
    /// first report is how its key becomes known.
    AnyKey,
}

/// A document whose signature was verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened<T> {
    document: T,
    key: [u8; 32],
    payload: Digest,
}

impl<T> Opened<T> {
    /// The document.
    pub const fn document(&self) -> &T {
        &self.document
    }

    /// The public key that signed it.
    pub const fn key(&self) -> &[u8; 32] {
        &self.key
    }

    /// The SHA-256 of the public key.
    pub fn key_id(&self) -> Digest {
        Digest::of(&self.key)
    }

    /// The SHA-256 of the signed bytes: what others call this document by.
    pub const fn payload(&self) -> Digest {
        self.payload
    }
}

/// An envelope that is not believed, and why.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Refused {
    /// More bytes than any such document has.
    #[error("it is longer than {limit} bytes")]
    TooLong {
        /// The most that is read.
        limit: usize,
    },
    /// Not an envelope.
    #[error("it is not a signed document of Toolcrib")]
    Malformed(#[source] serde_json::Error),
    /// Something in the envelope is not written as it must be.
    #[error("its {0} is not well formed")]
    Encoding(&'static str),
    /// Another kind of document.
    #[error("it is `{found}`, and `{wanted}` was wanted")]
    OtherType {
        /// What it says that it is.
        found: String,
        /// What was wanted.
        wanted: &'static str,
    },
    /// Not exactly one signature.
    #[error("it has {0} signatures, and exactly one is wanted")]
    Signatures(usize),
    /// Signed by somebody else.
    #[error("it is signed with the key {key}, which is not one that is trusted here")]
    UntrustedKey {
        /// The SHA-256 of the key.
        key: Digest,
    },
    /// Changed after it was signed, or never signed.
    #[error("its signature is not good: it was changed, or was not signed with the key that it names")]
    Signature,
    /// Signed, but of another shape.
    #[error("it is signed, but its content is not well formed")]
    Content(#[source] serde_json::Error),
}

impl Refused {
    /// What helps.
    pub const fn remedy(&self) -> Remedy {
        match self {
            Self::TooLong { .. }
            | Self::Malformed(_)
            | Self::Encoding(_)
            | Self::Signatures(_)
            | Self::Signature => Remedy::Refetch,
            Self::OtherType { .. } | Self::UntrustedKey { .. } | Self::Content(_) => Remedy::AskUser,
        }
    }
}

/// Writes and signs a document: the bytes of the envelope.
///
/// # Errors
/// When the document cannot be written as JSON.
pub fn seal<T: Document>(document: &T, signer: &Signer<'_>) -> Result<Vec<u8>, serde_json::Error> {
    let payload = serde_json::to_vec(document)?;
    let signature = (signer.sign)(&encoding(T::TYPE, &payload));
    let sealed = Sealed {
        payload_type: T::TYPE.to_owned(),
        payload: BASE64_STANDARD.encode(&payload),
        signatures: vec![Seal {
            keyid: Digest::of(&signer.public).to_string(),
            public_key: hex::encode(signer.public),
            sig: BASE64_STANDARD.encode(signature),
        }],
    };
    serde_json::to_vec_pretty(&sealed)
}

/// Verifies an envelope and reads what is in it.
///
/// # Errors
/// [`Refused`], with the first reason found.
pub fn open<T: Document>(bytes: &[u8], trust: Trust<'_>) -> Result<Opened<T>, Refused> {
    let limit = T::MAX_BYTES;
    if bytes.len() > limit {
        return Err(Refused::TooLong { limit });
    }
    let sealed: Sealed = serde_json::from_slice(bytes).map_err(Refused::Malformed)?;
    if sealed.payload_type != T::TYPE {
        return Err(Refused::OtherType {
            found: sealed.payload_type.escape_debug().take(100).collect(),
            wanted: T::TYPE,
        });
    }
    let payload = BASE64_STANDARD
        .decode(&sealed.payload)
        .map_err(|_| Refused::Encoding("payload"))?;
    let key = verify(&sealed.signatures, &encoding(T::TYPE, &payload), trust)?;
    Ok(Opened {
        document: serde_json::from_slice(&payload).map_err(Refused::Content)?,
        key,
        payload: Digest::of(&payload),
    })
}

/// What an envelope says that it is, before anything is believed: so that a program can say which file it was given.
pub fn type_of(bytes: &[u8]) -> Option<String> {
    let sealed: Sealed = serde_json::from_slice(bytes).ok()?;
    Some(sealed.payload_type)
}

fn verify(seals: &[Seal], signed: &[u8], trust: Trust<'_>) -> Result<[u8; 32], Refused> {
    let [seal] = seals else {
        return Err(Refused::Signatures(seals.len()));
    };
    let mut key = [0; 32];
    hex::decode_to_slice(&seal.public_key, &mut key).map_err(|_| Refused::Encoding("key"))?;
    let named = Digest::of(&key);
    if seal.keyid != named.to_string() {
        return Err(Refused::Encoding("key id"));
    }
    if matches!(trust, Trust::Pinned(keys) if !keys.contains(&named)) {
        return Err(Refused::UntrustedKey { key: named });
    }
    let raw = BASE64_STANDARD.decode(&seal.sig).ok();
    let raw: [u8; 64] = raw
        .and_then(|raw| raw.try_into().ok())
        .ok_or(Refused::Encoding("signature"))?;
    VerifyingKey::from_bytes(&key)
        .and_then(|key| key.verify_strict(signed, &Signature::from_bytes(&raw)))
        .map_err(|_| Refused::Signature)?;
    Ok(key)
}

/// DSSE's pre-authentication encoding: lengths first, so that type and payload cannot run into each other.
fn encoding(kind: &str, payload: &[u8]) -> Vec<u8> {
    let head = format!("DSSEv1 {} {kind} {} ", kind.len(), payload.len());
    [head.as_bytes(), payload].concat()
}

#[cfg(test)]
mod tests;
