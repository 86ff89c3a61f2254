//! Conditions with three outcomes: it holds, it does not, or nobody can tell (strong Kleene logic).
//!
//! An unknown fact only matters where it decides: `any` of a condition that holds and one that cannot be told holds.

use crate::compare;
use crate::words;
use toolcrib_model::{Comparison, Condition, Fact, Facts};

/// What became of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    Holds,
    /// It does not hold.
    Broken,
    /// It cannot be told, and why.
    Unknown(Vec<String>),
}

/// Judges one condition against the facts.
pub fn truth(condition: &Condition, facts: &Facts) -> Truth {
    match condition {
        Condition::All { all } => all
            .iter()
            .map(|one| truth(one, facts))
            .fold(Truth::Holds, Truth::and),
        Condition::Any { any } => not(any
            .iter()
            .map(|one| not(truth(one, facts)))
            .fold(Truth::Holds, Truth::and)),
        Condition::Not { not: inner } => not(truth(inner, facts)),
        Condition::Test(comparison) => test(comparison, facts),
    }
}

fn test(comparison: &Comparison, facts: &Facts) -> Truth {
    let label = words::label_of(&comparison.fact);
    let test = match compare::read(comparison) {
        Ok(test) => test,
        Err(misfit) => return Truth::Unknown(vec![format!("{label}: the rule is faulty: {misfit}")]),
    };
    let value = match facts.fact(&comparison.fact) {
        Fact::Known(value) => value,
        Fact::Unknown(reason) => return Truth::Unknown(vec![format!("{label}: {reason}")]),
    };
    match test.passes(&value) {
        Some(true) => Truth::Holds,
        Some(false) => Truth::Broken,
        None => Truth::Unknown(vec![format!("{label}: it was measured as something else")]),
    }
}

fn not(truth: Truth) -> Truth {
    match truth {
        Truth::Holds => Truth::Broken,
        Truth::Broken => Truth::Holds,
        unknown @ Truth::Unknown(_) => unknown,
    }
}

impl Truth {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Broken, _) | (_, Self::Broken) => Self::Broken,
            (Self::Holds, other) | (other, Self::Holds) => other,
            (Self::Unknown(mut reasons), Self::Unknown(more)) => {
                reasons.extend(
                    more.into_iter()
                        .filter(|reason| !reasons.contains(reason))
                        .collect::<Vec<_>>(),
                );
                Self::Unknown(reasons)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use toolcrib_model::{FactName, FactValue};

    fn facts() -> Facts {
        let mut facts = Facts::new();
        facts.know(FactName::DiskWritable, FactValue::Flag(true));
        facts.know(FactName::IsAdmin, FactValue::Flag(false));
        facts.miss(FactName::GpuNames, "no driver answered");
        facts
    }

    const HOLDS: &str = r#"{"fact":"disk.writable","is":true}"#;
    const BROKEN: &str = r#"{"fact":"rights.is_admin","is":true}"#;
    const UNKNOWN: &str = r#"{"fact":"gpu.names","is":"NVIDIA"}"#;

    fn check(raw: &str) -> char {
        match truth(&serde_json::from_str(raw).expect("well formed"), &facts()) {
            Truth::Holds => 'h',
            Truth::Broken => 'b',
            Truth::Unknown(_) => '?',
        }
    }

    #[test]
    fn all_and_any_follow_the_three_valued_tables() {
        let cells = [HOLDS, BROKEN, UNKNOWN];
        let table = |word: &str| -> String {
            cells
                .iter()
                .flat_map(|a| {
                    cells
                        .iter()
                        .map(move |b| check(&format!(r#"{{"{word}":[{a},{b}]}}"#)))
                })
                .collect()
        };
        assert_eq!(table("all"), "hb?bbb?b?");
        assert_eq!(table("any"), "hhhhb?h??");
    }

    #[test]
    fn not_of_an_unknown_stays_unknown() {
        let outcomes: String = [HOLDS, BROKEN, UNKNOWN]
            .map(|inner| check(&format!(r#"{{"not":{inner}}}"#)))
            .iter()
            .collect();
        assert_eq!(outcomes, "bh?");
    }

    #[test]
    fn an_empty_all_holds_and_an_empty_any_does_not() {
        assert_eq!((check(r#"{"all":[]}"#), check(r#"{"any":[]}"#)), ('h', 'b'));
    }

    #[test]
    fn an_unknown_says_which_fact_and_why_and_says_it_once() {
        let twice: Condition =
            serde_json::from_str(&format!(r#"{{"all":[{UNKNOWN},{UNKNOWN}]}}"#)).expect("well formed");
        let reasons = vec!["graphics adapters: no driver answered".to_owned()];
        assert_eq!(truth(&twice, &facts()), Truth::Unknown(reasons));
    }

    #[test]
    fn a_faulty_rule_is_unknown_and_not_a_failure() {
        assert_eq!(check(r#"{"fact":"cpu.cores","is":"many"}"#), '?');
    }

    fn condition() -> impl Strategy<Value = Condition> {
        let leaf = prop_oneof![Just(HOLDS), Just(BROKEN), Just(UNKNOWN)]
            .prop_map(|raw| serde_json::from_str::<Condition>(raw).expect("well formed"));
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(|all| Condition::All { all }),
                prop::collection::vec(inner.clone(), 0..4).prop_map(|any| Condition::Any { any }),
                inner.prop_map(|not| Condition::Not { not: Box::new(not) }),
            ]
        })
    }

    proptest! {
        #[test]
        fn learning_an_unknown_fact_never_turns_a_settled_answer_round(condition in condition(), present: bool) {
            let before = truth(&condition, &facts());
            let mut learnt = facts();
            let names = if present { vec!["NVIDIA".to_owned()] } else { Vec::new() };
            learnt.know(FactName::GpuNames, FactValue::Words(names));
            let after = truth(&condition, &learnt);
            prop_assert!(!matches!(after, Truth::Unknown(_)));
            if !matches!(before, Truth::Unknown(_)) {
                prop_assert_eq!(before, after);
            }
        }

        #[test]
        fn the_order_of_conditions_decides_nothing(mut several in prop::collection::vec(condition(), 0..6), by in 0_usize..6) {
            let outcome = |several: &[Condition]| {
                let kind = |truth| match truth {
                    Truth::Holds => 'h',
                    Truth::Broken => 'b',
                    Truth::Unknown(_) => '?',
                };
                let all = Condition::All { all: several.to_vec() };
                let any = Condition::Any { any: several.to_vec() };
                (kind(truth(&all, &facts())), kind(truth(&any, &facts())))
            };
            let before = outcome(&several);
            let middle = by.min(several.len());
            several.rotate_left(middle);
            prop_assert_eq!(outcome(&several), before);
            several.reverse();
            prop_assert_eq!(outcome(&several), before);
        }

        #[test]
        fn not_and_all_and_any_obey_de_morgan(one in condition(), two in condition()) {
            let not = |inner: &Condition| Condition::Not { not: Box::new(inner.clone()) };
            let left = not(&Condition::All { all: vec![one.clone(), two.clone()] });
            let right = Condition::Any { any: vec![not(&one), not(&two)] };
            prop_assert_eq!(truth(&left, &facts()), truth(&right, &facts()));
        }
    }
}
