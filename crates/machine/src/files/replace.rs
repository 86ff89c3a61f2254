//! Atomic replacement: whoever reads the file, at whatever instant the power fails, sees the old content or the new.
//!
//! The order is: a new file in the same folder → write → fsync → rename over the old one → fsync of the folder.

use super::folder::sync_folder;
use crate::error::{Context as _, act};
use crate::{Error, Result, faults, process};
use camino::{Utf8Path, Utf8PathBuf};
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// How a file that is not finished is named: `.<process>-<number>` and this.
const SUFFIX: &str = ".toolcrib-new";

/// Who may read a new file.
#[derive(Clone, Copy)]
pub(super) enum Readers {
    /// Whoever the person's settings say.
    Usual,
    /// This person alone.
    Owner,
}

/// Replaces the content of the file, durably. The folder has to exist; a link is replaced, not followed.
pub fn replace(path: &Utf8Path, bytes: &[u8]) -> Result<()> {
    replace_for(Readers::Usual, path, bytes)
}

/// As [`replace`], and only this person can read the file (0600).
pub fn replace_private(path: &Utf8Path, bytes: &[u8]) -> Result<()> {
    replace_for(Readers::Owner, path, bytes)
}

/// Creates a file that only this person can read (0600), whole and durable, unless one is there; says whether it did.
pub fn create_private(path: &Utf8Path, bytes: &[u8]) -> Result<bool> {
    let folder = parent(path);
    let (unfinished, file) = create_beside(folder, Readers::Owner).or_fail(act::write, path)?;
    let created = write_through(file, bytes).and_then(|()| std::fs::hard_link(&unfinished, path));
    let _ = std::fs::remove_file(&unfinished);
    match created {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        created => created
            .or_fail(act::write, path)
            .and_then(|()| sync_folder(folder))
            .map(|()| true),
    }
}

/// Removes what killed processes left unfinished in this folder, and says how much it was.
pub fn sweep_leftovers(folder: &Utf8Path) -> Result<usize> {
    let mut swept = 0;
    for entry in folder.read_dir_utf8().or_fail(act::read, folder)? {
        let path = entry.or_fail(act::read, folder)?.into_path();
        if writer(&path).is_some_and(|pid| !process::is_alive(pid)) {
            super::remove_file(&path)?;
            swept += 1;
        }
    }
    Ok(swept)
}

fn replace_for(readers: Readers, path: &Utf8Path, bytes: &[u8]) -> Result<()> {
    let folder = parent(path);
    let (unfinished, file) = create_beside(folder, readers).or_fail(act::write, path)?;
    let written = write_through(file, bytes).and_then(|()| {
        faults::point("files.replace.written");
        move_over(&unfinished, path)
    });
    if let Err(source) = written {
        let _ = std::fs::remove_file(&unfinished);
        return Err(Error::Write {
            path: path.to_owned(),
            source,
        });
    }
    faults::point("files.replace.renamed");
    sync_folder(folder)
}

/// The folder of a path; the current one for a bare name.
pub(super) fn parent(path: &Utf8Path) -> &Utf8Path {
    path.parent()
        .filter(|folder| !folder.as_str().is_empty())
        .unwrap_or(Utf8Path::new("."))
}

fn write_through(mut file: File, bytes: &[u8]) -> io::Result<()> {
    faults::point_io("files.write")?;
    file.write_all(bytes)?;
    faults::point_io("files.sync")?;
    file.sync_all()
}

/// Creates a file in this folder under a name that nothing else has.
pub(super) fn create_beside(folder: &Utf8Path, readers: Readers) -> io::Result<(Utf8PathBuf, File)> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    restrict(&mut options, readers);
    loop {
        let path = next_name(folder);
        match options.open(&path) {
            Ok(file) => return Ok((path, file)),
            // An earlier process with our number was killed here; what it left is nobody's.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

/// A name in this folder for a file that is not finished, which nothing has yet.
pub(super) fn free_name(folder: &Utf8Path) -> io::Result<Utf8PathBuf> {
    loop {
        let path = next_name(folder);
        match path.symlink_metadata() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(path),
            found => found.map(drop)?,
        }
    }
}

fn next_name(folder: &Utf8Path) -> Utf8PathBuf {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    folder.join(format!(".{}-{number}{SUFFIX}", std::process::id()))
}

#[cfg(unix)]
fn restrict(options: &mut OpenOptions, readers: Readers) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(match readers {
        Readers::Usual => 0o666,
        Readers::Owner => 0o600,
    });
}

/// On Windows a folder below the person's profile is readable by that person alone.
#[cfg(not(unix))]
fn restrict(_: &mut OpenOptions, _: Readers) {}

/// Renames over what is there.
pub(super) fn move_over(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
    faults::point_io("files.rename")?;
    patiently(|| std::fs::rename(from.as_ref(), to.as_ref()))
}

/// Tries an act again for half a second while it fails because another program has the thing open, as a virus scanner
/// does with whatever is new: on Windows it can be neither moved nor removed meanwhile.
pub(super) fn patiently(mut act: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    let mut tries_left = if cfg!(windows) { 20 } else { 0 };
    loop {
        match act() {
            Err(error) if tries_left > 0 && may_be_held(&error) => {
                tries_left -= 1;
                std::thread::sleep(std::time::Duration::from_millis(25));
            }
            answer => return answer,
        }
    }
}

fn may_be_held(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::PermissionDenied || crate::error::is_held(error)
}

/// The process that was writing this unfinished file.
fn writer(path: &Utf8Path) -> Option<u32> {
    let (pid, number) = path
        .file_name()?
        .strip_prefix('.')?
        .strip_suffix(SUFFIX)?
        .split_once('-')?;
    number.parse::<u64>().ok()?;
    pid.parse().ok()
}
