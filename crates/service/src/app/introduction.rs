//! How a device introduces itself, and whether that holds.

use crate::refusal::Refusal;
use crate::store::devices::Introduced;
use toolcrib_machine::device_key;
use toolcrib_model::{AccountId, Platform};
use toolcrib_wire::api::session::DeviceIntroduction;

/// The longest name of a computer that is kept.
const MAX_DEVICE_NAME: usize = 128;

/// A device whose introduction holds: the names are within bounds and the proof is by its own key.
#[derive(Clone, Debug)]
pub struct Judged {
    pub(super) public_key: String,
    name: String,
    platform: Platform,
    machine_hint: Option<String>,
}

impl Judged {
    pub(super) fn of(&self, account: AccountId) -> Introduced<'_> {
        Introduced {
            account,
            public_key: &self.public_key,
            name: &self.name,
            platform: self.platform,
            machine_hint: self.machine_hint.as_deref(),
        }
    }
}

/// Judges how a device introduces itself.
///
/// # Errors
/// [`Refusal::Invalid`] where a field is out of bounds or the proof is not by the key.
pub(super) fn judge_device(user_id: &str, device: &DeviceIntroduction) -> Result<Judged, Refusal> {
    let invalid = |why: &str| Refusal::Invalid(format!("The device's introduction does not hold: {why}."));
    let public: [u8; 32] =
        lower_hex(&device.public_key).ok_or_else(|| invalid("`public_key` is not 32 bytes"))?;
    let proof: [u8; 64] = lower_hex(&device.proof).ok_or_else(|| invalid("`proof` is not 64 bytes"))?;
    let bytes = DeviceIntroduction::proven_bytes(user_id, &device.public_key);
    if !device_key::verify(&public, &bytes, &proof) {
        return Err(invalid("`proof` is not by `public_key`"));
    }
    let name: String = device
        .name
        .chars()
        .filter(|c| !c.is_control())
        .take(MAX_DEVICE_NAME)
        .collect();
    let name = if name.trim().is_empty() {
        "unnamed".to_owned()
    } else {
        name.trim().to_owned()
    };
    Ok(Judged {
        public_key: device.public_key.clone(),
        name,
        platform: device.platform,
        machine_hint: device.machine_hint.map(|hint| hint.to_string()),
    })
}

fn lower_hex<const N: usize>(raw: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let lower = raw.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (lower && hex::decode_to_slice(raw, &mut bytes).is_ok()).then_some(bytes)
}
