//! The raw metadata files of one state.

use super::Role;
use bytes::Bytes;

/// The raw bytes of the four metadata files, exactly as they were signed; at least a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataSet {
    root: Bytes,
    timestamp: Option<Bytes>,
    snapshot: Option<Bytes>,
    targets: Option<Bytes>,
}

impl MetadataSet {
    /// A set that holds a root only: what is trusted before the first refresh.
    pub fn from_root(root: impl Into<Bytes>) -> Self {
        Self {
            root: root.into(),
            timestamp: None,
            snapshot: None,
            targets: None,
        }
    }

    /// A set of four files.
    pub fn new(root: Bytes, timestamp: Bytes, snapshot: Bytes, targets: Bytes) -> Self {
        Self {
            root,
            timestamp: Some(timestamp),
            snapshot: Some(snapshot),
            targets: Some(targets),
        }
    }

    /// The raw file of a role.
    pub fn file(&self, role: Role) -> Option<&Bytes> {
        match role {
            Role::Root => Some(&self.root),
            Role::Targets => self.targets.as_ref(),
            Role::Snapshot => self.snapshot.as_ref(),
            Role::Timestamp => self.timestamp.as_ref(),
        }
    }

    /// The raw root.
    pub const fn root(&self) -> &Bytes {
        &self.root
    }

    /// The same files below another root.
    pub(super) fn below(&self, root: &Bytes) -> Self {
        Self {
            root: root.clone(),
            ..self.clone()
        }
    }

    /// Replaces the file of a role. There is always a root: taking it away leaves it.
    pub(super) fn put(&mut self, role: Role, raw: Option<Bytes>) {
        match role {
            Role::Root => self.root = raw.unwrap_or_else(|| self.root.clone()),
            Role::Targets => self.targets = raw,
            Role::Snapshot => self.snapshot = raw,
            Role::Timestamp => self.timestamp = raw,
        }
    }
}
