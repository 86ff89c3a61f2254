//! Whether this computer is ready, and what an installation would do.

use super::{size, table};
use toolcrib_client::view::{ComponentView, PlanView, ReportView, VolumeView};
use toolcrib_model::{Facts, Verdict};

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Warn => "WARN",
        Verdict::Fail => "FAIL",
    }
}

/// The readiness of this computer, with what to do about each shortcoming.
pub(crate) fn report(report: &ReportView) -> String {
    let rows = report.rules.iter().map(|rule| {
        [
            verdict(rule.verdict).to_owned(),
            rule.text.clone(),
            rule.measured.clone(),
            rule.needed.clone(),
        ]
    });
    let mut text = table(["", "REQUIREMENT", "MEASURED", "NEEDED"], rows);
    for rule in report.rules.iter().filter(|rule| rule.verdict != Verdict::Pass) {
        let fix = rule.fix.as_deref().unwrap_or("There is no advice for this.");
        let link = rule
            .link
            .as_ref()
            .map_or_else(String::new, |link| format!(" See {link}."));
        text.push_str(&format!("\n{}: {fix}{link}", rule.text));
    }
    let sum = match report.verdict {
        Verdict::Pass => "This computer is ready.",
        Verdict::Warn => "This computer will do, but not well.",
        Verdict::Fail => "This computer is not ready.",
    };
    format!("{text}\n{sum}")
}

/// Everything that was measured, or why it was not.
pub(crate) fn facts(facts: &Facts) -> String {
    facts_below(facts, "")
}

/// The facts whose names begin so.
pub(crate) fn facts_below(facts: &Facts, beginning: &str) -> String {
    let rows = toolcrib_client::view::said(facts)
        .into_iter()
        .filter(|(name, _)| name.starts_with(beginning))
        .map(|(name, text)| [name, text]);
    table(["FACT", "MEASURED"], rows)
}

/// What an installation is going to do.
pub(crate) fn plan(plan: &PlanView) -> String {
    let chosen = plan.components.iter().filter(|part| part.selected);
    let chosen: Vec<_> = chosen.map(component).collect();
    let mut lines = vec![
        format!("{} {} into {}", plan.name, plan.version, plan.folder),
        chosen.join(", "),
        sizes(plan),
    ];
    let told = plan.tells_volumes.then_some(&plan.volumes);
    lines.extend(told.into_iter().flatten().map(volume));
    let how = match plan.runs_scripts {
        true => "runs once, shut in the release's own folder",
        false => "would run with --allow-scripts, shut in the release's own folder",
    };
    let scripts = plan.scripts.iter();
    lines.extend(scripts.map(|script| format!("{how}: {script}")));
    let left_out = plan.left_out.iter();
    lines.extend(left_out.map(|hook| format!("left out: {} ({})", hook.what, hook.reason)));
    lines.join("\n")
}

fn volume(volume: &VolumeView) -> String {
    let too_little = if volume.is_short { ": too little room" } else { "" };
    let (needed, free) = (size(volume.needed_bytes), size(volume.free_bytes));
    format!(
        "volume {}: {needed} needed, {free} free{too_little}",
        volume.mount
    )
}

fn component(part: &ComponentView) -> String {
    match part.shared_with.is_empty() {
        true => part.name.clone(),
        false => format!("{} (shared with {})", part.name, part.shared_with.join(", ")),
    }
}

fn sizes(plan: &PlanView) -> String {
    let shared = match plan.shared_bytes {
        0 => String::new(),
        bytes => format!(" ({} of them there already)", size(bytes)),
    };
    let there = match plan.peak_bytes.saturating_sub(plan.needed_bytes) {
        0 => String::new(),
        bytes => format!(" ({} of them there already)", size(bytes)),
    };
    format!(
        "{} to download ({} are here already), {} on the disk{shared}, {} at the peak{there}, {} free",
        size(plan.fetch_bytes),
        size(plan.held_bytes),
        size(plan.installed_bytes),
        size(plan.peak_bytes),
        size(plan.free_bytes),
    )
}
