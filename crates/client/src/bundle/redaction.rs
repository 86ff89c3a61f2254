//! What a stranger must not read: whose it is, where it lies, and everything that opens a door.

use camino::Utf8Path;

/// What is put in place of a secret.
const SECRET: &str = "(removed)";
/// What is put in place of an address of a person.
const PERSON: &str = "(a person)";
/// How leases begin.
const LEASE: &str = "v4.public.";
/// A run of letters and digits as long as this may be a token or a key. Digests are as long and go, too: a support case
/// can do without them.
const LONG: usize = 40;
/// Names whose values go, whatever they are.
const NAMED: [&str; 8] = [
    "serial",
    "token",
    "password",
    "secret",
    "authorization",
    "bearer",
    "refresh",
    "access",
];

/// Takes out of a text what does not belong into a stranger's hands.
pub(super) struct Redaction {
    folders: Vec<(String, &'static str)>,
}

impl Redaction {
    /// For this home and this person.
    pub(super) fn here(home: &Utf8Path) -> Self {
        let person = std::env::var(if cfg!(windows) { "USERPROFILE" } else { "HOME" });
        let person = person.ok().filter(|folder| folder.len() > 1);
        let mut folders = vec![(home.to_string(), "(home of toolcrib)")];
        folders.extend(person.map(|folder| (folder, "~")));
        Self { folders }
    }

    /// The text without it.
    pub(super) fn of(&self, text: &str) -> String {
        let mut lines = text
            .lines()
            .map(|line| self.line(line))
            .collect::<Vec<_>>()
            .join("\n");
        lines.push('\n');
        lines
    }

    fn line(&self, line: &str) -> String {
        let placed = self
            .folders
            .iter()
            .fold(line.to_owned(), |line, (folder, shown)| {
                line.replace(folder, shown)
            });
        match named_value(&placed) {
            Some(kept) => format!("{kept} \"{SECRET}\","),
            None => words(&placed),
        }
    }
}

/// What stands before the value of a member of JSON whose name says that it is secret.
fn named_value(line: &str) -> Option<&str> {
    let (name, _) = line.split_once(':')?;
    let is_member = name.trim_start().starts_with('"');
    let bare = name.trim().trim_matches('"').to_ascii_lowercase();
    let is_secret = NAMED
        .iter()
        .any(|secret| bare.split('_').any(|word| word == *secret));
    (is_member && is_secret).then(|| &line[..=name.len()])
}

/// Word by word: addresses of persons, leases, and long runs that may be tokens.
fn words(line: &str) -> String {
    let is_part = |character: char| character.is_ascii_alphanumeric() || "@.-_+/=%".contains(character);
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let end = rest
            .find(|character: char| is_part(character) != is_part(first))
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        out.push_str(if is_part(first) { shown(word) } else { word });
        rest = after;
    }
    out
}

fn shown(word: &str) -> &str {
    let is_token = |piece: &str| piece.len() >= LONG && piece.bytes().any(|byte| byte.is_ascii_digit());
    if word.contains(LEASE) || word.split(['.', '/', '=']).any(is_token) {
        SECRET
    } else if word.contains('@') && word.len() > 2 {
        PERSON
    } else {
        word
    }
}
