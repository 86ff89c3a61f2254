//! Removing a folder where the standard library already copes with depth and links: Windows.

use camino::Utf8Path;
use std::io;

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
