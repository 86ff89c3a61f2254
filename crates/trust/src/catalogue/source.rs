//! Where the catalogue's files come from: the caller's to say.

use async_trait::async_trait;
use bytes::Bytes;
use thiserror::Error;

/// Gives the files of a catalogue by name. It need not be trusted.
#[async_trait]
pub trait Source: Send + Sync {
    /// The metadata file `name`, such as `timestamp.json` or `3.root.json`; `None` where there is none (HTTP 404, 403).
    ///
    /// # Errors
    /// Everything else that goes wrong, also a file longer than `max` bytes: it must never pass for absence.
    async fn metadata(&self, name: &str, max: u64) -> Result<Option<Bytes>, SourceError>;

    /// The target at `path` below `targets/`; `None` where there is none.
    ///
    /// # Errors
    /// As for [`Source::metadata`].
    async fn target(&self, path: &str, max: u64) -> Result<Option<Bytes>, SourceError>;
}

/// A file could not be had, for a reason other than that it does not exist.
#[derive(Debug, Error)]
#[error(transparent)]
pub struct SourceError(Box<dyn std::error::Error + Send + Sync>);

impl SourceError {
    /// Wraps the source's own error.
    pub fn new(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(error.into())
    }

    /// The source's own error, if it is of this type.
    pub fn downcast_ref<E: std::error::Error + 'static>(&self) -> Option<&E> {
        self.0.downcast_ref()
    }
}
