//! The one feed that a face follows instead of asking again and again.

use super::{InstalledView, JobView};
use serde::Serialize;
use ts_rs::TS;

/// News for a face; the first message is always a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FeedMessage {
    /// Everything there is.
    Snapshot {
        /// All jobs, the newest first.
        jobs: Vec<JobView>,
        /// All installed products by name.
        installed: Vec<InstalledView>,
    },
    /// A job changed, or got further.
    Job {
        /// The job as it is now.
        job: Box<JobView>,
    },
    /// What is installed, or a licence, changed.
    Installed {
        /// All installed products by name.
        installed: Vec<InstalledView>,
    },
    /// An invitation came, or went.
    Invited,
    /// Somebody signed in or out.
    SignedIn {
        /// Whether somebody is signed in now.
        signed_in: bool,
    },
}
