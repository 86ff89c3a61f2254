//! Failures that come from a full disk, and say so.

use super::Error;
use camino::Utf8Path;
use std::io;
use toolcrib_machine as machine;

impl Error {
    /// Whether the disk is, or would be, full.
    pub fn is_disk_full(&self) -> bool {
        matches!(self, Self::NotEnoughSpace { .. } | Self::DiskFull { .. })
    }

    /// The system's error below this one, if there is one.
    fn io(&self) -> Option<&io::Error> {
        match self {
            Self::WriteHeld { source }
            | Self::Sync { source }
            | Self::KeepPatch { source, .. }
            | Self::WriteDownload { source, .. }
            | Self::OpenTree { source, .. }
            | Self::ShareFile { source, .. }
            | Self::Copy { source, .. }
            | Self::WriteFile { source, .. }
            | Self::ReadFile { source, .. }
            | Self::WriteFetched { source, .. }
            | Self::ReadFetched { source, .. } => Some(source),
            Self::BeginHeld { source }
            | Self::Prepare { source, .. }
            | Self::KeepIndex { source, .. }
            | Self::KeepCompanion { source, .. }
            | Self::PromoteTree { source, .. }
            | Self::Shortcut { source, .. }
            | Self::Outside { source, .. }
            | Self::WriteReceipt { source, .. }
            | Self::WriteRecord { source, .. }
            | Self::Place { source, .. }
            | Self::PointCurrent { source, .. }
            | Self::WriteJournal { source, .. }
            | Self::FolderNotWritable { source, .. } => source.io(),
            _ => None,
        }
    }

    /// Says so plainly where the cause of a failed write is a full disk: which folder, how much is missing.
    pub(crate) fn or_disk_full(self, folder: &Utf8Path, needed: u64) -> Self {
        let full = |kind| matches!(kind, io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
        let Some(kind) = self.io().map(io::Error::kind).filter(|kind| full(*kind)) else {
            return self;
        };
        let free = machine::files::space(folder)
            .map(|space| space.free)
            .unwrap_or_default();
        Self::DiskFull {
            folder: folder.to_owned(),
            needed,
            free,
            source: kind.into(),
        }
    }
}

#[cfg(test)]
mod tests;
