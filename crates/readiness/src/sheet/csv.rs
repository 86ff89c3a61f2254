//! The sheet as a table for spreadsheets (RFC 4180): one line a rule.

use super::{Sheet, word};

const HEAD: [&str; 11] = [
    "machine",
    "measured_at",
    "checked",
    "group",
    "rule",
    "requirement",
    "verdict",
    "measured",
    "needed",
    "fix",
    "link",
];
/// What spreadsheets take for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Lines of a table, each ended as the standard says. A cell that a spreadsheet would take for a formula gets an
/// apostrophe before it: facts come from computers that are not ours.
pub fn csv(sheet: &Sheet) -> String {
    let mut lines = vec![line(&HEAD)];
    let measured_at = sheet.measured_at.to_string();
    for group in &sheet.groups {
        lines.extend(group.rules.iter().map(|rule| {
            line(&[
                &sheet.machine,
                &measured_at,
                &sheet.title,
                &group.heading,
                &rule.id,
                &rule.text,
                word(rule.verdict),
                &rule.measured,
                &rule.needed,
                rule.fix.as_deref().unwrap_or_default(),
                rule.link.as_deref().unwrap_or_default(),
            ])
        }));
    }
    lines.concat()
}

fn line(cells: &[&str]) -> String {
    let cells: Vec<_> = cells.iter().map(|cell| quoted(cell)).collect();
    cells.join(",") + "\r\n"
}

fn quoted(cell: &str) -> String {
    let safe = if cell.starts_with(FORMULA) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if safe.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", safe.replace('"', "\"\""))
    } else {
        safe
    }
}
