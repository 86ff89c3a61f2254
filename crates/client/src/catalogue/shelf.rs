//! Where the trusted metadata of one server is kept: twice, so that damage to one copy costs nothing.
//!
//! Both copies damaged is an error and not a new beginning: what was trusted is the floor below which no catalogue is
//! taken, and a floor that is forgotten is an attack that succeeds.

use crate::error::Error;
use camino::{Utf8Path, Utf8PathBuf};
use toolcrib_machine::files;
use toolcrib_trust::catalogue::Trusted;

/// The trusted metadata of one server.
#[derive(Clone, Debug)]
pub(crate) struct Shelf {
    folder: Utf8PathBuf,
}

impl Shelf {
    /// The shelf in `folder`, which need not exist yet.
    pub(crate) fn new(folder: Utf8PathBuf) -> Self {
        Self { folder }
    }

    /// What was trusted last; `None` before the first contact.
    ///
    /// # Errors
    /// When nothing of what is there can be read.
    pub(crate) fn find(&self) -> Result<Option<Trusted>, Error> {
        let mut damage = None;
        for copy in self.copies() {
            match read(&copy) {
                Ok(Some(set)) => return Ok(Some(set)),
                Ok(None) => {}
                Err(error) => {
                    tracing::warn!(%error, "a copy of the trusted metadata is damaged");
                    damage = Some(error);
                }
            }
        }
        damage.map_or(Ok(None), Err)
    }

    /// Keeps what is trusted now, if it is not what is kept already.
    ///
    /// # Errors
    /// When the home cannot be written.
    pub(crate) fn keep(&self, trusted: &Trusted) -> Result<(), Error> {
        files::create_folders(&self.folder).map_err(Error::Machine)?;
        let bytes = trusted.to_stored();
        for copy in self.copies() {
            if files::read(&copy).ok().flatten().as_ref() != Some(&bytes) {
                files::replace(&copy, &bytes).map_err(Error::Machine)?;
            }
        }
        Ok(())
    }

    fn copies(&self) -> [Utf8PathBuf; 2] {
        ["metadata.json", "metadata.copy.json"].map(|name| self.folder.join(name))
    }
}

fn read(path: &Utf8Path) -> Result<Option<Trusted>, Error> {
    let bytes = files::read(path).map_err(Error::Machine)?;
    bytes
        .map(|bytes| Trusted::from_stored(&bytes).map_err(Error::Trust))
        .transpose()
}

#[cfg(test)]
mod tests;
