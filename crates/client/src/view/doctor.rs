//! What was found on a look at everything.

use crate::doctor::{Finding, Whom};
use serde::Serialize;
use toolcrib_model::Verdict;
use ts_rs::TS;

/// What was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The home folder.
    Home,
    /// The room on its disk.
    Disk,
    /// The store of secrets.
    Secrets,
    /// What the organisation set for this computer.
    Policy,
    /// Whether this computer has a network.
    Network,
    /// Whether the server's name is known.
    Name,
    /// The proxy.
    Proxy,
    /// The connection to the server's port.
    Connection,
    /// Whether the server proves who it is.
    Protection,
    /// The account service.
    Service,
    /// The organisation's own servers of content.
    ContentServers,
    /// This computer's clock.
    Clock,
    /// Who is signed in.
    Session,
    /// The rights to what is installed.
    Licences,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CheckView {
    /// What was looked at.
    pub subject: Subject,
    /// What was found, as a stable word.
    pub finding: Finding,
    /// How bad it is.
    #[ts(type = "Verdict")]
    pub verdict: Verdict,
    /// What was found, for people.
    pub found: String,
    /// What to do about it.
    pub advice: Option<String>,
    /// Whom to ask about it.
    pub whom: Whom,
}

/// Everything that was looked at, and the host names that a network has to let through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DoctorView {
    /// The worst of all.
    #[ts(type = "Verdict")]
    pub verdict: Verdict,
    /// The account service, if one is known.
    pub server: Option<String>,
    /// What was looked at, in the order of the way.
    pub checks: Vec<CheckView>,
    /// The host names that have to be allowed on port 443, at most three.
    pub hosts: Vec<String>,
}

/// A support bundle that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct BundleView {
    /// Where it is.
    pub file: String,
    /// Its length.
    pub size_bytes: u64,
    /// What is in it.
    pub names: Vec<String>,
}

impl CheckView {
    pub(crate) fn good(subject: Subject, found: String) -> Self {
        Self::found(subject, Finding::Good, found)
    }

    pub(crate) fn unseen(subject: Subject) -> Self {
        Self::found(
            subject,
            Finding::NotLookedAt,
            "Could not be looked at.".to_owned(),
        )
    }

    pub(crate) fn found(subject: Subject, finding: Finding, found: String) -> Self {
        Self {
            subject,
            finding,
            verdict: finding.verdict(),
            found,
            advice: finding.advice().map(str::to_owned),
            whom: finding.whom(),
        }
    }

    pub(crate) fn passes(&self) -> bool {
        self.finding == Finding::Good
    }
}
