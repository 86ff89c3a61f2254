//! The room that an installation needs: on each volume that it writes to, and without what it has there already.

use super::Plan;
use super::sizes::{room, written_bytes};
use crate::error::Error;
use crate::held::HeldSet;
use crate::staging;
use camino::{Utf8Path, Utf8PathBuf};
use toolcrib_machine::files;
use toolcrib_wire::index::File;

/// Room for the receipt alone, where it goes to a volume of its own.
const RECEIPT_BYTES: u64 = 1 << 20;

/// What an installation needs of one volume, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    /// The folder on it that is written to.
    pub folder: Utf8PathBuf,
    /// What is still to be written there, at the most at any time.
    pub needed_bytes: u64,
    /// What is free there.
    pub free_bytes: u64,
}

impl Volume {
    /// Whether there is too little room.
    pub const fn is_short(&self) -> bool {
        self.needed_bytes > self.free_bytes
    }
}

impl Plan {
    /// What is needed of each volume that is written to, and was free there when it was thought through: of that of the
    /// root, and of that of the receipt where it is another.
    pub fn volumes(&self) -> &[Volume] {
        &self.volumes
    }

    /// Refuses where a volume has too little room.
    ///
    /// # Errors
    /// [`Error::NotEnoughSpace`] names the first one.
    pub fn must_have_room(&self) -> Result<(), Error> {
        match self.volumes.iter().find(|volume| volume.is_short()) {
            Some(short) => Err(Error::NotEnoughSpace {
                folder: short.folder.clone(),
                needed: short.needed_bytes,
                free: short.free_bytes,
            }),
            None => Ok(()),
        }
    }

    /// Measures the volumes, but for that of the root, which is measured.
    pub(super) fn measured_volumes(&self) -> Result<Vec<Volume>, Error> {
        let root = self.root.path();
        let mut volumes = vec![Volume {
            folder: root.to_owned(),
            needed_bytes: self.sizes.room_needed_bytes,
            free_bytes: self.sizes.free_bytes,
        }];
        let receipts = self
            .order
            .receipt
            .parent()
            .filter(|folder| !folder.as_str().is_empty());
        if let Some(folder) = receipts
            && !files::same_volume(root, folder).map_err(|source| Error::Inspect {
                root: folder.to_owned(),
                source,
            })?
        {
            volumes.push(Volume {
                folder: folder.to_owned(),
                needed_bytes: RECEIPT_BYTES,
                free_bytes: free_bytes(folder)?,
            });
        }
        Ok(volumes)
    }

    /// What the disk still has to hold more than now, with these chunks held.
    pub(crate) fn room_needed(&self, held: &HeldSet) -> u64 {
        let there = written_bytes(&self.layout, held).max(self.room_staged());
        room(&self.layout).saturating_sub(there)
    }

    /// What the disk holds in staging, written or set aside.
    fn room_staged(&self) -> u64 {
        let folder = staging::name_of(self).map(|name| self.root.staging().join(name.as_str()));
        let Some(folder) = folder.ok().filter(|folder| folder.is_dir()) else {
            return 0;
        };
        let taken = |file: &File| files::room_taken(&folder.join(file.path.as_str())).unwrap_or_default();
        self.layout.files().map(taken).sum()
    }
}

pub(super) fn free_bytes(root: &Utf8Path) -> Result<u64, Error> {
    let space = files::space(root).map_err(|source| Error::Inspect {
        root: root.to_owned(),
        source,
    })?;
    Ok(space.free)
}
