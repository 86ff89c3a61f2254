//! The readiness of this computer, rule by rule.

use serde::Serialize;
use toolcrib_model::Verdict;
use ts_rs::TS;

/// The readiness of this computer for one product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ReportView {
    /// The worst verdict of all rules.
    #[ts(type = "Verdict")]
    pub verdict: Verdict,
    /// Every rule, in the vendor's order.
    pub rules: Vec<RuleView>,
}

/// One rule with what was measured (S-106).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RuleView {
    /// The rule's short name.
    pub id: String,
    /// What is asked for.
    pub text: String,
    /// How this computer stands to it.
    #[ts(type = "Verdict")]
    pub verdict: Verdict,
    /// What was measured, in words.
    pub measured: String,
    /// What is needed, in words.
    pub needed: String,
    /// What to do about it; `None` when it passed.
    pub fix: Option<String>,
    /// A page with more.
    pub link: Option<String>,
}
