//! A long operation and how far it is.

use super::UiError;
use crate::job::{Kind, State};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::{JobId, ProductId, Version};
use ts_rs::TS;

/// A job, as every face shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct JobView {
    /// The job.
    #[ts(as = "String")]
    pub id: JobId,
    /// What it does.
    pub kind: Kind,
    /// The product.
    #[ts(as = "String")]
    pub product: ProductId,
    /// The product's name for people.
    pub name: String,
    /// The release.
    #[ts(as = "String")]
    pub version: Version,
    /// Where it stands.
    pub state: State,
    /// Why it waits, pauses or stands still.
    pub reason: Option<String>,
    /// How far it is.
    pub progress: ProgressView,
    /// Why it failed.
    pub failure: Option<UiError>,
    /// The names of the installed components, once it is done (S-134).
    pub components: Vec<String>,
    /// When it was asked for.
    #[ts(as = "String")]
    pub created_at: Timestamp,
    /// When it last changed.
    #[ts(as = "String")]
    pub updated_at: Timestamp,
}

/// How far a job is: one number over the whole of it (S-130, S-131).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProgressView {
    /// Bytes that are done.
    pub done_bytes: u64,
    /// Bytes in all.
    pub total_bytes: u64,
    /// Bytes that came over the network.
    pub fetched_bytes: u64,
    /// How fast they come.
    pub rate_bytes_per_s: u64,
    /// The time that is left, where it can be told.
    pub remaining_s: Option<u64>,
    /// What is being done right now.
    pub task: String,
}
