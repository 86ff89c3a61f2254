//! Showing a folder with whatever the person's desktop has for it.

use crate::process::{Window, spawn_detached};
use crate::{Error, Result};
use camino::Utf8Path;
use std::io;

#[cfg(not(any(windows, target_os = "macos")))]
const PROGRAM: &str = "xdg-open";
#[cfg(target_os = "macos")]
const PROGRAM: &str = "open";
#[cfg(windows)]
const PROGRAM: &str = "explorer.exe";

/// Shows a folder. Whether the desktop does it is not waited for.
///
/// # Errors
/// [`Error::Read`] where there is no such folder, [`Error::Start`] where this computer has nothing to show it with.
pub fn show_folder(folder: &Utf8Path) -> Result<()> {
    if !folder.is_absolute() || !folder.is_dir() {
        return Err(Error::Read {
            path: folder.to_owned(),
            source: io::ErrorKind::NotFound.into(),
        });
    }
    // Being absolute, it begins with `/` or a drive, so that no option can be meant.
    let arguments = [folder.to_string()];
    spawn_detached(Utf8Path::new(PROGRAM), &arguments, &[], None, Window::Own, |_| {}).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_folder_is_not_handed_to_the_desktop() {
        for path in ["/nowhere/at/all", "--help", "."] {
            let refused = show_folder(Utf8Path::new(path)).expect_err("refused");
            assert!(refused.is_not_found(), "{refused}");
        }
    }
}
