//! Who works on what in this process: one job at a time for each install root, each with its wish to stop.

use super::State;
use crate::view::JobView;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Mutex as Turnstile, OwnedMutexGuard, watch};
use tokio::task::JoinHandle;
use toolcrib_delivery::Stop;
use toolcrib_model::JobId;

/// How long the end of this process waits for jobs to stand still.
const LAST_CALL: Duration = Duration::from_secs(20);

/// The jobs of this process.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    running: Mutex<HashMap<JobId, Running>>,
    turns: Mutex<HashMap<String, Arc<Turnstile<()>>>>,
    closing: AtomicBool,
}

/// A job that this process works on.
#[derive(Debug)]
struct Running {
    stop: Stop,
    latest: watch::Receiver<JobView>,
    work: JoinHandle<()>,
}

impl Desk {
    /// Notes that `work` is being done.
    pub(crate) fn take(&self, id: JobId, stop: Stop, latest: watch::Receiver<JobView>, work: JoinHandle<()>) {
        let mut running = lock(&self.running);
        running.retain(|_, job| !job.work.is_finished());
        running.insert(id, Running { stop, latest, work });
    }

    /// The wish to stop of a job that this process works on, and where it stands.
    pub(crate) fn find(&self, id: &JobId) -> Option<(Stop, watch::Receiver<JobView>)> {
        let running = lock(&self.running);
        let job = running.get(id).filter(|job| !job.work.is_finished())?;
        Some((job.stop.clone(), job.latest.clone()))
    }

    /// Waits for this job's turn at its install root.
    pub(crate) async fn turn(&self, root: &str) -> OwnedMutexGuard<()> {
        let turnstile = Arc::clone(lock(&self.turns).entry(root.to_owned()).or_default());
        turnstile.lock_owned().await
    }

    /// Whether this process is about to end.
    pub(crate) fn is_closing(&self) -> bool {
        self.closing.load(Ordering::SeqCst)
    }

    /// Asks every job to pause, and waits until all stand still and what follows them is done.
    pub(crate) async fn close(&self) {
        self.closing.store(true, Ordering::SeqCst);
        let jobs: Vec<_> = lock(&self.running).drain().map(|(_, job)| job).collect();
        for job in &jobs {
            if job.latest.borrow().state.is_running() {
                job.stop.pause();
            }
        }
        let all = async {
            for job in jobs {
                let _ended_anyhow = job.work.await;
            }
        };
        if tokio::time::timeout(LAST_CALL, all).await.is_err() {
            tracing::warn!("a job did not stand still in time; it will be shown as interrupted");
        }
    }
}

/// Waits until a job stands in one of the states that `wanted` accepts; answers where it stands then.
pub(crate) async fn until(
    latest: &mut watch::Receiver<JobView>,
    limit: Duration,
    wanted: impl Fn(State) -> bool,
) -> JobView {
    let waited = tokio::time::timeout(limit, latest.wait_for(|job| wanted(job.state))).await;
    drop(waited);
    latest.borrow().clone()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
