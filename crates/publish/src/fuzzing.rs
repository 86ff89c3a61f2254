//! Doors for the fuzz targets in `fuzz/`, which exist in their builds only.

use crate::input::Input;
use std::io::Read as _;

/// The most that is read of one file: a target has to be quick.
const MOST: u64 = 1 << 20;

/// Reads every file of an input.
///
/// # Panics
/// When a file is longer than was listed, or ends well before: that is the finding.
pub fn read(input: &Input) {
    for file in &input.tree().files {
        let Ok(content) = input.read(file) else {
            continue;
        };
        let mut bytes = Vec::new();
        if content.take(MOST).read_to_end(&mut bytes).is_ok() {
            assert_eq!(bytes.len() as u64, file.size.min(MOST), "{}", file.path);
        }
    }
}
