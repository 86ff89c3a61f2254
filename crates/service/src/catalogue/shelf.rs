//! The shelf: the newest view of the catalogue, read again whenever the vendor has published.

use super::View;
use super::metadata;
use crate::error::Error;
use camino::{Utf8Path, Utf8PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// Holds the catalogue's folder and the newest view of it.
#[derive(Debug)]
pub struct Shelf {
    folder: Utf8PathBuf,
    held: Mutex<Held>,
    reading: tokio::sync::Mutex<()>,
    publishing: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Held {
    /// The timestamp file that was last looked at, whether or not what it leads to could be read.
    seen: Option<Stamp>,
    view: Arc<View>,
    fault: Option<String>,
}

/// Tells one state of `timestamp.json` from another, at the price of one system call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    modified: SystemTime,
    length: u64,
}

impl Shelf {
    /// A shelf over the catalogue below `folder`.
    pub fn new(folder: Utf8PathBuf) -> Self {
        Self {
            folder,
            held: Mutex::default(),
            reading: tokio::sync::Mutex::default(),
            publishing: tokio::sync::Mutex::default(),
        }
    }

    /// The catalogue's folder.
    pub fn folder(&self) -> &Utf8Path {
        &self.folder
    }

    /// Waits until nobody else changes the catalogue; held while one file is judged and put into place.
    pub async fn publishing(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.publishing.lock().await
    }

    /// The newest view that could be read. While a new catalogue cannot be, the one before stays.
    pub async fn view(&self) -> Arc<View> {
        let stamp = self.stamp().await;
        if let Some(view) = self.held_at(stamp) {
            return view;
        }
        let _one_at_a_time = self.reading.lock().await;
        if let Some(view) = self.held_at(stamp) {
            return view;
        }
        let folder = self.folder.clone();
        let read = tokio::task::spawn_blocking(move || View::read(&folder)).await;
        self.hold(stamp, read.unwrap_or_else(|source| Err(Error::Thread { source })))
    }

    /// What is wrong with the catalogue that is in place, if something is.
    pub async fn fault(&self) -> Option<String> {
        self.view().await;
        self.held
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fault
            .clone()
    }

    /// The version of the timestamp that is in place.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn timestamp_version(&self) -> Result<Option<u64>, Error> {
        metadata::timestamp_version(&self.folder)
    }

    fn held_at(&self, stamp: Option<Stamp>) -> Option<Arc<View>> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        (held.seen == stamp).then(|| Arc::clone(&held.view))
    }

    fn hold(&self, stamp: Option<Stamp>, read: Result<View, Error>) -> Arc<View> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.seen = stamp;
        match read {
            Ok(view) => {
                held.view = Arc::new(view);
                held.fault = None;
            }
            Err(error) => {
                tracing::error!(error = %error, "The catalogue cannot be read; the one before stays.");
                held.fault = Some(error.to_string());
            }
        }
        Arc::clone(&held.view)
    }

    async fn stamp(&self) -> Option<Stamp> {
        let found = tokio::fs::metadata(self.folder.join("metadata/timestamp.json"))
            .await
            .ok()?;
        Some(Stamp {
            modified: found.modified().ok()?,
            length: found.len(),
        })
    }
}
