//! What can fail on the shelf. That a product may not run is no failure: it is a decision.

use camino::Utf8PathBuf;
use std::time::Duration;
use thiserror::Error;
use toolcrib_model::{ProductId, Remedy};
use toolcrib_trust::lease::{Refused, SignError};
use toolcrib_trust::offline;

/// An act on the shelf that failed.
#[derive(Debug, Error)]
pub enum Error {
    /// Opening the shelf.
    #[error("could not open the licences in `{folder}`")]
    OpenShelf {
        /// The shelf's folder.
        folder: Utf8PathBuf,
        /// What this computer said.
        source: toolcrib_machine::Error,
    },
    /// Writing on the shelf.
    #[error("could not write `{path}`")]
    WriteShelf {
        /// The file.
        path: Utf8PathBuf,
        /// What this computer said.
        source: toolcrib_machine::Error,
    },
    /// Reading a lease.
    #[error("could not read the licence of `{product}`")]
    ReadLease {
        /// The product.
        product: ProductId,
        /// What this computer said.
        source: toolcrib_machine::Error,
    },
    /// Writing while another program writes.
    #[error("another program has kept the licences in `{folder}` locked for {} seconds", waited.as_secs())]
    ShelfBusy {
        /// The shelf's folder.
        folder: Utf8PathBuf,
        /// How long was waited.
        waited: Duration,
    },
    /// Taking a lease that is not to be believed.
    #[error("the new licence of `{product}` cannot be believed")]
    RefusedLease {
        /// The product.
        product: ProductId,
        /// Why.
        source: Refused,
    },
    /// Sealing the record.
    #[error("could not write the record of the licences as JSON")]
    SealRecord {
        /// Why not.
        source: serde_json::Error,
    },
    /// Taking a lease where the records are those of another computer.
    #[error("the licences here were copied from another computer")]
    CopiedRecords,
    /// Making a request.
    #[error("could not make a request for `{product}`")]
    MakeRequest {
        /// The product.
        product: ProductId,
        /// Why not.
        source: SignError,
    },
    /// Making a request's number.
    #[error("could not make a number for the request")]
    MakeNonce {
        /// What this computer said.
        source: toolcrib_machine::Error,
    },
    /// Giving up what is not held.
    #[error("no licence of `{product}` is held here")]
    NothingHeld {
        /// The product.
        product: ProductId,
    },
    /// Taking an answer where nothing was asked, or a second time.
    #[error("no request for `{product}` is open here; each answer is taken once")]
    NothingAsked {
        /// The product.
        product: ProductId,
    },
    /// Taking an answer that is not to be believed.
    #[error("the answer for `{product}` cannot be taken")]
    RefusedAnswer {
        /// The product.
        product: ProductId,
        /// Why.
        source: offline::Refused,
    },
    /// Reading the timeline.
    #[error("could not read `{path}`")]
    ReadTimeline {
        /// The file.
        path: Utf8PathBuf,
        /// What this computer said.
        source: toolcrib_machine::Error,
    },
    /// Taking a lease for something else.
    #[error("a licence for `{wanted}` was asked for, and one for `{offered}` came")]
    OtherProduct {
        /// The product that was asked for.
        wanted: ProductId,
        /// The product that the lease is for.
        offered: ProductId,
    },
    /// Taking a lease that is older than one that was held.
    #[error("the licence of `{product}` is an old one: its number is {offered}, and {floor} was held before")]
    SupersededLease {
        /// The product.
        product: ProductId,
        /// The sequence number of the lease.
        offered: u64,
        /// The highest that was held.
        floor: u64,
    },
}

impl Error {
    /// What helps.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::OpenShelf { source, .. }
            | Self::WriteShelf { source, .. }
            | Self::ReadLease { source, .. }
            | Self::ReadTimeline { source, .. }
            | Self::MakeNonce { source } => source.remedy(),
            Self::ShelfBusy { waited, .. } => Remedy::RetryAfter(*waited),
            Self::RefusedLease { source, .. } => source.remedy(),
            Self::RefusedAnswer { source, .. } => source.remedy(),
            Self::CopiedRecords => Remedy::SignIn,
            Self::NothingHeld { .. } | Self::NothingAsked { .. } => Remedy::AskUser,
            Self::OtherProduct { .. }
            | Self::SupersededLease { .. }
            | Self::SealRecord { .. }
            | Self::MakeRequest { .. } => Remedy::GiveUp,
        }
    }
}
