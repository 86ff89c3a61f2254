//! Judges texts that others wrote and people will see.

/// Whether `text` has at most `most` characters, and none that hides, reorders or moves text.
pub(crate) fn is_line(text: &str, most: usize) -> bool {
    text.chars().count() <= most && !text.chars().any(hides)
}

/// Like [`is_line`], for a text of several lines of at most `most` bytes.
pub(crate) fn is_text(text: &str, most: usize) -> bool {
    text.len() <= most && !text.chars().any(|c| hides(c) && !matches!(c, '\n' | '\r' | '\t'))
}

/// The beginning of a text that was refused, fit to be shown: what hides is left out.
pub(crate) fn shortened(text: &str) -> String {
    text.chars().filter(|c| !hides(*c)).take(120).collect()
}

/// Control characters, and those of Unicode that change the direction of text, break lines or show nothing. The joiners
/// of scripts and emoji are not among them.
pub(crate) fn hides(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_hide_or_reorder_are_refused_and_those_of_scripts_are_not() {
        for bad in [
            "a\u{202e}b",
            "a\u{2066}b",
            "a\u{0}b",
            "a\nb",
            "a\u{1b}[2Jb",
            "a\u{200b}b",
            "a\u{2028}b",
            "\u{e0041}",
        ] {
            assert!(!is_line(bad, 500), "{bad:?}");
        }
        for good in [
            "Sketch",
            "صفحه\u{200c}آرا",
            "👩\u{200d}🔧",
            "<b>Sketch</b>",
            "café",
            "製図",
        ] {
            assert!(is_line(good, 500), "{good:?}");
        }
        assert!(is_text("two\nlines", 500) && !is_text("two\u{8}lines", 500));
        assert!(!is_line(&"a".repeat(501), 500) && !is_text(&"a".repeat(501), 500));
        assert_eq!(shortened("a\u{202e}b\n"), "ab");
    }
}
