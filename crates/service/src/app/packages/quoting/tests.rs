use super::*;

/// What a vendor, an operator or a thief might put into a name.
const HOSTILE: [&str; 14] = [
    "",
    "plain",
    "two words",
    "it's",
    "''' '",
    "'; touch here; '",
    "$(touch here)",
    "`touch here`",
    "\" && touch here \"",
    "\\",
    "-n",
    "«address»",
    "*!~?[a]{b,c}#&|<>",
    "‘touch here’ ‚ ‛ Grüße ő 日本",
];

#[cfg(unix)]
#[test]
fn whatever_a_word_holds_a_shell_takes_it_for_one_word() {
    for text in HOSTILE {
        for word in [sh_word(text), any_word(text)] {
            let mut shell = std::process::Command::new("sh");
            let line = format!("set -- {word}; printf '%s|%s' \"$#\" \"$1\"");
            let said = shell.args(["-c", &line]).output().expect("a shell");
            assert_eq!(
                String::from_utf8_lossy(&said.stdout),
                format!("1|{text}"),
                "{word}"
            );
        }
    }
}

#[test]
fn a_word_for_powershell_is_ascii_and_every_quote_in_it_is_doubled() {
    for text in HOSTILE {
        let word = powershell_word(text);
        let inner = word.strip_prefix('\'').and_then(|word| word.strip_suffix('\''));
        let inner = inner.expect("in quotes");
        assert!(!inner.replace("''", "").contains('\''), "{word}");
        assert!(word.is_ascii(), "{word}");
    }
    assert_eq!(powershell_word("it's ‘ő’"), "'it''s ???'");
}

#[test]
fn what_steers_a_terminal_is_left_out() {
    assert_eq!(sh_word("a\u{1b}[2J\nb\0"), "'a[2Jb'");
    assert_eq!(powershell_word("a\r\nb"), "'ab'");
}

#[test]
fn a_harmless_word_stays_as_it_is() {
    let harmless = "https://crib.example:8443/tools";
    assert_eq!(any_word(harmless), harmless);
}

#[test]
fn a_value_is_never_a_place_for_another_value() {
    let values = [("a", "«b»".to_owned()), ("b", "second".to_owned())];
    assert_eq!(fill("«a» «b» «a»!", &values), "«b» second «b»!");
}
