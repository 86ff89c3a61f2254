//! The key of this device: made here, kept in the secret store, never sent anywhere.

use crate::secrets::{Secret, SecretStore};
use crate::{Error, Result, random};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use std::fmt;
use toolcrib_model::Digest;

/// Its name in the secret store.
const NAME: &str = "device-key";

/// An Ed25519 key that stands for this device.
pub struct DeviceKey(SigningKey);

impl DeviceKey {
    /// The key in this store; a new one if there is none. A damaged one is an error: making another silently would
    /// make every lease of this device worthless.
    pub fn load_or_create(store: &dyn SecretStore) -> Result<Self> {
        match Self::load(store)? {
            Some(key) => Ok(key),
            None => Self::create(store),
        }
    }

    /// Signs.
    pub fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        self.0.sign(bytes).to_bytes()
    }

    /// The public half.
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// The digest of the public half: how others name this device.
    pub fn thumbprint(&self) -> Digest {
        Digest::of(&self.public())
    }

    /// The key in this store, if there is one.
    pub fn load(store: &dyn SecretStore) -> Result<Option<Self>> {
        let Some(kept) = store.read(NAME)? else {
            return Ok(None);
        };
        match kept.expose().as_slice().try_into() {
            Ok(bytes) => Ok(Some(Self(SigningKey::from_bytes(bytes)))),
            Err(_) => Err(Error::DeviceKeyDamaged {
                place: store.place().to_owned(),
            }),
        }
    }

    /// Forgets the key of this device: it is a new one from then on, and no lease of the old one verifies.
    pub fn forget(store: &dyn SecretStore) -> Result<()> {
        store.remove(NAME)
    }

    /// Reads back what is there then: a locked store may say yes and keep nothing, and of two processes that start at
    /// once only one makes the key.
    fn create(store: &dyn SecretStore) -> Result<Self> {
        let bytes = Secret::new(random::bytes::<32>()?);
        store.write_new(NAME, bytes.expose())?;
        Self::load(store)?.ok_or_else(|| Error::SecretNotKept {
            place: store.place().to_owned(),
        })
    }
}

impl fmt::Debug for DeviceKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "DeviceKey({})", self.thumbprint())
    }
}

/// Whether `signature` over `bytes` was made with the private half of `public`. Weak keys verify nothing.
pub fn verify(public: &[u8; 32], bytes: &[u8], signature: &[u8; 64]) -> bool {
    let signature = Signature::from_bytes(signature);
    VerifyingKey::from_bytes(public).is_ok_and(|key| key.verify_strict(bytes, &signature).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::MemorySecrets;

    #[test]
    fn a_device_keeps_its_key() {
        let store = MemorySecrets::new();
        let first = DeviceKey::load_or_create(&store).expect("made");
        let again = DeviceKey::load_or_create(&store).expect("read");
        assert_eq!(first.public(), again.public());
        assert_eq!(first.thumbprint(), Digest::of(&first.public()));
    }

    #[test]
    fn a_signature_holds_for_its_bytes_and_its_key_only() {
        let key = DeviceKey::load_or_create(&MemorySecrets::new()).expect("made");
        let other = DeviceKey::load_or_create(&MemorySecrets::new()).expect("made");
        let signature = key.sign(b"lease");
        assert!(verify(&key.public(), b"lease", &signature));
        assert!(!verify(&key.public(), b"Lease", &signature));
        assert!(!verify(&other.public(), b"lease", &signature));
        assert!(!verify(&[0; 32], b"lease", &[0; 64]));
    }

    #[test]
    fn a_damaged_key_is_reported_and_not_replaced() {
        let store = MemorySecrets::new();
        store.write(NAME, b"short").expect("written");
        assert!(matches!(
            DeviceKey::load_or_create(&store),
            Err(Error::DeviceKeyDamaged { .. })
        ));
        assert_eq!(
            store.read(NAME).expect("read").map(|kept| kept.expose().len()),
            Some(5)
        );
    }

    #[test]
    fn debug_shows_the_thumbprint_and_nothing_private() {
        let key = DeviceKey::load_or_create(&MemorySecrets::new()).expect("made");
        assert_eq!(format!("{key:?}"), format!("DeviceKey({})", key.thumbprint()));
    }
}
