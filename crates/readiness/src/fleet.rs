//! A check of many computers: the report that a computer makes, and what the service believes of it.

use crate::judge::{judge, worst};
use crate::lint::{Fault, lint_all};
use crate::seal::Opened;
use jiff::Timestamp;
use std::collections::BTreeSet;
use thiserror::Error;
use toolcrib_model::{CheckId, Digest, FactKey, Facts, Language, ProductId, Requirement, Verdict};
use toolcrib_wire::readiness::{Bundle, Group, MachineReport, Ruling};
use toolcrib_wire::schema::Schema;

/// What a computer says of itself beside its facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Its name.
    pub machine: String,
    /// The SHA-256 of its public key.
    pub device: Digest,
    /// When.
    pub at: Timestamp,
    /// The measuring program.
    pub tool: String,
    /// The language of the texts.
    pub language: Language,
    /// What was measured.
    pub facts: Facts,
}

/// Every fault of a bundle's rules, those of its products first. A bundle with faults is not to be signed.
pub fn lint_bundle(bundle: &Bundle) -> Vec<Fault> {
    let products = bundle.products.iter().map(|product| &product.requirements);
    products
        .chain([&bundle.own])
        .flat_map(|requirements| lint_all(requirements))
        .collect()
}

/// Every fact that the bundle asks for.
pub fn wanted(bundle: &Bundle) -> BTreeSet<FactKey> {
    crate::wanted::wanted(lists(bundle).flat_map(|(_, requirements)| requirements))
}

/// Judges a computer by a bundle: the report that it signs.
pub fn report(bundle: &Opened<Bundle>, measured: Measured) -> MachineReport {
    let groups = groups(bundle.document(), &measured.facts, &measured.language);
    MachineReport {
        schema: Schema,
        check: bundle.document().check,
        bundle: bundle.payload(),
        machine: measured.machine,
        device: measured.device,
        measured_at: measured.at,
        tool: measured.tool,
        language: measured.language,
        verdict: worst(groups.iter().map(|group| group.verdict)),
        facts: measured.facts,
        groups,
    }
}

/// Why a report that is signed is still not believed.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mismatch {
    /// Made for another check.
    #[error("the report is about another check, {0}")]
    OtherCheck(CheckId),
    /// Judged by other rules, perhaps older ones of the same check.
    #[error("the report was made by other rules than these: run the newest bundle")]
    OtherBundle,
    /// It names another computer's key than the one that signed it.
    #[error("the report names another device than the one that signed it")]
    OtherDevice,
    /// Groups that are not the bundle's.
    #[error("the report does not answer the products of the check in their order")]
    Groups,
    /// Rules left out, added, or in another order.
    #[error("the report does not answer the rules of {} one by one", of(product))]
    Rules {
        /// The product; none for the admin's own rules.
        product: Option<ProductId>,
    },
    /// A verdict that does not follow from the facts.
    #[error("the report says {} for the rule `{rule}` of {}, and its facts say {}", word(*claimed), of(product), word(*judged))]
    Ruling {
        /// The product; none for the admin's own rules.
        product: Option<ProductId>,
        /// The rule's id.
        rule: String,
        /// What the report says.
        claimed: Verdict,
        /// What follows from its facts.
        judged: Verdict,
    },
    /// A sum that does not follow from its parts.
    #[error("the report says {} as a whole, and its rules say {}", word(*claimed), word(*judged))]
    Whole {
        /// What the report says.
        claimed: Verdict,
        /// What follows.
        judged: Verdict,
    },
}

/// Judges a report's facts again, by the rules that were signed: nobody's word is taken for a verdict.
///
/// # Errors
/// [`Mismatch`], with the first difference. Words are not compared, because a newer program may say things better.
pub fn rejudge(bundle: &Opened<Bundle>, report: &Opened<MachineReport>) -> Result<(), Mismatch> {
    let claimed = report.document();
    judge_origin(bundle, report)?;
    let judged = groups(bundle.document(), &claimed.facts, &claimed.language);
    let same = |(one, two): (&Group, &Group)| one.product == two.product && one.version == two.version;
    if judged.len() != claimed.groups.len() || !claimed.groups.iter().zip(&judged).all(same) {
        return Err(Mismatch::Groups);
    }
    for (said, found) in claimed.groups.iter().zip(&judged) {
        compare_rules(said, found)?;
        compare_whole(said.verdict, found.verdict)?;
    }
    compare_whole(claimed.verdict, worst(judged.iter().map(|group| group.verdict)))
}

fn judge_origin(bundle: &Opened<Bundle>, report: &Opened<MachineReport>) -> Result<(), Mismatch> {
    let claimed = report.document();
    if claimed.check != bundle.document().check {
        return Err(Mismatch::OtherCheck(claimed.check));
    }
    if claimed.bundle != bundle.payload() {
        return Err(Mismatch::OtherBundle);
    }
    match claimed.device == report.key_id() {
        true => Ok(()),
        false => Err(Mismatch::OtherDevice),
    }
}

fn compare_rules(said: &Group, found: &Group) -> Result<(), Mismatch> {
    let product = || said.product.clone();
    let ids = |group: &Group| -> Vec<String> { group.rules.iter().map(|rule| rule.id.clone()).collect() };
    if ids(said) != ids(found) {
        return Err(Mismatch::Rules { product: product() });
    }
    let differs = |(one, two): &(&Ruling, &Ruling)| one.verdict != two.verdict;
    match said.rules.iter().zip(&found.rules).find(differs) {
        None => Ok(()),
        Some((one, two)) => Err(Mismatch::Ruling {
            product: product(),
            rule: one.id.clone(),
            claimed: one.verdict,
            judged: two.verdict,
        }),
    }
}

fn compare_whole(claimed: Verdict, judged: Verdict) -> Result<(), Mismatch> {
    if claimed == judged {
        Ok(())
    } else {
        Err(Mismatch::Whole { claimed, judged })
    }
}

type Named<'a> = Option<&'a toolcrib_wire::readiness::CheckedProduct>;

/// The bundle's lists of rules in the order of a report's groups.
fn lists(bundle: &Bundle) -> impl Iterator<Item = (Named<'_>, &[Requirement])> {
    let products = bundle.products.iter();
    let products = products.map(|product| (Some(product), product.requirements.as_slice()));
    let own = (!bundle.own.is_empty()).then_some((None, bundle.own.as_slice()));
    products.chain(own)
}

fn groups(bundle: &Bundle, facts: &Facts, language: &Language) -> Vec<Group> {
    lists(bundle)
        .map(|(product, requirements)| {
            let judged = judge(requirements, facts, language);
            Group {
                product: product.map(|product| product.product.clone()),
                version: product.map(|product| product.version.clone()),
                verdict: judged.verdict,
                rules: judged.rules,
            }
        })
        .collect()
}

fn of(product: &Option<ProductId>) -> String {
    product
        .as_ref()
        .map_or_else(|| "the check itself".to_owned(), |id| format!("`{id}`"))
}

const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Warn => "warn",
        Verdict::Fail => "fail",
    }
}

#[cfg(test)]
mod tests;
