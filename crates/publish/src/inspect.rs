//! `inspect`: what a catalogue has.

use crate::Error;
use crate::catalogue::{Folder, State};
use camino::Utf8Path;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use toolcrib_machine::clock::Clock;
use toolcrib_model::{ProductId, Version};
use toolcrib_trust::package::judge_manifest;
use toolcrib_wire::catalogue::ListedProduct;

/// What a catalogue has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// The versions and ends of its metadata.
    pub roles: Vec<RoleState>,
    /// Its products.
    pub products: BTreeMap<ProductId, ListedProduct>,
    /// How many targets it vouches for.
    pub target_count: usize,
    /// The patches of its releases.
    pub patches: Vec<PatchesHeld>,
}

/// Patches from one release to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PatchesHeld {
    /// The manifest of the release that they lead to.
    pub manifest: String,
    /// The release that they lead from.
    pub from: Version,
    /// Bytes of the patch index and the patch parts.
    pub bytes: u64,
}

/// The state of one role's metadata.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleState {
    /// The role.
    pub role: &'static str,
    /// Its version.
    pub version: u64,
    /// Until when it is vouched for.
    pub expires: Timestamp,
    /// Whether that is over.
    pub expired: bool,
}

/// Reads and judges a catalogue; an expired one too.
///
/// # Errors
/// [`Error`] where there is none, or its signatures do not hold.
pub fn inspect(catalogue: &Utf8Path, clock: &dyn Clock) -> Result<Inspection, Error> {
    let now = clock.now();
    let folder = Folder::open(catalogue)?;
    let state = folder.state(now)?;
    let roles = state.catalogue.states().iter().map(|one| RoleState {
        role: one.role.as_str(),
        version: one.version,
        expires: one.expires,
        expired: one.expires <= now,
    });
    Ok(Inspection {
        roles: roles.collect(),
        patches: patches(&folder, &state)?,
        target_count: state.catalogue.targets().count(),
        products: state.listing.products,
    })
}

fn patches(folder: &Folder, state: &State) -> Result<Vec<PatchesHeld>, Error> {
    let mut held = Vec::new();
    let products = state.listing.products.values();
    for release in products.flat_map(|product| &product.releases) {
        let bytes = folder.target_bytes(&state.catalogue, &release.manifest)?;
        let manifest = judge_manifest(&state.catalogue, &release.manifest, &bytes)?;
        let sets = manifest.manifest().patches.iter();
        held.extend(sets.map(|set| PatchesHeld {
            manifest: release.manifest.clone(),
            from: set.from.clone(),
            bytes: set.bytes(),
        }));
    }
    Ok(held)
}
