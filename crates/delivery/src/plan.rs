//! What an installation would do: which bytes to fetch, how much room it needs. Nothing is changed by planning.

use crate::error::Error;
use crate::held::{self, HeldSet, Identity};
use crate::layout::Layout;
use crate::order::Order;
use crate::releases::USUALLY_KEPT;
use crate::repair::Mend;
use crate::root::Root;
use camino::Utf8Path;
use std::collections::BTreeSet;
use toolcrib_machine::{files, system};
use toolcrib_model::{ComponentId, ComponentKind, Digest};
use toolcrib_wire::index::Index;
use toolcrib_wire::manifest::Manifest;

/// Room for what no plan counts: the receipt, the journal, a folder's own growth.
const SLACK_BYTES: u64 = 4 << 20;

/// An installation that was thought through: what it needs, and that there is room for it.
#[derive(Debug)]
pub struct Plan {
    pub(crate) order: Order,
    pub(crate) root: Root,
    pub(crate) layout: Layout,
    pub(crate) sizes: Sizes,
    pub(crate) pace: Pace,
    /// How many releases the root holds afterwards, at most; pinned ones not counted.
    pub(crate) keep: usize,
    pub(crate) aim: Aim,
}

/// What the chunks are fetched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Aim {
    /// A tree of its own, which becomes a release.
    Install,
    /// Files of a release that is there.
    Mend(Mend),
}

impl Aim {
    /// Names the files that are made, where these are not all files of the chosen components.
    fn files(&self) -> Option<Digest> {
        match self {
            Self::Install => None,
            Self::Mend(mend) => Some(mend.files),
        }
    }
}

/// What an installation moves and takes, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// All chunks that the chosen components need, as stored.
    pub stored_bytes: u64,
    /// Those of them that are not held.
    pub bytes_to_fetch: u64,
    /// Those of them that are held from an earlier run.
    pub bytes_held: u64,
    /// The files, when installed.
    pub installed_bytes: u64,
    /// How many files there are.
    pub file_count: u64,
    /// The most that the disk holds more than now, at any time of the installation.
    pub peak_bytes: u64,
    /// What is free on the disk.
    pub free_bytes: u64,
}

/// How much an installation may use at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The most connections; how many of them are used is found out by measuring.
    pub connections: usize,
    /// The most connections where each one is slowed down by losses.
    pub lossy_connections: usize,
    /// Memory for chunks on their way from the network to the disk.
    pub buffer_bytes: u64,
    /// Threads that verify, unpack and write.
    pub workers: usize,
}

impl Default for Pace {
    fn default() -> Self {
        let workers = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            connections: 16,
            lossy_connections: 32,
            buffer_bytes: 24 << 20,
            workers,
        }
    }
}

impl Plan {
    /// What is to be installed, with the required components.
    pub const fn order(&self) -> &Order {
        &self.order
    }

    /// What it moves and takes.
    pub const fn sizes(&self) -> &Sizes {
        &self.sizes
    }

    /// The same at another pace.
    #[must_use]
    pub fn at_pace(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }

    /// The same, and so many releases stay side by side afterwards: at least the new one and the one before it.
    #[must_use]
    pub fn keeping(self, releases: usize) -> Self {
        let keep = releases.max(USUALLY_KEPT);
        Self { keep, ..self }
    }

    pub(crate) fn manifest(&self) -> &Manifest {
        self.order.manifest.manifest()
    }

    pub(crate) fn index(&self) -> &Index {
        self.order.index.index()
    }

    /// What a log of held chunks belongs to, if it is of this job.
    pub(crate) fn identity(&self) -> Identity {
        identity(&self.order).only(self.aim.files())
    }

    /// What the disk still has to hold more than now, with these chunks held.
    pub(crate) fn room_needed(&self, held: &HeldSet) -> u64 {
        room(&self.layout).saturating_sub(written_bytes(&self.layout, held))
    }
}

/// Plans an installation. Reads what is held from an earlier run and how much is free; changes nothing.
///
/// # Errors
/// [`Error`] where the order cannot be meant, where the folder cannot be written to, or where there is no room.
pub fn plan(order: Order) -> Result<Plan, Error> {
    let order = with_required(order)?;
    let layout = Layout::new(order.index.index(), &order.components)?;
    plan_for(order, layout, Aim::Install)
}

/// Plans the making of what a layout says.
pub(crate) fn plan_for(order: Order, layout: Layout, aim: Aim) -> Result<Plan, Error> {
    let root = Root::at(&order.root);
    judge_folder(root.path())?;
    let identity = identity(&order).only(aim.files());
    let held = held::look(&root.held(), &identity, layout.chunk_count())?.hoped_for(layout.chunk_count());
    let free_bytes = free_bytes(root.path())?;
    let sizes = sizes(order.index.index(), &layout, &held, free_bytes);
    let plan = Plan {
        order,
        root,
        layout,
        sizes,
        pace: Pace::default(),
        keep: USUALLY_KEPT,
        aim,
    };
    let needed = plan.room_needed(&held);
    if needed > free_bytes {
        return Err(Error::NotEnoughSpace {
            folder: plan.root.path().to_owned(),
            needed,
            free: free_bytes,
        });
    }
    Ok(plan)
}

fn with_required(order: Order) -> Result<Order, Error> {
    let known = &order.manifest.manifest().components;
    let is_known = |id: &ComponentId| known.iter().any(|component| component.id == *id);
    if let Some(unknown) = order.components.iter().find(|id| !is_known(id)) {
        return Err(Error::UnknownComponent {
            component: unknown.clone(),
        });
    }
    let required = known
        .iter()
        .filter(|component| component.kind == ComponentKind::Required);
    let components: BTreeSet<_> = order
        .components
        .iter()
        .cloned()
        .chain(required.map(|component| component.id.clone()))
        .collect();
    Ok(Order { components, ..order })
}

fn identity(order: &Order) -> Identity {
    let index = order.manifest.manifest().index.sha256;
    Identity::new(index, order.components.iter().cloned(), system::boot_id())
}

fn free_bytes(root: &Utf8Path) -> Result<u64, Error> {
    let space = files::space(root).map_err(|source| Error::Inspect {
        root: root.to_owned(),
        source,
    })?;
    Ok(space.free)
}

/// Tries whether the folder, or the nearest one above it that is there, can be written to.
fn judge_folder(root: &Utf8Path) -> Result<(), Error> {
    let refuse = |source| Error::FolderNotWritable {
        folder: root.to_owned(),
        source,
    };
    let nearest = files::nearest_existing(root).map_err(refuse)?;
    files::is_writable_folder(&nearest).map_err(refuse)
}

fn sizes(index: &Index, layout: &Layout, held: &HeldSet, free_bytes: u64) -> Sizes {
    let stored = |chunk: u32| u64::from(index.chunks[chunk as usize].stored_length);
    let stored_bytes = layout.needed().map(stored).sum();
    let bytes_held = layout.needed().filter(|chunk| held.has(*chunk)).map(stored).sum();
    Sizes {
        stored_bytes,
        bytes_to_fetch: stored_bytes - bytes_held,
        bytes_held,
        installed_bytes: layout.installed_bytes(),
        file_count: layout.files().len() as u64,
        peak_bytes: room(layout),
        free_bytes,
    }
}

fn room(layout: &Layout) -> u64 {
    layout.disk_bytes().saturating_add(SLACK_BYTES)
}

fn written_bytes(layout: &Layout, held: &HeldSet) -> u64 {
    layout
        .needed()
        .filter(|chunk| held.has(*chunk))
        .map(|chunk| layout.written_bytes(chunk))
        .sum()
}
