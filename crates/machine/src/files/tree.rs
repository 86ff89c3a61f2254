//! Removing files and whole trees, and measuring them.

use super::read::is_absent;
use super::replace::{parent, patiently};
use super::sync_folder;
use crate::error::{Context as _, act};
use crate::{Result, faults};
use camino::Utf8Path;
use std::io;
use std::path::Path;

#[cfg(unix)]
mod measure;
#[cfg(unix)]
mod walk;
#[cfg(not(unix))]
#[path = "tree/portable.rs"]
mod walk;

#[cfg(unix)]
use measure::measure_folder;
#[cfg(not(unix))]
use walk::measure_folder;

/// How much a file or a tree holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TreeSize {
    /// How many files and links.
    pub file_count: u64,
    /// Their bytes.
    pub size_bytes: u64,
}

/// Measures a file, a link or a tree of any depth; follows no link. A folder in it that cannot be looked into counts as
/// one file. The path need not be valid Unicode.
///
/// # Errors
/// The system's, where nothing is there or it cannot be looked at.
pub fn tree_size(path: &Path) -> io::Result<TreeSize> {
    let found = path.symlink_metadata()?;
    match found.is_dir() {
        true => measure_folder(path),
        false => Ok(TreeSize {
            file_count: 1,
            size_bytes: found.len(),
        }),
    }
}

/// Removes a file or a link, durably. It may be gone already.
pub fn remove_file(path: &Utf8Path) -> Result<()> {
    settle(
        path,
        faults::point_io("files.remove").and_then(|()| patiently(|| remove_one(path))),
    )
}

/// Removes a file, a link or a whole tree, durably. It may be gone, or half gone, already.
///
/// Copes with read-only files and folders and with any depth; follows no link and leaves other volumes alone.
pub fn remove_tree(path: &Utf8Path) -> Result<()> {
    settle(
        path,
        faults::point_io("files.remove").and_then(|()| patiently(|| remove(path))),
    )
}

/// Removes a folder, durably, unless something is in it; it may be gone already. Says whether nothing is there any more.
pub fn remove_empty_folder(path: &Utf8Path) -> Result<bool> {
    match faults::point_io("files.remove").and_then(|()| std::fs::remove_dir(path)) {
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(false),
        // Also where a file has that name.
        Err(error) if is_absent(&error) => super::exists(path).map(|is_there| !is_there),
        removed => settle(path, removed).map(|()| true),
    }
}

fn settle(path: &Utf8Path, removed: io::Result<()>) -> Result<()> {
    match removed {
        Err(error) if is_absent(&error) => Ok(()),
        removed => removed
            .or_fail(act::remove, path)
            .and_then(|()| sync_folder(parent(path))),
    }
}

fn remove(path: &Utf8Path) -> io::Result<()> {
    match path.symlink_metadata()?.is_dir() {
        true => walk::remove_folder(path),
        false => remove_one(path),
    }
}

#[cfg(not(windows))]
fn remove_one(path: &Utf8Path) -> io::Result<()> {
    std::fs::remove_file(path)
}

/// A link to a folder is removed as a folder, which leaves what it leads to alone.
#[cfg(windows)]
fn remove_one(path: &Utf8Path) -> io::Result<()> {
    use std::os::windows::fs::FileTypeExt as _;
    match path.symlink_metadata()?.file_type().is_symlink_dir() {
        true => std::fs::remove_dir(path),
        false => walk::remove_file(path),
    }
}
