//! A computer's readiness with all that was measured, for the command line and for files.

use super::{ReportView, RuleView};
use crate::Error;
use camino::Utf8Path;
use jiff::Timestamp;
use serde::Serialize;
use toolcrib_machine::files;
use toolcrib_model::{Fact, FactName, FactValue, Facts, Language, Platform};
use toolcrib_readiness::sheet::{self, Sheet};
use toolcrib_wire::readiness::{Report, Ruling};

/// What `toolcrib check` answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadinessView {
    /// What was checked: a product with its version, or a rules file.
    pub title: String,
    /// The computer's name.
    pub machine: String,
    /// When it was measured.
    pub measured_at: Timestamp,
    /// The verdict, and every rule.
    #[serde(flatten)]
    pub report: Report,
    /// Every fact, known or unknown with the reason.
    pub facts: Facts,
    #[serde(skip)]
    language: Language,
}

impl ReadinessView {
    pub(crate) fn new(title: &str, report: Report, facts: Facts, language: Language) -> Self {
        let machine = match facts.fact(FactName::HostName) {
            Fact::Known(FactValue::Text(name)) => name,
            Fact::Known(_) | Fact::Unknown(_) => "a computer without a name".to_owned(),
        };
        Self {
            title: title.to_owned(),
            machine,
            measured_at: Timestamp::now(),
            report,
            facts,
            language,
        }
    }

    /// Writes a page that needs nothing else, for the screen and for paper.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_html(&self, path: &Utf8Path) -> Result<(), Error> {
        files::replace(path, sheet::html(&self.sheet()).as_bytes()).map_err(Error::Machine)
    }

    /// Writes a table for spreadsheets.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_csv(&self, path: &Utf8Path) -> Result<(), Error> {
        files::replace(path, sheet::csv(&self.sheet()).as_bytes()).map_err(Error::Machine)
    }

    fn sheet(&self) -> Sheet {
        Sheet {
            title: self.title.clone(),
            machine: self.machine.clone(),
            measured_at: self.measured_at,
            tool: format!("toolcrib {} {}", env!("CARGO_PKG_VERSION"), Platform::current()),
            language: self.language.clone(),
            verdict: self.report.verdict,
            groups: Vec::new(),
            facts: self.facts.clone(),
        }
        .with_rules("Requirements", self.report.clone())
    }
}

/// Every fact by its name in words, or why it is unknown.
pub fn said(facts: &Facts) -> Vec<(String, String)> {
    let each = facts.iter().map(|(key, fact)| {
        let (text, is_known) = sheet::said(key, fact);
        (
            key.to_string(),
            if is_known {
                text
            } else {
                format!("unknown: {text}")
            },
        )
    });
    each.collect()
}

impl From<Report> for ReportView {
    fn from(report: Report) -> Self {
        Self {
            verdict: report.verdict,
            rules: report.rules.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Ruling> for RuleView {
    fn from(ruling: Ruling) -> Self {
        Self {
            id: ruling.id,
            text: ruling.text,
            verdict: ruling.verdict,
            measured: ruling.measured,
            needed: ruling.needed,
            fix: ruling.fix,
            link: ruling.link,
        }
    }
}
