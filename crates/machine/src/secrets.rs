//! Secrets: kept where the person is told, and never shown by accident.

use crate::files::{create_private, create_private_folders, read_bounded, remove_file, replace_private};
use crate::{Error, Result};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use zeroize::Zeroize;

/// More than any secret has.
const MOST: u64 = 1 << 20;

/// A value that `Debug` does not show and that is overwritten when it goes.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Takes a value into custody.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, for the moment of its use.
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(…)")
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

/// A place for secrets. A name is up to 64 of `a-z`, `0-9`, `.`, `_` and `-`, a letter or digit first.
pub trait SecretStore: Send + Sync {
    /// The secret of that name; `None` if there is none.
    fn read(&self, name: &str) -> Result<Option<Secret<Vec<u8>>>>;
    /// Keeps a secret, in place of an earlier one.
    fn write(&self, name: &str, secret: &[u8]) -> Result<()>;
    /// Keeps a secret unless there is one of that name, and says whether it did; of several callers one succeeds.
    fn write_new(&self, name: &str, secret: &[u8]) -> Result<bool>;
    /// Forgets a secret. It may be gone already.
    fn remove(&self, name: &str) -> Result<()>;
    /// Where they are kept, in words for the person.
    fn place(&self) -> &str;
}

/// Secrets in files that only this person can read (folder 0700, files 0600).
#[derive(Debug)]
pub struct FileSecrets {
    folder: Utf8PathBuf,
    place: String,
}

impl FileSecrets {
    /// Opens the folder; creates it, or closes it to others, as needed.
    pub fn open(folder: Utf8PathBuf) -> Result<Self> {
        create_private_folders(&folder)?;
        close_to_others(&folder)?;
        let place = format!("files that only you can read, unencrypted, in {folder}");
        Ok(Self { folder, place })
    }

    fn path(&self, name: &str) -> Result<Utf8PathBuf> {
        check_name(name).map(|()| self.folder.join(name))
    }
}

impl SecretStore for FileSecrets {
    fn read(&self, name: &str) -> Result<Option<Secret<Vec<u8>>>> {
        Ok(read_bounded(&self.path(name)?, MOST)?.map(Secret))
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<()> {
        replace_private(&self.path(name)?, secret)
    }

    fn write_new(&self, name: &str, secret: &[u8]) -> Result<bool> {
        create_private(&self.path(name)?, secret)
    }

    fn remove(&self, name: &str) -> Result<()> {
        remove_file(&self.path(name)?)
    }

    fn place(&self) -> &str {
        &self.place
    }
}

/// Secrets that end with this process.
#[derive(Debug, Default)]
pub struct MemorySecrets(Mutex<BTreeMap<String, Secret<Vec<u8>>>>);

impl MemorySecrets {
    /// Nothing kept yet.
    pub fn new() -> Self {
        Self::default()
    }
}

impl SecretStore for MemorySecrets {
    fn read(&self, name: &str) -> Result<Option<Secret<Vec<u8>>>> {
        check_name(name)?;
        Ok(self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(name)
            .cloned())
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<()> {
        check_name(name)?;
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(name.to_owned(), Secret(secret.to_vec()));
        Ok(())
    }

    fn write_new(&self, name: &str, secret: &[u8]) -> Result<bool> {
        check_name(name)?;
        match self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(name.to_owned())
        {
            Entry::Occupied(_) => Ok(false),
            Entry::Vacant(place) => {
                place.insert(Secret(secret.to_vec()));
                Ok(true)
            }
        }
    }

    fn remove(&self, name: &str) -> Result<()> {
        check_name(name)?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        Ok(())
    }

    fn place(&self) -> &str {
        "the memory of this program, until it ends"
    }
}

fn check_name(name: &str) -> Result<()> {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let legal = |byte: u8| letter(byte) || matches!(byte, b'.' | b'_' | b'-');
    let good = name.len() <= 64 && name.bytes().next().is_some_and(letter) && name.bytes().all(legal);
    if good {
        Ok(())
    } else {
        Err(Error::SecretName {
            name: name.to_owned(),
        })
    }
}

#[cfg(unix)]
fn close_to_others(folder: &Utf8Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let closed = std::fs::Permissions::from_mode(0o700);
    std::fs::set_permissions(folder, closed).map_err(|source| Error::Write {
        path: folder.to_owned(),
        source,
    })
}

/// A folder below the person's profile is readable by that person alone.
#[cfg(not(unix))]
fn close_to_others(_: &Utf8Path) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests;
