//! Words of command lines and scripts: whatever is in them, a shell takes each for one word and runs nothing of it.

/// A word for `sh`.
pub(super) fn sh_word(text: &str) -> String {
    format!("'{}'", shown(text).replace('\'', "'\\''"))
}

/// A word for PowerShell, of ASCII only: it takes typographic quotes for quotes, and Windows PowerShell reads the bytes of
/// other letters as other characters, quotes among them. What is not ASCII becomes a question mark.
pub(super) fn powershell_word(text: &str) -> String {
    let ascii = shown(text).replace(|letter: char| !letter.is_ascii(), "?");
    format!("'{}'", ascii.replace('\'', "''"))
}

/// A word that every shell takes as it is, if it is harmless; else one for `sh` and PowerShell.
pub(super) fn any_word(text: &str) -> String {
    let harmless = |letter: char| letter.is_ascii_alphanumeric() || "._:/+@-".contains(letter);
    let bare = !text.is_empty() && !text.starts_with('-') && text.chars().all(harmless);
    if bare { text.to_owned() } else { sh_word(text) }
}

/// Without what does not show, and steers a terminal.
fn shown(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}

/// Puts values in the places of `«name»`, in one pass: whatever is in a value, it is no place again.
pub(super) fn fill(template: &str, values: &[(&str, String)]) -> String {
    let mut pieces = template.split('«');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once('»').unwrap_or((piece, ""));
        let value = values.iter().find(|(known, _)| *known == name);
        text.push_str(value.map_or("", |(_, value)| value));
        text.push_str(rest);
    }
    text
}

#[cfg(test)]
mod tests;
