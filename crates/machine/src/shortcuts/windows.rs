//! `.lnk` files, made by the shell's own object: a script that asked for it would be refused where an administrator has
//! shut PowerShell in.

use super::{ShortcutSpec, file_name};
use crate::windows_text::{self, quoted};
use crate::{Error, Result};
use camino::{Utf8Path, Utf8PathBuf};
use windows::Win32::System::Com::{
    CLSCTX_INPROC_SERVER, COINIT_APARTMENTTHREADED, CoCreateInstance, CoInitializeEx, CoUninitialize,
    IPersistFile,
};
use windows::Win32::UI::Shell::{IShellLinkW, ShellLink};
use windows::core::{HSTRING, Interface as _};

/// What a shortcut's picture can lie in.
const PICTURES: [&str; 3] = ["ico", "exe", "dll"];

pub(super) fn place(spec: &ShortcutSpec, folder: &Utf8Path) -> Utf8PathBuf {
    folder.join(format!("{}.lnk", file_name::readable(spec)))
}

pub(super) fn create(spec: &ShortcutSpec, folder: &Utf8Path) -> Result<Utf8PathBuf> {
    let path = place(spec, folder);
    // On a thread of its own: whether and how the shell's objects can be used is settled once a thread.
    let written = std::thread::scope(|scope| scope.spawn(|| on_this_thread(spec, &path)).join());
    let failed = |reason| Error::Shortcut {
        path: path.clone(),
        reason,
    };
    written
        .map_err(|_| failed("writing it broke off".to_owned()))?
        .map_err(|error| failed(error.message()))?;
    Ok(path)
}

fn on_this_thread(spec: &ShortcutSpec, path: &Utf8Path) -> windows::core::Result<()> {
    // SAFETY: this thread is ours, its objects are gone when `write` returns, and it is left as it was found.
    unsafe { CoInitializeEx(None, COINIT_APARTMENTTHREADED) }.ok()?;
    let written = write(spec, path);
    // SAFETY: as above; it goes with the call that succeeded.
    unsafe { CoUninitialize() };
    written
}

fn write(spec: &ShortcutSpec, path: &Utf8Path) -> windows::core::Result<()> {
    let words: Vec<String> = spec.arguments.iter().map(|word| quoted(word)).collect();
    // SAFETY: every text is ended by a zero and outlives the call that it is given to; the shell copies it.
    unsafe {
        let link: IShellLinkW = CoCreateInstance(&ShellLink, None, CLSCTX_INPROC_SERVER)?;
        link.SetPath(&own(&spec.program))?;
        link.SetArguments(&HSTRING::from(words.join(" ")))?;
        link.SetDescription(&HSTRING::from(&spec.name))?;
        if let Some(folder) = spec.program.parent() {
            link.SetWorkingDirectory(&own(folder))?;
        }
        if let Some(picture) = spec.icon.as_deref().filter(|icon| is_picture(icon)) {
            link.SetIconLocation(&own(picture), 0)?;
        }
        link.cast::<IPersistFile>()?.Save(&own(path), true)
    }
}

/// A path as the shell writes it: with backslashes only.
fn own(path: &Utf8Path) -> HSTRING {
    HSTRING::from(windows_text::path(path.as_str()))
}

/// Any other picture would be shown as a blank sheet; without one the program's own is shown.
fn is_picture(icon: &Utf8Path) -> bool {
    icon.extension()
        .is_some_and(|ending| PICTURES.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shortcut_is_written_and_read_by_the_shell_and_removed() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = Utf8Path::from_path(place.path()).expect("Unicode");
        let program = folder.join("a/b.exe");
        let spec = ShortcutSpec {
            id: "sample-studio".to_owned(),
            name: "Sämple: Studio".to_owned(),
            program: program.clone(),
            arguments: vec!["two words".to_owned(), r#"a "quote""#.to_owned()],
            icon: Some(folder.join("icon.png")),
            terminal: false,
        };
        let path = super::super::create(&spec, &folder.join("new")).expect("created");
        assert_eq!(path.file_name(), Some("Sämple Studio.lnk"));
        assert_eq!(
            super::super::create(&spec, &folder.join("new")).expect("again"),
            path
        );
        let bytes = std::fs::read(&path).expect("read");
        assert_eq!(bytes[..4], [0x4c, 0, 0, 0], "the header's own size");
        let wide: Vec<u8> =
            r#""two words" "a \"quote\"""#.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(bytes.windows(wide.len()).any(|found| found == wide));
        super::super::remove(&path).expect("removed");
        assert!(!path.exists());
    }
}
