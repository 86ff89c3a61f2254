//! On macOS: a link to the application's bundle, or a script that Terminal runs.

use super::{ShortcutSpec, file_name};
use crate::files::{create_link, replace};
use crate::{Error, Result};
use camino::{Utf8Path, Utf8PathBuf};
use std::os::unix::fs::PermissionsExt as _;

pub(super) fn create(spec: &ShortcutSpec, folder: &Utf8Path) -> Result<Utf8PathBuf> {
    let name = file_name::readable(spec);
    let bundle = spec
        .program
        .ancestors()
        .find(|path| path.extension() == Some("app"));
    if let (Some(bundle), true) = (bundle, spec.arguments.is_empty()) {
        let path = folder.join(format!("{name}.app"));
        return create_link(bundle, &path).map(|()| path);
    }
    let path = folder.join(format!("{name}.command"));
    replace(&path, script(spec).as_bytes())?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).map_err(|source| {
        Error::Write {
            path: path.clone(),
            source,
        }
    })?;
    Ok(path)
}

fn script(spec: &ShortcutSpec) -> String {
    let words = std::iter::once(spec.program.as_str()).chain(spec.arguments.iter().map(String::as_str));
    let command = words.map(quoted).collect::<Vec<_>>().join(" ");
    format!("#!/bin/sh\nexec {command}\n")
}

fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
