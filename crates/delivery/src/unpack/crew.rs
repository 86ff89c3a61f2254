//! Those who unpack, on threads of their own.

use super::work;
use crate::fetch::Arrived;
use crate::flush;
use crate::works::Works;
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc;
use tokio::task::{JoinError, JoinSet};

/// Starts those who unpack, and one who sends what they write on its way to the disk.
pub(crate) fn start(works: &Arc<Works>, arrivals: mpsc::Receiver<Arrived>) -> JoinSet<()> {
    let (nudge, nudged) = flush::nudge();
    let (arrivals, nudge) = (Arc::new(Mutex::new(arrivals)), Arc::new(nudge));
    let (path, meter) = (works.tree.path().to_owned(), works.meter.clone());
    // Not waited for: it changes nothing, and a flush that still runs must not hold up a pause.
    let flushing = std::thread::Builder::new().name("toolcrib-flush".into());
    drop(flushing.spawn(move || flush::keep_flushing(&path, &nudged, &meter)));
    let mut workers = JoinSet::new();
    for _ in 0..works.workers {
        let (works, arrivals, nudge) = (works.clone(), arrivals.clone(), nudge.clone());
        workers.spawn_blocking(move || work(&works, &arrivals, &nudge));
    }
    workers
}

/// Waits until all have ended; what broke off, if anything did.
pub(crate) async fn join(mut workers: JoinSet<()>) -> Option<JoinError> {
    let mut broke = None;
    while let Some(joined) = workers.join_next().await {
        broke = broke.or(joined.err());
    }
    broke
}
