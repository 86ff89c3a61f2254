//! Judges texts that others wrote and people will see.

/// Whether `text` has at most `most` characters, and none that hides, reorders or moves text.
pub(crate) fn is_line(text: &str, most: usize) -> bool {
    text.chars().count() <= most && !text.chars().any(hides)
}

/// Like [`is_line`], for a text of several lines.
pub(crate) fn is_text(text: &str, most: usize) -> bool {
    text.len() <= most && !text.chars().any(|c| hides(c) && !matches!(c, '\n' | '\r' | '\t'))
}

fn hides(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
