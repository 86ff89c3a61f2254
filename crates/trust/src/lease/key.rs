//! The key that signs leases.

use pasetors::errors::Error;
use pasetors::keys::{AsymmetricKeyPair, AsymmetricSecretKey, Generate};
use pasetors::version4::V4;
use std::fmt;
use toolcrib_wire::lease::LicenceKey;

/// A private Ed25519 key for leases; forgotten safely when dropped.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// Makes a new key from the system's random numbers.
    ///
    /// # Errors
    /// Where the system gives no random numbers.
    pub fn generate() -> Result<Self, Error> {
        let pair = AsymmetricKeyPair::<V4>::generate()?;
        let mut seed = [0; 32];
        seed.copy_from_slice(&pair.secret.as_bytes()[..32]);
        Ok(Self::from_bytes(&seed))
    }

    /// Takes the 32 bytes of a private key that was kept.
    pub fn from_bytes(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// The 32 bytes of the private key, to be kept secret.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The 32 bytes of the public key.
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// The public key as the account service publishes it.
    pub fn to_licence_key(&self, key_id: &str) -> LicenceKey {
        LicenceKey {
            key_id: key_id.to_owned(),
            public_key: hex::encode(self.public()),
            retired_at: None,
        }
    }

    pub(crate) fn secret(&self) -> Result<AsymmetricSecretKey<V4>, Error> {
        AsymmetricSecretKey::from(&self.0.to_keypair_bytes())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SigningKey(…)")
    }
}
