//! The key with which this computer signs.

use crate::error::Error;
use camino::{Utf8Path, Utf8PathBuf};
use toolcrib_machine::device_key::DeviceKey;
use toolcrib_machine::folders::Home;
use toolcrib_machine::secrets::{FileSecrets, MemorySecrets};

/// A key, and whether it will be the same the next time.
pub(crate) struct Identity {
    pub(crate) key: DeviceKey,
    pub(crate) is_kept: bool,
}

/// The key in the named folder, else in the person's usual one, else, where nothing can be kept, one for this run alone: a
/// report is worth having also from a computer on which nobody may write.
pub(crate) fn identity(folder: Option<&Utf8Path>) -> Result<Identity, Error> {
    match folder {
        Some(folder) => Ok(Identity {
            key: kept(folder.to_owned())?,
            is_kept: true,
        }),
        None => match usual().and_then(|folder| kept(folder).ok()) {
            Some(key) => Ok(Identity { key, is_kept: true }),
            None => {
                let key = DeviceKey::load_or_create(&MemorySecrets::new())?;
                Ok(Identity { key, is_kept: false })
            }
        },
    }
}

/// Apart from the client's own key: that one stands for a device that somebody signed in on.
fn usual() -> Option<Utf8PathBuf> {
    Some(Home::open(None).ok()?.root().join("check"))
}

fn kept(folder: Utf8PathBuf) -> Result<DeviceKey, toolcrib_machine::Error> {
    DeviceKey::load_or_create(&FileSecrets::open(folder)?)
}
