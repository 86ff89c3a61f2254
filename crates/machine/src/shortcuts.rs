//! Shortcuts: a menu entry on Linux, a `.lnk` file on Windows, an alias or a `.command` file on macOS.

use crate::files::{create_folders, remove_file};
use crate::{Error, Result};
use camino::{Utf8Path, Utf8PathBuf};

#[cfg(any(windows, target_os = "macos"))]
mod file_name;
#[cfg(target_os = "macos")]
#[path = "shortcuts/macos.rs"]
mod system;
#[cfg(windows)]
#[path = "shortcuts/windows.rs"]
mod system;
#[cfg(not(any(windows, target_os = "macos")))]
#[path = "shortcuts/desktop_entry.rs"]
mod system;

/// What a shortcut starts, and how it looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortcutSpec {
    /// Names the file: letters, digits, `.`, `_` and `-`; unique in its folder.
    pub id: String,
    /// What the person reads.
    pub name: String,
    /// The program, absolute.
    pub program: Utf8PathBuf,
    /// What it is started with.
    pub arguments: Vec<String>,
    /// A picture, absolute.
    pub icon: Option<Utf8PathBuf>,
    /// Whether the program needs a terminal.
    pub terminal: bool,
}

/// Makes the shortcut in this folder, in place of an earlier one, and says where. Creates the folder if need be.
pub fn create(spec: &ShortcutSpec, folder: &Utf8Path) -> Result<Utf8PathBuf> {
    check(spec).map_err(|reason| Error::Shortcut {
        path: folder.join(&spec.id),
        reason,
    })?;
    create_folders(folder)?;
    system::create(spec, folder)
}

/// A menu entry that is not shown and opens things of a media type, as text; `field` is `f` for files, `u` for links.
/// `None` where an entry cannot start the program.
#[cfg(not(any(windows, target_os = "macos")))]
pub fn opener(spec: &ShortcutSpec, media_type: &str, field: char) -> Option<String> {
    let is_sound = check(spec).is_ok() && !spec.program.as_str().contains('=');
    is_sound.then(|| system::opener(spec, media_type, field))
}

/// Where [`create`] would put the shortcut; whatever is there would be replaced.
pub fn place(spec: &ShortcutSpec, folder: &Utf8Path) -> Utf8PathBuf {
    system::place(spec, folder)
}

/// Removes a shortcut. It may be gone already.
pub fn remove(path: &Utf8Path) -> Result<()> {
    remove_file(path)
}

fn check(spec: &ShortcutSpec) -> std::result::Result<(), String> {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    if spec.id.is_empty() || spec.id.len() > 100 || spec.id.starts_with('.') || !spec.id.bytes().all(letter) {
        return Err("its id is not made of letters, digits, `.`, `_` and `-`".to_owned());
    }
    if !spec.program.is_absolute() {
        return Err("the program is not named in full".to_owned());
    }
    let icon = spec.icon.as_deref().map_or("", Utf8Path::as_str);
    let texts = [spec.name.as_str(), spec.program.as_str(), icon];
    let mut texts = texts.into_iter().chain(spec.arguments.iter().map(String::as_str));
    match texts.any(|text| text.chars().any(char::is_control)) {
        true => Err("a text in it has control characters".to_owned()),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests;
