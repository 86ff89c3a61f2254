//! Requirements: what a product needs of a computer, as data.

mod shape;

use crate::{FactKey, LocalText};
use serde::{Deserialize, Serialize};

/// One requirement with its text, its fix, and one or two bars.
///
/// Below `minimum` the verdict is fail, below `recommended` it is warn (S-106).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// A short name, unique in its product: `memory`.
    pub id: String,
    /// What is asked for, in a person's words: `Memory`.
    pub text: LocalText,
    /// What to do when it is not met.
    pub fix: LocalText,
    /// A page with more, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Without this the product does not run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Condition>,
    /// Without this the product does not run well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recommended: Option<Condition>,
}

/// A condition over facts. What is read must have exactly one of these shapes; a fault is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, try_from = "shape::Written")]
pub enum Condition {
    /// All of these.
    All {
        /// The conditions.
        all: Vec<Condition>,
    },
    /// At least one of these.
    Any {
        /// The conditions.
        any: Vec<Condition>,
    },
    /// Not this.
    Not {
        /// The condition.
        not: Box<Condition>,
    },
    /// One fact against one value.
    Test(Comparison),
}

/// One fact against one value or several; exactly one of the operators is set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The fact.
    pub fact: FactKey,
    /// Equal to this, or for a list of words: contains it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is: Option<Operand>,
    /// Not below this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Operand>,
    /// Not above this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Operand>,
    /// Equal to one of these, or for a list of words: contains one of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub one_of: Option<Vec<Operand>>,
    /// Contains every one of these; for lists of words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all_of: Option<Vec<Operand>>,
    /// Equal to none of these, or for a list of words: contains none of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub none_of: Option<Vec<Operand>>,
}

impl Comparison {
    /// A comparison that has no operator yet.
    pub fn of(fact: impl Into<FactKey>) -> Self {
        Self {
            fact: fact.into(),
            is: None,
            at_least: None,
            at_most: None,
            one_of: None,
            all_of: None,
            none_of: None,
        }
    }
}

/// What a fact is compared with: sizes are written with units (`"4 GiB"`), versions as text (`"2.31"`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Operand {
    /// Yes or no.
    Flag(bool),
    /// A count, or a size in bytes.
    Number(u64),
    /// A word, a size with its unit, or a version.
    Text(String),
}

/// The outcome of judging one requirement or a whole computer; ordered from good to bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Everything asked for is there.
    Pass,
    /// It will run, but not as it should; or it could not be measured.
    Warn,
    /// It will not run.
    Fail,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_requirement_is_read_as_it_is_written_in_a_product_file() {
        let requirement: Requirement = serde_json::from_str(
            r#"{"id":"memory","text":{"en":"Memory","de":"Speicher"},"fix":"Add memory.",
                "minimum":{"all":[{"fact":"memory.total_bytes","at_least":"2 GiB"},{"not":{"fact":"os.family","is":"windows"}}]}}"#,
        )
        .expect("well formed");
        assert!(matches!(requirement.minimum, Some(Condition::All { all }) if all.len() == 2));
    }

    #[test]
    fn a_condition_is_written_as_it_was_read() {
        let raw = r#"{"any":[{"fact":"cpu.features","all_of":["avx2","aes"]},{"not":{"fact":"port.free:80","is":true}}]}"#;
        let condition: Condition = serde_json::from_str(raw).expect("well formed");
        assert_eq!(serde_json::to_string(&condition).expect("written"), raw);
    }

    #[test]
    fn a_condition_of_another_shape_is_refused_with_the_reason() {
        for (raw, expected) in [
            (
                r#"{"fact":"cpu.colour","is":"red"}"#,
                "there is no fact named `cpu.colour`",
            ),
            (r#"{"fact":"os.family","like":"lin"}"#, "unknown field `like`"),
            (r#"{"fact":"port.free:x","is":true}"#, "`x` is not a port"),
            (
                r#"{"all":[],"any":[]}"#,
                "write exactly one of all, any, not and fact",
            ),
            (r#"{}"#, "write exactly one of all, any, not and fact"),
            (r#"{"all":[],"is":"x"}"#, "an operator needs a fact"),
        ] {
            let said = serde_json::from_str::<Condition>(raw).expect_err(raw).to_string();
            assert!(said.contains(expected), "{raw}: {said}");
        }
    }
}
