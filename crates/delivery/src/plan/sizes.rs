//! What an installation moves and takes, counted from its plan (pure).

use super::{Origin, Plan};
use crate::held::HeldSet;
use crate::layout::Layout;
use toolcrib_model::ComponentId;

/// Room for what no plan counts: the receipt, the journal, a folder's own growth.
const SLACK_BYTES: u64 = 4 << 20;

/// What an installation moves and takes, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// All chunks that the chosen components need, as stored.
    pub stored_bytes: u64,
    /// What is to be fetched: chunks, and patches in the place of chunks.
    pub bytes_to_fetch: u64,
    /// How much of that are patches.
    pub patch_bytes: u64,
    /// Those of them that are held from an earlier run.
    pub bytes_held: u64,
    /// Those of them whose content is taken from trees on this computer, as far as that turns out right.
    pub bytes_reused: u64,
    /// Those of them that are read from parts on this computer, as far as these turn out right.
    pub bytes_in_parts: u64,
    /// Those of them that are not needed, because other products have the files.
    pub bytes_shared: u64,
    /// The files, when installed.
    pub installed_bytes: u64,
    /// How many bytes of them are on the disk already, in files that other products have, too.
    pub shared_bytes: u64,
    /// How many files there are.
    pub file_count: u64,
    /// The most that the disk holds of it at any time of the installation.
    pub peak_bytes: u64,
    /// What of that still has to be free: without what the disk holds of it already, written or set aside. This, and not
    /// the peak, is what [`Sizes::free_bytes`] is compared with.
    pub room_needed_bytes: u64,
    /// What is free on the disk.
    pub free_bytes: u64,
}

impl Sizes {
    /// Bytes of chunks that arrive, or have arrived, as they are stored: what is taken from trees does not.
    pub(crate) const fn arriving_bytes(&self) -> u64 {
        self.bytes_held + self.bytes_in_parts + self.bytes_to_fetch
    }

    /// Bytes of files that are written.
    pub(crate) const fn written_bytes(&self) -> u64 {
        self.installed_bytes - self.shared_bytes
    }
}

/// What a plan moves and takes.
pub(super) fn sizes(plan: &Plan, free_bytes: u64) -> Sizes {
    let layout = &plan.layout;
    let shared = || plan.shares_by_name().flat_map(|share| share.files(plan.index()));
    let shared_bytes: u64 = shared().map(|file| file.size).sum();
    let bytes_shared = bytes_shared(plan);
    let mut sizes = Sizes {
        stored_bytes: bytes_shared,
        bytes_shared,
        installed_bytes: layout.installed_bytes() + shared_bytes,
        shared_bytes,
        file_count: layout.files().len() as u64 + shared().count() as u64,
        peak_bytes: room(layout),
        room_needed_bytes: plan.room_needed(&plan.held),
        free_bytes,
        ..Sizes::default()
    };
    for chunk in layout.needed() {
        let stored = u64::from(plan.index().chunks[chunk as usize].stored_length);
        sizes.stored_bytes += stored;
        *match plan.origin_of(chunk) {
            _ if plan.held.has(chunk) => &mut sizes.bytes_held,
            Origin::Here => &mut sizes.bytes_reused,
            Origin::LocalPart => &mut sizes.bytes_in_parts,
            Origin::Remote => &mut sizes.bytes_to_fetch,
        } += stored;
    }
    let patches = plan.patches_to_fetch().map(|(_, patch)| patch.stored_length);
    sizes.patch_bytes = patches.sum();
    sizes.bytes_to_fetch += sizes.patch_bytes;
    sizes
}

/// The chunks of the components that are not needed because other trees have their files, as stored.
fn bytes_shared(plan: &Plan) -> u64 {
    let manifest = plan.manifest();
    let is_shared = |id: &ComponentId| plan.shares_by_name().any(|share| share.component == *id);
    let components = manifest.components.iter();
    components
        .filter(|component| is_shared(&component.id))
        .map(|component| component.stored_bytes)
        .sum()
}

/// What the disk has to hold at the most while these files are made.
pub(super) fn room(layout: &Layout) -> u64 {
    layout.disk_bytes().saturating_add(SLACK_BYTES)
}

/// What is written already of the chunks that are held.
pub(super) fn written_bytes(layout: &Layout, held: &HeldSet) -> u64 {
    layout
        .needed()
        .filter(|chunk| held.has(*chunk))
        .map(|chunk| layout.written_bytes(chunk))
        .sum()
}
