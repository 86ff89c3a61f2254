//! Folders: making them, moving things between them, and making both durable.

use super::replace::{Readers, create_beside, move_over, parent};
use crate::error::{Context as _, act};
use crate::{Error, Result, faults};
use camino::{Utf8Path, Utf8PathBuf};
use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::path::Path;

/// Creates the folder and those above it, durably. It may be there already.
pub fn create_folders(path: &Utf8Path) -> Result<()> {
    create_missing(path, 0o777)
}

/// As [`create_folders`]; those that it creates are this person's alone (0700).
pub fn create_private_folders(path: &Utf8Path) -> Result<()> {
    create_missing(path, 0o700)
}

/// Makes entries that were created, renamed or removed in this folder durable.
///
/// On Windows nothing is to be done: its file system journals them in order.
pub fn sync_folder(path: &Utf8Path) -> Result<()> {
    sync_entries(path).or_fail(act::sync, path)
}

/// Makes everything that was written below this folder durable at once.
///
/// On Linux that is one flush of the volume; elsewhere every file below is flushed.
pub fn sync_volume(path: &Utf8Path) -> Result<()> {
    faults::point_io("files.sync")
        .and_then(|()| flush(path))
        .or_fail(act::sync, path)
}

/// Moves a file or a tree within a volume, over a file that is there, and makes that durable in both folders.
pub fn rename(from: &Utf8Path, to: &Utf8Path) -> Result<()> {
    move_over(from, to).map_err(|source| Error::Rename {
        from: from.to_owned(),
        to: to.to_owned(),
        source,
    })?;
    faults::point("files.rename.moved");
    sync_folder(parent(to))?;
    match parent(from) == parent(to) {
        true => Ok(()),
        false => sync_folder(parent(from)),
    }
}

/// Moves a file or a tree from one folder to a free name in another one on the same volume, durably. Names need not be
/// valid Unicode; a folder that is read-only is moved, too, and stays read-only.
pub fn rename_entry(from: (&Utf8Path, &OsStr), to: (&Utf8Path, &OsStr)) -> Result<()> {
    let (source, target) = (from.0.as_std_path().join(from.1), to.0.as_std_path().join(to.1));
    let moved = match move_over(&source, &target) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => move_closed(&source, &target),
        moved => moved,
    };
    let lossy = |path: &Path| Utf8PathBuf::from(path.to_string_lossy().into_owned());
    moved.map_err(|cause| Error::Rename {
        from: lossy(&source),
        to: lossy(&target),
        source: cause,
    })?;
    faults::point("files.rename.moved");
    sync_folder(to.0)?;
    sync_folder(from.0)
}

/// As [`rename`], but durable only with the next [`sync_volume`]: for many moves that a journal remembers meanwhile.
pub fn rename_unsynced(from: &Utf8Path, to: &Utf8Path) -> Result<()> {
    move_over(from, to).map_err(|source| Error::Rename {
        from: from.to_owned(),
        to: to.to_owned(),
        source,
    })
}

/// Moves what is at `path` to the first free name `path.corrupt-<n>` and says which.
pub fn move_aside(path: &Utf8Path) -> Result<Utf8PathBuf> {
    let mut number = 1_u64;
    loop {
        let aside = Utf8PathBuf::from(format!("{path}.corrupt-{number}"));
        if !super::exists(&aside)? {
            rename(path, &aside)?;
            return Ok(aside);
        }
        number += 1;
    }
}

/// Proves that this person can write in the folder, by doing it.
pub fn is_writable_folder(path: &Utf8Path) -> Result<()> {
    // Each try has a file of its own: two of this process may look at the same folder at the same time.
    create_beside(path, Readers::Usual)
        .and_then(|(probe, _)| std::fs::remove_file(probe))
        .or_fail(act::folder_not_writable, path)
}

/// The path itself if it is there, else the nearest folder above it that is.
pub fn nearest_existing(path: &Utf8Path) -> Result<Utf8PathBuf> {
    let whole = camino::absolute_utf8(path).or_fail(act::read, path)?;
    for place in whole.ancestors() {
        if super::exists(place)? {
            return Ok(place.to_owned());
        }
    }
    Err(Error::Read {
        path: whole,
        source: io::ErrorKind::NotFound.into(),
    })
}

fn create_missing(path: &Utf8Path, mode: u32) -> Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(above) = path.parent().filter(|above| !above.as_str().is_empty()) {
        create_missing(above, mode)?;
    }
    match faults::point_io("files.create_folder").and_then(|()| create_one(path, mode)) {
        // Another process may have been quicker.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        Err(source) => Err(Error::CreateFolder {
            path: path.to_owned(),
            source,
        }),
        Ok(()) => sync_folder(parent(path)),
    }
}

#[cfg(unix)]
fn create_one(path: &Utf8Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().mode(mode).create(path)
}

#[cfg(not(unix))]
fn create_one(path: &Utf8Path, _: u32) -> io::Result<()> {
    std::fs::create_dir(path)
}

/// Moves a folder that is read-only: its entry for the folder above is changed by the move.
#[cfg(unix)]
fn move_closed(from: &Path, to: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let found = from.symlink_metadata()?;
    if !found.is_dir() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let mode = found.permissions().mode();
    std::fs::set_permissions(from, std::fs::Permissions::from_mode(mode | 0o700))?;
    let moved = move_over(from, to);
    let place = if moved.is_ok() { to } else { from };
    moved.and(std::fs::set_permissions(place, found.permissions()))
}

/// Elsewhere a folder's attributes do not keep it from being moved.
#[cfg(not(unix))]
fn move_closed(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::PermissionDenied.into())
}

#[cfg(unix)]
fn sync_entries(path: &Utf8Path) -> io::Result<()> {
    faults::point_io("files.sync")?;
    File::open(path)?.sync_all()
}

#[cfg(not(unix))]
fn sync_entries(_: &Utf8Path) -> io::Result<()> {
    faults::point_io("files.sync")
}

#[cfg(target_os = "linux")]
fn flush(path: &Utf8Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(path)?)?)
}

#[cfg(not(target_os = "linux"))]
fn flush(path: &Utf8Path) -> io::Result<()> {
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir_utf8()? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.into_path());
            } else if kind.is_file() {
                flush_file(entry.path())?;
            }
        }
        #[cfg(unix)]
        File::open(&folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(windows)]
fn flush_file(path: &Utf8Path) -> io::Result<()> {
    // Only whoever may write a file may flush it here.
    let flush = || File::options().read(true).write(true).open(path)?.sync_all();
    match super::replace::patiently(flush) {
        // A program that runs: what is shared with another product was written, and flushed, before it was started.
        Err(error) if crate::error::is_held(&error) => Ok(()),
        flushed => flushed,
    }
}

#[cfg(not(any(windows, target_os = "linux")))]
fn flush_file(path: &Utf8Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}
