//! What can go wrong with a patch.

use std::io;
use thiserror::Error;
use toolcrib_model::Remedy;

/// An act on a patch that failed.
#[derive(Debug, Error)]
#[expect(missing_docs, reason = "the fields are what the text says they are")]
pub enum Error {
    /// Reading the content that the patch builds on.
    #[error("could not read the old content")]
    ReadOld { source: io::Error },
    /// Reading or unpacking the patch.
    #[error("could not unpack the patch")]
    ReadPatch { source: io::Error },
    /// Following what the patch says.
    #[error("the patch is damaged: {reason}")]
    Damaged { reason: &'static str },
    /// Writing the new content.
    #[error("could not write the new content")]
    Write { source: io::Error },
    /// Sorting the old content's suffixes.
    #[cfg(feature = "make")]
    #[error("could not sort {bytes} bytes of old content: {reason}")]
    Sort { bytes: usize, reason: String },
    /// Compressing a patch.
    #[cfg(feature = "make")]
    #[error("could not compress the patch")]
    Compress { source: io::Error },
}

impl Error {
    /// What helps: a patch that does not apply is no loss, the same content can be had as chunks.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::ReadOld { .. } | Self::ReadPatch { .. } | Self::Damaged { .. } => Remedy::Refetch,
            Self::Write { .. } => Remedy::AskUser,
            #[cfg(feature = "make")]
            Self::Sort { .. } | Self::Compress { .. } => Remedy::GiveUp,
        }
    }
}
