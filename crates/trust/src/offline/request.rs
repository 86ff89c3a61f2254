//! The request: what a computer without a network asks for.

use super::{MAX_REQUEST_BYTES, MAX_TEXT_BYTES, REQUEST, Refused, is_nonce, token_of};
use crate::envelope::{self, Envelope, public_key};
use crate::lease::SignError;
use crate::text;
use toolcrib_model::Digest;
use toolcrib_wire::offline::OfflineRequest;

/// The name of a device's own key in the envelope.
const KEY_ID: &str = "device";
/// What a device's signature under a request is for.
const PURPOSE: &str = "toolcrib-offline-request";

/// A request that was signed by the device that it names. Whether it is granted is the service's to judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedRequest {
    request: OfflineRequest,
    device_key: [u8; 32],
}

impl TrustedRequest {
    /// What is asked.
    pub const fn request(&self) -> &OfflineRequest {
        &self.request
    }

    /// The device's public key.
    pub const fn device_key(&self) -> &[u8; 32] {
        &self.device_key
    }

    /// How a lease names that key.
    pub fn thumbprint(&self) -> Digest {
        Digest::of(&self.device_key)
    }
}

/// Signs a request with the device's key, which stays where it is and lends `signature` over the bytes it is given.
///
/// # Errors
/// [`SignError`] where it cannot be written, or would not fit a QR code.
pub fn sign_request(
    request: &OfflineRequest,
    signature: impl FnOnce(&[u8]) -> [u8; 64],
) -> Result<String, SignError> {
    let token = envelope::sign_with(request, KEY_ID, PURPOSE, signature)?;
    let text = format!("{}{token}", REQUEST.prefix);
    match text.len() {
        0..=MAX_REQUEST_BYTES => Ok(text),
        bytes => Err(SignError::TooLong {
            bytes,
            most: MAX_REQUEST_BYTES,
        }),
    }
}

/// Judges a request.
///
/// # Errors
/// [`Refused`], with the first reason found.
pub fn read_request(text: &str) -> Result<TrustedRequest, Refused> {
    let token = token_of(text, REQUEST, MAX_REQUEST_BYTES)?;
    let envelope = Envelope::parse(&token, MAX_REQUEST_BYTES)
        .filter(|envelope| envelope.key_id() == KEY_ID)
        .ok_or(Refused::Malformed)?;
    // The request brings its own key: what it proves is that whoever made it has that key.
    let named: Named = envelope.unbelieved().ok_or(Refused::Malformed)?;
    let device_key = public_key(&named.device_key).ok_or(Refused::Member { member: "device_key" })?;
    let payload = envelope.verify(&device_key, PURPOSE).ok_or(Refused::Signature)?;
    let request: OfflineRequest = serde_json::from_str(&payload).map_err(Refused::Content)?;
    judge_members(&request)?;
    Ok(TrustedRequest { request, device_key })
}

#[derive(serde::Deserialize)]
struct Named {
    device_key: String,
}

fn judge_members(request: &OfflineRequest) -> Result<(), Refused> {
    let serial = request.serial.as_deref();
    let is_line = |text: &str| text.len() <= MAX_TEXT_BYTES && text::is_line(text, MAX_TEXT_BYTES);
    let table = [
        ("nonce", is_nonce(&request.nonce)),
        ("device_name", is_line(&request.device_name)),
        ("serial", serial.is_none_or(is_line)),
    ];
    match table.into_iter().find(|(_, good)| !good) {
        None => Ok(()),
        Some((member, _)) => Err(Refused::Member { member }),
    }
}
