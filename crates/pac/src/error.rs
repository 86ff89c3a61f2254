//! What can be wrong with a script.

use std::time::Duration;
use thiserror::Error;
use toolcrib_model::Remedy;

/// An act on a script that failed.
#[derive(Debug, Error)]
#[expect(missing_docs, reason = "the fields are what was found and the cause")]
pub enum Error {
    /// Fetching it.
    #[error("the script cannot be fetched")]
    Fetch { source: toolcrib_net::Error },
    /// Reading it from a file.
    #[error("the script cannot be read")]
    Read { source: toolcrib_machine::Error },
    /// Reading it from a file that is not there.
    #[error("there is no script at `{path}`")]
    Missing { path: String },
    /// Finding out what it is made of.
    #[error("the script cannot be understood: {reason}")]
    NotUnderstood { reason: String },
    /// Finding its function.
    #[error("the script has no function `FindProxyForURL`")]
    NoFunction,
    /// Asking it.
    #[error("the script failed: {reason}")]
    Failed { reason: String },
    /// Waiting for it.
    #[error("the script did not answer within {} seconds", limit.as_secs_f32())]
    TookTooLong { limit: Duration },
    /// Reading its answer.
    #[error("the script answered `{answer}`, which names no way")]
    NoWay { answer: String },
    /// Starting a thread for it.
    #[error("the script cannot be run")]
    Start { source: std::io::Error },
}

impl Error {
    /// What helps.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Fetch { source } => source.remedy(),
            Self::Read { source } => source.remedy(),
            Self::Start { .. } => Remedy::RetryAfter(Duration::from_secs(1)),
            Self::Missing { .. }
            | Self::NotUnderstood { .. }
            | Self::NoFunction
            | Self::Failed { .. }
            | Self::TookTooLong { .. }
            | Self::NoWay { .. } => Remedy::AskUser,
        }
    }

    /// What is wrong, with its cause, without a full stop.
    pub fn sentence(&self) -> String {
        match self {
            Self::Fetch { source } => format!("{self}: {source}"),
            Self::Read { source } => format!("{self}: {source}"),
            Self::Start { source } => format!("{self}: {source}"),
            Self::Missing { .. }
            | Self::NotUnderstood { .. }
            | Self::NoFunction
            | Self::Failed { .. }
            | Self::TookTooLong { .. }
            | Self::NoWay { .. } => self.to_string(),
        }
    }
}
