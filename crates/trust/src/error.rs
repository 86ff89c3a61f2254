//! What can be wrong with what others signed.

use crate::catalogue::{Role, SourceError};
use crate::package::{BadIndexTree, BadManifest, BadPatches};
use jiff::Timestamp;
use std::time::Duration;
use thiserror::Error;
use toolcrib_model::{Digest, Remedy};
use toolcrib_wire::index::BadIndex;

/// How long to wait before asking a catalogue again that was caught between two states.
const SETTLE: Duration = Duration::from_secs(5);

/// Something that is not believed, or could not be had.
#[derive(Debug, Error)]
#[expect(
    missing_docs,
    reason = "the fields are the thing that was judged; the text says what they are"
)]
pub enum Error {
    /// Getting a file of the catalogue.
    #[error("could not get `{name}` of the catalogue")]
    Fetch { name: String, source: SourceError },
    /// Getting a file that signed metadata names, or that every catalogue has.
    #[error("the catalogue has no `{name}`")]
    Missing { name: String },
    /// Getting a file that is longer than anything of its kind may be.
    #[error("`{name}` of the catalogue is longer than {limit} bytes")]
    TooLong { name: String, limit: u64 },
    /// Following the chain of signatures.
    #[error("the {role} metadata of the catalogue has the version {found} where {expected} must come")]
    WrongVersion { role: Role, expected: u64, found: u64 },
    /// Verifying one file of a set of metadata.
    #[error("the {role} metadata of the catalogue is not signed as it must be")]
    Signature {
        role: Role,
        source: Box<tough::schema::Error>,
    },
    /// Reading one file of a set of metadata.
    #[error("the {role} metadata of the catalogue is not well formed")]
    Shape { role: Role, source: serde_json::Error },
    /// Comparing one file of a set of metadata with what names it.
    #[error("the {role} metadata of the catalogue is not the one that the {named_by} metadata names")]
    Mixed { role: Role, named_by: Role },
    /// Reading metadata that hands its power on.
    #[error("the targets metadata of the catalogue delegates to other roles, which Toolcrib does not follow")]
    Delegations,
    /// Reading a stored set.
    #[error("the stored metadata of the catalogue is damaged")]
    Stored,
    /// Opening a set that holds a root only.
    #[error("the catalogue was never fetched: there is no stored {role} metadata")]
    NeverFetched { role: Role },
    /// Taking an older state for a newer one.
    #[error("the catalogue offers {role} metadata of version {offered}, but version {held} was seen before")]
    Downgrade { role: Role, held: u64, offered: u64 },
    /// Taking a state that is no longer vouched for.
    #[error("the {role} metadata of the catalogue expired at {at}")]
    Expired { role: Role, at: Timestamp },
    /// Looking for a target.
    #[error("the catalogue does not list `{name}`")]
    NotListed { name: String },
    /// Comparing a file with what vouches for it.
    #[error("`{name}` is not what was signed: it should have {length} bytes and the digest {sha256}")]
    Swapped {
        name: String,
        length: u64,
        sha256: Digest,
    },
    /// Reading the listing.
    #[error("the catalogue's listing is not well formed")]
    ParseListing { source: serde_json::Error },
    /// Judging the listing.
    #[error("the catalogue's listing contradicts itself: {reason}")]
    Listing { reason: String },
    /// Reading a manifest.
    #[error("the manifest `{name}` is not well formed")]
    ParseManifest { name: String, source: serde_json::Error },
    /// Judging a manifest.
    #[error("the manifest `{name}` is refused")]
    Manifest { name: String, source: BadManifest },
    /// Reading an index.
    #[error("the index cannot be read")]
    ParseIndex { source: BadIndex },
    /// Judging an index.
    #[error("the index is refused")]
    Index { source: BadIndexTree },
    /// Judging a patch index.
    #[error("the patch index is refused")]
    Patches { source: BadPatches },
}

impl Error {
    /// What helps.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Fetch { .. } | Self::Mixed { .. } => Remedy::RetryAfter(SETTLE),
            Self::Stored | Self::NeverFetched { .. } | Self::Swapped { .. } => Remedy::Refetch,
            Self::Expired { .. } => Remedy::AskUser,
            Self::Missing { .. }
            | Self::TooLong { .. }
            | Self::WrongVersion { .. }
            | Self::Signature { .. }
            | Self::Shape { .. }
            | Self::Delegations
            | Self::Downgrade { .. }
            | Self::NotListed { .. }
            | Self::ParseListing { .. }
            | Self::Listing { .. }
            | Self::ParseManifest { .. }
            | Self::Manifest { .. }
            | Self::ParseIndex { .. }
            | Self::Index { .. }
            | Self::Patches { .. } => Remedy::GiveUp,
        }
    }
}
