//! File names that a person reads.

use super::ShortcutSpec;

/// The name of the shortcut without what a file name cannot hold; its id if nothing is left.
pub(super) fn readable(spec: &ShortcutSpec) -> String {
    let legal = |letter: &char| !matches!(letter, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let name: String = spec.name.chars().filter(legal).take(100).collect();
    let name = name.trim().trim_matches('.');
    if name.is_empty() {
        spec.id.clone()
    } else {
        name.to_owned()
    }
}
