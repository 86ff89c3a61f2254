//! What fetching and unpacking share for one installation.

use crate::error::Error;
use crate::fetch::board::Board;
use crate::fetch::budget::{Budget, Shares};
use crate::held::HeldLog;
use crate::plan::{Aim, Plan};
use crate::progress::Meter;
use crate::repair::salvage::{self, Staged};
use crate::root::TakenRoot;
use crate::span;
use crate::staging::{self, Staging};
use crate::stop::Stop;
use crate::tree::Tree;
use crate::unpack::handles::Handles;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use toolcrib_machine::files;
use toolcrib_model::Digest;
use toolcrib_wire::index::Chunk;

/// How long what has arrived is still unpacked after somebody asked to stop; the rest is fetched again.
const LAST_ORDERS: Duration = Duration::from_millis(1500);

/// One installation at work. Whoever works holds it, and with it the lock of the root.
#[derive(Debug)]
pub(crate) struct Works {
    pub(crate) taken: TakenRoot,
    pub(crate) plan: Plan,
    pub(crate) meter: Arc<Meter>,
    pub(crate) tree: Tree,
    pub(crate) log: HeldLog,
    pub(crate) board: Board,
    pub(crate) budget: Budget,
    pub(crate) handles: Handles,
    pub(crate) workers: usize,
    longest_content: u32,
    last_orders: Mutex<Option<Instant>>,
}

impl Works {
    /// Sets up: looks at what is held, makes folders, decides what to fetch. `None` where somebody wished to stop.
    pub(crate) fn set_up(
        taken: TakenRoot,
        plan: Plan,
        meter: Arc<Meter>,
        stop: &Stop,
    ) -> Result<Option<Self>, Error> {
        let Some(staging) = staging::open(taken.root(), &plan, &meter, stop)? else {
            return Ok(None);
        };
        let Staging { tree, mut held, log } = staging;
        if let Aim::Mend(mend) = &plan.aim {
            let staging = Staged {
                tree: &tree,
                log: &log,
            };
            salvage::salvage(&plan, mend, &staging, &mut held, (&meter, stop))?;
        }
        judge_space(&plan, plan.room_needed(&held))?;
        let chunks = &plan.index().chunks;
        let needed = || plan.layout.needed().map(|number| &chunks[number as usize]);
        let longest_content = needed().map(|chunk| chunk.length).max().unwrap_or_default();
        let longest_stored = needed()
            .map(|chunk| chunk.stored_length)
            .max()
            .unwrap_or_default();
        let shares = Shares::new(&plan.pace, u64::from(longest_content));
        let missing = plan.layout.needed().filter(|number| !held.has(*number));
        let board = Board::new(span::runs(chunks, missing));
        let budget = Budget::new(&shares, longest_stored);
        Ok(Some(Self {
            taken,
            meter,
            tree,
            log,
            board,
            budget,
            handles: Handles::default(),
            workers: shares.workers,
            longest_content,
            last_orders: Mutex::new(None),
            plan,
        }))
    }

    pub(crate) fn chunk(&self, number: u32) -> &Chunk {
        &self.plan.index().chunks[number as usize]
    }

    /// The number of a chunk's part, as people count, and its digest.
    pub(crate) fn part(&self, chunk: &Chunk) -> (u32, Digest) {
        (
            chunk.part + 1,
            self.plan.manifest().parts[chunk.part as usize].sha256,
        )
    }

    pub(crate) const fn longest_content(&self) -> usize {
        self.longest_content as usize
    }

    /// Nothing more will arrive, and what has arrived should be dealt with soon.
    pub(crate) fn call_last_orders(&self) {
        let mut last_orders = self.last_orders.lock().unwrap_or_else(PoisonError::into_inner);
        last_orders.get_or_insert(Instant::now() + LAST_ORDERS);
    }

    /// Whether what has arrived is to be dropped: something failed, or a stop was asked for too long ago.
    pub(crate) fn drops_arrivals(&self) -> bool {
        let last_orders = *self.last_orders.lock().unwrap_or_else(PoisonError::into_inner);
        self.board.has_failed() || last_orders.is_some_and(|end| Instant::now() > end)
    }

    /// Says so plainly where the cause of an error is a full disk.
    pub(crate) fn explain(&self, error: Error) -> Error {
        let left = self.plan.sizes.peak_bytes.saturating_sub(self.meter.written());
        error.or_disk_full(self.plan.root.path(), left)
    }
}

/// Looks once more whether there is room: the plan may be old.
fn judge_space(plan: &Plan, needed: u64) -> Result<(), Error> {
    let folder = || plan.root.path().to_owned();
    let space = files::space(plan.root.path()).map_err(|source| Error::Inspect {
        root: folder(),
        source,
    })?;
    match needed > space.free {
        true => Err(Error::NotEnoughSpace {
            folder: folder(),
            needed,
            free: space.free,
        }),
        false => Ok(()),
    }
}
