//! Symbolic links, and second names of files.

use crate::error::{Context as _, act};
use crate::{Result, faults};
use camino::Utf8Path;
use std::io;

/// Makes `link` a symbolic link with the text `target`. A link with that text may be there already.
pub fn create_link(target: &Utf8Path, link: &Utf8Path) -> Result<()> {
    match create(target, link) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && points_to(link, target) => Ok(()),
        answer => answer.or_fail(act::create_link, link),
    }
}

/// Puts the file at `from` in the place of the one at `to`, as a second name for it, or as a copy where there can be none:
/// whoever reads `to` finds the old file or the new one. It is made in the folder `by`, on the same volume as `to`, and
/// durable with the next [`sync_volume`](super::sync_volume).
pub fn put_by_name(from: &Utf8Path, to: &Utf8Path, by: &Utf8Path) -> Result<()> {
    let unfinished = super::replace::free_name(by).or_fail(act::write, to)?;
    let put = faults::point_io("files.write")
        .and_then(|()| name_or_copy(from, &unfinished))
        .and_then(|()| super::replace::move_over(&unfinished, to));
    put.inspect_err(|_| drop(std::fs::remove_file(&unfinished)))
        .or_fail(act::write, to)
}

fn name_or_copy(from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
    std::fs::hard_link(from, to).or_else(|_| std::fs::copy(from, to).map(drop))
}

fn points_to(link: &Utf8Path, target: &Utf8Path) -> bool {
    link.read_link_utf8().is_ok_and(|found| found == target)
}

#[cfg(unix)]
fn create(target: &Utf8Path, link: &Utf8Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

/// Windows knows links to files and links to folders; which one it is, the target says. It follows only those whose text
/// has backslashes.
#[cfg(windows)]
fn create(target: &Utf8Path, link: &Utf8Path) -> io::Result<()> {
    let text = target.as_str().replace('/', r"\");
    match super::replace::parent(link).join(&text).is_dir() {
        true => std::os::windows::fs::symlink_dir(text, link),
        false => std::os::windows::fs::symlink_file(text, link),
    }
}
