//! The export as comma-separated values (RFC 4180), safe to open in a spreadsheet.

use super::export::{Line, Whole, change_word, state_word, verdict_word};

const HEAD: [&str; 12] = [
    "computer",
    "state",
    "verdict",
    "change",
    "product",
    "asked for",
    "finding",
    "measured",
    "needed",
    "what to do",
    "accepted",
    "reported at",
];

/// Writes one line for each computer and finding, and one for each silent computer.
pub(super) fn write(whole: &Whole) -> Vec<u8> {
    // Without this mark spreadsheets take the text for one of the last century.
    let mut out = String::from("\u{feff}");
    push(&mut out, HEAD);
    for line in &whole.lines {
        push(&mut out, cells(line).each_ref().map(String::as_str));
    }
    for name in &whole.silent {
        let mut cells = [""; 12];
        (cells[0], cells[1]) = (name, "silent");
        push(&mut out, cells);
    }
    out.into_bytes()
}

/// The cells of a line, in the order of the head.
pub(super) fn cells(line: &Line) -> [String; 12] {
    let of = line.finding.as_ref();
    let text = |pick: fn(&super::export::LineFinding) -> &str| {
        of.map_or_else(String::new, |finding| pick(finding).to_owned())
    };
    [
        line.machine.clone(),
        state_word(line.state).to_owned(),
        verdict_word(line.verdict).to_owned(),
        change_word(line.change).to_owned(),
        text(|finding| &finding.product),
        text(|finding| &finding.text),
        text(|finding| verdict_word(finding.verdict)),
        text(|finding| &finding.measured),
        text(|finding| &finding.needed),
        text(|finding| &finding.fix),
        text(|finding| if finding.accepted { "yes" } else { "no" }),
        line.received_at.to_string(),
    ]
}

/// The head of the cells.
pub(super) const fn head() -> [&'static str; 12] {
    HEAD
}

fn push(out: &mut String, cells: [&str; 12]) {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push('"');
        out.push_str(&harmless(cell).replace('"', "\"\""));
        out.push('"');
    }
    out.push_str("\r\n");
}

/// A text that a spreadsheet takes for a formula is kept from being one by an apostrophe before it.
fn harmless(cell: &str) -> String {
    let begins = cell.trim_start_matches(' ').chars().next();
    match begins {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => {
            format!("'{cell}")
        }
        _ => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::export::tests::nasty;
    use super::*;

    #[test]
    fn nothing_that_a_computer_wrote_becomes_a_formula() {
        let text = String::from_utf8(write(&nasty())).expect("text");
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert!(
            lines[1].starts_with("\"'-2+3+cmd|' /C calc'!A0\",\"not ready\""),
            "{}",
            lines[1]
        );
        assert!(
            lines[1].contains("\"'=HYPERLINK(\"\"https://x.example\"\")\""),
            "{}",
            lines[1]
        );
        assert!(lines[2].starts_with("\"'@silent\",\"silent\""), "{}", lines[2]);
        assert_eq!(harmless("  =1"), "'  =1");
        assert_eq!(harmless("8 GB"), "8 GB");
    }
}
