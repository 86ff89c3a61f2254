//! What is written down about a job.

use super::need::Need;
use super::place::Place;
use super::source::TaskSource;
use super::state::{self, Event, Refused, State};
use crate::view::{InstalledComponent, JobView, LeftView, ProgressView, SharedStaysView, UiError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};
use toolcrib_model::{ComponentId, JobId, Language, Platform, ProductId, Version};
use toolcrib_wire::manifest::Blob;
use toolcrib_wire::receipt::{Receipt, SettingsRecord};
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
    /// Mends the files of what is installed.
    Repair,
    /// Moves a product to another folder.
    Move,
    /// Fetches a release into a folder, to be installed from there later.
    Download,
    /// Removes a product.
    Uninstall,
}

impl Kind {
    /// Whether it waits for its turn among those that fetch and write much; what is quick does not.
    pub(crate) const fn takes_a_turn(self) -> bool {
        match self {
            Self::Install | Self::Update | Self::Repair | Self::Move | Self::Download => true,
            Self::Uninstall => false,
        }
    }

    /// Whether it takes files away from where a running program looks for them. An installation makes its release beside
    /// those that are there; a repair puts files into the place of others, which on Windows it cannot while they run.
    pub(crate) const fn takes_files_away(self) -> bool {
        match self {
            Self::Move | Self::Uninstall => true,
            Self::Repair => cfg!(windows),
            Self::Install | Self::Update | Self::Download => false,
        }
    }
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
    /// The language that was asked for, where the release is for more than its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_language: Option<Language>,
    /// The computers that a download is for; `None` for those like this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<Platform>,
    /// Whether the person agreed to the scripts of the release.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub allow_scripts: bool,
    /// Whether the release that is current stays so, and this one is installed beside it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub beside: bool,
    /// The install root, absolute.
    pub root: String,
    /// The components, the required ones among them.
    pub components: Vec<ComponentId>,
    /// The account service that the package comes from; empty for an uninstallation.
    #[serde(default)]
    pub server: String,
    /// The manifest of the release, believed when the job began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manifest: Option<Blob>,
    /// The folder that a product is moved to, absolute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Folders in which content of the release may lie.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<TaskSource>,
    /// What becomes of the person's settings when the product is removed.
    #[serde(default)]
    pub settings: OwnSettings,
    /// What becomes of the person's files in the folders of releases when the product is removed.
    #[serde(default)]
    pub files: OwnFiles,
}

/// What becomes of the person's files in the folders of releases when a product is removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OwnFiles {
    /// They stay, in a folder of their own.
    #[default]
    Kept,
    /// They go with the product.
    Removed,
}

/// What goes with a product beside what is its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Going {
    /// What becomes of the person's settings.
    pub settings: OwnSettings,
    /// What becomes of the person's files in the folders of releases.
    pub files: OwnFiles,
}

/// What a job remembers, so that it can be said afterwards what stayed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    /// The folders of settings that the receipt named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<SettingsRecord>,
    /// What other products had, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<SharedStaysView>,
    /// How many of the person's files had outlived earlier releases.
    #[serde(default)]
    pub files_before: u64,
}

/// What becomes of the person's settings when a product is removed (B-59).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OwnSettings {
    /// They stay, for another installation.
    #[default]
    Kept,
    /// They go with the product.
    Removed,
}

impl Task {
    /// Whether it downloads what does not run on this computer.
    pub(crate) fn is_for_others(&self) -> bool {
        let here = Platform::current();
        self.platform.is_some_and(|platform| !platform.runs_on(here))
    }

    /// Something to be done with what is installed.
    pub(crate) fn on(kind: Kind, receipt: Receipt, server: String) -> Self {
        Self {
            kind,
            product: receipt.product,
            name: receipt.name,
            version: receipt.version,
            language: receipt.language,
            asked_language: None,
            platform: None,
            allow_scripts: false,
            beside: false,
            root: receipt.root,
            components: receipt.components,
            server,
            manifest: Some(receipt.manifest),
            to: None,
            sources: Vec::new(),
            settings: OwnSettings::Kept,
            files: OwnFiles::Kept,
        }
    }
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
    #[serde(serialize_with = "known_to_older_programs")]
    pub state: State,
    /// The release that the person went back to, from what it did or tried to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub went_back_to: Option<Version>,
    /// Why it waits, pauses or stands still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<UiError>,
    /// What it waits for, as long as it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits_for: Option<Need>,
    /// The jobs that have to be done before this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<JobId>,
    /// Before this it is not installed, only fetched and judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Timestamp>,
    /// Whether everything that it needs is held.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub held: bool,
    /// Whether the person agreed to fetch much over a metered network.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub metered: bool,
    /// Whether it waits for that, or for another network.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub asks_metered: bool,
    /// Whether it stands still only because its process ended: then a window goes on with it by itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub goes_on: bool,
    /// The names of the installed components, once it is done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub installed: Vec<String>,
    /// The same with versions and sizes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub installed_components: Vec<InstalledComponent>,
    /// What is needed to say afterwards what stayed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaving: Option<Leaving>,
    /// What stayed, once it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<LeftView>,
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
            went_back_to: None,
            reason: None,
            failure: None,
            waits_for: None,
            after: Vec::new(),
            not_before: None,
            held: false,
            metered: false,
            asks_metered: false,
            goes_on: false,
            installed: Vec::new(),
            installed_components: Vec::new(),
            leaving: None,
            left: None,
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
        self.goes_on = event == Event::Interrupted;
        self.waits_for = self.waits_for.filter(|_| event == Event::WaitBegan);
        self.asks_metered &= event == Event::WaitBegan;
        self.updated_at = now;
        if self.state != State::Failed {
            self.failure = None;
        }
        Ok(self)
    }

    /// The record as it is meant, where it is written down as [`known_to_older_programs`] says.
    pub(super) fn read_back(self) -> Self {
        match (self.state, &self.went_back_to) {
            (State::Cancelled, Some(_)) => Self {
                state: State::RolledBack,
                ..self
            },
            _ => self,
        }
    }

    /// Whether it is only fetched for now, to be installed later.
    pub(crate) const fn only_fetches(&self) -> bool {
        self.not_before.is_some() && !self.held
    }

    /// The record with what was installed (S-134).
    #[must_use]
    pub fn with(self, components: Vec<InstalledComponent>) -> Self {
        Self {
            installed: components.iter().map(|known| known.name.clone()).collect(),
            installed_components: components,
            ..self
        }
    }

    /// The record as the faces see it, at its place in the queue.
    pub fn view(&self, place: Place, progress: ProgressView) -> JobView {
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
            waits_for: self.waits_for.filter(|_| self.state == State::Waiting),
            after: self.after.clone(),
            priority: place.priority,
            rank: place.rank,
            components: self.installed.clone(),
            installed: self.installed_components.clone(),
            left: self.left.clone(),
            not_before: self.not_before,
            asks_metered: self.asks_metered,
            folder: (self.task.kind == Kind::Download).then(|| self.task.root.clone()),
            platform: self.task.platform.filter(|_| self.task.is_for_others()),
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

/// Programs before the state [`State::RolledBack`] could not read the record of a job that has it: for them it came to its
/// end as a cancelled one.
fn known_to_older_programs<S: Serializer>(state: &State, serializer: S) -> Result<S::Ok, S::Error> {
    match state {
        State::RolledBack => State::Cancelled.serialize(serializer),
        state => state.serialize(serializer),
    }
}
