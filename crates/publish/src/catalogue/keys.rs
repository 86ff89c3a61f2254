//! The vendor's private keys: PKCS#8 files that only the owner can read.

use crate::Error;
use async_trait::async_trait;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::Ed25519KeyPair;
use camino::{Utf8Path, Utf8PathBuf};
use std::sync::Arc;
use toolcrib_machine::{Secret, files};
use tough::key_source::KeySource;
use tough::schema::RoleType;
use tough::sign::Sign;

/// How many root keys there are, of which two sign.
const ROOT_KEYS: usize = 3;
const MAX_KEY_BYTES: u64 = 4096;

/// The folder that holds the keys.
#[derive(Clone, Debug)]
pub struct Keys {
    folder: Utf8PathBuf,
}

/// One private key.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pkcs8: Arc<Secret<Vec<u8>>>,
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

impl Keys {
    /// The keys in `folder`.
    pub fn in_folder(folder: &Utf8Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Makes the keys that are not there yet; answers how many it made.
    ///
    /// # Errors
    /// [`Error`] where the folder cannot be written, or there are no random numbers.
    pub(crate) fn create_missing(&self) -> Result<usize, Error> {
        files::create_private_folders(&self.folder)?;
        let roles = [
            RoleType::Root,
            RoleType::Targets,
            RoleType::Snapshot,
            RoleType::Timestamp,
        ];
        let mut made = 0;
        for path in roles.into_iter().flat_map(|role| self.paths(role)) {
            if !files::exists(&path)? {
                let pkcs8 =
                    Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| Error::MakeKey)?;
                made += usize::from(files::create_private(&path, pkcs8.as_ref())?);
            }
        }
        Ok(made)
    }

    /// The keys of a role.
    pub(crate) fn of(&self, role: RoleType) -> Result<Vec<Key>, Error> {
        self.paths(role).iter().map(|path| Key::read(path)).collect()
    }

    fn paths(&self, role: RoleType) -> Vec<Utf8PathBuf> {
        let path = |name: String| self.folder.join(name + ".pk8");
        match role {
            RoleType::Root => (1..=ROOT_KEYS)
                .map(|number| path(format!("root-{number}")))
                .collect(),
            other => vec![path(other.to_string())],
        }
    }
}

impl Key {
    fn read(path: &Utf8Path) -> Result<Self, Error> {
        let bytes = files::read_bounded(path, MAX_KEY_BYTES)?;
        let pkcs8 = bytes.ok_or_else(|| Error::NoKey {
            path: path.to_owned(),
        })?;
        let key = Self {
            pkcs8: Arc::new(Secret::new(pkcs8)),
        };
        key.pair().map_err(|_| Error::BadKey {
            path: path.to_owned(),
        })?;
        Ok(key)
    }

    /// The public half, as metadata names it.
    pub(crate) fn public(&self) -> Option<tough::schema::key::Key> {
        self.pair().ok().map(|pair| pair.tuf_key())
    }

    fn pair(&self) -> Result<Ed25519KeyPair, aws_lc_rs::error::KeyRejected> {
        Ed25519KeyPair::from_pkcs8(self.pkcs8.expose())
    }
}

#[async_trait]
impl KeySource for Key {
    async fn as_sign(&self) -> Result<Box<dyn Sign>, Failure> {
        Ok(Box::new(self.pair()?))
    }

    /// Keys are never written back.
    async fn write(&self, _: &str, _: &str) -> Result<(), Failure> {
        Err("keys are only read".into())
    }
}
