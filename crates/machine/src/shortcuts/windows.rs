//! `.lnk` files, made by the shell's own object through PowerShell. Every text goes by the environment, so that none
//! is ever read as a command.

use super::{ShortcutSpec, file_name};
use crate::process::run;
use crate::{Error, Result};
use camino::{Utf8Path, Utf8PathBuf};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(30);
const POWERSHELL: &str = r"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe";
const SCRIPT: &str = "$ErrorActionPreference = 'Stop'; \
    $link = (New-Object -ComObject WScript.Shell).CreateShortcut($env:TOOLCRIB_LINK); \
    $link.TargetPath = $env:TOOLCRIB_PROGRAM; \
    $link.Arguments = $env:TOOLCRIB_ARGUMENTS; \
    $link.Description = $env:TOOLCRIB_NAME; \
    if ($env:TOOLCRIB_ICON) { $link.IconLocation = $env:TOOLCRIB_ICON }; \
    $link.Save()";

pub(super) fn place(spec: &ShortcutSpec, folder: &Utf8Path) -> Utf8PathBuf {
    folder.join(format!("{}.lnk", file_name::readable(spec)))
}

pub(super) fn create(spec: &ShortcutSpec, folder: &Utf8Path) -> Result<Utf8PathBuf> {
    let path = place(spec, folder);
    let texts = [
        ("TOOLCRIB_LINK", path.to_string()),
        ("TOOLCRIB_PROGRAM", spec.program.to_string()),
        (
            "TOOLCRIB_ARGUMENTS",
            spec.arguments
                .iter()
                .map(|word| quoted(word))
                .collect::<Vec<_>>()
                .join(" "),
        ),
        ("TOOLCRIB_NAME", spec.name.clone()),
        (
            "TOOLCRIB_ICON",
            spec.icon.as_ref().map(Utf8PathBuf::to_string).unwrap_or_default(),
        ),
    ];
    let texts = texts.map(|(name, text)| (name.to_owned(), text));
    let arguments = ["-NoProfile", "-NonInteractive", "-Command", SCRIPT].map(str::to_owned);
    let output = run(POWERSHELL.into(), &arguments, &texts, LIMIT)?;
    match output.success() {
        true => Ok(path),
        false => {
            let reason = String::from_utf8_lossy(&output.stderr)
                .trim()
                .chars()
                .take(500)
                .collect();
            Err(Error::Shortcut { path, reason })
        }
    }
}

/// A word by the rules that Windows programs read their command line by: backslashes count only before a quote.
fn quoted(word: &str) -> String {
    let mut text = String::from('"');
    let mut backslashes = 0;
    for letter in word.chars() {
        if letter == '\\' {
            backslashes += 1;
            continue;
        }
        let count = if letter == '"' {
            backslashes * 2 + 1
        } else {
            backslashes
        };
        text.extend(std::iter::repeat_n('\\', count));
        text.push(letter);
        backslashes = 0;
    }
    text.extend(std::iter::repeat_n('\\', backslashes * 2));
    text + "\""
}
