//! The lease: who may run what, on which device, until when; signed by the account service.
//!
//! The envelope is PASETO v4.public, which knows one algorithm only. The footer names the key. The implicit assertion
//! is the thumbprint of the device's key, so that a lease that was carried to another device does not verify there.
//! Normative text: `docs/protocol/lease.md`.

mod key;
#[cfg(test)]
mod tests;

pub use key::SigningKey;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use pasetors::keys::AsymmetricPublicKey;
use pasetors::token::UntrustedToken;
use pasetors::{Public, version4};
use serde::{Deserialize, Serialize};
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
    /// What helps.
    pub const fn remedy(&self) -> Remedy {
        match self {
            Self::UnknownKey { .. } | Self::Malformed | Self::Signature | Self::OtherDevice => {
                Remedy::Refetch
            }
            Self::BadKey { .. } | Self::Claims(_) | Self::Dates => Remedy::GiveUp,
        }
    }
}

/// A lease could not be signed.
#[derive(Debug, Error)]
pub enum SignError {
    /// The key id is empty, too long, or has characters that a footer may not have.
    #[error("a key id is 1 to 64 of a-z, A-Z, 0-9, `.`, `_` and `-`")]
    KeyId,
    /// The claims could not be written as JSON.
    #[error("could not write the content of the lease")]
    Encode(#[source] serde_json::Error),
    /// The signature could not be made.
    #[error("could not sign the lease")]
    Sign(#[source] pasetors::errors::Error),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Footer {
    kid: String,
}

/// Signs `claims` for the device that they name.
///
/// # Errors
/// [`SignError`] for a key id that is not one, or where signing itself fails.
pub fn sign(claims: &LeaseClaims, key: &SigningKey, key_id: &str) -> Result<String, SignError> {
    if !is_key_id(key_id) {
        return Err(SignError::KeyId);
    }
    let footer = serde_json::to_vec(&Footer {
        kid: key_id.to_owned(),
    })
    .map_err(SignError::Encode)?;
    let payload = serde_json::to_vec(claims).map_err(SignError::Encode)?;
    let assertion = claims.device_key.to_string();
    let secret = key.secret().map_err(SignError::Sign)?;
    version4::PublicToken::sign(&secret, &payload, Some(&footer), Some(assertion.as_bytes()))
        .map_err(SignError::Sign)
}

/// Verifies `token` for the device whose public key is `device_key`, against the keys that the service publishes.
///
/// # Errors
/// [`Refused`], with the first reason found.
pub fn verify(token: &str, keys: &LicenceKeys, device_key: &[u8; 32]) -> Result<TrustedLease, Refused> {
    let untrusted = Untrusted::parse(token)?;
    let public = untrusted.public_key(keys)?;
    let thumbprint = Digest::of(device_key);
    let trusted = version4::PublicToken::verify(
        &public,
        &untrusted.token,
        Some(&untrusted.footer),
        Some(thumbprint.to_string().as_bytes()),
    )
    .map_err(|_| untrusted.reason_of_bad_signature(&thumbprint))?;
    let claims: LeaseClaims = serde_json::from_str(trusted.payload()).map_err(Refused::Claims)?;
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
    let ordered = terms.verify_by <= terms.grace_until && terms.identity_verified_at <= terms.verify_by;
    if ordered { Ok(()) } else { Err(Refused::Dates) }
}

struct Untrusted {
    token: UntrustedToken<Public, pasetors::version4::V4>,
    payload: Vec<u8>,
    footer: Vec<u8>,
    key_id: String,
}

impl Untrusted {
    fn parse(raw: &str) -> Result<Self, Refused> {
        let refuse = || Refused::Malformed;
        if raw.len() > MAX_TOKEN_BYTES {
            return Err(refuse());
        }
        let [payload, footer] = pieces(raw).ok_or_else(refuse)?;
        // Read strictly, so that one lease has one spelling only.
        let payload = BASE64_URL_SAFE_NO_PAD.decode(payload).map_err(|_| refuse())?;
        let footer = BASE64_URL_SAFE_NO_PAD.decode(footer).map_err(|_| refuse())?;
        let Footer { kid } = serde_json::from_slice(&footer).map_err(|_| refuse())?;
        let token = UntrustedToken::try_from(raw).map_err(|_| refuse())?;
        if is_key_id(&kid) {
            Ok(Self {
                token,
                payload,
                footer,
                key_id: kid,
            })
        } else {
            Err(refuse())
        }
    }

    fn public_key(&self, keys: &LicenceKeys) -> Result<AsymmetricPublicKey<pasetors::version4::V4>, Refused> {
        let unknown = || Refused::UnknownKey {
            key_id: self.key_id.clone(),
        };
        let bad = || Refused::BadKey {
            key_id: self.key_id.clone(),
        };
        let key = keys
            .keys
            .iter()
            .find(|key| key.key_id == self.key_id)
            .ok_or_else(unknown)?;
        let mut bytes = [0; 32];
        hex::decode_to_slice(&key.public_key, &mut bytes).map_err(|_| bad())?;
        key::judge_public(&bytes).ok_or_else(bad)?;
        AsymmetricPublicKey::from(&bytes).map_err(|_| bad())
    }

    /// The signature does not hold for this device: was it made for another one? Only the words depend on it.
    fn reason_of_bad_signature(&self, thumbprint: &Digest) -> Refused {
        #[derive(Deserialize)]
        struct Named {
            device_key: Digest,
        }
        let message = self
            .payload
            .len()
            .checked_sub(64)
            .map(|end| &self.payload[..end])
            .unwrap_or_default();
        match serde_json::from_slice::<Named>(message) {
            Ok(named) if named.device_key != *thumbprint => Refused::OtherDevice,
            _ => Refused::Signature,
        }
    }
}

fn pieces(raw: &str) -> Option<[&str; 2]> {
    let (payload, footer) = raw.strip_prefix(version4::PublicToken::HEADER)?.split_once('.')?;
    Some([payload, footer])
}

fn is_key_id(raw: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    (1..=MAX_KEY_ID_BYTES).contains(&raw.len()) && raw.bytes().all(legal)
}
