//! Menu entries by the Desktop Entry Specification.

use super::ShortcutSpec;
use crate::files::replace;
use crate::{Error, Result};
use camino::{Utf8Path, Utf8PathBuf};

pub(super) fn create(spec: &ShortcutSpec, folder: &Utf8Path) -> Result<Utf8PathBuf> {
    let path = place(spec, folder);
    if spec.program.as_str().contains('=') {
        let reason = "a menu entry cannot start a program with `=` in its path".to_owned();
        return Err(Error::Shortcut { path, reason });
    }
    replace(&path, entry(spec).as_bytes())?;
    allow_start(&path)?;
    Ok(path)
}

pub(super) fn place(spec: &ShortcutSpec, folder: &Utf8Path) -> Utf8PathBuf {
    folder.join(format!("{}.desktop", spec.id))
}

pub(super) fn opener(spec: &ShortcutSpec, media_type: &str, field: char) -> String {
    let command = format!("{} %{field}", command(spec));
    let more = ["NoDisplay=true".to_owned(), format!("MimeType={media_type};")];
    described(spec, &command, &more)
}

pub(super) fn entry(spec: &ShortcutSpec) -> String {
    described(spec, &command(spec), &[])
}

fn command(spec: &ShortcutSpec) -> String {
    let words = std::iter::once(spec.program.as_str()).chain(spec.arguments.iter().map(String::as_str));
    words.map(quoted).collect::<Vec<_>>().join(" ")
}

fn described(spec: &ShortcutSpec, command: &str, more: &[String]) -> String {
    let mut lines = vec![
        "[Desktop Entry]".to_owned(),
        "Version=1.5".to_owned(),
        "Type=Application".to_owned(),
        format!("Name={}", escaped(&spec.name)),
        format!("Exec={}", escaped(command)),
        format!("Terminal={}", spec.terminal),
    ];
    if let Some(icon) = &spec.icon {
        lines.push(format!("Icon={}", escaped(icon.as_str())));
    }
    lines.extend_from_slice(more);
    lines.push(String::new());
    lines.join("\n")
}

/// A text as a value: backslashes doubled, a space at its beginning named.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', r"\\");
    match text.strip_prefix(' ') {
        Some(rest) => format!(r"\s{rest}"),
        None => text,
    }
}

/// A word of a command: in quotes, and what a shell would look at escaped. `%` begins a field code.
fn quoted(word: &str) -> String {
    let mut text = String::from('"');
    for letter in word.chars() {
        match letter {
            '"' | '`' | '$' | '\\' => text.extend(['\\', letter]),
            '%' => text.push_str("%%"),
            _ => text.push(letter),
        }
    }
    text + "\""
}

/// Desktops start an entry outside the menu only if it may be executed.
fn allow_start(path: &Utf8Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let permissions = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(path, permissions).map_err(|source| Error::Write {
        path: path.to_owned(),
        source,
    })
}
