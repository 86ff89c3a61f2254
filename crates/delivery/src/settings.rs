//! The folders in which a product keeps the person's settings, with what is in them: for the person to choose from.

use crate::error::Error;
use camino::{Utf8Path, Utf8PathBuf};
use std::io;
use toolcrib_wire::receipt::{Receipt, SettingsRecord};

/// A folder of the person's settings that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What it is, for people.
    pub name: String,
    /// Where it is, absolute.
    pub path: Utf8PathBuf,
    /// The bytes of all files in it.
    pub size_bytes: u64,
    /// How many files are in it.
    pub file_count: u64,
}

/// The folders of the person's settings that are there, with their sizes.
///
/// # Errors
/// [`Error::OpenTree`] where one cannot be read.
pub fn settings(receipt: &Receipt) -> Result<Vec<Settings>, Error> {
    settings_in(&receipt.settings)
}

/// As [`settings`], of folders that a receipt named which may be gone.
///
/// # Errors
/// As [`settings`].
pub fn settings_in(folders: &[SettingsRecord]) -> Result<Vec<Settings>, Error> {
    let there = folders
        .iter()
        .filter(|folder| Utf8Path::new(&folder.path).is_dir());
    there.map(measured).collect()
}

fn measured(folder: &SettingsRecord) -> Result<Settings, Error> {
    let mut settings = Settings {
        name: folder.name.clone(),
        path: Utf8PathBuf::from(&folder.path),
        size_bytes: 0,
        file_count: 0,
    };
    let mut open = vec![settings.path.clone()];
    while let Some(path) = open.pop() {
        settings
            .add(&path, &mut open)
            .map_err(|source| Error::OpenTree { path, source })?;
    }
    Ok(settings)
}

impl Settings {
    fn add(&mut self, folder: &Utf8Path, open: &mut Vec<Utf8PathBuf>) -> io::Result<()> {
        for entry in folder.read_dir_utf8()? {
            let entry = entry?;
            let found = entry.path().symlink_metadata()?;
            if found.is_dir() {
                open.push(entry.into_path());
            } else {
                self.size_bytes += found.len();
                self.file_count += 1;
            }
        }
        Ok(())
    }
}
