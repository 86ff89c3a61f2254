//! What the Windows registry holds before a release is installed: what values held is kept beside them, and keys that
//! are not there yet become things of their own.

use crate::outside;
use toolcrib_machine::registry;
use toolcrib_wire::receipt::{OutsideRoot, RegistryContent};

/// What is asked of the registry while things are drafted.
pub(super) trait Registry {
    /// What a value holds; `None` where there is none.
    fn value(&self, key: &str, name: &str) -> Option<RegistryContent>;
    /// Whether there is such a key.
    fn has_key(&self, key: &str) -> bool;
}

/// The registry of this computer; nothing is in it where there is none.
pub(super) struct System;

impl Registry for System {
    fn value(&self, key: &str, name: &str) -> Option<RegistryContent> {
        outside::registry::found(key, name)
    }

    fn has_key(&self, key: &str) -> bool {
        registry::has_key(key).unwrap_or_else(|error| {
            tracing::warn!(%error, key, "Whether the registry has a key is not known.");
            false
        })
    }
}

/// Keeps beside each value what somebody else has there. What the release before has there is none of that: it knows
/// itself what was there before it.
pub(super) fn keep(made: &mut [OutsideRoot], known: &[OutsideRoot], registry: &dyn Registry) {
    for made in made {
        let earlier = known.iter().find(|known| known.place() == made.place());
        let OutsideRoot::RegistryValue {
            key, name, before, ..
        } = made
        else {
            continue;
        };
        *before = match earlier {
            Some(OutsideRoot::RegistryValue { before, .. }) => before.clone(),
            _ => registry.value(key, name),
        };
    }
}

/// The keys that have to be made first, each after the one that holds it; those that an earlier release made are still
/// to be taken away in the end.
pub(super) fn keys(made: &[OutsideRoot], known: &[OutsideRoot], registry: &dyn Registry) -> Vec<OutsideRoot> {
    let is_known = |wanted: &str| {
        known
            .iter()
            .any(|known| matches!(known, OutsideRoot::RegistryKey { key } if key == wanted))
    };
    let is_missing = |key: &&str| is_known(key) || !registry.has_key(key);
    let mut missing: Vec<&str> = made
        .iter()
        .filter_map(key_of)
        .flat_map(with_those_above)
        .filter(is_missing)
        .collect();
    missing.sort_unstable();
    missing.dedup();
    let thing = |key: &str| OutsideRoot::RegistryKey { key: key.to_owned() };
    missing.into_iter().map(thing).collect()
}

fn key_of(made: &OutsideRoot) -> Option<&str> {
    match made {
        OutsideRoot::RegistryValue { key, .. } | OutsideRoot::RegistryEntry { key, .. } => Some(key),
        _ => None,
    }
}

/// A key and every one that it lies in, but for the part of the registry.
fn with_those_above(key: &str) -> impl Iterator<Item = &str> {
    let ends = key.match_indices('\\').skip(1).map(|(end, _)| &key[..end]);
    ends.chain([key])
}
