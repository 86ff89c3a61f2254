//! Names that no archive may have, and pairs that no archive may have together.

/// Names that leave the place where they belong, that some system forbids, or that deceive.
pub(super) fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let mut names = Vec::new();
    let mut class = |what, of: &[&str]| names.extend(of.iter().map(|name| (what, name.as_bytes().to_vec())));
    class(
        "traversal",
        &[
            "..",
            "../x",
            "a/..",
            "a/../b",
            "a/../../x",
            "../../../../etc/cron.d/x",
            "./a",
            "a/./b",
            "a//b",
            ".../x",
            "a/. ./b",
            "a\\..\\..\\x",
        ],
    );
    class(
        "absolute",
        &[
            "/etc/x",
            "//host/share/x",
            "C:/x",
            "C:x",
            "c:\\x",
            "\\x",
            "\\\\host\\share\\x",
            "\\\\?\\C:\\x",
            "file:///x",
        ],
    );
    class(
        "Windows",
        &[
            "nul",
            "NUL.txt",
            "con",
            "aux.h",
            "x/prn/y",
            "com1",
            "COM\u{b9}",
            "LPT9.log",
            "CONIN$",
            "clock$",
            "nul .txt",
            "a:stream",
            "a.",
            "a ",
            " a",
        ],
    );
    class(
        "bad",
        &[
            "a\0b",
            "a\u{1}b",
            "a\u{7f}",
            "a\nb",
            "a*",
            "a?",
            "a\"b",
            "a<b",
            "a>b",
            "a|b",
            "a\u{202e}fdp.exe",
            "a\u{200d}b",
            "a\u{2028}b",
            "a\u{feff}",
            "a\u{ffff}",
            "e\u{301}",
            "\u{1100}\u{1161}",
            "\u{212a}",
        ],
    );
    names.extend([
        ("bad", vec![b'a', 0xff]),
        ("bad", b"x".repeat(256)),
        ("bad", b"d/".repeat(64).into_iter().chain(*b"x").collect()),
        (
            "bad",
            b"ddddddddd/".repeat(103).into_iter().chain(*b"x").collect(),
        ),
    ]);
    names
}

/// Pairs of names that some system takes for one, or of which one lies below the other.
pub(super) fn meeting() -> Vec<[&'static str; 2]> {
    vec![
        ["a/b", "a/b"],
        ["a/b", "A/b"],
        ["a/b", "a/B"],
        ["é", "É"],
        ["ασ", "ας"],
        ["ΑΣ", "ας"],
        ["\u{17f}t", "ST"],
        ["stra\u{df}e", "STRASSE"],
        ["\u{fb01}x", "FIX"],
        ["a", "a/b"],
        ["a/b", "a"],
        ["A", "a/b"],
        ["D/x", "d/y"],
    ]
}
