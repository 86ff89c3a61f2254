//! The read-me of a package: a text that its vendor wrote, made fit to be shown before anything is installed.
//!
//! Its digest was checked before. It is shown as it is, letter by letter, in a window and in a terminal; so whatever would
//! move the cursor, colour, hide or reorder text is replaced by a mark that shows.

use crate::text::hides;
use thiserror::Error;

/// The largest read-me that is shown, in bytes.
pub const MAX_READ_ME_BYTES: u64 = 1 << 20;

/// A read-me that is fit to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadMe {
    /// The text; its lines end with `\n`.
    pub text: String,
    /// How many characters were replaced by U+FFFD, because they do not show by themselves.
    pub replaced_count: usize,
}

/// Why a read-me is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BadReadMe {
    /// It is larger than [`MAX_READ_ME_BYTES`].
    #[error("it is larger than 1 MiB")]
    TooLarge,
    /// It is in another encoding, or no text at all.
    #[error("it is not a text in UTF-8")]
    NotText,
}

/// Judges the content of a read-me. A byte order mark at the beginning is left out, a page ends like a line.
///
/// # Errors
/// [`BadReadMe`].
pub fn judge_read_me(content: &[u8]) -> Result<ReadMe, BadReadMe> {
    if content.len() as u64 > MAX_READ_ME_BYTES {
        return Err(BadReadMe::TooLarge);
    }
    let text = std::str::from_utf8(content).map_err(|_| BadReadMe::NotText)?;
    // Programs and pictures can be valid UTF-8 by chance; no text has this.
    if text.contains('\0') {
        return Err(BadReadMe::NotText);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{c}'], "\n");
    let replaced = |letter: &char| hides(*letter) && !matches!(letter, '\n' | '\t');
    Ok(ReadMe {
        replaced_count: text.chars().filter(replaced).count(),
        text: text
            .chars()
            .map(|letter| if replaced(&letter) { '\u{fffd}' } else { letter })
            .collect(),
    })
}

#[cfg(test)]
mod tests;
