//! Requirements: what a product needs of a computer, as data.

use crate::fact::FactName;
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
    pub text: String,
    /// What to do when it is not met.
    pub fix: String,
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

/// A condition over facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
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

/// One fact against one value; exactly one of the four operators is set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// The fact.
    pub fact: FactName,
    /// Equal to this, or for a list of words: contains it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<Operand>,
    /// Not below this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Operand>,
    /// Not above this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Operand>,
    /// Equal to one of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub one_of: Option<Vec<Operand>>,
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
            r#"{"id":"memory","text":"Memory","fix":"Add memory.",
                "minimum":{"all":[{"fact":"memory.total_bytes","at_least":"2 GiB"},{"not":{"fact":"os.family","is":"windows"}}]}}"#,
        )
        .expect("well formed");
        assert!(matches!(requirement.minimum, Some(Condition::All { all }) if all.len() == 2));
    }

    #[test]
    fn an_unknown_fact_or_operator_is_refused() {
        for raw in [
            r#"{"fact":"cpu.colour","is":"red"}"#,
            r#"{"fact":"os.family","like":"lin"}"#,
        ] {
            assert!(serde_json::from_str::<Condition>(raw).is_err(), "{raw}");
        }
    }
}
