//! What can go wrong when rules are read; judging itself cannot fail.

use crate::lint::Fault;
use thiserror::Error;
use toolcrib_model::Remedy;

/// Rules that cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// More bytes than any list of rules has.
    #[error("the rules are {length} bytes long, more than the {limit} that are read")]
    RulesTooLong {
        /// Their length.
        length: usize,
        /// The most that is read.
        limit: usize,
    },
    /// Not JSON of the right shape, or a fact or operator that does not exist.
    #[error("the rules are not a readiness rules file")]
    ReadRules {
        /// What the parser says, with line and column.
        source: serde_json::Error,
    },
    /// Rules that make no sense.
    #[error("{}", in_a_row(.faults))]
    FaultyRules {
        /// Every fault.
        faults: Vec<Fault>,
    },
}

impl Error {
    /// What helps.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::RulesTooLong { .. } | Self::ReadRules { .. } | Self::FaultyRules { .. } => Remedy::AskUser,
        }
    }
}

fn in_a_row(faults: &[Fault]) -> String {
    let shown: Vec<_> = faults.iter().take(20).map(ToString::to_string).collect();
    shown.join("; ")
}
