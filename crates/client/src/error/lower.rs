//! The codes of the engines' errors, each by an exhaustive match.

use crate::code::Code;
use std::io::{self, ErrorKind};
use toolcrib_account::Error as Account;
use toolcrib_delivery::{Error as Delivery, LinkError};
use toolcrib_licence::Error as Licence;
use toolcrib_machine::Error as Machine;
use toolcrib_net::Error as Net;
use toolcrib_trust::Error as Trust;
use toolcrib_trust::catalogue::SourceError;

/// What the system said of a file or folder.
pub(super) fn io(error: &io::Error) -> Code {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Code::DiskFull,
        _ => Code::FolderUnusable,
    }
}

/// An act on this computer.
pub(super) fn machine(error: &Machine) -> Code {
    match error {
        Machine::Read { source, .. }
        | Machine::Write { source, .. }
        | Machine::CreateFolder { source, .. }
        | Machine::Sync { source, .. }
        | Machine::Rename { source, .. }
        | Machine::Remove { source, .. }
        | Machine::CreateLink { source, .. }
        | Machine::Lock { source, .. }
        | Machine::MeasureSpace { source, .. }
        | Machine::FolderNotWritable { source, .. }
        | Machine::Registry { source, .. } => io(source),
        Machine::NoHome { .. } | Machine::NotUnicode { .. } => Code::FolderUnusable,
        Machine::TooLarge { .. } => Code::Invalid,
        Machine::Start { .. } | Machine::Wait { .. } | Machine::TimedOut { .. } | Machine::Restart { .. } => {
            Code::LaunchFailed
        }
        Machine::Corrupt { .. }
        | Machine::NewerDocument { .. }
        | Machine::Encode { .. }
        | Machine::SecretName { .. }
        | Machine::SecretNotKept { .. }
        | Machine::DeviceKeyDamaged { .. }
        | Machine::Random { .. }
        | Machine::Shortcut { .. }
        | Machine::NotKept { .. }
        | Machine::BadPreferences { .. } => Code::Internal,
    }
}

/// An exchange over the network.
pub(super) fn net(error: &Net) -> Code {
    match error {
        Net::SetUp { .. }
        | Net::Offline { .. }
        | Net::Dns { .. }
        | Net::Connect { .. }
        | Net::Tls { .. }
        | Net::ProxySignIn { .. }
        | Net::Proxy { .. }
        | Net::Stalled { .. }
        | Net::Broken { .. }
        | Net::Truncated { .. } => Code::Offline,
        Net::Status { status, .. } => of_status(*status),
        Net::RangeIgnored { .. }
        | Net::RangeMismatch { .. }
        | Net::RangeRefused { .. }
        | Net::Changed { .. }
        | Net::Encoded { .. } => Code::ServerUnusable,
        Net::TooLong { .. } | Net::Redirect { .. } => Code::NotOurServer,
        Net::BadRange { .. } | Net::BadRequest { .. } => Code::Internal,
    }
}

const fn of_status(status: u16) -> Code {
    match status {
        401 => Code::NotSignedIn,
        403 => Code::NotEntitled,
        404 | 410 => Code::NotOurServer,
        407 => Code::Offline,
        _ => Code::ServerUnusable,
    }
}

/// Believing what others signed.
pub(super) fn trust(error: &Trust) -> Code {
    match error {
        Trust::Fetch { source, .. } => fetched(source),
        Trust::Missing { .. } | Trust::TooLong { .. } => Code::NotOurServer,
        Trust::NotListed { .. } => Code::UnknownProduct,
        Trust::WrongVersion { .. }
        | Trust::Signature { .. }
        | Trust::Shape { .. }
        | Trust::Mixed { .. }
        | Trust::Delegations
        | Trust::Stored
        | Trust::NeverFetched { .. }
        | Trust::Downgrade { .. }
        | Trust::Expired { .. }
        | Trust::Swapped { .. }
        | Trust::ParseListing { .. }
        | Trust::Listing { .. }
        | Trust::ParseManifest { .. }
        | Trust::Manifest { .. }
        | Trust::ParseIndex { .. }
        | Trust::Index { .. }
        | Trust::Patches { .. } => Code::UntrustedCatalogue,
    }
}

fn fetched(source: &SourceError) -> Code {
    // A folder that cannot be read is no outage: nothing that is remembered takes its place.
    match source.downcast_ref::<Machine>() {
        Some(unread) => machine(unread),
        None => source.downcast_ref::<Net>().map_or(Code::ServerUnusable, net),
    }
}

/// Installing or removing.
pub(super) fn delivery(error: &Delivery) -> Code {
    if error.is_disk_full() {
        return Code::DiskFull;
    }
    match error {
        Delivery::UnknownComponent { .. }
        | Delivery::NothingToMove { .. }
        | Delivery::WrongPlace { .. }
        | Delivery::NothingToReturnTo { .. }
        | Delivery::NoRelease { .. }
        | Delivery::AlreadyCurrent { .. } => Code::Invalid,
        Delivery::NotEnoughSpace { .. } | Delivery::DiskFull { .. } => Code::DiskFull,
        Delivery::Busy { .. } => Code::Busy,
        Delivery::Links { source } => link(source),
        Delivery::LinkCount { .. } => Code::ServerUnusable,
        Delivery::Fetch { source, .. } => net(source),
        Delivery::FetchFile { source, .. } => single(source),
        Delivery::FileBusy { .. } => Code::Busy,
        Delivery::NotAFile { .. } => Code::FolderUnusable,
        Delivery::DamagedChunk { .. }
        | Delivery::DamagedPart { .. }
        | Delivery::WrongFile { .. }
        | Delivery::NotAlike { .. } => Code::DamagedPackage,
        Delivery::RunScript { .. } | Delivery::ScriptFailed { .. } => Code::LaunchFailed,
        Delivery::Unreasonable { .. } | Delivery::BadFrame { .. } | Delivery::NameTree { .. } => {
            Code::UntrustedCatalogue
        }
        Delivery::FolderNotWritable { source, .. }
        | Delivery::Inspect { source, .. }
        | Delivery::ReadHeld { source }
        | Delivery::BeginHeld { source }
        | Delivery::KeepIndex { source, .. }
        | Delivery::KeepCompanion { source, .. }
        | Delivery::ReadIndex { source, .. }
        | Delivery::Prepare { source, .. }
        | Delivery::PromoteTree { source, .. }
        | Delivery::Shortcut { source, .. }
        | Delivery::Outside { source, .. }
        | Delivery::ReadReceipt { source, .. }
        | Delivery::WriteReceipt { source, .. }
        | Delivery::Place { source, .. }
        | Delivery::ReadRecord { source, .. }
        | Delivery::WriteRecord { source, .. }
        | Delivery::ReadCurrent { source, .. }
        | Delivery::PointCurrent { source, .. }
        | Delivery::ReadJournal { source, .. }
        | Delivery::WriteJournal { source, .. }
        | Delivery::SetAside { source, .. }
        | Delivery::Remove { source, .. } => machine(source),
        Delivery::WriteHeld { source }
        | Delivery::Sync { source }
        | Delivery::KeepPatch { source, .. }
        | Delivery::WriteDownload { source, .. }
        | Delivery::OpenTree { source, .. }
        | Delivery::ShareFile { source, .. }
        | Delivery::Copy { source, .. }
        | Delivery::WriteFile { source, .. }
        | Delivery::ReadFile { source, .. }
        | Delivery::WriteFetched { source, .. }
        | Delivery::ReadFetched { source, .. } => io(source),
        Delivery::BadCopy { .. } | Delivery::TooDeep { .. } => Code::FolderUnusable,
        Delivery::LostPlace { .. } | Delivery::Worker { .. } => Code::Internal,
    }
}

/// Fetching a file by a link of somebody's: a refusal says nothing of this person's rights.
fn single(source: &Net) -> Code {
    match net(source) {
        Code::Offline => Code::Offline,
        Code::Internal => Code::Internal,
        _ => Code::ServerUnusable,
    }
}

/// Getting links; what the account service refused is told by its own code.
fn link(error: &LinkError) -> Code {
    match error {
        LinkError::SignedOut => Code::NotSignedIn,
        LinkError::NotEntitled => Code::NotEntitled,
        LinkError::Unreachable { source } | LinkError::Useless { source } => source
            .downcast_ref::<super::Error>()
            .map_or(Code::ServerUnusable, super::Error::code),
    }
}

/// Keeping licences.
pub(super) fn licence(error: &Licence) -> Code {
    match error {
        Licence::OpenShelf { source, .. }
        | Licence::WriteShelf { source, .. }
        | Licence::ReadLease { source, .. }
        | Licence::ReadTimeline { source, .. }
        | Licence::MakeNonce { source } => machine(source),
        Licence::SealRecord { .. } | Licence::MakeRequest { .. } => Code::Internal,
        Licence::CopiedRecords => Code::LicenceRefused,
        Licence::NothingHeld { .. } | Licence::NothingAsked { .. } | Licence::RefusedAnswer { .. } => {
            Code::Invalid
        }
        Licence::ShelfBusy { .. } => Code::Busy,
        Licence::RefusedLease { .. } | Licence::OtherProduct { .. } | Licence::SupersededLease { .. } => {
            Code::ServerUnusable
        }
    }
}

/// Asking the account service.
pub(super) fn account(error: &Account) -> Code {
    match error {
        Account::NotSignedIn => Code::NotSignedIn,
        Account::WrongCredentials { .. } => Code::WrongCredentials,
        Account::SecondStepNeeded { .. } => Code::SecondStepNeeded,
        Account::DeviceLimit { .. } => Code::DeviceLimit,
        Account::DeviceReleased { .. } => Code::DeviceReleased,
        Account::SerialNeeded { .. } => Code::SerialNeeded,
        Account::VerificationNeeded { .. } => Code::LicenceRefused,
        Account::NotPermitted { .. } | Account::ContractEnded { .. } => Code::NotEntitled,
        Account::NoSeat { .. } => Code::NoSeat,
        Account::NotFound { .. } => Code::UnknownProduct,
        Account::TooMany { .. } | Account::Unwell { .. } => Code::ServerUnusable,
        Account::Refused { .. } | Account::Parameter { .. } | Account::NotForPages { .. } => Code::Invalid,
        Account::NotOurServer { .. } | Account::Address { .. } => Code::NotOurServer,
        Account::Net(source) => net(source),
        Account::Keeper { source, .. } => source.downcast_ref::<Machine>().map_or(Code::Internal, machine),
        Account::Encode { .. } => Code::Internal,
    }
}
