//! Lock files pin versions and digests, not the mirror that somebody happened to use.

use crate::shell::{Result, root};

pub(super) fn faults() -> Result<Vec<String>> {
    let path = root().join("ui/package-lock.json");
    let text = fs_err::read_to_string(&path)?;
    let named = text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.trim_start().starts_with("\"resolved\": \"http"));
    Ok(named
        .map(|(at, _)| format!("{path}:{}: names a download address", at + 1))
        .collect())
}
