//! Removing and measuring a folder where the standard library already copes with depth and links: Windows.

use super::TreeSize;
use camino::Utf8Path;
use std::io;
use std::path::Path;

/// Removes the folder and all below it.
pub(super) fn remove_folder(path: &Utf8Path) -> io::Result<()> {
    match std::fs::remove_dir_all(path) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            make_writable(path)?;
            std::fs::remove_dir_all(path)
        }
        answer => answer,
    }
}

/// Counts what is in the folder and below it.
pub(super) fn measure_folder(path: &Path) -> io::Result<TreeSize> {
    let mut size = TreeSize::default();
    let mut open = vec![path.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let found = entry.metadata()?;
            if found.is_dir() {
                open.push(entry.path());
            } else {
                size.file_count += 1;
                size.size_bytes += found.len();
            }
        }
    }
    Ok(size)
}

#[allow(
    clippy::permissions_set_readonly_false,
    reason = "on Windows this is the one attribute there is"
)]
fn make_writable(path: &Utf8Path) -> io::Result<()> {
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir_utf8()? {
            let entry = entry?;
            let found = entry.metadata()?;
            let mut permissions = found.permissions();
            if permissions.readonly() {
                permissions.set_readonly(false);
                std::fs::set_permissions(entry.path(), permissions)?;
            }
            if found.is_dir() && !found.is_symlink() {
                folders.push(entry.into_path());
            }
        }
    }
    Ok(())
}
