//! Facts: what a computer has, by name, measured or unknown with a reason. Never a guess.

mod key;
mod name;

pub use key::{BadFact, FactKey, RUNTIMES, Subject};
pub use name::{FactName, UnknownFact};

use crate::Version;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What was measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactValue {
    /// A word or a name.
    Text(String),
    /// A count.
    Number(u64),
    /// A size in bytes.
    Bytes(u64),
    /// A version.
    Version(Version),
    /// Yes or no.
    Flag(bool),
    /// Several words, in no order.
    Words(Vec<String>),
}

/// One fact: known, or unknown with the reason why it could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Measured.
    Known(FactValue),
    /// Not readable here, and why.
    Unknown(String),
}

/// All facts of one computer at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Facts(BTreeMap<FactKey, Fact>);

impl Facts {
    /// No facts yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Records a measured value.
    pub fn know(&mut self, key: impl Into<FactKey>, value: FactValue) {
        self.0.insert(key.into(), Fact::Known(value));
    }

    /// Records that a fact could not be read, and why.
    pub fn miss(&mut self, key: impl Into<FactKey>, reason: impl Into<String>) {
        self.0.insert(key.into(), Fact::Unknown(reason.into()));
    }

    /// The fact, or that nobody asked for it.
    pub fn fact(&self, key: impl Into<FactKey>) -> Fact {
        self.0
            .get(&key.into())
            .cloned()
            .unwrap_or_else(|| Fact::Unknown("it was not read".to_owned()))
    }

    /// All facts by name.
    pub fn iter(&self) -> impl Iterator<Item = (&FactKey, &Fact)> {
        self.0.iter()
    }

    /// Takes over what another probe found; its word counts where both have one.
    pub fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }
}

#[cfg(test)]
mod tests;
