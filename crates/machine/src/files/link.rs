//! Symbolic links.

use crate::Result;
use crate::error::{Context as _, act};
use camino::Utf8Path;
use std::io;

/// Makes `link` a symbolic link with the text `target`. A link with that text may be there already.
pub fn create_link(target: &Utf8Path, link: &Utf8Path) -> Result<()> {
    match create(target, link) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && points_to(link, target) => Ok(()),
        answer => answer.or_fail(act::create_link, link),
    }
}

fn points_to(link: &Utf8Path, target: &Utf8Path) -> bool {
    link.read_link_utf8().is_ok_and(|found| found == target)
}

#[cfg(unix)]
fn create(target: &Utf8Path, link: &Utf8Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

/// Windows knows links to files and links to folders; which one it is, the target says.
#[cfg(windows)]
fn create(target: &Utf8Path, link: &Utf8Path) -> io::Result<()> {
    match super::replace::parent(link).join(target).is_dir() {
        true => std::os::windows::fs::symlink_dir(target, link),
        false => std::os::windows::fs::symlink_file(target, link),
    }
}
