//! A catalogue's folder as a source for its own judge, and for tests.

use async_trait::async_trait;
use bytes::Bytes;
use camino::Utf8PathBuf;
use toolcrib_machine::files;
use toolcrib_trust::catalogue::{Source, SourceError};

/// Gives a catalogue's files from its folder.
#[derive(Clone, Debug)]
pub struct FolderSource(Utf8PathBuf);

impl FolderSource {
    /// The catalogue in `root`.
    pub const fn new(root: Utf8PathBuf) -> Self {
        Self(root)
    }

    fn read(&self, below: &str, name: &str, max: u64) -> Result<Option<Bytes>, SourceError> {
        let read = files::read_bounded(&self.0.join(below).join(name), max);
        read.map(|bytes| bytes.map(Bytes::from)).map_err(SourceError::new)
    }
}

#[async_trait]
impl Source for FolderSource {
    async fn metadata(&self, name: &str, max: u64) -> Result<Option<Bytes>, SourceError> {
        self.read("metadata", name, max)
    }

    async fn target(&self, path: &str, max: u64) -> Result<Option<Bytes>, SourceError> {
        self.read("targets", path, max)
    }
}
