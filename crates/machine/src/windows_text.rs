//! How Windows writes paths and commands. Pure, and the same on every system, so that what is drafted for Windows can be
//! judged anywhere.

/// A path as Windows itself writes it: with backslashes only.
pub fn path(path: &str) -> String {
    path.replace('/', r"\")
}

/// A command: its program, as a path, and its other words.
pub fn command<'a>(program: &str, arguments: impl IntoIterator<Item = &'a str>) -> String {
    let words = arguments.into_iter().map(quoted);
    let words: Vec<String> = std::iter::once(quoted(&path(program))).chain(words).collect();
    words.join(" ")
}

/// A word by the rules that Windows programs read their command line by: backslashes count only before a quote.
pub(crate) fn quoted(word: &str) -> String {
    let mut text = String::from('"');
    let mut backslashes = 0;
    for letter in word.chars() {
        if letter == '\\' {
            backslashes += 1;
            continue;
        }
        let count = if letter == '"' {
            backslashes * 2 + 1
        } else {
            backslashes
        };
        text.extend(std::iter::repeat_n('\\', count));
        text.push(letter);
        backslashes = 0;
    }
    text.extend(std::iter::repeat_n('\\', backslashes * 2));
    text + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_as_programs_read_them() {
        let table = [
            ("", r#""""#),
            ("a b", r#""a b""#),
            (r"C:\a b\", r#""C:\a b\\""#),
            (r#"say "a\""#, r#""say \"a\\\"""#),
        ];
        for (word, expected) in table {
            assert_eq!(quoted(word), expected);
        }
    }

    #[test]
    fn a_command_names_its_program_as_windows_writes_paths() {
        assert_eq!(
            command(r"C:\apps\draft/bin/draft.exe", ["--open", "a/b"]),
            r#""C:\apps\draft\bin\draft.exe" "--open" "a/b""#
        );
    }
}
