//! What processes tell each other about a job beside its record: a wish to stop, and how far it is.

use super::store::Jobs;
use crate::error::Error;
use crate::view::ProgressView;
use serde::Deserialize;
use toolcrib_machine::files;
use toolcrib_model::JobId;
use ts_rs::TS;

/// What another process asks of the one that works on a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Stop and keep what is held.
    Pause,
    /// Give it up.
    Cancel(Held),
    /// Do not wait: for the time at which it is to be installed, or for a network that is not metered.
    Now,
}

/// What becomes of what a job holds that is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// It stays, so that the same again need not fetch it.
    Kept,
    /// It is removed.
    Dropped,
}

impl Wish {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Pause => "pause",
            Self::Now => "now",
            Self::Cancel(Held::Dropped) => "cancel",
            Self::Cancel(Held::Kept) => "cancel, keep",
        }
    }
}

impl Jobs {
    /// Asks the process that works on a job to stop, or not to wait.
    ///
    /// # Errors
    /// When the wish cannot be written.
    pub fn wish(&self, id: &JobId, wish: Wish) -> Result<(), Error> {
        files::replace(&self.folder_of(id).join("wish"), wish.as_str().as_bytes()).map_err(Error::Machine)
    }

    /// What others asked of this job since it was started.
    pub fn wished(&self, id: &JobId) -> Option<Wish> {
        match fs_err::read(self.folder_of(id).join("wish")).ok()?.as_slice() {
            b"pause" => Some(Wish::Pause),
            b"now" => Some(Wish::Now),
            b"cancel" => Some(Wish::Cancel(Held::Dropped)),
            b"cancel, keep" => Some(Wish::Cancel(Held::Kept)),
            _ => None,
        }
    }

    /// Forgets what others asked.
    pub fn clear_wish(&self, id: &JobId) {
        let _gone_already = fs_err::remove_file(self.folder_of(id).join("wish"));
    }

    /// Notes how far a job is. A figure that cannot be written is not worth stopping for.
    pub fn note_progress(&self, id: &JobId, progress: &ProgressView) {
        if let Ok(text) = serde_json::to_vec(progress) {
            let _only_a_figure = fs_err::write(self.folder_of(id).join("progress.json"), text);
        }
    }

    /// How far a job is, as last noted.
    pub fn progress(&self, id: &JobId) -> ProgressView {
        let noted = fs_err::read(self.folder_of(id).join("progress.json")).ok();
        noted
            .and_then(|text| serde_json::from_slice(&text).ok())
            .unwrap_or_default()
    }
}
