//! The one envelope of everything that a licence needs signed: PASETO v4.public with a footer that names the key.
//!
//! What a signature is for goes into the implicit assertion, so that nothing signed for one purpose or device verifies
//! for another.

use crate::lease::{MAX_KEY_ID_BYTES, Refused, SignError, SigningKey};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use ed25519_dalek::VerifyingKey;
use pasetors::keys::AsymmetricPublicKey;
use pasetors::token::UntrustedToken;
use pasetors::version4::V4;
use pasetors::{Public, version4};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use toolcrib_wire::lease::{LicenceKey, LicenceKeys};

/// The length of a signature, in bytes.
const SIGNATURE: usize = 64;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Footer {
    kid: String,
}

/// A token that was taken apart and not believed yet.
pub(crate) struct Envelope {
    token: UntrustedToken<Public, V4>,
    payload: Vec<u8>,
    footer: Vec<u8>,
    key_id: String,
}

impl Envelope {
    /// Takes a token of at most `limit` bytes apart; strictly, so that one token has one spelling only.
    pub(crate) fn parse(raw: &str, limit: usize) -> Option<Self> {
        let (payload, footer) = Some(raw)
            .filter(|raw| raw.len() <= limit)?
            .strip_prefix(version4::PublicToken::HEADER)?
            .split_once('.')?;
        let (payload, footer) = (BASE64.decode(payload).ok()?, BASE64.decode(footer).ok()?);
        let Footer { kid } = serde_json::from_slice(&footer).ok()?;
        let token = UntrustedToken::try_from(raw).ok()?;
        is_key_id(&kid).then_some(Self {
            token,
            payload,
            footer,
            key_id: kid,
        })
    }

    /// The key that the footer names.
    pub(crate) fn key_id(&self) -> &str {
        &self.key_id
    }

    /// The published key that the footer names: known, not retired, and a key.
    pub(crate) fn published(&self, keys: &LicenceKeys) -> Result<[u8; 32], Refused> {
        let key_id = || self.key_id.clone();
        let named: Vec<&LicenceKey> = keys.keys.iter().filter(|key| key.key_id == self.key_id).collect();
        if let Some(retired_at) = named.iter().find_map(|key| key.retired_at) {
            return Err(Refused::KeyRetired {
                key_id: key_id(),
                retired_at,
            });
        }
        let key = named
            .first()
            .ok_or_else(|| Refused::UnknownKey { key_id: key_id() })?;
        public_key(&key.public_key).ok_or_else(|| Refused::BadKey { key_id: key_id() })
    }

    /// The payload, if `public` signed it for this `assertion`.
    pub(crate) fn verify(&self, public: &[u8; 32], assertion: &str) -> Option<String> {
        let public = AsymmetricPublicKey::from(public).ok()?;
        let trusted = version4::PublicToken::verify(
            &public,
            &self.token,
            Some(&self.footer),
            Some(assertion.as_bytes()),
        );
        Some(trusted.ok()?.payload().to_owned())
    }

    /// What the payload seems to say. Only words, and the choice of a key that signs for itself, may depend on it.
    pub(crate) fn unbelieved<T: DeserializeOwned>(&self) -> Option<T> {
        let end = self.payload.len().checked_sub(SIGNATURE)?;
        serde_json::from_slice(&self.payload[..end]).ok()
    }
}

/// Signs with a key of the account service.
pub(crate) fn sign(
    payload: &impl Serialize,
    key: &SigningKey,
    key_id: &str,
    assertion: &str,
) -> Result<String, SignError> {
    let (payload, footer) = pieces(payload, key_id)?;
    let secret = key.secret().map_err(SignError::Sign)?;
    version4::PublicToken::sign(&secret, &payload, Some(&footer), Some(assertion.as_bytes()))
        .map_err(SignError::Sign)
}

/// Signs with a key that is somewhere else and only lends its signature.
pub(crate) fn sign_with(
    payload: &impl Serialize,
    key_id: &str,
    assertion: &str,
    signature: impl FnOnce(&[u8]) -> [u8; SIGNATURE],
) -> Result<String, SignError> {
    let (mut payload, footer) = pieces(payload, key_id)?;
    let header = version4::PublicToken::HEADER;
    let signed = pre_auth([header.as_bytes(), &payload, &footer, assertion.as_bytes()]);
    payload.extend(signature(&signed));
    Ok(format!(
        "{header}{}.{}",
        BASE64.encode(payload),
        BASE64.encode(footer)
    ))
}

fn pieces(payload: &impl Serialize, key_id: &str) -> Result<(Vec<u8>, Vec<u8>), SignError> {
    if !is_key_id(key_id) {
        return Err(SignError::KeyId);
    }
    let footer = Footer {
        kid: key_id.to_owned(),
    };
    let payload = serde_json::to_vec(payload).map_err(SignError::Encode)?;
    let footer = serde_json::to_vec(&footer).map_err(SignError::Encode)?;
    Ok((payload, footer))
}

/// PASETO's pre-authentication encoding: the count of the pieces, and each with its length before it.
fn pre_auth(pieces: [&[u8]; 4]) -> Vec<u8> {
    let length = |count: usize| (count as u64).to_le_bytes();
    let mut bytes = length(pieces.len()).to_vec();
    for piece in pieces {
        bytes.extend(length(piece.len()));
        bytes.extend(piece);
    }
    bytes
}

/// A public key in hexadecimal: a point of the curve, and none of the weak ones for which anybody can sign.
pub(crate) fn public_key(hexadecimal: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(hexadecimal, &mut bytes).ok()?;
    let key = VerifyingKey::from_bytes(&bytes).ok()?;
    (!key.is_weak()).then_some(bytes)
}

fn is_key_id(raw: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    (1..=MAX_KEY_ID_BYTES).contains(&raw.len()) && raw.bytes().all(legal)
}
