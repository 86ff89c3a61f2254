//! The vendor's private keys: PKCS#8 files that only the owner can read.

use crate::Error;
use async_trait::async_trait;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::Ed25519KeyPair;
use camino::{Utf8Path, Utf8PathBuf};
use std::sync::Arc;
use toolcrib_machine::{Secret, files};
use tough::key_source::KeySource;
use tough::schema::decoded::{Decoded, Hex};
use tough::schema::{RoleType, Root};
use tough::sign::Sign;

/// How many root keys there are, of which two sign.
const ROOT_KEYS: usize = 3;
/// The roles that have keys.
const ROLES: [RoleType; 4] = [
    RoleType::Root,
    RoleType::Targets,
    RoleType::Snapshot,
    RoleType::Timestamp,
];
const MAX_KEY_BYTES: u64 = 4096;
const SUFFIX: &str = "pk8";

/// The folders that hold the keys. Which of them count is not for the names of their files to say but for the root.
#[derive(Clone, Debug)]
pub struct Keys {
    folder: Utf8PathBuf,
    /// Where the root keys are, if not in `folder`: media that lie in a safe.
    root_folders: Vec<Utf8PathBuf>,
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
            root_folders: Vec::new(),
        }
    }

    /// The same, with the root keys in these folders.
    #[must_use]
    pub fn with_root_keys_in(mut self, folders: &[Utf8PathBuf]) -> Self {
        self.root_folders = folders.to_vec();
        self
    }

    /// Makes the first keys that are not there yet; answers how many it made.
    ///
    /// # Errors
    /// [`Error`] where a folder cannot be written, or there are no random numbers.
    pub(crate) fn create_missing(&self) -> Result<usize, Error> {
        let mut made = 0;
        for path in ROLES.into_iter().flat_map(|role| self.first_paths(role)) {
            made += usize::from(!files::exists(&path)? && create(&path)?);
        }
        Ok(made)
    }

    /// The first keys of a role, as [`Keys::create_missing`] left them.
    pub(crate) fn first(&self, role: RoleType) -> Result<Vec<Key>, Error> {
        self.first_paths(role)
            .iter()
            .map(|path| Key::read(path))
            .collect()
    }

    /// Makes as many new keys for a role as it has at first, beside those that are there.
    pub(crate) fn create_next(&self, role: RoleType) -> Result<Vec<(Utf8PathBuf, Key)>, Error> {
        let wanted = self.first_paths(role).len();
        let mut made = Vec::new();
        for number in 1.. {
            if made.len() == wanted {
                break;
            }
            let path = self.path(role, made.len(), &format!("{role}-{number}"));
            if !files::exists(&path)? && create(&path)? {
                made.push((path.clone(), Key::read(&path)?));
            }
        }
        Ok(made)
    }

    /// The private keys that are here and that `root` names for a role.
    ///
    /// # Errors
    /// [`Error::MissingKeys`] where they are too few to sign.
    pub(crate) fn of(&self, role: RoleType, root: &Root) -> Result<Vec<Key>, Error> {
        let Some(named) = root.roles.get(&role) else {
            return Ok(Vec::new());
        };
        let is_named = |key: &Key| key.id().is_some_and(|id| named.keyids.contains(&id));
        let mut held = Vec::new();
        for path in self.files()? {
            held.extend(Some(Key::read(&path)?).filter(is_named));
        }
        if (held.len() as u64) < named.threshold.get() {
            return Err(Error::MissingKeys {
                role: super::metadata::role_name(role),
                needed: named.threshold.get(),
                found: held.len(),
            });
        }
        Ok(held)
    }

    /// The files of keys that are here and that no role of `root` names: they have no power any more.
    pub(crate) fn powerless(&self, root: &Root) -> Result<Vec<Utf8PathBuf>, Error> {
        let is_named = |key: &Key| {
            let id = key.id();
            let mut roles = root.roles.values();
            id.is_some_and(|id| roles.any(|role| role.keyids.contains(&id)))
        };
        let mut powerless = Vec::new();
        for path in self.files()? {
            if !is_named(&Key::read(&path)?) {
                powerless.push(path);
            }
        }
        Ok(powerless)
    }

    /// The files of all keys, each once, in a fixed order.
    fn files(&self) -> Result<Vec<Utf8PathBuf>, Error> {
        let mut found = Vec::new();
        for folder in std::iter::once(&self.folder).chain(&self.root_folders) {
            if !files::exists(folder)? {
                continue;
            }
            let failed = |source| Error::Read {
                path: folder.clone(),
                source,
            };
            for entry in folder.read_dir_utf8().map_err(failed)? {
                let path = entry.map_err(failed)?.into_path();
                if path.extension() == Some(SUFFIX) {
                    found.push(path);
                }
            }
        }
        found.sort();
        found.dedup();
        Ok(found)
    }

    fn first_paths(&self, role: RoleType) -> Vec<Utf8PathBuf> {
        match role {
            RoleType::Root => (0..ROOT_KEYS)
                .map(|place| self.path(role, place, &format!("root-{}", place + 1)))
                .collect(),
            other => vec![self.path(other, 0, &other.to_string())],
        }
    }

    /// Root keys go to the folders of the root keys in turn.
    fn path(&self, role: RoleType, place: usize, name: &str) -> Utf8PathBuf {
        let folder = match self.root_folders.len() {
            count if role == RoleType::Root && count > 0 => &self.root_folders[place % count],
            _ => &self.folder,
        };
        folder.join(format!("{name}.{SUFFIX}"))
    }
}

fn create(path: &Utf8Path) -> Result<bool, Error> {
    if let Some(folder) = path.parent() {
        files::create_private_folders(folder)?;
    }
    let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| Error::MakeKey)?;
    Ok(files::create_private(path, pkcs8.as_ref())?)
}

impl Key {
    fn read(path: &Utf8Path) -> Result<Self, Error> {
        let bytes = files::read_bounded(path, MAX_KEY_BYTES)?;
        let pkcs8 = bytes.ok_or_else(|| Error::NoFile {
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

    /// Its name in metadata.
    pub(crate) fn id(&self) -> Option<Decoded<Hex>> {
        self.public()?.key_id().ok()
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
