//! What is held: files under their digests, each judged before anybody gets it; what was not asked for longest goes first.

use crate::error::Error;
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};
use tokio::sync::OnceCell;
use toolcrib_machine::files;
use toolcrib_model::Digest;

/// What was begun and not gone on with for so long is given up.
const FORGOTTEN: Duration = Duration::from_secs(7 * 24 * 3600);

/// The files that are held, below one folder.
#[derive(Debug)]
pub(super) struct Shelf {
    folder: Utf8PathBuf,
    /// The most bytes.
    most: u64,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    files: HashMap<Digest, Item>,
    bytes: u64,
    /// Counts the times that anything was asked for.
    turn: u64,
}

#[derive(Clone, Debug)]
struct Item {
    length: u64,
    /// The turn at which it was last asked for.
    used: u64,
    verdict: Verdict,
    came: SystemTime,
}

/// Whether a file's digest is right, once it was judged since this program began: by one for all who ask meanwhile.
type Verdict = Arc<OnceCell<bool>>;

/// How much is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) files: usize,
    pub(super) bytes: u64,
    pub(super) most: u64,
    /// When the file came that is here longest.
    pub(super) oldest: Option<SystemTime>,
}

impl Shelf {
    /// What an earlier run left, with what is too much removed.
    pub(super) fn open(folder: Utf8PathBuf, most: u64) -> Result<Self, Error> {
        let mut found = Vec::new();
        for (name, length, changed) in list(&folder)? {
            match name.parse::<Digest>() {
                Ok(sha256) => found.push((changed, sha256, length)),
                Err(_) => forget_if_old(&folder.join(name), changed),
            }
        }
        found.sort_by_key(|(changed, _, _)| *changed);
        let shelf = Self {
            folder,
            most,
            held: Mutex::default(),
        };
        for (came, sha256, length) in found {
            shelf.put(sha256, length, came, Verdict::default());
        }
        shelf.make_room(0);
        Ok(shelf)
    }

    /// Where a file lies, or will.
    pub(super) fn place(&self, sha256: &Digest) -> Utf8PathBuf {
        self.folder.join(sha256.to_string())
    }

    /// Where a file lies whose digest is right. One that was damaged since it came is removed, and is not there.
    pub(super) async fn find(&self, sha256: &Digest) -> Result<Option<Utf8PathBuf>, Error> {
        let Some(verdict) = self.use_item(sha256) else {
            return Ok(None);
        };
        let is_sound = verdict.get_or_try_init(|| self.judge(*sha256, &verdict)).await?;
        Ok(is_sound.then(|| self.place(sha256)))
    }

    /// A file came, and its digest was right.
    pub(super) fn keep(&self, sha256: Digest, length: u64) {
        let sound = Arc::new(OnceCell::new_with(Some(true)));
        self.put(sha256, length, SystemTime::now(), sound);
    }

    /// Makes room for so many bytes more; false where they are more than may be held at all.
    pub(super) fn make_room(&self, bytes: u64) -> bool {
        let mut held = self.held();
        while held.bytes.saturating_add(bytes) > self.most {
            let oldest = held.files.iter().min_by_key(|(_, item)| item.used);
            let Some(sha256) = oldest.map(|(sha256, _)| *sha256) else {
                return false;
            };
            held.remove(&sha256);
            self.remove_file(&sha256);
        }
        true
    }

    /// How much is held.
    pub(super) fn extent(&self) -> Extent {
        let held = self.held();
        Extent {
            files: held.files.len(),
            bytes: held.bytes,
            most: self.most,
            oldest: held.files.values().map(|item| item.came).min(),
        }
    }

    fn put(&self, sha256: Digest, length: u64, came: SystemTime, verdict: Verdict) {
        let mut held = self.held();
        held.remove(&sha256);
        held.turn += 1;
        held.bytes += length;
        let used = held.turn;
        let item = Item {
            length,
            used,
            verdict,
            came,
        };
        held.files.insert(sha256, item);
    }

    fn use_item(&self, sha256: &Digest) -> Option<Verdict> {
        let mut held = self.held();
        held.turn += 1;
        let turn = held.turn;
        let item = held.files.get_mut(sha256)?;
        item.used = turn;
        Some(Arc::clone(&item.verdict))
    }

    async fn judge(&self, sha256: Digest, verdict: &Verdict) -> Result<bool, Error> {
        let place = self.place(&sha256);
        let judging = tokio::task::spawn_blocking(move || files::digest(&place));
        let found = judging.await.map_err(|source| Error::Thread { source })??;
        let is_sound = found == Some(sha256);
        if !is_sound {
            self.give_up(&sha256, verdict);
        }
        Ok(is_sound)
    }

    /// Removes what is damaged, unless it was fetched anew meanwhile.
    fn give_up(&self, sha256: &Digest, verdict: &Verdict) {
        let mut held = self.held();
        let item = held.files.get(sha256);
        if item.is_some_and(|item| Arc::ptr_eq(&item.verdict, verdict)) {
            tracing::warn!(%sha256, "A file that was held is damaged, and is fetched anew.");
            held.remove(sha256);
            self.remove_file(sha256);
        }
    }

    fn remove_file(&self, sha256: &Digest) {
        if let Err(error) = files::remove_file(&self.place(sha256)) {
            tracing::warn!(%error, "A file could not be removed.");
        }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn remove(&mut self, sha256: &Digest) {
        if let Some(item) = self.files.remove(sha256) {
            self.bytes -= item.length;
        }
    }
}

/// Every file of the folder: name, length, when it was last changed.
fn list(folder: &Utf8Path) -> Result<Vec<(String, u64, SystemTime)>, Error> {
    let all = || -> io::Result<Vec<_>> {
        let mut all = Vec::new();
        for entry in folder.read_dir_utf8()? {
            let entry = entry?;
            let found = entry.metadata()?;
            if found.is_file() {
                all.push((entry.file_name().to_owned(), found.len(), found.modified()?));
            }
        }
        Ok(all)
    };
    all().map_err(|source| Error::File {
        act: "list",
        path: folder.to_owned(),
        source,
    })
}

fn forget_if_old(path: &Utf8Path, changed: SystemTime) {
    let is_old = changed.elapsed().is_ok_and(|age| age > FORGOTTEN);
    if is_old && let Err(error) = files::remove_file(path) {
        tracing::warn!(%error, "What was once begun could not be removed.");
    }
}

#[cfg(test)]
mod tests;
