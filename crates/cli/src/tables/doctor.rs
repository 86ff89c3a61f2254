//! What was looked at: a line each, with what helps below what is wrong.

use super::word;
use toolcrib_client::doctor::Finding;
use toolcrib_client::view::{CheckView, DoctorView};
use toolcrib_model::Verdict;

/// The widest name of what is looked at.
const WIDTH: usize = 15;

/// Everything that was looked at, what helps, and the host names to allow.
pub(crate) fn doctor(found: &DoctorView) -> String {
    let mut lines: Vec<_> = found
        .server
        .iter()
        .map(|server| format!("account service: {server}"))
        .collect();
    lines.extend(found.checks.iter().flat_map(of_check));
    if !found.hosts.is_empty() {
        lines.push(format!(
            "to be allowed by firewalls and proxies, on port 443: {}",
            found.hosts.join(", ")
        ));
    }
    lines.join("\n")
}

fn of_check(check: &CheckView) -> Vec<String> {
    let subject = word(&check.subject);
    let mut lines = vec![format!("{:<5} {subject:<WIDTH$} {}", mark(check), check.found)];
    let below = |name: &str, text: &str| format!("{:<5} {:<WIDTH$} {name}: {text}", "", "");
    lines.extend(check.advice.iter().map(|advice| below("help", advice)));
    lines.extend(check.whom.words().map(|whom| below("ask", whom)));
    lines
}

const fn mark(check: &CheckView) -> &'static str {
    match (check.finding, check.verdict) {
        (Finding::NotLookedAt, _) => "-",
        (_, Verdict::Pass) => "ok",
        (_, Verdict::Warn) => "warn",
        (_, Verdict::Fail) => "FAIL",
    }
}
