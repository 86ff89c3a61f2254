//! The lease: who may run what, on which device, until when; signed by the account service.
//!
//! The envelope is PASETO v4.public, which knows one algorithm only. The footer names the key. The implicit assertion
//! is the thumbprint of the device's key, so that a lease that was carried to another device does not verify there.
//! Normative text: `docs/protocol/lease.md`.

mod key;
#[cfg(test)]
mod tests;

pub use key::SigningKey;

use crate::envelope::{self, Envelope};
use jiff::Timestamp;
use serde::Deserialize;
use thiserror::Error;
use toolcrib_model::{Digest, Remedy};
use toolcrib_wire::lease::{LeaseClaims, LicenceKeys};

/// The longest token that is looked at, in bytes.
pub const MAX_TOKEN_BYTES: usize = 16 << 10;
/// The longest key id, in bytes.
pub const MAX_KEY_ID_BYTES: usize = 64;

/// A lease that was verified for this device. Whether it is still in time is for `toolcrib-licence` to judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedLease {
    claims: LeaseClaims,
    token: String,
}

impl TrustedLease {
    /// What the lease says.
    pub const fn claims(&self) -> &LeaseClaims {
        &self.claims
    }

    /// The token as it was received: what is to be stored.
    pub fn token(&self) -> &str {
        &self.token
    }
}

/// A lease that is not believed, and why.
#[derive(Debug, Error)]
#[expect(
    missing_docs,
    reason = "the fields are the thing that was judged; the text says what they are"
)]
pub enum Refused {
    /// It has not the form of a lease.
    #[error("the lease has not the form of a signed lease")]
    Malformed,
    /// The key is not among those that the account service publishes.
    #[error("the lease is signed with the key `{key_id}`, which is not known here")]
    UnknownKey { key_id: String },
    /// The key was retired: it may have leaked, and who has it chooses the dates.
    #[error("the lease is signed with the key `{key_id}`, which was retired on {retired_at}")]
    KeyRetired { key_id: String, retired_at: Timestamp },
    /// The published key is not a key.
    #[error("the published licence key `{key_id}` is not an Ed25519 key")]
    BadKey { key_id: String },
    /// It was changed, or was not signed by the account service.
    #[error("the signature of the lease is not good")]
    Signature,
    /// It is for another device.
    #[error("the lease belongs to another device")]
    OtherDevice,
    /// It is signed, but its content has another shape.
    #[error("the content of the lease is not well formed")]
    Claims(#[source] serde_json::Error),
    /// It is signed, but its dates contradict each other.
    #[error("the dates of the lease contradict each other")]
    Dates,
}

impl Refused {
    /// Its stable name, as in `docs/protocol/lease.md`, 3.3.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::UnknownKey { .. } => "unknown_key",
            Self::KeyRetired { .. } => "key_retired",
            Self::BadKey { .. } => "bad_key",
            Self::Signature => "signature",
            Self::OtherDevice => "other_device",
            Self::Claims(_) => "claims",
            Self::Dates => "dates",
        }
    }

    /// What helps.
    pub const fn remedy(&self) -> Remedy {
        match self {
            Self::UnknownKey { .. }
            | Self::KeyRetired { .. }
            | Self::Malformed
            | Self::Signature
            | Self::OtherDevice => Remedy::Refetch,
            Self::BadKey { .. } | Self::Claims(_) | Self::Dates => Remedy::GiveUp,
        }
    }
}

/// A lease, or an offline request or answer, could not be signed.
#[derive(Debug, Error)]
pub enum SignError {
    /// The key id is empty, too long, or has characters that a footer may not have.
    #[error("a key id is 1 to 64 of a-z, A-Z, 0-9, `.`, `_` and `-`")]
    KeyId,
    /// The content could not be written as JSON.
    #[error("could not write what is to be signed")]
    Encode(#[source] serde_json::Error),
    /// The signature could not be made.
    #[error("could not sign")]
    Sign(#[source] pasetors::errors::Error),
    /// It is longer than a reader takes.
    #[error("{bytes} bytes are too many: {most} are taken")]
    TooLong {
        /// How long it is.
        bytes: usize,
        /// The longest that is taken.
        most: usize,
    },
}

/// Signs `claims` for the device that they name.
///
/// # Errors
/// [`SignError`] for a key id that is not one, or where signing itself fails.
pub fn sign(claims: &LeaseClaims, key: &SigningKey, key_id: &str) -> Result<String, SignError> {
    envelope::sign(claims, key, key_id, &claims.device_key.to_string())
}

/// Verifies `token` for the device whose public key is `device_key`, against the keys that the service publishes.
///
/// # Errors
/// [`Refused`], with the first reason found.
pub fn verify(token: &str, keys: &LicenceKeys, device_key: &[u8; 32]) -> Result<TrustedLease, Refused> {
    let envelope = Envelope::parse(token, MAX_TOKEN_BYTES).ok_or(Refused::Malformed)?;
    let public = envelope.published(keys)?;
    let thumbprint = Digest::of(device_key);
    let payload = envelope
        .verify(&public, &thumbprint.to_string())
        .ok_or_else(|| reason_of_bad_signature(&envelope, &thumbprint))?;
    let claims: LeaseClaims = serde_json::from_str(&payload).map_err(Refused::Claims)?;
    if claims.device_key != thumbprint {
        return Err(Refused::OtherDevice);
    }
    judge_dates(&claims)?;
    Ok(TrustedLease {
        claims,
        token: token.to_owned(),
    })
}

fn judge_dates(claims: &LeaseClaims) -> Result<(), Refused> {
    let terms = &claims.terms;
    let ordered = terms.verify_by <= terms.grace_until
        && terms.identity_verified_at <= terms.verify_by
        && terms.offline_until.is_none_or(|until| terms.issued_at <= until);
    if ordered { Ok(()) } else { Err(Refused::Dates) }
}

/// The signature does not hold for this device: was it made for another one? Only the words depend on it.
fn reason_of_bad_signature(envelope: &Envelope, thumbprint: &Digest) -> Refused {
    #[derive(Deserialize)]
    struct Named {
        device_key: Digest,
    }
    match envelope.unbelieved::<Named>() {
        Some(named) if named.device_key != *thumbprint => Refused::OtherDevice,
        _ => Refused::Signature,
    }
}
