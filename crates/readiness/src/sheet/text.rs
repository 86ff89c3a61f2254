//! The sheet for a terminal.

use super::{Sheet, sentence};
use toolcrib_model::Verdict;

/// Every rule with what was measured, what is needed and, where it does not pass, what to do.
pub fn text(sheet: &Sheet) -> String {
    let mut lines = vec![format!("{} on {}", sheet.title, sheet.machine)];
    for group in &sheet.groups {
        lines.push(format!("\n{}", group.heading));
        for rule in &group.rules {
            lines.push(format!(
                "  {}  {}: {} (needed: {})",
                mark(rule.verdict),
                rule.text,
                rule.measured,
                rule.needed
            ));
            let link = rule
                .link
                .as_ref()
                .map_or_else(String::new, |link| format!(" See {link}"));
            lines.extend(rule.fix.as_ref().map(|fix| format!("        {fix}{link}")));
        }
    }
    let counts = [Verdict::Pass, Verdict::Warn, Verdict::Fail].map(|verdict| sheet.count(verdict));
    let [pass, warn, fail] = counts;
    lines.push(format!(
        "\n{} {pass} pass, {warn} warn, {fail} fail.",
        sentence(sheet.verdict)
    ));
    // Names of computers and packages are not ours: nothing of them may steer a terminal.
    let plain = |letter: char| letter == '\n' || !letter.is_control();
    lines.join("\n").chars().filter(|letter| plain(*letter)).collect()
}

const fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Warn => "WARN",
        Verdict::Fail => "FAIL",
    }
}
