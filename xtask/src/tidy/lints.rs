//! Every crate takes the workspace's lints; an exception carries its reason.

use crate::shell::{Result, root};
use camino::Utf8Path;
use walkdir::WalkDir;

pub(super) fn faults() -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for folder in ["crates", "src-tauri", "tests", "xtask"] {
        for entry in WalkDir::new(root().join(folder)).sort_by_file_name() {
            let entry = entry?;
            let Some(path) = Utf8Path::from_path(entry.path()) else {
                continue;
            };
            match path.file_name() {
                Some("Cargo.toml") => faults.extend(unlisted(path)?),
                Some(name) if name.ends_with(".rs") => faults.extend(unexplained(path)?),
                _ => {}
            }
        }
    }
    Ok(faults)
}

fn unlisted(path: &Utf8Path) -> Result<Option<String>> {
    let manifest: toml::Table = fs_err::read_to_string(path)?.parse()?;
    let inherits = manifest
        .get("lints")
        .and_then(|lints| lints.get("workspace"))
        .and_then(toml::Value::as_bool);
    Ok((inherits != Some(true)).then(|| format!("{path} does not say `[lints] workspace = true`")))
}

fn unexplained(path: &Utf8Path) -> Result<Vec<String>> {
    let text = fs_err::read_to_string(path)?;
    let opens = |line: &&str| {
        ["#[allow(", "#![allow(", "#[expect(", "#![expect("]
            .iter()
            .any(|start| line.starts_with(start))
    };
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let bare = |at: &usize| {
        let attribute: String = lines[*at..]
            .iter()
            .take(8)
            .copied()
            .scan(false, until_closed)
            .collect();
        opens(&lines[*at]) && !attribute.contains("reason =")
    };
    Ok((0..lines.len())
        .filter(bare)
        .map(|at| format!("{path}:{}: this exception does not say why", at + 1))
        .collect())
}

fn until_closed<'a>(closed: &mut bool, line: &'a str) -> Option<&'a str> {
    let before = *closed;
    *closed = line.ends_with(")]");
    (!before).then_some(line)
}
