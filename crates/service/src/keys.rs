//! The service's own keys: made on the first start, kept in the data folder, closed to others.

use crate::app::tokens::{Purpose, Token, TokenHash};
use crate::error::Error;
use crate::keyring::Keyring;
use camino::{Utf8Path, Utf8PathBuf};
use ed25519_dalek::Signer as _;
use rand::TryRng as _;
use toolcrib_machine::files;
use toolcrib_machine::secrets::{FileSecrets, SecretStore};
use toolcrib_model::Digest;
use toolcrib_readiness::seal::Signer;

const TOKEN_KEY: &str = "token-key";
const LINK_KEY: &str = "content-link-key";
const SEAL_KEY: &str = "second-step-key";
const READINESS_KEY: &str = "readiness-signing-key";
const PUBLISH_HASH: &str = "publish-token-digest";

/// The service's own keys.
pub struct Keys {
    tokens: [u8; 32],
    links: [u8; 32],
    seal: [u8; 32],
    store: FileSecrets,
    readiness: ed25519_dalek::SigningKey,
    publish: TokenHash,
}

impl Keys {
    /// Reads the keys below `data`, or makes them. A new publishing token is left in `data/publish-token` for the
    /// operator; the service itself keeps only its digest, so the file may be moved away.
    ///
    /// # Errors
    /// [`Error::Machine`] where the folder cannot be used, [`Error::KeyDamaged`] where a key has the wrong length.
    pub fn open(data: &Utf8Path) -> Result<Self, Error> {
        let store = FileSecrets::open(data.join("keys"))?;
        Keyring::open(&store)?;
        Ok(Self {
            tokens: thirty_two(&store, TOKEN_KEY)?,
            links: thirty_two(&store, LINK_KEY)?,
            seal: thirty_two(&store, SEAL_KEY)?,
            readiness: ed25519_dalek::SigningKey::from_bytes(&thirty_two(&store, READINESS_KEY)?),
            publish: publish_token(&store, &data.join("publish-token"))?,
            store,
        })
    }

    /// What refresh tokens are derived with.
    pub fn tokens(&self) -> &[u8; 32] {
        &self.tokens
    }

    /// What content links are signed with.
    pub fn links(&self) -> &[u8; 32] {
        &self.links
    }

    /// What the secrets of second steps are sealed with, and recovery codes digested.
    pub fn seal(&self) -> &[u8; 32] {
        &self.seal
    }

    /// The keys that sign leases, as they are now.
    ///
    /// # Errors
    /// [`Error::KeyDamaged`] where they cannot be read.
    pub fn licence(&self) -> Result<Keyring, Error> {
        Keyring::open(&self.store)
    }

    /// Where all keys are kept.
    pub fn store(&self) -> &FileSecrets {
        &self.store
    }

    /// Lends what readiness bundles and sign-offs are signed with.
    pub fn readiness_signer<T>(&self, act: impl FnOnce(&Signer<'_>) -> T) -> T {
        let sign = |bytes: &[u8]| self.readiness.sign(bytes).to_bytes();
        act(&Signer {
            public: self.readiness.verifying_key().to_bytes(),
            sign: &sign,
        })
    }

    /// The SHA-256 of the key that readiness bundles and sign-offs are verified with.
    pub fn readiness_key_id(&self) -> Digest {
        Digest::of(self.readiness.verifying_key().as_bytes())
    }

    /// Whether `token` is the publishing token. Digests are compared, so the time tells nothing of the token.
    pub fn is_publish_token(&self, token: &str) -> bool {
        TokenHash::of(token) == self.publish
    }
}

fn thirty_two(store: &FileSecrets, name: &'static str) -> Result<[u8; 32], Error> {
    let damaged = || Error::KeyDamaged {
        name,
        place: store.place().to_owned(),
    };
    if let Some(kept) = store.read(name)? {
        return kept.expose().as_slice().try_into().map_err(|_| damaged());
    }
    let mut fresh = [0; 32];
    rand::rngs::SysRng
        .try_fill_bytes(&mut fresh)
        .map_err(|source| Error::Random { source })?;
    match store.write_new(name, &fresh)? {
        true => Ok(fresh),
        // Another process was quicker; both must use the same key.
        false => thirty_two(store, name),
    }
}

fn publish_token(store: &FileSecrets, file: &Utf8PathBuf) -> Result<TokenHash, Error> {
    if let Some(kept) = store.read(PUBLISH_HASH)? {
        let text = str::from_utf8(kept.expose())
            .ok()
            .and_then(|text| text.parse::<Digest>().ok());
        let digest = text.ok_or_else(|| Error::KeyDamaged {
            name: PUBLISH_HASH,
            place: store.place().to_owned(),
        })?;
        return Ok(TokenHash::from_digest(digest));
    }
    let token = Token::random(Purpose::Publish).map_err(|source| Error::Random { source })?;
    let hash = token.hash();
    files::replace_private(file, format!("{}\n", token.into_text()).as_bytes())?;
    store.write(PUBLISH_HASH, hash.as_str().as_bytes())?;
    Ok(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_made_once_and_read_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let data = Utf8PathBuf::try_from(folder.path().to_owned()).expect("Unicode");
        let made = Keys::open(&data).expect("makes keys");
        let token = fs_err::read_to_string(data.join("publish-token")).expect("left for the operator");
        fs_err::remove_file(data.join("publish-token")).expect("moved away");
        let read = Keys::open(&data).expect("reads keys");
        assert_eq!((made.tokens(), made.links()), (read.tokens(), read.links()));
        let published = |keys: &Keys| keys.licence().expect("a ring").published();
        assert_eq!(published(&made), published(&read));
        assert_eq!(made.readiness_key_id(), read.readiness_key_id());
        assert!(read.is_publish_token(token.trim()));
        assert!(!read.is_publish_token("tcp_other"));
    }

    #[test]
    fn a_damaged_key_is_reported_and_not_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let data = Utf8PathBuf::try_from(folder.path().to_owned()).expect("Unicode");
        Keys::open(&data).expect("makes keys");
        fs_err::write(data.join("keys").join(LINK_KEY), b"short").expect("damaged");
        assert!(matches!(
            Keys::open(&data),
            Err(Error::KeyDamaged { name: LINK_KEY, .. })
        ));
    }
}
