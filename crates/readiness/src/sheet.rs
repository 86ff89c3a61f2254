//! One computer's readiness on a sheet: as a page, as a table for spreadsheets, as plain text.

mod csv;
mod html;
mod text;

pub use csv::csv;
pub use html::html;
pub use text::text;

use jiff::Timestamp;
use toolcrib_model::{Fact, FactKey, Facts, Language, Verdict};
use toolcrib_wire::readiness::{Bundle, MachineReport, Report, Ruling};

/// What stands on the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What was checked.
    pub title: String,
    /// The computer's name.
    pub machine: String,
    /// When the facts were measured.
    pub measured_at: Timestamp,
    /// The program that measured.
    pub tool: String,
    /// The language of the author's texts.
    pub language: Language,
    /// The worst verdict.
    pub verdict: Verdict,
    /// The rules, group by group.
    pub groups: Vec<Section>,
    /// All that was measured.
    pub facts: Facts,
}

/// The rules of one product, or of the check itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Whose rules these are.
    pub heading: String,
    /// The worst verdict.
    pub verdict: Verdict,
    /// The rules.
    pub rules: Vec<Ruling>,
}

impl Sheet {
    /// The sheet of a report that was made by a bundle.
    pub fn of_report(bundle: &Bundle, report: &MachineReport) -> Self {
        let heading = |group: &toolcrib_wire::readiness::Group| {
            let named = bundle
                .products
                .iter()
                .find(|one| Some(&one.product) == group.product.as_ref());
            named.map_or_else(
                || "Own rules".to_owned(),
                |product| format!("{} {}", product.name, product.version),
            )
        };
        let groups = report.groups.iter().map(|group| Section {
            heading: heading(group),
            verdict: group.verdict,
            rules: group.rules.clone(),
        });
        Self {
            title: bundle.title.for_reader(&report.language).to_owned(),
            machine: report.machine.clone(),
            measured_at: report.measured_at,
            tool: report.tool.clone(),
            language: report.language.clone(),
            verdict: report.verdict,
            groups: groups.collect(),
            facts: report.facts.clone(),
        }
    }

    /// The same with one list of rules.
    #[must_use]
    pub fn with_rules(mut self, heading: &str, report: Report) -> Self {
        self.verdict = report.verdict;
        self.groups = vec![Section {
            heading: heading.to_owned(),
            verdict: report.verdict,
            rules: report.rules,
        }];
        self
    }

    /// How many rules came out so.
    pub fn count(&self, verdict: Verdict) -> usize {
        let rules = self.groups.iter().flat_map(|group| &group.rules);
        rules.filter(|rule| rule.verdict == verdict).count()
    }
}

/// A fact in words, and whether it is known; else the words say why not.
pub fn said(key: &FactKey, fact: &Fact) -> (String, bool) {
    match fact {
        Fact::Known(value) => (crate::words::value(key, value), true),
        Fact::Unknown(reason) => (reason.clone(), false),
    }
}

/// The verdict in a word.
const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Warn => "warn",
        Verdict::Fail => "fail",
    }
}

/// What the verdict means, in a sentence.
const fn sentence(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "This computer is ready.",
        Verdict::Warn => "This computer will do, but not everything is as it should be.",
        Verdict::Fail => "This computer is not ready.",
    }
}

#[cfg(test)]
mod tests;
