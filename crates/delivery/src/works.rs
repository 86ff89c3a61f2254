//! What fetching and unpacking share for one installation.

use crate::error::Error;
use crate::fetch::board::Board;
use crate::fetch::budget::{Budget, Shares};
use crate::fetchables::Fetchables;
use crate::ground::Ground;
use crate::held::{HeldLog, HeldSet};
use crate::plan::{Aim, Origin, Plan};
use crate::progress::Meter;
use crate::repair::salvage::{self, Staged};
use crate::reuse::clones::Clones;
use crate::reuse::patching::Patching;
use crate::reuse::queue::Queue;
use crate::root::TakenRoot;
use crate::span;
use crate::staging::{self, Staging};
use crate::stop::Stop;
use crate::tree::Tree;
use crate::unpack::handles::Handles;
use std::collections::BTreeSet;
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
    pub(crate) ground: Ground,
    pub(crate) workers: usize,
    pub(crate) clones: Clones,
    /// What is to be taken from trees that are here.
    from_here: Queue,
    pub(crate) patching: Patching,
    pub(crate) fetchables: Fetchables,
    /// What is to be read from parts that are here.
    pub(crate) from_parts: Queue,
    /// The parts that chunks may have to be fetched from.
    parts: BTreeSet<u32>,
    longest_content: u32,
    last_orders: Mutex<Option<Instant>>,
}

impl Works {
    /// Sets up: looks at what is held, decides what to fetch. `None` where somebody wished to stop.
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
            staging::make_folders(&tree, &plan.layout)?;
            let staging = Staged {
                tree: &tree,
                log: &log,
            };
            salvage::salvage(&plan, mend, &staging, &mut held, (&meter, stop))?;
        }
        judge_space(&plan, plan.room_needed(&held))?;
        let clones = Clones::new(&plan.layout, &plan.here, &held);
        let fetchables = Fetchables::new(&plan);
        let chunks = fetchables.chunks();
        let needed = || plan.layout.needed().map(|number| &chunks[number as usize]);
        let longest_content = needed().map(|chunk| chunk.length).max().unwrap_or_default();
        let patches = fetchables.patches().map(|number| &chunks[number as usize]);
        let stored = needed().chain(patches).map(|chunk| chunk.stored_length);
        let longest_stored = stored.max().unwrap_or_default();
        let shares = Shares::new(&plan.pace, u64::from(longest_content));
        let missing = Missing::new(&plan, &held, &fetchables);
        let elsewhere = missing.here.len() + missing.in_parts.len();
        let board = Board::new(span::runs(chunks, missing.elsewhere), elsewhere);
        let budget = Budget::new(&shares, longest_stored);
        let (patching, free) = Patching::new(&plan.here, &plan.layout, missing.here);
        let fetched = plan
            .here
            .chosen()
            .filter(|(_, usable)| plan.root.has_patch(&usable.patch));
        fetched.for_each(|(patch, _)| patching.arrived(patch));
        Ok(Some(Self {
            taken,
            meter,
            tree,
            log,
            board,
            budget,
            handles: Handles::default(),
            ground: Ground::new(held),
            workers: shares.workers,
            clones,
            from_here: Queue::new(free),
            patching,
            fetchables,
            from_parts: Queue::new(missing.in_parts),
            parts: missing.parts,
            longest_content,
            last_orders: Mutex::new(None),
            plan,
        }))
    }

    /// What is to be done next with what is here, unless all is to come to its end.
    pub(crate) fn next_from_here(&self) -> Option<FromHere> {
        if self.is_ending() {
            return None;
        }
        let patch = self.patching.next().map(FromHere::Patch);
        patch.or_else(|| self.from_here.next().map(FromHere::Chunk))
    }

    /// Chunks that can be taken from now on, because what they waited for is here.
    pub(crate) fn can_be_taken(&self, chunks: Vec<u32>) {
        self.from_here.add(chunks);
    }

    /// The parts that chunks may have to be fetched from, by their places in the manifest, in order.
    pub(crate) fn parts(&self) -> impl Iterator<Item = u32> {
        self.parts.iter().copied()
    }

    pub(crate) fn chunk(&self, number: u32) -> &Chunk {
        &self.fetchables.chunks()[number as usize]
    }

    /// The number of a chunk's part, as people count, and its digest.
    pub(crate) fn part(&self, chunk: &Chunk) -> (u32, Digest) {
        (
            chunk.part + 1,
            self.fetchables.parts()[chunk.part as usize].sha256,
        )
    }

    /// How many bytes of files a chunk becomes; a patch becomes none by itself.
    pub(crate) fn written_bytes(&self, number: u32) -> u64 {
        match self.fetchables.patch(number) {
            Some(_) => 0,
            None => self.plan.layout.written_bytes(number),
        }
    }

    pub(crate) const fn longest_content(&self) -> usize {
        self.longest_content as usize
    }

    /// Nothing more will arrive, and what has arrived should be dealt with soon.
    pub(crate) fn call_last_orders(&self) {
        let mut last_orders = self.last_orders.lock().unwrap_or_else(PoisonError::into_inner);
        last_orders.get_or_insert(Instant::now() + LAST_ORDERS);
    }

    /// Whether nothing more is to be begun: something failed, or a stop was asked for.
    pub(crate) fn is_ending(&self) -> bool {
        let last_orders = self.last_orders.lock().unwrap_or_else(PoisonError::into_inner);
        self.board.has_failed() || last_orders.is_some()
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

/// Something to be done with what is on this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FromHere {
    /// Take a chunk.
    Chunk(u32),
    /// Apply a patch, by its number.
    Patch(usize),
}

/// Where the chunks come from that are not held.
#[derive(Default)]
struct Missing {
    here: Vec<u32>,
    in_parts: Vec<u32>,
    elsewhere: Vec<u32>,
    parts: BTreeSet<u32>,
}

impl Missing {
    fn new(plan: &Plan, held: &HeldSet, fetchables: &Fetchables) -> Self {
        let mut missing = Self::default();
        for patch in fetchables.patches() {
            missing.parts.insert(fetchables.chunks()[patch as usize].part);
            missing.elsewhere.push(patch);
        }
        for number in plan.layout.needed().filter(|number| !held.has(*number)) {
            let part = plan.index().chunks[number as usize].part;
            missing.parts.insert(part);
            match plan.origin_of(number) {
                Origin::Here => missing.here.push(number),
                Origin::LocalPart => missing.in_parts.push(number),
                Origin::Remote => missing.elsewhere.push(number),
            }
        }
        missing
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
