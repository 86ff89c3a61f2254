//! `rotate-keys`: the next root. New keys for some roles, or the same ones for another year.
//!
//! New keys for snapshot or timestamp lift the floor of every client, so that the vendor recovers from a thief who
//! signed enormous versions. Therefore new keys for targets bring new ones for these two with them.

use crate::Error;
use crate::catalogue::{Prepared, next_root};
use crate::offer::Vendor;
use camino::Utf8PathBuf;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeSet;
use toolcrib_trust::catalogue::Role;
use tough::schema::RoleType;

/// What `rotate-keys` did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rotated {
    /// The version of the new root.
    pub root_version: u64,
    /// Until when it is vouched for.
    pub expires: Timestamp,
    /// The files of the new keys.
    pub made: Vec<Utf8PathBuf>,
    /// The files of keys that have no power any more: to be destroyed.
    pub powerless: Vec<Utf8PathBuf>,
}

/// Signs the next root with two of the root keys, and under it everything that must be.
///
/// # Errors
/// [`Error::MissingKeys`] where the root keys are not at hand, or where signing or writing fails.
pub fn rotate_keys(vendor: &Vendor<'_>, roles: &BTreeSet<Role>) -> Result<Rotated, Error> {
    let (folder, state) = vendor.open()?;
    vendor.keys.of(RoleType::Root, &state.root)?;
    let mut made = Vec::new();
    let mut new = Vec::new();
    for role in with_followers(roles) {
        let (paths, keys): (Vec<_>, Vec<_>) = vendor.keys.create_next(role)?.into_iter().unzip();
        made.extend(paths);
        new.push((role, keys));
    }
    let root = next_root(&state.root, &new, vendor.lifetimes, vendor.clock.now())?;
    let signer = vendor.signer(&root);
    let raw = signer.root_after(&state.root)?;
    let new_targets = roles.contains(&Role::Targets);
    let prepared = Prepared::rotated(&signer, &state, raw, new_targets)?;
    prepared.commit(&folder)?;
    Ok(Rotated {
        root_version: root.version.get(),
        expires: root.expires,
        made,
        powerless: vendor.keys.powerless(&root)?,
    })
}

/// The roles that get new keys, in a fixed order.
fn with_followers(roles: &BTreeSet<Role>) -> Vec<RoleType> {
    let targets = roles.contains(&Role::Targets);
    let table = [
        (RoleType::Root, roles.contains(&Role::Root)),
        (RoleType::Targets, targets),
        (RoleType::Snapshot, targets || roles.contains(&Role::Snapshot)),
        (RoleType::Timestamp, targets || roles.contains(&Role::Timestamp)),
    ];
    let chosen = table.into_iter().filter(|(_, is_chosen)| *is_chosen);
    chosen.map(|(role, _)| role).collect()
}
