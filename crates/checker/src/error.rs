//! What can go wrong, and what to do about it.

use camino::Utf8PathBuf;
use thiserror::Error;
use toolcrib_model::Remedy;
use toolcrib_readiness::fleet::Mismatch;
use toolcrib_readiness::seal::Refused;

/// An act that failed.
#[derive(Debug, Error)]
pub(crate) enum Error {
    /// No rules.
    #[error("there is no bundle of rules at `{path}`")]
    NoBundle { path: Utf8PathBuf },
    /// A file that is not there.
    #[error("there is no file `{path}`")]
    NoFile { path: Utf8PathBuf },
    /// Something on this computer.
    #[error(transparent)]
    Machine(#[from] toolcrib_machine::Error),
    /// A signed file that is not believed.
    #[error("the file `{path}` is refused")]
    Refused { path: Utf8PathBuf, source: Refused },
    /// Signed rules that make no sense.
    #[error("the rules are signed, but faulty: {faults}")]
    Faulty { faults: String },
    /// Rules that are no longer wanted.
    #[error("the check ended on {at}")]
    Expired { at: String },
    /// A signed file of a kind that is not known.
    #[error("the file `{path}` is not a bundle, a report or a sign-off")]
    UnknownKind { path: Utf8PathBuf },
    /// A report whose verdicts do not follow from its facts.
    #[error("the report is signed, but not true")]
    Untrue { source: Mismatch },
    /// A sign-off whose counts are not those of its computers.
    #[error("the counts of the sign-off are not those of its computers")]
    Miscounted,
    /// A document that cannot be written as JSON.
    #[error("the report could not be written as JSON")]
    Encode { source: serde_json::Error },
    /// No address to send to.
    #[error("these rules name no address for reports")]
    NoAddress,
    /// An address that nothing is sent to.
    #[error("reports cannot be sent to that address")]
    BadAddress { source: toolcrib_net::BadUrl },
    /// The network.
    #[error("the report could not be sent")]
    Send { source: toolcrib_net::Error },
    /// The service said no.
    #[error("the service refused the report with status {status}: {detail}")]
    NotTaken { status: u16, detail: String },
    /// No threads.
    #[error("no network can be set up on this computer")]
    Runtime { source: std::io::Error },
}

impl Error {
    /// What helps.
    pub(crate) fn remedy(&self) -> Remedy {
        match self {
            Self::Machine(_)
            | Self::NoBundle { .. }
            | Self::NoFile { .. }
            | Self::Faulty { .. }
            | Self::Expired { .. }
            | Self::UnknownKind { .. }
            | Self::Untrue { .. }
            | Self::Miscounted
            | Self::NoAddress
            | Self::BadAddress { .. }
            | Self::NotTaken { .. } => Remedy::AskUser,
            Self::Refused { source, .. } => source.remedy(),
            Self::Send { source } => source.remedy(),
            Self::Encode { .. } | Self::Runtime { .. } => Remedy::GiveUp,
        }
    }

    /// What to do, in a sentence.
    pub(crate) fn advice(&self) -> &'static str {
        match self {
            Self::NoBundle { .. } => {
                "Put `readiness-bundle.json` beside this program, or name it with --bundle."
            }
            Self::Refused {
                source: Refused::UntrustedKey { .. },
                ..
            } => {
                "Somebody else signed this file. Download it from the portal again, and compare the key that the portal shows."
            }
            Self::Expired { .. } => "Download a newer bundle from the portal.",
            Self::NoAddress => "Collect the reports as files: leave --send out and use --out FOLDER.",
            Self::Untrue { .. } | Self::Miscounted => "Do not rely on this file; run the check again.",
            _ => match self.remedy() {
                Remedy::RetryAfter(_) => "Try again; the report is kept as a file if you used --out.",
                Remedy::Refetch => "Download the file again.",
                _ => "Ask whoever gave you this check.",
            },
        }
    }

    /// The error and all that caused it, on one line.
    pub(crate) fn in_full(&self) -> String {
        let mut text = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            text = format!("{text}: {error}");
            cause = error.source();
        }
        text
    }
}
