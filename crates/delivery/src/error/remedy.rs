//! What helps against each failure.

use super::Error;
use std::time::Duration;
use toolcrib_model::Remedy;

/// How long another client usually needs an install root.
const BUSY: Duration = Duration::from_secs(5);

impl Error {
    /// What helps.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Fetch { source, .. } | Self::FetchFile { source, .. } => source.remedy(),
            Self::Links { source } => source.remedy(),
            Self::Busy { .. } | Self::FileBusy { .. } => Remedy::RetryAfter(BUSY),
            Self::NotEnoughSpace { .. }
            | Self::DiskFull { .. }
            | Self::FolderNotWritable { .. }
            | Self::TooDeep { .. }
            | Self::OpenTree { .. }
            | Self::Sync { .. }
            | Self::WriteHeld { .. }
            | Self::KeepPatch { .. }
            | Self::WriteDownload { .. }
            | Self::WriteFile { .. }
            | Self::ReadFile { .. }
            | Self::NothingToMove { .. }
            | Self::WrongPlace { .. }
            | Self::Copy { .. }
            | Self::BadCopy { .. }
            | Self::NothingToReturnTo { .. }
            | Self::NoRelease { .. }
            | Self::AlreadyCurrent { .. }
            | Self::WriteFetched { .. }
            | Self::ReadFetched { .. }
            | Self::NotAFile { .. }
            | Self::RunScript { .. }
            | Self::ScriptFailed { .. }
            | Self::ShareFile { .. }
            | Self::UnknownComponent { .. } => Remedy::AskUser,
            Self::Inspect { source, .. }
            | Self::ReadHeld { source }
            | Self::BeginHeld { source }
            | Self::Prepare { source, .. }
            | Self::KeepIndex { source, .. }
            | Self::KeepCompanion { source, .. }
            | Self::ReadIndex { source, .. }
            | Self::PromoteTree { source, .. }
            | Self::Shortcut { source, .. }
            | Self::Outside { source, .. }
            | Self::ReadReceipt { source, .. }
            | Self::WriteReceipt { source, .. }
            | Self::Place { source, .. }
            | Self::ReadRecord { source, .. }
            | Self::WriteRecord { source, .. }
            | Self::ReadCurrent { source, .. }
            | Self::PointCurrent { source, .. }
            | Self::ReadJournal { source, .. }
            | Self::WriteJournal { source, .. }
            | Self::SetAside { source, .. }
            | Self::Remove { source, .. } => source.remedy(),
            Self::DamagedChunk { .. }
            | Self::DamagedPart { .. }
            | Self::WrongFile { .. }
            | Self::NotAlike { .. } => Remedy::Refetch,
            Self::Unreasonable { .. }
            | Self::LinkCount { .. }
            | Self::BadFrame { .. }
            | Self::NameTree { .. }
            | Self::LostPlace { .. }
            | Self::Worker { .. } => Remedy::GiveUp,
        }
    }

    /// Whether the same installation may succeed without anybody doing anything.
    pub fn retryable(&self) -> bool {
        self.remedy().is_retry()
    }
}
