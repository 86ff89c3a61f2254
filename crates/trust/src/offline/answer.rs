//! The answer: what the account service says to a request, believed without a network.

use super::{ANSWER, MAX_ANSWER_BYTES, Refused, is_nonce, token_of};
use crate::envelope::{self, Envelope};
use crate::lease::{self, SignError, SigningKey, TrustedLease};
use toolcrib_model::{Digest, ProductId};
use toolcrib_wire::lease::LicenceKeys;
use toolcrib_wire::offline::{OfflineAct, OfflineAnswer};

/// The request that is open, as the computer remembers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// What was asked.
    pub act: OfflineAct,
    /// For which product.
    pub product: &'a ProductId,
    /// The nonce of the request.
    pub nonce: &'a str,
    /// The device's public key.
    pub device_key: &'a [u8; 32],
}

/// An answer to the request that is open, with a lease that was verified for this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedAnswer {
    answer: OfflineAnswer,
    lease: Option<TrustedLease>,
}

impl TrustedAnswer {
    /// What the service says.
    pub const fn answer(&self) -> &OfflineAnswer {
        &self.answer
    }

    /// The lease; none where one was given up.
    pub const fn lease(&self) -> Option<&TrustedLease> {
        self.lease.as_ref()
    }

    /// The keys that the service publishes.
    pub fn keys(&self) -> LicenceKeys {
        LicenceKeys {
            keys: self.answer.keys.clone(),
        }
    }
}

/// Signs an answer for the device that it names.
///
/// # Errors
/// [`SignError`] where it cannot be signed.
pub fn sign_answer(answer: &OfflineAnswer, key: &SigningKey, key_id: &str) -> Result<String, SignError> {
    let token = envelope::sign(answer, key, key_id, &purpose(&answer.device_key))?;
    Ok(format!("{}{token}", ANSWER.prefix))
}

/// Judges an answer to the request that is open, against the keys that are `known` here.
///
/// A computer that knows no key yet takes those of its first answer, as a client takes those of the service that it
/// meets first; from then on only a key that is known can bring others.
///
/// # Errors
/// [`Refused`], with the first reason found.
pub fn read_answer(text: &str, known: &LicenceKeys, asked: &Asked<'_>) -> Result<TrustedAnswer, Refused> {
    let token = token_of(text, ANSWER, MAX_ANSWER_BYTES)?;
    let envelope = Envelope::parse(&token, MAX_ANSWER_BYTES).ok_or(Refused::Malformed)?;
    let brought = || envelope.unbelieved::<Brought>().ok_or(Refused::Malformed);
    let keys = match known.keys.is_empty() {
        true => LicenceKeys {
            keys: brought()?.keys,
        },
        false => known.clone(),
    };
    let public = envelope.published(&keys).map_err(Refused::Lease)?;
    let payload = envelope
        .verify(&public, &purpose(&Digest::of(asked.device_key)))
        .ok_or(Refused::Signature)?;
    let answer: OfflineAnswer = serde_json::from_str(&payload).map_err(Refused::Content)?;
    judge_members(&answer, asked)?;
    let lease = lease_of(&answer, asked)?;
    Ok(TrustedAnswer { answer, lease })
}

#[derive(serde::Deserialize)]
struct Brought {
    keys: Vec<toolcrib_wire::lease::LicenceKey>,
}

/// What the service's signature under an answer is for: this device only.
fn purpose(device_key: &Digest) -> String {
    format!("toolcrib-offline-answer:{device_key}")
}

fn judge_members(answer: &OfflineAnswer, asked: &Asked<'_>) -> Result<(), Refused> {
    if answer.device_key != Digest::of(asked.device_key) {
        return Err(Refused::Lease(lease::Refused::OtherDevice));
    }
    if answer.product != *asked.product {
        return Err(Refused::OtherProduct {
            wanted: asked.product.clone(),
            offered: answer.product.clone(),
        });
    }
    let same = answer.nonce == asked.nonce && is_nonce(asked.nonce) && answer.act == asked.act;
    if same { Ok(()) } else { Err(Refused::OtherRequest) }
}

/// The lease, judged by the keys that the believed answer brings.
fn lease_of(answer: &OfflineAnswer, asked: &Asked<'_>) -> Result<Option<TrustedLease>, Refused> {
    let Some(token) = &answer.lease else {
        return match asked.act {
            OfflineAct::Activate | OfflineAct::Renew => Err(Refused::NoLease),
            OfflineAct::Release => Ok(None),
        };
    };
    let keys = LicenceKeys {
        keys: answer.keys.clone(),
    };
    let lease = lease::verify(token, &keys, asked.device_key).map_err(Refused::Lease)?;
    match lease.claims().product == *asked.product {
        true => Ok(Some(lease)),
        false => Err(Refused::OtherProduct {
            wanted: asked.product.clone(),
            offered: lease.claims().product.clone(),
        }),
    }
}
