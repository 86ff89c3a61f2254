//! How far a single file is.

use super::board::Board;
use super::estimate::Estimator;
use crate::progress::{Progress, Stage, TICK};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use tokio::sync::watch;

/// Tells how far a file is.
pub(super) struct Teller {
    length: u64,
    scene: Mutex<Scene>,
    out: watch::Sender<Progress>,
}

#[derive(Default)]
struct Scene {
    stage: Stage,
    task: String,
    board: Option<Arc<Board>>,
    estimator: Estimator,
}

impl Teller {
    /// Tells of a file of this length through `out`.
    pub(super) fn new(length: u64, out: watch::Sender<Progress>) -> Self {
        Self {
            length,
            scene: Mutex::default(),
            out,
        }
    }

    /// Something else than fetching is being done.
    pub(super) fn say(&self, task: &str) {
        {
            let mut scene = self.scene();
            scene.stage = Stage::Checking;
            task.clone_into(&mut scene.task);
        }
        self.tell(Instant::now());
    }

    /// From now on blocks of this board are fetched.
    pub(super) fn follow(&self, board: &Arc<Board>) {
        {
            let mut scene = self.scene();
            *scene = Scene {
                stage: Stage::Downloading,
                task: "Downloading".to_owned(),
                board: Some(board.clone()),
                estimator: Estimator::default(),
            };
        }
        self.tell(Instant::now());
    }

    /// What fetching is up against, or nothing any more.
    pub(super) fn explain(&self, task: Option<String>) {
        self.scene().task = task.unwrap_or_else(|| "Downloading".to_owned());
    }

    /// Tells how far it is, for ever; to be dropped with the work that it watches.
    pub(super) async fn keep_telling(&self) -> Infallible {
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            self.tell(Instant::now());
        }
    }

    /// Tells how far it is.
    pub(super) fn tell(&self, now: Instant) {
        let mut scene = self.scene();
        let figures = scene
            .board
            .as_ref()
            .map(|board| board.figures())
            .unwrap_or_default();
        let pace = scene.estimator.add(now, figures.arrived, figures.arrived);
        self.out.send_replace(Progress {
            stage: scene.stage,
            done_bytes: figures.held_bytes,
            total_bytes: self.length,
            fetched_bytes: figures.arrived,
            rate_bytes_per_s: pace.fetched_per_s,
            remaining_s: pace.remaining_s(self.length - figures.held_bytes),
            task: scene.task.clone(),
            ..Progress::default()
        });
    }

    fn scene(&self) -> MutexGuard<'_, Scene> {
        self.scene.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
