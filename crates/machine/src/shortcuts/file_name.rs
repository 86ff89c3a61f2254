//! File names that a person reads.

use super::ShortcutSpec;
use toolcrib_model::RelPath;

/// The name of the shortcut without what a file name cannot hold; its id if nothing is left, or what is left is the name
/// of a device on Windows.
pub(super) fn readable(spec: &ShortcutSpec) -> String {
    let legal = |letter: &char| !matches!(letter, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let name: String = spec.name.chars().filter(legal).take(100).collect();
    let name = name.trim_matches(|letter: char| letter == '.' || letter.is_whitespace());
    match name.parse::<RelPath>() {
        Ok(_) => name.to_owned(),
        Err(_) => spec.id.clone(),
    }
}
