//! What an installation would do: which bytes to fetch, how much room it needs. Nothing is changed by planning.

mod pace;
mod reach;
mod sizes;
mod volumes;

pub use pace::Pace;
pub use sizes::Sizes;
pub use volumes::Volume;

use crate::error::Error;
use crate::held::{self, HeldSet, Identity};
use crate::hooks;
use crate::layout::Layout;
use crate::local_parts::LocalParts;
use crate::order::Order;
use crate::releases::USUALLY_KEPT;
use crate::repair::Mend;
use crate::reuse::Here;
use crate::root::Root;
use crate::shared::{self, Share};
use camino::Utf8Path;
use sizes::sizes;
use std::collections::BTreeSet;
use std::sync::Arc;
use toolcrib_machine::{files, system};
use toolcrib_model::{ComponentId, ComponentKind, Digest, RelPath};
use toolcrib_wire::index::Index;
use toolcrib_wire::manifest::Manifest;
use toolcrib_wire::patches::Patch;
use toolcrib_wire::receipt::SkippedHook;
use volumes::free_bytes;

/// An installation that was thought through: what it needs, and whether there is room for it.
#[derive(Debug)]
pub struct Plan {
    pub(crate) order: Order,
    pub(crate) root: Root,
    pub(crate) layout: Layout,
    /// What of the release other trees have.
    pub(crate) shares: Vec<Share>,
    pub(crate) here: Here,
    pub(crate) local_parts: LocalParts,
    /// What was held, or hoped to be, when it was thought through.
    held: HeldSet,
    pub(crate) sizes: Sizes,
    volumes: Vec<Volume>,
    pub(crate) pace: Pace,
    /// How many releases the root holds afterwards, at most; pinned ones not counted.
    pub(crate) keep: usize,
    /// Whether the release that is current stays so.
    pub(crate) beside: bool,
    pub(crate) aim: Aim,
    /// Whether it ends as soon as everything is held.
    pub(crate) only_fetched: bool,
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

/// Where a chunk that is not held comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// From a tree on this computer.
    Here,
    /// From a part on this computer.
    LocalPart,
    /// From wherever a link leads.
    Remote,
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

    /// The same at another pace, but never with more memory for chunks than its index leaves.
    #[must_use]
    pub fn at_pace(self, pace: Pace) -> Self {
        let buffer_bytes = pace.buffer_bytes.min(self.pace.buffer_bytes);
        Self {
            pace: Pace { buffer_bytes, ..pace },
            ..self
        }
    }

    /// The same, and so many releases stay side by side afterwards: at least the new one and the one before it.
    #[must_use]
    pub fn keeping(self, releases: usize) -> Self {
        let keep = releases.max(USUALLY_KEPT);
        Self { keep, ..self }
    }

    /// The same, but the release that is current stays so: the new one is installed beside it and pinned (B-20). Where
    /// nothing is installed, or another tree of the same version, it becomes the current one all the same.
    #[must_use]
    pub fn beside(self) -> Self {
        Self { beside: true, ..self }
    }

    /// The same, but it ends with [`crate::Outcome::Held`] as soon as everything is fetched and judged: installing it
    /// later needs no network.
    #[must_use]
    pub fn only_fetched(self) -> Self {
        Self {
            only_fetched: true,
            ..self
        }
    }

    /// What the package asks for beside its files that will be left out, with the reasons.
    pub fn left_out(&self) -> Vec<SkippedHook> {
        hooks::left_out(self)
    }

    /// The scripts of the package that belong to what is chosen, as they would be run.
    pub fn scripts(&self) -> Vec<String> {
        hooks::scripts(self)
    }

    /// What is not written because another tree has it.
    pub(crate) fn shares_by_name(&self) -> impl Iterator<Item = &Share> {
        self.shares.iter().filter(|share| share.by_name)
    }

    /// Whether the release will have this file.
    pub(crate) fn has_file(&self, path: &RelPath) -> bool {
        let mut shared = self.shares_by_name().flat_map(|share| share.files(self.index()));
        self.layout.has_file(path) || shared.any(|file| file.path == *path)
    }

    /// The parts that have to be fetched from, because no folder has them: their places in the manifest, from 0.
    pub fn parts_to_fetch(&self) -> BTreeSet<u32> {
        self.chunks_to_fetch()
            .map(|chunk| self.index().chunks[chunk as usize].part)
            .collect()
    }

    /// The chunks that have to be fetched: neither held nor anywhere on this computer, as far as was looked.
    pub(crate) fn chunks_to_fetch(&self) -> impl Iterator<Item = u32> {
        let missing = self.layout.needed().filter(|chunk| !self.held.has(*chunk));
        missing.filter(|chunk| self.origin_of(*chunk) == Origin::Remote)
    }

    /// The patches that are to be fetched, with their numbers.
    pub(crate) fn patches_to_fetch(&self) -> impl Iterator<Item = (usize, &Patch)> {
        let chosen = self.here.chosen().map(|(number, usable)| (number, &usable.patch));
        chosen.filter(|(_, patch)| !self.root.has_patch(patch))
    }

    /// Where a chunk comes from, if it is not held.
    pub(crate) fn origin_of(&self, chunk: u32) -> Origin {
        if self.here.has(chunk) {
            return Origin::Here;
        }
        match self.local_parts.has(self.index().chunks[chunk as usize].part) {
            true => Origin::LocalPart,
            false => Origin::Remote,
        }
    }

    pub(crate) fn manifest(&self) -> &Manifest {
        self.order.manifest.manifest()
    }

    pub(crate) fn index(&self) -> &Arc<Index> {
        self.order.index.index()
    }

    /// What a log of held chunks belongs to, if it is of this job.
    pub(crate) fn identity(&self) -> Identity {
        identity(&self.order).only(self.aim.files())
    }
}

/// Plans an installation. Reads what is held from an earlier run and how much is free; changes nothing.
///
/// # Errors
/// [`Error`] where the order cannot be meant, or where the folder cannot be written to or is too deep. Too little room is for
/// [`Plan::must_have_room`]: with fewer components it may be enough.
pub fn plan(order: Order) -> Result<Plan, Error> {
    let order = with_required(order)?;
    let shares = shared::look(&order, &Root::at(&order.root));
    let layout = layout(&order, &shares)?;
    let plan = plan_for(order, layout, shares, Aim::Install)?;
    plan.must_be_startable()?;
    Ok(plan)
}

/// Lays out what is to be written.
fn layout(order: &Order, shares: &[Share]) -> Result<Layout, Error> {
    let index = order.index.index();
    Layout::of(index, shared::to_write(index, &order.components, shares))
}

/// Plans the making of what a layout says.
pub(crate) fn plan_for(order: Order, layout: Layout, shares: Vec<Share>, aim: Aim) -> Result<Plan, Error> {
    let root = Root::at(&order.root);
    judge_folder(root.path())?;
    let identity = identity(&order).only(aim.files());
    let held = held::look(&root.held(), &identity, layout.chunk_count())?.hoped_for(layout.chunk_count());
    let free_bytes = free_bytes(root.path())?;
    let pace = Pace::beside(layout.files().len());
    let mut plan = Plan {
        here: match &aim {
            Aim::Install => Here::look(&order, &root, &shares, &layout, &held),
            // A repair salvages what is sound by itself.
            Aim::Mend(_) => Here::default(),
        },
        local_parts: LocalParts::look(&order),
        order,
        root,
        layout,
        shares,
        held,
        sizes: Sizes::default(),
        volumes: Vec::new(),
        pace,
        keep: USUALLY_KEPT,
        beside: false,
        aim,
        only_fetched: false,
    };
    plan.sizes = sizes(&plan, free_bytes);
    plan.volumes = plan.measured_volumes()?;
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

/// Tries whether the folder, or the nearest one above it that is there, can be written to.
fn judge_folder(root: &Utf8Path) -> Result<(), Error> {
    let refuse = |source| Error::FolderNotWritable {
        folder: root.to_owned(),
        source,
    };
    let nearest = files::nearest_existing(root).map_err(refuse)?;
    files::is_writable_folder(&nearest).map_err(refuse)
}
