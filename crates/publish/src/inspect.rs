//! `inspect`: what a catalogue has.

use crate::Error;
use crate::catalogue::{Folder, State};
use camino::Utf8Path;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use toolcrib_machine::clock::Clock;
use toolcrib_model::{ProductId, Version};
use toolcrib_wire::catalogue::ListedProduct;
use toolcrib_wire::manifest::{Blob, Manifest};

/// What a catalogue has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// The versions and ends of its metadata.
    pub roles: Vec<RoleState>,
    /// Its products.
    pub products: BTreeMap<ProductId, ListedProduct>,
    /// What the packages consist of, by the names of their manifests.
    pub packages: BTreeMap<String, Contents>,
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

/// What a package consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Contents {
    /// How many parts it has.
    pub part_count: usize,
    /// Its list of components, a file below `content/` that is named by its digest.
    pub sbom: Option<Blob>,
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
        packages: packages(&folder, &state)?,
        target_count: state.catalogue.targets().count(),
        products: state.listing.products,
    })
}

fn patches(folder: &Folder, state: &State) -> Result<Vec<PatchesHeld>, Error> {
    let mut held = Vec::new();
    for release in state.releases() {
        let manifest = folder.manifest(state, release)?;
        held.extend(manifest.patches.iter().map(|set| PatchesHeld {
            manifest: release.manifest.clone(),
            from: set.from.clone(),
            bytes: set.bytes(),
        }));
    }
    Ok(held)
}

fn packages(folder: &Folder, state: &State) -> Result<BTreeMap<String, Contents>, Error> {
    state
        .releases()
        .map(|release| {
            let manifest = folder.manifest(state, release)?;
            Ok((release.manifest.clone(), contents(&manifest)))
        })
        .collect()
}

fn contents(manifest: &Manifest) -> Contents {
    Contents {
        part_count: manifest.parts.len(),
        sbom: manifest.sbom,
    }
}
