//! How a run ends, as a number. The table is a promise to scripts.

use std::process::ExitCode;
use toolcrib_client::code::Code;
use toolcrib_client::doctor::Finding;
use toolcrib_client::job::State;
use toolcrib_client::view::JobView;
use toolcrib_model::Verdict;

/// The exit statuses of `toolcrib`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// What was asked is done.
    Done = 0,
    /// It failed.
    Failed = 1,
    /// It was asked in the wrong way.
    Usage = 2,
    /// The network, the disk or the clock is in the way.
    Environment = 3,
    /// Nobody is signed in, or the person may not have it.
    NotEntitled = 4,
    /// The licence refuses.
    LicenceRefused = 5,
    /// The job stands still and can go on.
    Paused = 6,
    /// It is done, and the computer must be restarted.
    RestartNeeded = 7,
    /// `check`: it will run, but not as it should.
    ReadinessWarn = 10,
    /// `check`: it will not run.
    ReadinessFail = 20,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl From<Code> for Exit {
    fn from(code: Code) -> Self {
        match code {
            Code::NotSignedIn
            | Code::WrongCredentials
            | Code::SecondStepNeeded
            | Code::NotEntitled
            | Code::NoSeat
            | Code::UnknownProduct => Self::NotEntitled,
            Code::Offline
            | Code::ServerUnusable
            | Code::NotOurServer
            | Code::Metered
            | Code::Policy
            | Code::DiskFull
            | Code::AppOpen
            | Code::HoldsCopy
            | Code::FolderUnusable => Self::Environment,
            Code::DeviceLimit | Code::DeviceReleased | Code::SerialNeeded | Code::LicenceRefused => {
                Self::LicenceRefused
            }
            Code::TextsNotAccepted | Code::Invalid => Self::Usage,
            Code::UntrustedCatalogue
            | Code::RequirementsFailed
            | Code::DamagedPackage
            | Code::Busy
            | Code::UnknownJob
            | Code::NotInstalled
            | Code::AlreadyInstalled
            | Code::LaunchFailed
            | Code::Internal => Self::Failed,
        }
    }
}

impl From<Finding> for Exit {
    fn from(finding: Finding) -> Self {
        match finding {
            Finding::Good
            | Finding::NotLookedAt
            | Finding::DiskLow
            | Finding::PolicyUnknown
            | Finding::ProxyScriptFails
            | Finding::ContentServerAway
            | Finding::ClockOff
            | Finding::NobodySignedIn => Self::Done,
            Finding::HomeUnusable
            | Finding::DiskFull
            | Finding::SecretsUnusable
            | Finding::PolicyRefused
            | Finding::NoNetwork
            | Finding::UnknownName
            | Finding::PortBlocked
            | Finding::ProxySignIn
            | Finding::ProxyBroken
            | Finding::Intercepted
            | Finding::CertificateOutOfDate
            | Finding::CertificateWrong
            | Finding::NetworkSignIn
            | Finding::ServerDown
            | Finding::ServerUnwell
            | Finding::ServerSilent
            | Finding::NotOurServer
            | Finding::SettingsUnusable
            | Finding::ClockWrong => Self::Environment,
            Finding::NoServerKnown | Finding::SessionEnded => Self::NotEntitled,
            Finding::Revoked => Self::LicenceRefused,
        }
    }
}

impl From<Verdict> for Exit {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Pass => Self::Done,
            Verdict::Warn => Self::ReadinessWarn,
            Verdict::Fail => Self::ReadinessFail,
        }
    }
}

impl Exit {
    /// How the run ends that followed several jobs: the first failure counts, then what stands still, then a restart.
    pub(crate) fn of_all(exits: Vec<Self>) -> Self {
        let rank = |exit: &Self| match exit {
            Self::Done => 3,
            Self::RestartNeeded => 2,
            Self::Paused => 1,
            _ => 0,
        };
        exits.into_iter().min_by_key(rank).unwrap_or(Self::Done)
    }

    /// How the run ends that followed `job` until it stood still.
    pub(crate) fn of_job(job: &JobView, restart_pending: bool) -> Self {
        match (&job.failure, job.state) {
            (Some(failure), State::Failed) => failure.code.into(),
            (_, State::Done) if restart_pending => Self::RestartNeeded,
            (_, State::Done) => Self::Done,
            // Whoever followed it wanted it done; somebody else gave it up, or went back.
            (_, State::Failed | State::Cancelled | State::RolledBack) => Self::Failed,
            _ => Self::Paused,
        }
    }
}
