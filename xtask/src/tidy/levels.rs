//! The map is tested: each crate says its level, and may only use crates of lower levels.

use crate::shell::{Result, root};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};
use std::collections::BTreeMap;

/// The one package that may name Tauri.
const SHELL: &str = "toolcrib-desktop";

pub(super) fn faults() -> Result<Vec<String>> {
    let metadata = MetadataCommand::new().current_dir(root()).no_deps().exec()?;
    let levels = levels(&metadata);
    let mut faults = Vec::new();
    for package in metadata.workspace_packages() {
        let name = package.name.as_str();
        match levels.get(name) {
            None => faults.push(format!(
                "{name} does not say its level in [package.metadata.toolcrib]"
            )),
            Some(level) => faults.extend(upward(package, *level, &levels)),
        }
        if name != SHELL && shipped(package).any(|used| used == "tauri" || used.starts_with("tauri-")) {
            faults.push(format!("{name} names Tauri; only {SHELL} may"));
        }
    }
    Ok(faults)
}

fn levels(metadata: &Metadata) -> BTreeMap<String, u64> {
    let level = |package: &Package| package.metadata.get("toolcrib")?.get("level")?.as_u64();
    let packages = metadata.workspace_packages().into_iter();
    packages
        .filter_map(|package| Some((package.name.to_string(), level(package)?)))
        .collect()
}

fn upward(package: &Package, level: u64, levels: &BTreeMap<String, u64>) -> Vec<String> {
    let higher = |used: &str| levels.get(used).copied().filter(|lower| *lower >= level);
    shipped(package)
        .filter_map(|used| Some((used, higher(used)?)))
        .map(|(used, other)| {
            format!(
                "{} (level {level}) must not use {used} (level {other})",
                package.name
            )
        })
        .collect()
}

/// What a package is built from; what only its tests use may come from anywhere.
fn shipped(package: &Package) -> impl Iterator<Item = &str> {
    let kept = package
        .dependencies
        .iter()
        .filter(|used| used.kind != DependencyKind::Development);
    kept.map(|used| used.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_point_downward() {
        assert_eq!(faults().expect("the workspace can be read"), Vec::<String>::new());
    }
}
