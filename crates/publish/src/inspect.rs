//! `inspect`: what a catalogue has.

use crate::Error;
use crate::catalogue::Folder;
use camino::Utf8Path;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use toolcrib_machine::clock::Clock;
use toolcrib_model::ProductId;
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
    let state = Folder::open(catalogue)?.state(now)?;
    let roles = state.catalogue.states().iter().map(|one| RoleState {
        role: one.role.as_str(),
        version: one.version,
        expires: one.expires,
        expired: one.expires <= now,
    });
    Ok(Inspection {
        roles: roles.collect(),
        target_count: state.catalogue.targets().count(),
        products: state.listing.products,
    })
}
