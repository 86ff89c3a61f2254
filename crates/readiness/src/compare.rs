//! One fact against one value.
//!
//! A version is compared by as many numbers as the rule writes: `at_most "12"` holds for 12.5, `is "2.31"` for 2.31.4.
//! Words are compared without regard to case. A list of words holds a word if one of its entries has it as whole words,
//! so that `NVIDIA` is found in `NVIDIA GeForce RTX 3060`.

use crate::kind::Kind;
use std::cmp::Ordering;
use thiserror::Error;
use toolcrib_model::requirement::Operand;
use toolcrib_model::{ByteSize, Comparison, FactValue, Version};

/// Why a comparison makes no sense, whatever the computer.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Misfit {
    /// Not exactly one of the operators.
    #[error("exactly one of is, at_least, at_most, one_of, all_of and none_of must be given")]
    Operators,
    /// An operator for more and less on something that has no order.
    #[error("{kind} has no more or less: use is or one_of")]
    Unordered {
        /// The kind of the fact.
        kind: Kind,
    },
    /// The value is of another kind than the fact.
    #[error("`{operand}` is not {kind}")]
    Operand {
        /// The kind of the fact.
        kind: Kind,
        /// The value as it was written.
        operand: String,
    },
    /// A list of no values.
    #[error("{0} has no values")]
    NoChoice(&'static str),
    /// All of several values, asked of something that has only one.
    #[error("{kind} is one thing and cannot be all of several: use is or one_of")]
    NotSeveral {
        /// The kind of the fact.
        kind: Kind,
    },
}

/// The operator of a well-formed comparison, with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Equal to this.
    Is(Value),
    /// Not below this.
    AtLeast(Value),
    /// Not above this.
    AtMost(Value),
    /// Equal to one of these.
    OneOf(Vec<Value>),
    /// Every one of these is there.
    AllOf(Vec<Value>),
    /// Equal to none of these.
    NoneOf(Vec<Value>),
}

/// The value that a rule compares with, read for the fact's kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A word.
    Word(String),
    /// A count.
    Number(u64),
    /// A size.
    Size(ByteSize),
    /// The one to three numbers of a version that the rule writes.
    Version(Vec<u64>),
    /// Yes or no.
    Flag(bool),
}

/// Reads a comparison: one operator, and operands that fit the fact.
///
/// # Errors
/// [`Misfit`] says what does not fit; the same words come out of `lint`.
pub fn read(comparison: &Comparison) -> Result<Test, Misfit> {
    let kind = Kind::of(comparison.fact.name());
    let tests = [
        comparison.is.as_ref().map(|one| value(kind, one).map(Test::Is)),
        comparison
            .at_least
            .as_ref()
            .map(|one| ordered(kind, one).map(Test::AtLeast)),
        comparison
            .at_most
            .as_ref()
            .map(|one| ordered(kind, one).map(Test::AtMost)),
        comparison
            .one_of
            .as_ref()
            .map(|list| values(kind, "one_of", list).map(Test::OneOf)),
        comparison
            .all_of
            .as_ref()
            .map(|list| every(kind, list).map(Test::AllOf)),
        comparison
            .none_of
            .as_ref()
            .map(|list| values(kind, "none_of", list).map(Test::NoneOf)),
    ];
    let mut given = tests.into_iter().flatten();
    match (given.next(), given.next()) {
        (Some(test), None) => test,
        _ => Err(Misfit::Operators),
    }
}

fn values(kind: Kind, operator: &'static str, operands: &[Operand]) -> Result<Vec<Value>, Misfit> {
    if operands.is_empty() {
        return Err(Misfit::NoChoice(operator));
    }
    operands.iter().map(|operand| value(kind, operand)).collect()
}

fn every(kind: Kind, operands: &[Operand]) -> Result<Vec<Value>, Misfit> {
    if kind == Kind::Words {
        values(kind, "all_of", operands)
    } else {
        Err(Misfit::NotSeveral { kind })
    }
}

fn ordered(kind: Kind, operand: &Operand) -> Result<Value, Misfit> {
    if kind.is_ordered() {
        value(kind, operand)
    } else {
        Err(Misfit::Unordered { kind })
    }
}

fn value(kind: Kind, operand: &Operand) -> Result<Value, Misfit> {
    let read = match (kind, operand) {
        (Kind::Flag, Operand::Flag(flag)) => Some(Value::Flag(*flag)),
        (Kind::Number, Operand::Number(number)) => Some(Value::Number(*number)),
        (Kind::Size, Operand::Number(bytes)) => Some(Value::Size(ByteSize(*bytes))),
        (Kind::Size, Operand::Text(text)) => text.parse().ok().map(Value::Size),
        (Kind::Version, Operand::Text(text)) => version_numbers(text).map(Value::Version),
        (Kind::Word | Kind::Words, Operand::Text(text)) if !text.trim().is_empty() => {
            Some(Value::Word(text.trim().to_owned()))
        }
        _ => None,
    };
    read.ok_or_else(|| Misfit::Operand {
        kind,
        operand: written(operand),
    })
}

fn written(operand: &Operand) -> String {
    match operand {
        Operand::Flag(flag) => flag.to_string(),
        Operand::Number(number) => number.to_string(),
        Operand::Text(text) => text.escape_debug().take(100).collect(),
    }
}

/// One to three numbers: `12`, `22.04`, `2.36.1`. Anything else is no version that an operating system has.
fn version_numbers(text: &str) -> Option<Vec<u64>> {
    let numbers: Vec<u64> = text.trim().split('.').map(number).collect::<Option<_>>()?;
    (numbers.len() <= 3).then_some(numbers)
}

fn number(piece: &str) -> Option<u64> {
    let digits = !piece.is_empty() && piece.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| piece.parse().ok()).flatten()
}

impl Test {
    /// Whether `measured` passes; `None` if it is of another kind than its fact should be.
    pub fn passes(&self, measured: &FactValue) -> Option<bool> {
        match self {
            Self::Is(value) => equal(measured, value),
            Self::AtLeast(value) => order(measured, value).map(Ordering::is_ge),
            Self::AtMost(value) => order(measured, value).map(Ordering::is_le),
            Self::OneOf(values) => some(measured, values),
            Self::AllOf(values) => values
                .iter()
                .map(|value| equal(measured, value))
                .try_fold(true, |all, one| one.map(|equal| all && equal)),
            Self::NoneOf(values) => some(measured, values).map(|found| !found),
        }
    }
}

fn some(measured: &FactValue, values: &[Value]) -> Option<bool> {
    values
        .iter()
        .map(|value| equal(measured, value))
        .try_fold(false, |found, one| one.map(|equal| found || equal))
}

fn equal(measured: &FactValue, value: &Value) -> Option<bool> {
    match (measured, value) {
        (FactValue::Text(text), Value::Word(word)) => Some(folded(text) == folded(word)),
        (FactValue::Words(words), Value::Word(word)) => Some(words.iter().any(|entry| has_word(entry, word))),
        (FactValue::Flag(flag), Value::Flag(wanted)) => Some(flag == wanted),
        _ => order(measured, value).map(Ordering::is_eq),
    }
}

fn order(measured: &FactValue, value: &Value) -> Option<Ordering> {
    match (measured, value) {
        (FactValue::Number(number), Value::Number(wanted)) => Some(number.cmp(wanted)),
        (FactValue::Bytes(bytes), Value::Size(wanted)) => Some(ByteSize(*bytes).cmp(wanted)),
        (FactValue::Version(version), Value::Version(wanted)) => Some(order_of_versions(version, wanted)),
        _ => None,
    }
}

fn order_of_versions(measured: &Version, wanted: &[u64]) -> Ordering {
    let numbers = [measured.major, measured.minor, measured.patch];
    numbers
        .iter()
        .zip(wanted)
        .map(|(have, want)| have.cmp(want))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Whether `entry` has `word` in it, not as a piece of a longer word.
fn has_word(entry: &str, word: &str) -> bool {
    let (entry, word) = (folded(entry), folded(word));
    let is_edge = |neighbour: Option<char>| neighbour.is_none_or(|c| !c.is_alphanumeric());
    entry.match_indices(&word).any(|(at, found)| {
        is_edge(entry[..at].chars().next_back()) && is_edge(entry[at + found.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests;
