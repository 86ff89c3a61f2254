//! What is being fetched: each file once, whoever asks for it and however often; a few at a time, the rest in line.

use super::Mirror;
use super::tally::add;
use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use toolcrib_delivery::{Fetched, Manner, Progress, Stop, WantedFile, fetch_file};
use toolcrib_machine::clock::SystemClock;
use toolcrib_model::Digest;
use toolcrib_net::SafeUrl;

/// How many files are fetched at a time: few, so that the first is soon whole.
const AT_ONCE: usize = 2;
/// The most files in line.
const MOST: usize = 10_000;
/// A file that could not be had is not tried again for so long.
const REST: Duration = Duration::from_secs(10);

/// What is being fetched.
#[derive(Debug)]
pub(super) struct Desk {
    wanted: Mutex<HashMap<Digest, Wanted>>,
    at_once: Semaphore,
    stop: Stop,
    tasks: Mutex<JoinSet<()>>,
}

#[derive(Debug)]
struct Wanted {
    /// The newest link: those before it may have ended.
    link: SafeUrl,
    stage: watch::Receiver<Stage>,
}

/// How far a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// It is on its way, or in line.
    Coming,
    /// It is held.
    Held,
    /// It could not be had.
    Failed(Instant),
}

impl Default for Desk {
    fn default() -> Self {
        Self {
            wanted: Mutex::default(),
            at_once: Semaphore::new(AT_ONCE),
            stop: Stop::new(),
            tasks: Mutex::default(),
        }
    }
}

impl Desk {
    /// How many files are on their way or in line.
    pub(super) fn count(&self) -> usize {
        let wanted = self.wanted();
        wanted
            .values()
            .filter(|one| *one.stage.borrow() == Stage::Coming)
            .count()
    }

    /// Fetches nothing more; what has arrived is kept for the next start.
    pub(super) fn stop(&self) {
        self.stop.pause();
        self.at_once.close();
    }

    /// Waits until nothing is being written any more.
    pub(super) async fn settle(&self) {
        let mut tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        while tasks.join_next().await.is_some() {}
    }

    fn wanted(&self) -> MutexGuard<'_, HashMap<Digest, Wanted>> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn newest_link(&self, sha256: &Digest) -> Option<SafeUrl> {
        self.wanted().get(sha256).map(|wanted| wanted.link.clone())
    }

    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        tasks.spawn(task);
    }
}

/// Wants a file that is not held, by a link that is good. Answers how far it is, as that changes.
pub(super) fn want(
    mirror: &Arc<Mirror>,
    sha256: Digest,
    link: SafeUrl,
    length: u64,
) -> watch::Receiver<Stage> {
    let mut wanted = mirror.desk.wanted();
    if let Some(known) = wanted.get_mut(&sha256) {
        known.link = link.clone();
        let is_over = match *known.stage.borrow() {
            Stage::Coming => false,
            Stage::Held => true,
            Stage::Failed(at) => at.elapsed() >= REST,
        };
        if !is_over {
            return known.stage.clone();
        }
    }
    let (tell, stage) = watch::channel(Stage::Coming);
    if wanted.len() >= MOST {
        wanted.retain(|_, wanted| *wanted.stage.borrow() == Stage::Coming);
    }
    if wanted.len() >= MOST {
        // Nobody is left who could say more: whoever waits hears that it failed.
        tell.send_replace(Stage::Failed(Instant::now()));
        return stage;
    }
    let of_task = Wanted {
        link,
        stage: stage.clone(),
    };
    wanted.insert(sha256, of_task);
    drop(wanted);
    let working = Arc::clone(mirror);
    mirror.desk.spawn(async move {
        let is_held = get(&working, sha256, length).await;
        let ended = if is_held {
            Stage::Held
        } else {
            Stage::Failed(Instant::now())
        };
        tell.send_replace(ended);
    });
    stage
}

/// Fetches one file when it is its turn; says whether it is held then.
async fn get(mirror: &Arc<Mirror>, sha256: Digest, length: u64) -> bool {
    let Ok(_turn) = mirror.desk.at_once.acquire().await else {
        return false;
    };
    let Some(url) = mirror
        .desk
        .newest_link(&sha256)
        .filter(|_| mirror.shelf.make_room(length))
    else {
        return false;
    };
    let to = mirror.shelf.place(&sha256);
    let wanted = WantedFile {
        url,
        to,
        length,
        sha256,
    };
    let (tell, told) = watch::channel(Progress::default());
    let (http, stop) = (&mirror.origin.http, &mirror.desk.stop);
    let fetched = fetch_file(wanted, Manner::default(), http, stop, tell, &SystemClock).await;
    add(&mirror.tally.from_origin, told.borrow().fetched_bytes);
    match fetched {
        Ok(Fetched::InPlace | Fetched::WasThere) => {
            mirror.shelf.keep(sha256, length);
            true
        }
        Ok(Fetched::Paused | Fetched::Cancelled) => false,
        Err(error) => {
            let error = crate::http::problem::with_causes(&error);
            tracing::warn!(%sha256, error, "A file could not be fetched.");
            mirror.tally.failures.fetch_add(1, Ordering::Relaxed);
            false
        }
    }
}
