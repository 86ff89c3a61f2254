//! On macOS: a link to the application's bundle, or a script that Terminal runs.

use super::{ShortcutSpec, file_name};
use crate::files::{create_link, replace};
use crate::{Error, Result};
use camino::{Utf8Path, Utf8PathBuf};
use std::os::unix::fs::PermissionsExt as _;

pub(super) fn create(spec: &ShortcutSpec, folder: &Utf8Path) -> Result<Utf8PathBuf> {
    let path = place(spec, folder);
    if let Some(bundle) = bundle(spec) {
        return create_link(bundle, &path).map(|()| path);
    }
    replace(&path, script(spec).as_bytes())?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).map_err(|source| {
        Error::Write {
            path: path.clone(),
            source,
        }
    })?;
    Ok(path)
}

pub(super) fn place(spec: &ShortcutSpec, folder: &Utf8Path) -> Utf8PathBuf {
    let kind = if bundle(spec).is_some() { "app" } else { "command" };
    folder.join(format!("{}.{kind}", file_name::readable(spec)))
}

/// The application that the program belongs to, if a plain link to it does.
fn bundle(spec: &ShortcutSpec) -> Option<&Utf8Path> {
    let bundle = spec
        .program
        .ancestors()
        .find(|path| path.extension() == Some("app"));
    bundle.filter(|_| spec.arguments.is_empty())
}

fn script(spec: &ShortcutSpec) -> String {
    let words = std::iter::once(spec.program.as_str()).chain(spec.arguments.iter().map(String::as_str));
    let command = words.map(quoted).collect::<Vec<_>>().join(" ");
    format!("#!/bin/sh\nexec {command}\n")
}

fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
