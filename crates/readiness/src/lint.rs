//! Faults of requirements that show without any computer: what the vendor is told before anything is published.

use crate::compare::{self, Misfit};
use std::collections::BTreeSet;
use thiserror::Error;
use toolcrib_model::{Condition, FactKey, LocalText, Requirement};

/// The deepest nesting of conditions that anybody can still read.
pub const MAX_DEPTH: usize = 16;
/// The longest text, fix or link in bytes.
pub const MAX_TEXT_BYTES: usize = 4_096;

/// What is wrong with a requirement.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("requirement `{requirement}`: {flaw}")]
pub struct Fault {
    /// The requirement's id.
    pub requirement: String,
    /// What is wrong.
    pub flaw: Flaw,
}

/// One way to be wrong.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Flaw {
    /// The id is not a short word.
    #[error("its id is not 1 to 64 of a-z, 0-9 and `-`")]
    Id,
    /// Two requirements of one list have this id.
    #[error("another requirement has the same id")]
    Twice,
    /// A text for people is missing or endless.
    #[error("its {0} is empty or longer than 4,096 bytes")]
    Text(&'static str),
    /// The link leads elsewhere than to a page.
    #[error("its link is not an https address")]
    Link,
    /// Neither minimum nor recommended.
    #[error("it asks for nothing: give minimum, recommended or both")]
    AsksNothing,
    /// `all` or `any` of nothing.
    #[error("`{0}` has no conditions")]
    Empty(&'static str),
    /// Nested too deeply.
    #[error("its conditions are nested deeper than 16")]
    Deep,
    /// A comparison that makes no sense.
    #[error("{fact}: {misfit}")]
    Comparison {
        /// The fact's name.
        fact: FactKey,
        /// What does not fit.
        misfit: Misfit,
    },
}

/// Every fault of one requirement; none if it is sound.
pub fn lint(requirement: &Requirement) -> Vec<Fault> {
    let mut flaws = Vec::new();
    lint_texts(requirement, &mut flaws);
    if requirement.minimum.is_none() && requirement.recommended.is_none() {
        flaws.push(Flaw::AsksNothing);
    }
    for condition in requirement.minimum.iter().chain(&requirement.recommended) {
        lint_condition(condition, 1, &mut flaws);
    }
    flaws
        .into_iter()
        .map(|flaw| Fault {
            requirement: requirement.id.clone(),
            flaw,
        })
        .collect()
}

/// Every fault of a list of requirements, ids used twice among them.
pub fn lint_all(requirements: &[Requirement]) -> Vec<Fault> {
    let mut seen = BTreeSet::new();
    let twice = requirements
        .iter()
        .filter(|requirement| !seen.insert(&requirement.id));
    let twice: Vec<_> = twice
        .map(|requirement| Fault {
            requirement: requirement.id.clone(),
            flaw: Flaw::Twice,
        })
        .collect();
    requirements.iter().flat_map(lint).chain(twice).collect()
}

fn lint_texts(requirement: &Requirement, flaws: &mut Vec<Flaw>) {
    let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !(1..=64).contains(&requirement.id.len()) || !requirement.id.bytes().all(legal) {
        flaws.push(Flaw::Id);
    }
    for (what, text) in [("text", &requirement.text), ("fix", &requirement.fix)] {
        if !is_text(text) {
            flaws.push(Flaw::Text(what));
        }
    }
    let leads_away = |link: &String| !link.starts_with("https://") || link.len() > MAX_TEXT_BYTES;
    if requirement.link.as_ref().is_some_and(leads_away) {
        flaws.push(Flaw::Link);
    }
}

/// At least one text, and every one says something.
fn is_text(text: &LocalText) -> bool {
    let sound = |text: &str| !text.trim().is_empty() && text.len() <= MAX_TEXT_BYTES;
    text.all().next().is_some() && text.all().all(sound)
}

fn lint_condition(condition: &Condition, depth: usize, flaws: &mut Vec<Flaw>) {
    if depth > MAX_DEPTH {
        if !flaws.contains(&Flaw::Deep) {
            flaws.push(Flaw::Deep);
        }
        return;
    }
    match condition {
        Condition::All { all } if all.is_empty() => flaws.push(Flaw::Empty("all")),
        Condition::Any { any } if any.is_empty() => flaws.push(Flaw::Empty("any")),
        Condition::All { all: inner } | Condition::Any { any: inner } => {
            inner.iter().for_each(|one| lint_condition(one, depth + 1, flaws));
        }
        Condition::Not { not } => lint_condition(not, depth + 1, flaws),
        Condition::Test(comparison) => {
            let fact = comparison.fact.clone();
            flaws.extend(
                compare::read(comparison)
                    .err()
                    .map(|misfit| Flaw::Comparison { fact, misfit }),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::{space_rule, writable_rule};

    fn requirement(changes: &str) -> Requirement {
        let mut whole = serde_json::json!({"id": "memory", "text": "Memory", "fix": "Add memory.",
            "minimum": {"fact": "memory.total_bytes", "at_least": "2 GiB"}});
        let changes: serde_json::Value = serde_json::from_str(changes).expect("well formed");
        for (name, value) in changes.as_object().expect("an object") {
            whole[name] = value.clone();
        }
        serde_json::from_value(whole).expect("well formed")
    }

    fn check(changes: &str) -> Vec<String> {
        lint(&requirement(changes))
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn sound_requirements_have_no_faults() {
        assert_eq!(check("{}"), Vec::<String>::new());
        assert_eq!(lint_all(&[space_rule(1), writable_rule()]), Vec::new());
    }

    #[test]
    fn every_fault_is_named_with_its_requirement() {
        let table = [
            (
                r#"{"id":"Big Memory"}"#,
                "requirement `Big Memory`: its id is not 1 to 64 of a-z, 0-9 and `-`",
            ),
            (
                r#"{"fix":" "}"#,
                "requirement `memory`: its fix is empty or longer than 4,096 bytes",
            ),
            (
                r#"{"text":{}}"#,
                "requirement `memory`: its text is empty or longer than 4,096 bytes",
            ),
            (
                r#"{"text":{"en":"Memory","de":""}}"#,
                "requirement `memory`: its text is empty or longer than 4,096 bytes",
            ),
            (
                r#"{"link":"javascript:alert(1)"}"#,
                "requirement `memory`: its link is not an https address",
            ),
            (
                r#"{"minimum":null}"#,
                "requirement `memory`: it asks for nothing: give minimum, recommended or both",
            ),
            (
                r#"{"minimum":{"any":[]}}"#,
                "requirement `memory`: `any` has no conditions",
            ),
            (
                r#"{"recommended":{"not":{"fact":"cpu.cores","at_least":"4"}}}"#,
                "requirement `memory`: cpu.cores: `4` is not a whole number",
            ),
        ];
        for (changes, expected) in table {
            assert_eq!(check(changes), [expected]);
        }
    }

    #[test]
    fn an_id_may_be_used_only_once_in_a_list() {
        let faults = lint_all(&[requirement("{}"), requirement("{}")]);
        assert_eq!(
            faults,
            [Fault {
                requirement: "memory".into(),
                flaw: Flaw::Twice
            }]
        );
    }

    #[test]
    fn conditions_nested_beyond_reading_are_refused_once() {
        let mut nested = r#"{"fact":"cpu.cores","at_least":4}"#.to_owned();
        for _ in 0..MAX_DEPTH {
            nested = format!(r#"{{"not":{nested}}}"#);
        }
        assert_eq!(
            check(&format!(r#"{{"minimum":{nested}}}"#)),
            ["requirement `memory`: its conditions are nested deeper than 16"]
        );
    }
}
