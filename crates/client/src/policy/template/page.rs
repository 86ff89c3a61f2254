//! The table of keys on the page for administrators.

use crate::policy::Key;
use crate::policy::table::{Choice, Group, Kind, Part, row};

/// All rows, with their head.
pub(super) fn table() -> String {
    let rows = Key::ALL.map(|key| {
        let row = row(key);
        let (value, registry) = (value(row.kind), registry(row.kind));
        format!("| `{key}` | {value} | {registry} | {} |\n", row.words)
    });
    let head = "| Key | Value | In the registry | What it does |\n|---|---|---|---|\n";
    let schema = "| `schema` | `1` | not needed | has to be in a JSON file |\n";
    format!("{head}{schema}{}", rows.concat())
}

fn value(kind: Kind) -> String {
    match kind {
        Kind::Text(shape) | Kind::List(shape) | Kind::Table(shape) => shape.to_owned(),
        Kind::Groups(groups) => held("an object", groups),
        Kind::Choice(choices) => words(choices.iter().map(|Choice { word, .. }| *word)),
        Kind::Number { least, most } => format!("{least} to {most}"),
    }
}

fn registry(kind: Kind) -> String {
    match kind {
        Kind::Text(_) | Kind::Choice(_) => "`REG_SZ`".to_owned(),
        Kind::Number { .. } => "`REG_DWORD`".to_owned(),
        Kind::List(_) => "a key with `REG_SZ` values `1`, `2`, …; or one `REG_MULTI_SZ`".to_owned(),
        Kind::Table(_) => "a key with a `REG_SZ` for each".to_owned(),
        Kind::Groups(groups) => held("a key", groups),
    }
}

/// What holds the values of groups, and which those are.
fn held(holder: &str, groups: &[Group]) -> String {
    let group = |group: &Group| {
        let names = words(group.parts.iter().map(|Part { name, .. }| *name));
        match group.member {
            None => format!("{holder} with {names}"),
            Some(member) => format!("in it {holder} `{member}` with {names}"),
        }
    };
    groups.iter().map(group).collect::<Vec<_>>().join("; ")
}

fn words<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
