//! From an error to its code: no wildcard anywhere, so that a new error cannot forget to be told apart.

use super::{Error, lower};
use crate::code::Code;
use toolcrib_delivery::LinkError;

impl Error {
    /// What went wrong, to be told apart.
    pub fn code(&self) -> Code {
        match self {
            Self::NoServer | Self::NotSignedIn | Self::PartsMissing { .. } => Code::NotSignedIn,
            Self::BadServer { .. } | Self::NoCatalogue { .. } | Self::OtherServer { .. } => {
                Code::NotOurServer
            }
            Self::UnknownRoot { .. } | Self::OtherRoot { .. } => Code::UntrustedCatalogue,
            Self::UnknownProduct { .. }
            | Self::NotGranted { .. }
            | Self::UnknownRelease { .. }
            | Self::WithdrawnRelease { .. }
            | Self::NotForThisComputer { .. } => Code::UnknownProduct,
            Self::UnknownLanguage { .. }
            | Self::UnknownComponent { .. }
            | Self::UnknownChannel { .. }
            | Self::NoRules { .. }
            | Self::BadUserId(_)
            | Self::HoldInThePast { .. }
            | Self::BadRate(_)
            | Self::BadHours { .. }
            | Self::PeersOff
            | Self::NoContentServer
            | Self::ContentServerTooSmall { .. }
            | Self::StartInThePast { .. }
            | Self::RequiredComponent { .. }
            | Self::BadFileLink { .. }
            | Self::OtherStatement { .. }
            | Self::NoAnswer { .. }
            | Self::NothingCarried { .. }
            | Self::UnaskedAnswer
            | Self::BadInvitation(_)
            | Self::NoInvitationFile { .. }
            | Self::ChangedInvitation
            | Self::NoInvitation
            | Self::DeadHandOver { .. }
            | Self::BadSerial(_)
            | Self::UnknownOperation(_) => Code::Invalid,
            Self::Metered { .. } => Code::Metered,
            Self::NeverMetered { .. } => Code::Offline,
            Self::BadPolicy { .. } | Self::SetByPolicy { .. } => Code::Policy,
            Self::LockedRelease { .. } | Self::HeldByCompany { .. } | Self::ChannelOfCompany { .. } => {
                Code::NotEntitled
            }
            Self::Unfit { .. } => Code::RequirementsFailed,
            Self::TextsNotAccepted { .. } => Code::TextsNotAccepted,
            Self::Busy { .. } | Self::OtherJob { .. } | Self::AlreadyGiving => Code::Busy,
            Self::ListenForPeers { .. } | Self::ContentServerAway { .. } => Code::Offline,
            Self::ContentServerRefused { .. } => Code::ServerUnusable,
            Self::AppOpen { .. } => Code::AppOpen,
            Self::UnknownJob { .. } | Self::JobEnded { .. } | Self::NotInQueue { .. } => Code::UnknownJob,
            Self::NotInstalled { .. } => Code::NotInstalled,
            Self::AlreadyInstalled { .. } => Code::AlreadyInstalled,
            Self::InstalledElsewhere { .. }
            | Self::FolderNotWhole { .. }
            | Self::NoFolder { .. }
            | Self::FolderTaken { .. }
            | Self::AlreadyThere { .. }
            | Self::UnknownPlace { .. } => Code::FolderUnusable,
            Self::HoldsCopy { .. } => Code::HoldsCopy,
            Self::LicenceRefused { .. } => Code::LicenceRefused,
            Self::NoProgram { .. }
            | Self::OnlyAsCurrent { .. }
            | Self::ForgottenManifest { .. }
            | Self::MissingProgram { .. }
            | Self::Start { .. }
            | Self::StartDetached { .. }
            | Self::Wait { .. } => Code::LaunchFailed,
            Self::DamagedContent { .. } => Code::DamagedPackage,
            Self::BadLink { .. } => Code::ServerUnusable,
            Self::JobStep(_)
            | Self::JobName(_)
            | Self::JobNumbers { .. }
            | Self::PackBundle(_)
            | Self::Interrupted => Code::Internal,
            Self::WriteJob { source, .. } | Self::ListJobs { source } | Self::ListReceipts { source } => {
                lower::io(source)
            }
            Self::Machine(error) => lower::machine(error),
            Self::Net(error) => lower::net(error),
            Self::Trust(error) => lower::trust(error),
            Self::Delivery(error) => lower::delivery(error),
            Self::Licence(error) => lower::licence(error),
            Self::Readiness(_) => Code::Invalid,
            Self::Account(error) => lower::account(error),
        }
    }

    /// Whether the same again may succeed without anybody changing anything.
    pub fn is_retryable(&self) -> bool {
        match self.code() {
            Code::Offline | Code::ServerUnusable | Code::DamagedPackage => true,
            Code::NotSignedIn
            | Code::WrongCredentials
            | Code::SecondStepNeeded
            | Code::NotEntitled
            | Code::NoSeat
            | Code::UnknownProduct
            | Code::NotOurServer
            | Code::UntrustedCatalogue
            | Code::RequirementsFailed
            | Code::TextsNotAccepted
            | Code::Metered
            | Code::Policy
            | Code::DiskFull
            | Code::FolderUnusable
            | Code::HoldsCopy
            | Code::Busy
            | Code::AppOpen
            | Code::UnknownJob
            | Code::NotInstalled
            | Code::AlreadyInstalled
            | Code::DeviceLimit
            | Code::DeviceReleased
            | Code::SerialNeeded
            | Code::LicenceRefused
            | Code::LaunchFailed
            | Code::Invalid
            | Code::Internal => false,
        }
    }

    /// Whether something outside is missing that may come back by itself: the network, or a service that fails.
    pub(crate) fn is_outage(&self) -> bool {
        matches!(self.code(), Code::Offline | Code::ServerUnusable)
    }

    /// The same for the engine that asked for links.
    pub(crate) fn into_link_error(self) -> LinkError {
        match self.code() {
            Code::NotSignedIn => LinkError::SignedOut,
            Code::NotEntitled => LinkError::NotEntitled,
            _ if self.is_outage() => LinkError::Unreachable { source: self.into() },
            _ => LinkError::Useless { source: self.into() },
        }
    }
}
