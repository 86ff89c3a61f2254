//! One file by a link of somebody's: the delivery engine without a product and without an account.

use crate::client::Client;
use crate::error::Error;
use crate::view::ProgressView;
use camino::Utf8PathBuf;
use serde::Serialize;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use toolcrib_delivery::{Fetched, Progress, Stop, WantedFile, fetch_file};
use toolcrib_machine::clock::SystemClock;
use toolcrib_model::Digest;
use toolcrib_net::SafeUrl;

/// A file that is wanted.
#[derive(Clone, Debug)]
pub struct FileRequest {
    /// The link, as a person or a script gives it.
    pub url: String,
    /// Where it is to lie; the folder exists.
    pub to: Utf8PathBuf,
    /// Its length in bytes.
    pub size_bytes: u64,
    /// Its SHA-256.
    pub sha256: Digest,
}

/// How fetching a file ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// It was fetched, and lies in its place.
    Done,
    /// It lay there already; nothing was fetched.
    WasThere,
    /// It can be gone on with by asking for the same again.
    Paused,
}

/// A file that was fetched, or is paused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileView {
    /// Where it lies, or will.
    pub path: Utf8PathBuf,
    /// Its length.
    pub size_bytes: u64,
    /// Its SHA-256.
    #[serde(serialize_with = "as_text")]
    pub sha256: Digest,
    /// How it ended.
    pub state: FileState,
    /// What came over the network this time.
    pub fetched_bytes: u64,
}

/// A file on its way.
#[derive(Debug)]
pub struct FileFetch {
    request: FileRequest,
    stop: Stop,
    progress: watch::Receiver<Progress>,
    work: JoinHandle<Result<Fetched, toolcrib_delivery::Error>>,
}

impl Client {
    /// Begins to fetch a file, or goes on with it. Needs nobody to be signed in.
    ///
    /// # Errors
    /// When the link is none that is used here, the network cannot be set up, or the policy of this computer cannot be
    /// understood.
    pub fn fetch_file(&self, request: FileRequest) -> Result<FileFetch, Error> {
        let url = SafeUrl::parse(&request.url).map_err(|source| Error::BadFileLink { source })?;
        let manner = self.policy()?.manner();
        let http = self.http()?.clone();
        let wanted = WantedFile {
            url,
            to: request.to.clone(),
            length: request.size_bytes,
            sha256: request.sha256,
        };
        let (told, progress) = watch::channel(Progress::default());
        let stop = Stop::new();
        let obeyed = stop.clone();
        let client = self.clone();
        let work = tokio::spawn(async move {
            let fetching = fetch_file(wanted, manner, &http, &obeyed, told, &SystemClock);
            tokio::select! {
                // The limit comes first, so that nothing is fetched before it is known.
                biased;
                never = client.follow_limit() => match never {},
                fetched = fetching => fetched,
            }
        });
        Ok(FileFetch {
            request,
            stop,
            progress,
            work,
        })
    }
}

impl FileFetch {
    /// Asks for a pause.
    pub fn pause(&self) {
        self.stop.pause();
    }

    /// How far it is, whenever that has changed; `None` when nothing more will be told.
    pub async fn progress(&mut self) -> Option<ProgressView> {
        self.progress.changed().await.ok()?;
        let now = self.progress.borrow_and_update();
        Some(ProgressView {
            done_bytes: now.done_bytes,
            total_bytes: now.total_bytes,
            fetched_bytes: now.fetched_bytes,
            peer_bytes: 0,
            peer_count: 0,
            rate_bytes_per_s: now.rate_bytes_per_s,
            remaining_s: now.remaining_s,
            task: now.task.clone(),
            // The task says it, as it does everything that happens on the way.
            waiting_for: None,
            growth: None,
            limit_bytes_per_s: None,
        })
    }

    /// How it ended.
    ///
    /// # Errors
    /// When it failed; what was held stays held.
    pub async fn end(self) -> Result<FileView, Error> {
        let ended = self.work.await.map_err(|_| Error::Interrupted)?;
        let fetched_bytes = self.progress.borrow().fetched_bytes;
        Ok(FileView {
            path: self.request.to,
            size_bytes: self.request.size_bytes,
            sha256: self.request.sha256,
            state: match ended.map_err(Error::Delivery)? {
                Fetched::InPlace => FileState::Done,
                Fetched::WasThere => FileState::WasThere,
                Fetched::Paused | Fetched::Cancelled => FileState::Paused,
            },
            fetched_bytes,
        })
    }
}

fn as_text<S: serde::Serializer>(digest: &Digest, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(digest)
}
