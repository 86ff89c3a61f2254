//! A long operation and how far it is.

use super::{InstalledComponent, LeftView, UiError};
use crate::job::{Kind, Need, Place, Priority, State};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::{JobId, Platform, ProductId, Version};
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
    /// What it waits for, where it waits for something outside.
    pub waits_for: Option<Need>,
    /// The jobs that have to be done before this one.
    #[ts(as = "Vec<String>")]
    pub after: Vec<JobId>,
    /// How soon it is begun among others.
    pub priority: Priority,
    /// Its rank among those of the same priority: the smallest is begun first.
    pub rank: i64,
    /// The names of the installed components, once it is done (S-134).
    pub components: Vec<String>,
    /// The installed components with their sizes, once it is done (S-134).
    pub installed: Vec<InstalledComponent>,
    /// What stayed, once a product is removed, or once a release went in which the person had files.
    pub left: Option<LeftView>,
    /// When it is installed, where it was fetched before and waits for that.
    #[ts(as = "Option<String>")]
    pub not_before: Option<Timestamp>,
    /// Whether it waits because this network is metered and nobody agreed to what it would fetch.
    pub asks_metered: bool,
    /// The folder that a download fills.
    pub folder: Option<String>,
    /// The computers that a download is for, where they are not like this one: then it is not installed from here.
    #[ts(as = "Option<String>")]
    pub platform: Option<Platform>,
    /// When it was asked for.
    #[ts(as = "String")]
    pub created_at: Timestamp,
    /// When it last changed.
    #[ts(as = "String")]
    pub updated_at: Timestamp,
}

impl JobView {
    /// The same at another place of the queue.
    pub(crate) fn at(self, place: Place) -> Self {
        Self {
            priority: place.priority,
            rank: place.rank,
            ..self
        }
    }
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
    /// Those of them that came from other computers of the local network.
    #[serde(default)]
    pub peer_bytes: u64,
    /// How many computers of the local network they came from.
    #[serde(default)]
    pub peer_count: u32,
    /// How fast they come.
    pub rate_bytes_per_s: u64,
    /// The time that is left, where it can be told.
    pub remaining_s: Option<u64>,
    /// What is being done right now.
    pub task: String,
    /// Whom everything waits for, where nothing has moved for 20 seconds.
    #[serde(default)]
    pub waiting_for: Option<String>,
    /// Why there is more to do than was said at first, where that is so (S-131).
    #[serde(default)]
    pub growth: Option<String>,
    /// The limit that it keeps to, in bytes a second.
    #[serde(default)]
    pub limit_bytes_per_s: Option<u64>,
}
