//! Safe relative paths: the only names by which a package may speak of files.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;
use unicode_normalization::is_nfc;

/// The deepest path, counted in pieces.
pub const MAX_DEPTH: usize = 64;
/// The longest piece in bytes.
pub const MAX_PIECE_BYTES: usize = 255;
/// The longest path in bytes.
pub const MAX_PATH_BYTES: usize = 1024;

/// A path inside an install root: relative, downward, `/`-separated and legal on every platform.
///
/// The rules are those of Windows, macOS and Linux together, so that a package that is legal on one is legal on all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RelPath(String);

/// The path may not be used, and why.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("the path `{path}` is not allowed: {reason}")]
pub struct BadRelPath {
    /// The path, with characters that do not show made visible.
    pub path: String,
    /// The rule that it breaks.
    pub reason: &'static str,
}

impl RelPath {
    /// The path as text, `/`-separated.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its pieces, top first.
    pub fn pieces(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// The last piece.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// The folder that holds it, or `None` at the top.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(parent, _)| Self(parent.to_owned()))
    }

    /// Every folder above it, the top first.
    pub fn ancestors(&self) -> impl Iterator<Item = Self> {
        self.0
            .match_indices('/')
            .map(|(at, _)| Self(self.0[..at].to_owned()))
    }

    /// The key by which two paths that one file system may hold to be the same are found to be the same.
    pub fn folded(&self) -> String {
        fold(&self.0).into_owned()
    }

    /// Appends one more relative path below this one.
    ///
    /// # Errors
    /// [`BadRelPath`] when the whole becomes too long or too deep.
    pub fn join(&self, below: &Self) -> Result<Self, BadRelPath> {
        format!("{}/{}", self.0, below.0).parse()
    }
}

/// The key by which two paths that one file system may hold to be the same are found to be the same.
///
/// Upper case, then lower case, each letter by itself: so `ς` and `σ`, `ſ` and `s`, `ß` and `SS` meet, as they do on
/// systems that fold by either. Nothing is allocated for the many that are their own key.
pub fn fold(path: &str) -> Cow<'_, str> {
    let is_own_key = path
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_own_key {
        return Cow::Borrowed(path);
    }
    let upper = path.chars().flat_map(char::to_uppercase);
    Cow::Owned(upper.flat_map(char::to_lowercase).collect())
}

impl FromStr for RelPath {
    type Err = BadRelPath;

    fn from_str(raw: &str) -> Result<Self, BadRelPath> {
        let refuse = |reason| {
            Err(BadRelPath {
                path: raw.escape_debug().take(200).collect(),
                reason,
            })
        };
        if raw.len() > MAX_PATH_BYTES {
            return refuse("it is longer than 1,024 bytes");
        }
        if raw.split('/').count() > MAX_DEPTH {
            return refuse("it is deeper than 64 folders");
        }
        if !raw.is_ascii() && !is_nfc(raw) {
            return refuse("it is not composed (NFC), and would meet its composed twin on macOS");
        }
        match raw.split('/').find_map(fault_of_piece) {
            Some(reason) => refuse(reason),
            None => Ok(Self(raw.to_owned())),
        }
    }
}

fn fault_of_piece(piece: &str) -> Option<&'static str> {
    if piece.is_empty() {
        return Some("a piece is empty, or it begins or ends with a slash");
    }
    if piece == "." || piece == ".." {
        return Some("it goes up or stands still");
    }
    if piece.len() > MAX_PIECE_BYTES {
        return Some("a piece is longer than 255 bytes");
    }
    if piece.ends_with('.') || piece.ends_with(' ') || piece.starts_with(' ') {
        return Some("a piece ends with a dot, or begins or ends with a space");
    }
    if piece.chars().any(is_forbidden) {
        return Some("it holds a character that some system forbids or that does not show");
    }
    is_reserved(piece).then_some("a piece is a device name on Windows")
}

/// Characters that Windows forbids, controls, those that reorder, hide or break text, and those that are none.
fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
        || matches!(c, '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
        || matches!(c, '\u{fdd0}'..='\u{fdef}')
        || u32::from(c) & 0xfffe == 0xfffe
}

fn is_reserved(piece: &str) -> bool {
    let stem = piece
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_ascii_uppercase();
    let numbered = |word: &str| {
        stem.strip_prefix(word).is_some_and(|rest| {
            let mut rest = rest.chars();
            matches!(
                (rest.next(), rest.next()),
                (Some('0'..='9' | '¹' | '²' | '³'), None)
            )
        })
    };
    matches!(
        stem.as_str(),
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" | "CLOCK$"
    ) || numbered("COM")
        || numbered("LPT")
}

impl TryFrom<String> for RelPath {
    type Error = BadRelPath;
    fn try_from(raw: String) -> Result<Self, BadRelPath> {
        raw.parse()
    }
}

impl From<RelPath> for String {
    fn from(path: RelPath) -> Self {
        path.0
    }
}

impl fmt::Display for RelPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(raw: &str) -> bool {
        raw.parse::<RelPath>().is_ok()
    }

    #[test]
    fn ordinary_paths_pass() {
        for raw in [
            "a",
            "bin/zig",
            "lib/libc/include/x.h",
            ".hidden/file.tar.gz",
            "é/ü",
            "console",
            "com10",
            "aux-files/x",
        ] {
            assert!(check(raw), "{raw:?}");
        }
    }

    #[test]
    fn paths_that_leave_the_root_are_refused() {
        for raw in [
            "",
            "/etc/passwd",
            "..",
            "a/../b",
            "./a",
            "a//b",
            "a/",
            "C:/x",
            "\\\\host\\share",
            "a\\..\\b",
        ] {
            assert!(!check(raw), "{raw:?}");
        }
    }

    #[test]
    fn names_that_some_system_forbids_are_refused() {
        for raw in [
            "nul",
            "NUL.txt",
            "com1",
            "LPT9.log",
            "a.",
            "a ",
            " a",
            "a:b",
            "a*",
            "a\u{0}b",
            "a\u{202e}b",
            "a\u{2028}b",
            "a\u{61c}b",
            "a\u{ffff}",
        ] {
            assert!(!check(raw), "{raw:?}");
        }
    }

    #[test]
    fn only_composed_names_pass() {
        for (composed, decomposed) in [
            ("\u{e9}", "e\u{301}"),
            ("\u{304c}", "\u{304b}\u{3099}"),
            ("\u{ac00}", "\u{1100}\u{1161}"),
            ("\u{c5}", "\u{212b}"),
            ("k", "\u{212a}"),
        ] {
            assert!(check(composed) && !check(decomposed), "{composed}");
        }
        assert!(check("x\u{323}\u{302}"), "there is no composed form of this one");
    }

    #[test]
    fn names_that_some_system_takes_for_one_have_one_key() {
        for (one, other) in [
            ("Bin/ZIG", "bin/zig"),
            ("ΑΣ", "ας"),
            ("\u{17f}t", "ST"),
            ("stra\u{df}e", "STRASSE"),
            ("É", "é"),
            ("\u{fb01}x", "FIX"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
        assert_ne!(fold("a"), fold("b"));
    }

    #[test]
    fn depth_and_length_are_bounded() {
        assert!(check(&["d"; MAX_DEPTH].join("/")));
        assert!(!check(&["d"; MAX_DEPTH + 1].join("/")));
        assert!(!check(&"x".repeat(MAX_PIECE_BYTES + 1)));
    }

    #[test]
    fn ancestors_come_from_the_top() {
        let path: RelPath = "a/b/c".parse().expect("legal");
        let above: Vec<_> = path.ancestors().map(String::from).collect();
        assert_eq!(above, ["a", "a/b"]);
    }

    proptest! {
        #[test]
        fn an_accepted_path_never_has_a_piece_that_moves_elsewhere(raw in ".{0,40}") {
            if let Ok(path) = raw.parse::<RelPath>() {
                for piece in path.pieces() {
                    prop_assert!(!piece.is_empty() && piece != ".." && piece != ".");
                    prop_assert!(!piece.contains(['\\', ':', '\0']));
                }
            }
        }
    }
}
