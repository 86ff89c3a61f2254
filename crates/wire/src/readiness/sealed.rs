//! The envelope: a DSSE (Dead Simple Signing Envelope) with exactly one Ed25519 signature.

use serde::{Deserialize, Serialize};

/// A signed document. What is signed is the exact text in `payload`, so nothing has to be written in a canonical form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sealed {
    /// What the payload is: `application/vnd.toolcrib.readiness-bundle+json` and the like. It is signed too.
    pub payload_type: String,
    /// The document's bytes in base64 (RFC 4648, section 4, with padding).
    pub payload: String,
    /// Exactly one.
    pub signatures: Vec<Seal>,
}

/// One signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// The SHA-256 of the public key, in lower-case hexadecimal: what people compare and programs pin.
    pub keyid: String,
    /// The 32 bytes of the Ed25519 public key, in lower-case hexadecimal.
    pub public_key: String,
    /// The 64 bytes of the signature, in base64.
    pub sig: String,
}
