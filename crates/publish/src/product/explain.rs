//! Turns what a parser says into what a vendor can act on: the line, the fault, what to do.

use crate::Error;
use camino::Utf8Path;
use serde::Deserialize as _;
use toml::{Spanned, Value};
use toolcrib_model::fact::BadFact;
use toolcrib_model::{Condition, FactKey, FactName};

/// A fault of the product file, by its place in the text.
#[derive(Debug)]
pub(super) struct Problem {
    at: usize,
    fault: String,
    advice: String,
}

impl Problem {
    pub(super) fn new(at: usize, fault: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            at,
            fault: fault.into(),
            advice: advice.into(),
        }
    }

    /// What the TOML parser found; an unknown key gets its nearest neighbour as advice.
    pub(super) fn of_toml(error: toml::de::Error) -> Self {
        let at = error.span().map_or(0, |span| span.start);
        let message = error.message();
        let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
        match (message.starts_with("unknown "), &quoted[..]) {
            (true, [found, known @ ..]) => {
                let kind = if message.starts_with("unknown field") {
                    "key"
                } else {
                    "value"
                };
                Self::new(at, format!("unknown {kind} `{found}`"), suggest(found, known))
            }
            (true, []) | (false, _) => Self::new(at, message, "see docs/protocol/package.md, 1.8"),
        }
    }

    pub(super) fn at(self, path: &Utf8Path, raw: &str) -> Error {
        let before = raw.get(..self.at).unwrap_or(raw);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        Error::ProductFile {
            path: path.to_owned(),
            line,
            fault: self.fault,
            advice: self.advice,
        }
    }
}

/// Reads a condition; where it is not one, says which piece is wrong.
pub(super) fn condition(value: Spanned<Value>) -> Result<Condition, Problem> {
    let at = value.span().start;
    let value = value.into_inner();
    Condition::deserialize(value.clone()).map_err(|_| {
        let (fault, advice) = fault_of(&value);
        Problem::new(at, fault, advice)
    })
}

const SHAPES: &str =
    "write { fact = \"memory.total_bytes\", at_least = \"4 GiB\" }, or all, any or not of such";
const KEYS: [&str; 7] = ["fact", "is", "at_least", "at_most", "one_of", "all_of", "none_of"];

fn fault_of(value: &Value) -> (String, String) {
    let Value::Table(table) = value else {
        return ("a condition is not a table".to_owned(), SHAPES.to_owned());
    };
    for name in ["all", "any"] {
        if let Some(Value::Array(inner)) = table.get(name) {
            let broken = inner
                .iter()
                .find(|one| Condition::deserialize((*one).clone()).is_err());
            return broken.map_or_else(|| shape_fault(table), fault_of);
        }
    }
    match table.get("not") {
        Some(inner) if Condition::deserialize(inner.clone()).is_err() => fault_of(inner),
        _ => comparison_fault(table),
    }
}

fn comparison_fault(table: &toml::Table) -> (String, String) {
    let Some(Value::String(fact)) = table.get("fact") else {
        return shape_fault(table);
    };
    if let Err(bad) = fact.parse::<FactKey>() {
        return (bad.to_string(), advice_about(&bad, fact));
    }
    match table.keys().find(|key| !KEYS.contains(&key.as_str())) {
        Some(key) => (format!("unknown operator `{key}`"), suggest(key, &KEYS[1..])),
        None => shape_fault(table),
    }
}

fn advice_about(bad: &BadFact, written: &str) -> String {
    let known: Vec<&str> = FactName::ALL.iter().map(|name| name.as_str()).collect();
    match bad {
        BadFact::Name(_) => suggest(written, &known),
        BadFact::Needless(_) | BadFact::Missing { .. } | BadFact::Subject { .. } => {
            "see docs/protocol/readiness.md, 2".to_owned()
        }
    }
}

fn shape_fault(_: &toml::Table) -> (String, String) {
    ("a condition is not well formed".to_owned(), SHAPES.to_owned())
}

/// The nearest known word, or all of them.
fn suggest(found: &str, known: &[&str]) -> String {
    let nearest = known.iter().min_by_key(|word| distance(found, word));
    match nearest {
        Some(word) if distance(found, word) <= found.len().max(word.len()) / 2 => {
            format!("did you mean `{word}`?")
        }
        _ => format!("use one of: {}", known.join(", ")),
    }
}

/// How many letters are to be changed, added or removed to get from one word to another.
fn distance(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.chars().count()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in to.chars().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}
