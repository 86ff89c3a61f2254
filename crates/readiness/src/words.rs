//! Facts, values and conditions in words for people. Sizes are shown in decimal units, as disks are sold.

mod labels;

pub(crate) use labels::{label_of, unit_of};

use crate::compare::{self, Test, Value};
use std::collections::BTreeSet;
use toolcrib_model::requirement::Operand;
use toolcrib_model::{ByteSize, Comparison, Condition, Fact, FactKey, FactValue, Facts};

/// How exactly sizes are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sizes {
    /// One digit in the largest fitting unit.
    Rounded,
    /// Every byte, for two sizes that would look the same.
    Exact,
}

/// What was measured for the facts that `conditions` ask for; a single fact needs no label.
pub(crate) fn measured(conditions: &[&Condition], facts: &Facts, sizes: Sizes) -> String {
    let mut names = BTreeSet::new();
    conditions
        .iter()
        .for_each(|condition| collect(condition, &mut names));
    let show = |key: &FactKey| fact(key, &facts.fact(key), sizes);
    match names.len() {
        0 => "nothing to measure".to_owned(),
        1 => names.iter().map(show).collect(),
        _ => names
            .iter()
            .map(|key| format!("{}: {}", label_of(key), show(key)))
            .collect::<Vec<_>>()
            .join("; "),
    }
}

/// The facts that a condition asks for.
pub(crate) fn collect(condition: &Condition, names: &mut BTreeSet<FactKey>) {
    match condition {
        Condition::All { all: inner } | Condition::Any { any: inner } => {
            inner.iter().for_each(|one| collect(one, names));
        }
        Condition::Not { not } => collect(not, names),
        Condition::Test(comparison) => {
            names.insert(comparison.fact.clone());
        }
    }
}

fn fact(key: &FactKey, fact: &Fact, sizes: Sizes) -> String {
    match fact {
        Fact::Known(value) => measured_value(value, sizes) + unit_of(key.name()),
        Fact::Unknown(reason) => format!("could not be measured: {reason}"),
    }
}

/// A measured value, sizes rounded.
pub(crate) fn value(key: &FactKey, value: &FactValue) -> String {
    measured_value(value, Sizes::Rounded) + unit_of(key.name())
}

fn measured_value(value: &FactValue, sizes: Sizes) -> String {
    match value {
        FactValue::Text(text) => text.clone(),
        FactValue::Number(number) => number.to_string(),
        FactValue::Bytes(bytes) => size(ByteSize(*bytes), sizes),
        FactValue::Version(version) => version.to_string(),
        FactValue::Flag(flag) => yes_or_no(*flag).to_owned(),
        FactValue::Words(words) if words.is_empty() => "none".to_owned(),
        FactValue::Words(words) => words.join(", "),
    }
}

/// What a condition asks for, sizes rounded.
pub fn in_words(condition: &Condition) -> String {
    needed(condition, Sizes::Rounded)
}

/// What a condition asks for; facts are named only where there are several.
pub(crate) fn needed(condition: &Condition, sizes: Sizes) -> String {
    match condition {
        Condition::Test(comparison) => test(comparison, sizes),
        several => labelled(several, sizes),
    }
}

fn labelled(condition: &Condition, sizes: Sizes) -> String {
    let each = |conditions: &[Condition], joint: &str| {
        conditions
            .iter()
            .map(|one| bracketed(one, sizes))
            .collect::<Vec<_>>()
            .join(joint)
    };
    match condition {
        Condition::All { all } if all.is_empty() => "nothing".to_owned(),
        Condition::Any { any } if any.is_empty() => "something that no computer has".to_owned(),
        Condition::All { all } => each(all, " and "),
        Condition::Any { any } => each(any, " or "),
        Condition::Not { not } => format!("not ({})", labelled(not, sizes)),
        Condition::Test(comparison) => format!("{} {}", label_of(&comparison.fact), test(comparison, sizes)),
    }
}

fn bracketed(condition: &Condition, sizes: Sizes) -> String {
    let inner = labelled(condition, sizes);
    let several =
        matches!(condition, Condition::All { all: list } | Condition::Any { any: list } if list.len() > 1);
    if several { format!("({inner})") } else { inner }
}

fn test(comparison: &Comparison, sizes: Sizes) -> String {
    let text = match compare::read(comparison) {
        Ok(Test::Is(value)) => wanted(&value, sizes),
        Ok(Test::AtLeast(value)) => format!("at least {}", wanted(&value, sizes)),
        Ok(Test::AtMost(value)) => format!("at most {}", wanted(&value, sizes)),
        Ok(Test::OneOf(values)) => joined(&values, " or ", sizes),
        Ok(Test::AllOf(values)) => joined(&values, " and ", sizes),
        Ok(Test::NoneOf(values)) => format!("not {}", joined(&values, " nor ", sizes)),
        Err(_) => return as_written(comparison),
    };
    text + unit_of(comparison.fact.name())
}

fn joined(values: &[Value], joint: &str, sizes: Sizes) -> String {
    let all: Vec<_> = values.iter().map(|value| wanted(value, sizes)).collect();
    all.join(joint)
}

/// A faulty rule is shown as its author wrote it.
fn as_written(comparison: &Comparison) -> String {
    let one = |operand: &Operand| match operand {
        Operand::Flag(flag) => flag.to_string(),
        Operand::Number(number) => number.to_string(),
        Operand::Text(text) => text.clone(),
    };
    let single = [&comparison.is, &comparison.at_least, &comparison.at_most]
        .into_iter()
        .flatten();
    let operands: Vec<_> = single
        .chain(
            [&comparison.one_of, &comparison.all_of, &comparison.none_of]
                .into_iter()
                .flatten()
                .flatten(),
        )
        .map(one)
        .collect();
    operands.join(", ")
}

fn wanted(value: &Value, sizes: Sizes) -> String {
    match value {
        Value::Word(word) => word.clone(),
        Value::Number(number) => number.to_string(),
        Value::Size(bytes) => size(*bytes, sizes),
        Value::Version(numbers) => numbers.iter().map(u64::to_string).collect::<Vec<_>>().join("."),
        Value::Flag(flag) => yes_or_no(*flag).to_owned(),
    }
}

fn size(bytes: ByteSize, sizes: Sizes) -> String {
    match sizes {
        Sizes::Rounded => bytes.to_string(),
        Sizes::Exact => format!("{} bytes", grouped(bytes.0)),
    }
}

/// `1234567` as `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<_> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(String::from_utf8_lossy)
        .collect();
    groups.join(",")
}

const fn yes_or_no(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str) -> String {
        needed(&serde_json::from_str(raw).expect("well formed"), Sizes::Rounded)
    }

    #[test]
    fn conditions_read_like_sentences() {
        let table = [
            (
                r#"{"fact":"memory.total_bytes","at_least":"2 GB"}"#,
                "at least 2.0 GB",
            ),
            (r#"{"fact":"os.libc_version","at_least":"2.31"}"#, "at least 2.31"),
            (
                r#"{"fact":"os.family","one_of":["linux","macos"]}"#,
                "linux or macos",
            ),
            (
                r#"{"not":{"fact":"os.libc","is":"musl"}}"#,
                "not (C library musl)",
            ),
            (
                r#"{"all":[{"fact":"os.family","is":"linux"},{"any":[{"fact":"cpu.cores","at_least":4},{"fact":"cpu.threads","at_least":8}]}]}"#,
                "operating system linux and (processor cores at least 4 or logical processors at least 8)",
            ),
            (r#"{"fact":"cpu.cores","at_least":"four"}"#, "four"),
            (
                r#"{"fact":"cpu.features","all_of":["avx2","aes"]}"#,
                "avx2 and aes",
            ),
            (
                r#"{"any":[{"fact":"software.version:libssl3","none_of":["3.0.1","3.0.2"]}]}"#,
                "version of libssl3 not 3.0.1 nor 3.0.2",
            ),
        ];
        for (raw, expected) in table {
            assert_eq!(check(raw), expected);
        }
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(
            ["0", "999", "1,000", "2,147,483,648"].map(String::from),
            [0, 999, 1_000, 2 << 30].map(grouped)
        );
    }
}
