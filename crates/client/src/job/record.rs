//! What is written down about a job.

use super::state::{self, Event, Refused, State};
use crate::view::{JobView, ProgressView, UiError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use toolcrib_model::{ComponentId, JobId, Language, ProductId, Version};
use toolcrib_wire::schema::Schema;
use ts_rs::TS;

/// What a job does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "JobKind")]
pub enum Kind {
    /// Installs a product that was not there.
    Install,
    /// Installs another release over one that is there.
    Update,
    /// Removes a product.
    Uninstall,
}

/// What a job was asked to do: all that is needed to go on after a restart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// What is done.
    pub kind: Kind,
    /// The product.
    pub product: ProductId,
    /// The product's name for people.
    pub name: String,
    /// The release.
    pub version: Version,
    /// Its language.
    pub language: Language,
    /// The install root, absolute.
    pub root: String,
    /// The components, the required ones among them.
    pub components: Vec<ComponentId>,
    /// The account service that the package comes from; empty for an uninstallation.
    #[serde(default)]
    pub server: String,
}

/// The record of a job: `jobs/ID/job.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobRecord {
    /// The shape of this document.
    pub schema: Schema<1>,
    /// The job.
    pub id: JobId,
    /// What it was asked to do.
    pub task: Task,
    /// Where it stands.
    pub state: State,
    /// Why it waits, pauses or stands still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<UiError>,
    /// The names of the installed components, once it is done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub installed: Vec<String>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Fields of newer programs.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl JobRecord {
    /// A job that waits for its turn.
    pub fn new(id: JobId, task: Task, now: Timestamp) -> Self {
        Self {
            schema: Schema,
            id,
            task,
            state: State::Queued,
            reason: None,
            failure: None,
            installed: Vec::new(),
            created_at: now,
            updated_at: now,
            unknown: Map::new(),
        }
    }

    /// The record after `event`. A reason holds as long as its state; a failure until the job is started again.
    ///
    /// # Errors
    /// [`Refused`] where the state machine knows no such step.
    pub fn after(mut self, event: Event, reason: Option<String>, now: Timestamp) -> Result<Self, Refused> {
        self.state = state::next(self.state, event)?;
        self.reason = reason;
        self.updated_at = now;
        if self.state != State::Failed {
            self.failure = None;
        }
        Ok(self)
    }

    /// The record as the faces see it.
    pub fn view(&self, progress: ProgressView) -> JobView {
        JobView {
            id: self.id.clone(),
            kind: self.task.kind,
            product: self.task.product.clone(),
            name: self.task.name.clone(),
            version: self.task.version.clone(),
            state: self.state,
            reason: self.reason.clone(),
            progress,
            failure: self.failure.clone(),
            components: self.installed.clone(),
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}
