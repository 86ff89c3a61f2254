//! Files of a test: written with what they need, copied as they are.

use camino::Utf8Path;

/// Writes a file and its folders; what begins as a script can be executed.
pub(crate) fn write(path: &Utf8Path, content: &str) {
    fs_err::create_dir_all(path.parent().expect("a folder")).expect("folders");
    fs_err::write(path, content).expect("written");
    #[cfg(unix)]
    if content.starts_with("#!") {
        use std::os::unix::fs::PermissionsExt as _;
        fs_err::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("made executable");
    }
}

/// Copies a tree of files and folders.
///
/// # Panics
/// When something cannot be read or written.
pub(crate) fn copy_tree(from: &Utf8Path, to: &Utf8Path) {
    fs_err::create_dir_all(to).expect("the folder is made");
    for entry in from.read_dir_utf8().expect("the folder can be read") {
        let entry = entry.expect("the entry can be read");
        let target = to.join(entry.file_name());
        match entry.file_type().expect("the entry has a kind").is_dir() {
            true => copy_tree(entry.path(), &target),
            false => drop(fs_err::copy(entry.path(), target).expect("the file is copied")),
        }
    }
}
