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

/// Removes a file, also one that is read-only.
pub(super) fn remove_file(path: &Utf8Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            let permissions = path.symlink_metadata()?.permissions();
            if !permissions.readonly() {
                return Err(error);
            }
            allow_writing(path.as_std_path(), permissions)?;
            std::fs::remove_file(path)
        }
        answer => answer,
    }
}

fn make_writable(path: &Utf8Path) -> io::Result<()> {
    let mut folders = vec![path.as_std_path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let found = entry.metadata()?;
            let permissions = found.permissions();
            if permissions.readonly() && !found.is_symlink() {
                allow_writing(&entry.path(), permissions)?;
            }
            if found.is_dir() {
                folders.push(entry.path());
            }
        }
    }
    Ok(())
}

#[expect(
    clippy::permissions_set_readonly_false,
    reason = "on Windows this is the one attribute there is"
)]
fn allow_writing(path: &Path, mut permissions: std::fs::Permissions) -> io::Result<()> {
    permissions.set_readonly(false);
    std::fs::set_permissions(path, permissions)
}

#[cfg(test)]
mod tests {
    use crate::files;
    use camino::Utf8PathBuf;

    #[test]
    fn what_is_read_only_is_removed_and_what_a_link_leads_to_stays() {
        let place = tempfile::tempdir().expect("a folder");
        let place = Utf8PathBuf::try_from(place.path().to_owned()).expect("Unicode");
        let (tree, kept) = (place.join("tree"), place.join("kept"));
        std::fs::create_dir_all(tree.join("in/side")).expect("made");
        std::fs::create_dir(&kept).expect("made");
        std::fs::write(kept.join("file"), "kept").expect("written");
        for file in [tree.join("in/side/file"), place.join("single")] {
            std::fs::write(&file, "x").expect("written");
            let mut closed = file.metadata().expect("there").permissions();
            closed.set_readonly(true);
            std::fs::set_permissions(&file, closed).expect("closed");
        }
        // Making links is a right that not everybody has.
        let linked = files::create_link(&kept, &tree.join("link")).is_ok();
        files::remove_file(&place.join("single")).expect("removed");
        files::remove_tree(&tree).expect("removed");
        assert!(!place.join("single").exists() && !tree.exists());
        assert!(kept.join("file").exists(), "linked: {linked}");
    }
}
