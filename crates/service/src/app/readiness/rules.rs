//! What a product needs, whatever the computer runs: the requirements of all platforms of a release in one list.

use crate::catalogue::Need;
use std::collections::BTreeSet;
use toolcrib_model::requirement::Operand;
use toolcrib_model::{Comparison, Condition, FactName, Platform, Requirement};
use toolcrib_readiness::with_usual_rules;

/// The id of the rule that asks for one of the release's platforms.
const PLATFORM_RULE: &str = "platform";
/// The longest id of a rule.
const MAX_ID: usize = 64;

/// The requirements of a release. What all its platforms ask alike is asked once; what only one asks is asked only of
/// computers of that platform.
pub(super) fn requirements(needs: &[Need]) -> Vec<Requirement> {
    let lists: Vec<(Platform, Vec<Requirement>)> = needs
        .iter()
        .map(|need| {
            (
                need.platform,
                with_usual_rules(&need.requirements, need.installed_bytes),
            )
        })
        .collect();
    let common = |rule: &Requirement| lists.iter().all(|(_, rules)| rules.contains(rule));
    let mut combined: Vec<Requirement> = platform_rule(needs).into_iter().collect();
    for (platform, rules) in &lists {
        for rule in rules {
            let rule = match common(rule) {
                true => rule.clone(),
                false => only_on(*platform, rule),
            };
            if !combined.iter().any(|known| known.id == rule.id) {
                combined.push(rule);
            }
        }
    }
    combined
}

fn platform_rule(needs: &[Need]) -> Option<Requirement> {
    let platforms: BTreeSet<Platform> = needs.iter().map(|need| need.platform).collect();
    let any: Option<Vec<Condition>> = platforms.iter().map(|platform| is(*platform)).collect();
    let names: Vec<&str> = platforms.iter().map(|platform| platform.as_str()).collect();
    let any = any.filter(|any| !any.is_empty())?;
    Some(Requirement {
        id: PLATFORM_RULE.to_owned(),
        text: "System and processor".into(),
        fix: format!(
            "Use a computer of one of the kinds that the product is made for: {}.",
            names.join(", ")
        )
        .into(),
        link: None,
        minimum: Some(Condition::Any { any }),
        recommended: None,
    })
}

/// The condition for a platform; none for what runs everywhere.
fn is(platform: Platform) -> Option<Condition> {
    let (family, architecture) = platform.as_str().split_once('-')?;
    let word = |fact, value: &str| {
        Condition::Test(Comparison {
            is: Some(Operand::Text(value.to_owned())),
            ..Comparison::of(fact)
        })
    };
    Some(Condition::All {
        all: vec![
            word(FactName::OsFamily, family),
            word(FactName::Architecture, architecture),
        ],
    })
}

fn only_on(platform: Platform, rule: &Requirement) -> Requirement {
    let Some(here) = is(platform) else {
        return rule.clone();
    };
    let elsewhere = Condition::Not { not: Box::new(here) };
    let lifted = |bar: &Option<Condition>| {
        bar.clone().map(|bar| Condition::Any {
            any: vec![elsewhere.clone(), bar],
        })
    };
    let ending = format!("-{}", platform.as_str().replace('_', "-"));
    let kept: String = rule
        .id
        .chars()
        .take(MAX_ID.saturating_sub(ending.len()))
        .collect();
    Requirement {
        id: format!("{kept}{ending}"),
        minimum: lifted(&rule.minimum),
        recommended: lifted(&rule.recommended),
        ..rule.clone()
    }
}

#[cfg(test)]
#[path = "rules/tests.rs"]
mod tests;
