//! The report: what a page, a terminal or a fleet shows of one computer.

use serde::{Deserialize, Serialize};
use toolcrib_model::Verdict;
use toolcrib_wire::schema::Schema;

/// How one computer fares against a list of requirements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The shape of this document.
    pub schema: Schema<1>,
    /// The worst verdict of all rules; pass if there are none.
    pub verdict: Verdict,
    /// Every rule, in the order in which it was asked.
    pub rules: Vec<Ruling>,
}

/// How one requirement fares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// The requirement's id.
    pub id: String,
    /// What is asked for, in a person's words.
    pub text: String,
    /// The verdict.
    pub verdict: Verdict,
    /// What was measured, or why it could not be.
    pub measured: String,
    /// What is needed: the bar that decided.
    pub needed: String,
    /// What to do; absent when the rule passes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<String>,
    /// A page with more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

impl Report {
    pub(crate) fn of(rules: Vec<Ruling>) -> Self {
        let verdict = rules
            .iter()
            .map(|ruling| ruling.verdict)
            .max()
            .unwrap_or(Verdict::Pass);
        Self {
            schema: Schema,
            verdict,
            rules,
        }
    }
}
