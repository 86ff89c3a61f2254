//! The keys that sign leases: one signs, those before it are still published, so that every lease that they signed goes
//! on being believed; one that may have leaked is retired, and nothing that it signed is believed any more.
//!
//! The ring is read anew each time it is used: it is small, and a rotation takes effect without a restart.

use crate::error::Error;
use jiff::Timestamp;
use rand::TryRng as _;
use serde::{Deserialize, Serialize};
use toolcrib_machine::secrets::{FileSecrets, SecretStore};
use toolcrib_model::Digest;
use toolcrib_trust::lease::SigningKey;
use toolcrib_wire::lease::LicenceKeys;
use toolcrib_wire::schema::Schema;

const RING: &str = "licence-keys";
/// The only key, as services kept it before keys could be rotated.
const FIRST_KEY: &str = "licence-signing-key";

/// All keys, the oldest first.
#[derive(Debug, Serialize, Deserialize)]
pub struct Keyring {
    schema: Schema<1>,
    keys: Vec<HeldKey>,
}

/// A key for leases, with its private half.
#[derive(Clone, Serialize, Deserialize)]
pub struct HeldKey {
    /// What names it in a lease.
    pub key_id: String,
    /// The private half, in hexadecimal.
    seed: String,
    /// Since when it signs; absent for the key of a service from before there was a ring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_at: Option<Timestamp>,
    /// Since when nothing that it signed is believed any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired_at: Option<Timestamp>,
}

impl std::fmt::Debug for HeldKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_tuple("HeldKey").field(&self.key_id).finish()
    }
}

impl Keyring {
    /// Reads the ring, or makes one with the key of before, or with a new one.
    ///
    /// # Errors
    /// [`Error::KeyDamaged`] where it cannot be read as a ring with a key that signs.
    pub fn open(store: &FileSecrets) -> Result<Self, Error> {
        match store.read(RING)? {
            Some(kept) => Self::parse(kept.expose(), store),
            None => Self::begin(store),
        }
    }

    fn parse(bytes: &[u8], store: &FileSecrets) -> Result<Self, Error> {
        let ring: Option<Self> = serde_json::from_slice(bytes).ok();
        let ring = ring.filter(|ring| ring.keys.iter().all(|held| held.key().is_some()));
        ring.filter(|ring| ring.newest().is_some())
            .ok_or_else(|| damaged(RING, store))
    }

    fn begin(store: &FileSecrets) -> Result<Self, Error> {
        let first = match store.read(FIRST_KEY)? {
            Some(kept) => {
                let seed = kept.expose().as_slice().try_into();
                HeldKey::of(&seed.map_err(|_| damaged(FIRST_KEY, store))?, None)
            }
            None => HeldKey::of(&fresh_seed()?, Some(Timestamp::now())),
        };
        let ring = Self {
            schema: Schema,
            keys: vec![first],
        };
        match store.write_new(RING, &ring.bytes()?)? {
            true => Ok(ring),
            // Another process was quicker; both must use the same keys.
            false => Self::open(store),
        }
    }

    /// Adds a new key, which signs from now on. Answers its name.
    ///
    /// # Errors
    /// Where there are no random numbers, or the ring cannot be written.
    pub fn rotate(&mut self, store: &FileSecrets, now: Timestamp) -> Result<String, Error> {
        let new = HeldKey::of(&fresh_seed()?, Some(now));
        let key_id = new.key_id.clone();
        self.keys.push(new);
        self.keep(store)?;
        Ok(key_id)
    }

    /// Retires a key that may have leaked. The one that signs is retired only once another one does.
    ///
    /// # Errors
    /// [`Error::RetireKey`] where there is no such key, or it is the one that signs.
    pub fn retire(&mut self, store: &FileSecrets, key_id: &str, now: Timestamp) -> Result<(), Error> {
        let refuse = |reason| Error::RetireKey {
            key_id: key_id.to_owned(),
            reason,
        };
        if self.newest().is_some_and(|held| held.key_id == key_id) {
            return Err(refuse("it signs now; `keys rotate` first"));
        }
        let found = self.keys.iter_mut().find(|held| held.key_id == key_id);
        let held = found.ok_or_else(|| refuse("there is no such key"))?;
        held.retired_at = held.retired_at.or(Some(now));
        self.keep(store)
    }

    /// The key that signs, and its name.
    pub fn signing(&self) -> Option<(SigningKey, &str)> {
        let held = self.newest()?;
        Some((held.key()?, &held.key_id))
    }

    /// What the service publishes, newest first; retired keys say so.
    pub fn published(&self) -> LicenceKeys {
        LicenceKeys {
            keys: self
                .keys
                .iter()
                .rev()
                .filter_map(|held| {
                    let mut public = held.key()?.to_licence_key(&held.key_id);
                    public.retired_at = held.retired_at;
                    Some(public)
                })
                .collect(),
        }
    }

    /// All keys, the oldest first.
    pub fn keys(&self) -> &[HeldKey] {
        &self.keys
    }

    fn newest(&self) -> Option<&HeldKey> {
        self.keys.iter().rev().find(|held| held.retired_at.is_none())
    }

    fn keep(&self, store: &FileSecrets) -> Result<(), Error> {
        Ok(store.write(RING, &self.bytes()?)?)
    }

    fn bytes(&self) -> Result<Vec<u8>, Error> {
        serde_json::to_vec(self).map_err(|source| Error::WriteKeys { source })
    }
}

impl HeldKey {
    fn of(seed: &[u8; 32], made_at: Option<Timestamp>) -> Self {
        let public = SigningKey::from_bytes(seed).public();
        Self {
            key_id: Digest::of(&public).to_string()[..16].to_owned(),
            seed: hex::encode(seed),
            made_at,
            retired_at: None,
        }
    }

    fn key(&self) -> Option<SigningKey> {
        let mut seed = [0; 32];
        hex::decode_to_slice(&self.seed, &mut seed).ok()?;
        Some(SigningKey::from_bytes(&seed))
    }
}

fn fresh_seed() -> Result<[u8; 32], Error> {
    let mut seed = [0; 32];
    rand::rngs::SysRng
        .try_fill_bytes(&mut seed)
        .map_err(|source| Error::Random { source })?;
    Ok(seed)
}

fn damaged(name: &'static str, store: &FileSecrets) -> Error {
    Error::KeyDamaged {
        name,
        place: store.place().to_owned(),
    }
}

#[cfg(test)]
#[path = "keyring/tests.rs"]
mod tests;
