//! Giving files second names and taking them away, and keeping them from being changed. Each may be repeated.

use crate::error::Error;
use crate::root::Root;
use camino::Utf8Path;
use std::fs;
use std::io;
use toolcrib_machine::files;
use toolcrib_model::RelPath;

/// Gives files of the tree `from` a second name in the staged tree `to`, durably.
pub(crate) fn add(root: &Root, from: &str, to: &RelPath, paths: &[RelPath]) -> Result<(), Error> {
    let (from, staged) = (Utf8Path::new(from), root.below(to));
    for path in paths {
        let place = staged.join(path.as_str());
        let named =
            absent(fs::remove_file(&place)).and_then(|()| fs::hard_link(from.join(path.as_str()), &place));
        named.map_err(|source| Error::ShareFile {
            path: path.clone(),
            source,
        })?;
    }
    files::sync_volume(root.path()).map_err(|source| Error::Inspect {
        root: root.path().to_owned(),
        source,
    })
}

/// Takes the names in the staged tree away; what had them first keeps its own.
pub(crate) fn remove(root: &Root, to: &RelPath, paths: &[RelPath]) -> Result<(), Error> {
    let staged = root.below(to);
    for path in paths {
        absent(fs::remove_file(staged.join(path.as_str()))).map_err(|source| Error::ShareFile {
            path: path.clone(),
            source,
        })?;
    }
    Ok(())
}

/// Makes files read-only. One that is gone, or that the system keeps as it is, is no reason to fail: reading does not
/// rely on it.
pub(crate) fn protect(root: &Root, tree: &RelPath, paths: &[RelPath]) {
    let tree = root.below(tree);
    for path in paths {
        if let Err(error) = make_read_only(&tree.join(path.as_str())) {
            tracing::debug!(%error, %path, "A shared file stays writable.");
        }
    }
}

fn absent(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

#[cfg(unix)]
fn make_read_only(path: &Utf8Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let found = path.symlink_metadata()?;
    if !found.is_file() {
        return Ok(());
    }
    fs::set_permissions(
        path,
        fs::Permissions::from_mode(found.permissions().mode() & !0o222),
    )
}

/// Elsewhere a file that is read-only could not be removed.
#[cfg(not(unix))]
fn make_read_only(_: &Utf8Path) -> io::Result<()> {
    Ok(())
}
