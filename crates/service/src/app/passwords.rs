//! Passwords: argon2id, a few at a time, and the same work whether or not there is such a person.

use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};

const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Each check takes 64 MiB, so only so many run at once.
const AT_ONCE: usize = 2;
/// How long a check may wait for its turn.
const TURN: Duration = Duration::from_secs(10);
/// Longer passwords are refused before they are hashed.
pub const MAX_PASSWORD_BYTES: usize = 1_024;

/// Hashes and checks passwords.
#[derive(Debug)]
pub struct Passwords {
    turns: Semaphore,
    /// Hash of a password that nobody has: what is checked where there is nobody.
    nobody: String,
}

impl Passwords {
    /// Gets ready; hashes one password that nobody has.
    ///
    /// # Errors
    /// [`Error::HashPassword`] where there is no memory or no random source.
    pub async fn new() -> Result<Self, Error> {
        let unguessable = uuid::Uuid::new_v7(uuid::Timestamp::now(uuid::NoContext)).to_string();
        let nobody = blocking(move || hash(&unguessable)).await?;
        Ok(Self {
            turns: Semaphore::new(AT_ONCE),
            nobody,
        })
    }

    /// The hash to store for a new password.
    ///
    /// # Errors
    /// [`Error::HashPassword`] where there is no memory or no random source.
    pub async fn hash(&self, password: String) -> Result<String, Error> {
        blocking(move || hash(&password)).await
    }

    /// Whether `password` is the one behind `stored`. With `None`, an empty or an endless password the same work
    /// is done and the answer is no, so that the time does not tell which it was.
    ///
    /// # Errors
    /// [`Refusal::TooMany`] where too many others wait, [`Error::HashPassword`] where there is no memory.
    pub async fn check(&self, password: String, stored: Option<String>) -> Result<bool, Failure> {
        let _turn = self.turn().await?;
        let usable = !password.is_empty() && password.len() <= MAX_PASSWORD_BYTES;
        let (expected, real) = match stored {
            Some(stored) if usable => (stored, true),
            _ => (self.nobody.clone(), false),
        };
        let tried = if usable { password } else { "-".to_owned() };
        let same = blocking(move || verify(&tried, &expected)).await?;
        Ok(same && real)
    }

    async fn turn(&self) -> Result<SemaphorePermit<'_>, Refusal> {
        let refusal = Refusal::TooMany {
            after: Duration::from_secs(5),
        };
        match tokio::time::timeout(TURN, self.turns.acquire()).await {
            Ok(Ok(turn)) => Ok(turn),
            _ => Err(refusal),
        }
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|source| Error::Thread { source })?
}

fn hasher() -> Result<Argon2<'static>, Error> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None);
    let params = params.map_err(|source| Error::HashPassword {
        source: source.into(),
    })?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str) -> Result<String, Error> {
    let hashed = hasher()?.hash_password(password.as_bytes());
    hashed
        .map(|hash| hash.to_string())
        .map_err(|source| Error::HashPassword { source })
}

fn verify(password: &str, stored: &str) -> Result<bool, Error> {
    use argon2::password_hash::Error as Wrong;
    let stored = PasswordHash::new(stored).map_err(|_| Error::StoredValue {
        kind: "a password hash",
        value: "something else".to_owned(),
    })?;
    match hasher()?.verify_password(password.as_bytes(), &stored) {
        Ok(()) => Ok(true),
        Err(Wrong::PasswordInvalid) => Ok(false),
        Err(source) => Err(Error::HashPassword { source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_is_right() {
        let passwords = Passwords::new().await.expect("ready");
        let stored = passwords.hash("sample-Pass-1".to_owned()).await.expect("hashes");
        assert!(stored.starts_with("$argon2id$v=19$m=65536,t=2,p=1$"), "{stored}");
        let check = async |password: &str, stored: Option<&String>| {
            passwords
                .check(password.to_owned(), stored.cloned())
                .await
                .expect("checks")
        };
        assert!(check("sample-Pass-1", Some(&stored)).await);
        assert!(!check("sample-Pass-2", Some(&stored)).await);
        assert!(!check("", Some(&stored)).await);
        assert!(!check(&"x".repeat(2_000), Some(&stored)).await);
        assert!(!check("sample-Pass-1", None).await);
        assert!(!check("-", None).await);
    }
}
