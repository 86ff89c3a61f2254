//! Which components are installed (pure).

use crate::error::Error;
use std::collections::BTreeSet;
use toolcrib_model::{ComponentId, ComponentKind};
use toolcrib_wire::manifest::Manifest;
use toolcrib_wire::receipt::Receipt;

/// The required components, and those that were chosen or are chosen by default.
pub(super) fn choose(
    manifest: &Manifest,
    chosen: Option<Vec<ComponentId>>,
) -> Result<BTreeSet<ComponentId>, Error> {
    let known = |id: &ComponentId| manifest.components.iter().any(|component| component.id == *id);
    if let Some(unknown) = chosen.iter().flatten().find(|id| !known(id)) {
        let ids = manifest
            .components
            .iter()
            .map(|component| component.id.to_string())
            .collect();
        return Err(Error::UnknownComponent {
            component: unknown.clone(),
            known: ids,
        });
    }
    let is_chosen = |id: &ComponentId, kind: ComponentKind| match (&chosen, kind) {
        (_, ComponentKind::Required) | (None, ComponentKind::Default) => true,
        (None, ComponentKind::Optional) => false,
        (Some(ids), ComponentKind::Default | ComponentKind::Optional) => ids.contains(id),
    };
    let components = manifest
        .components
        .iter()
        .filter(|component| is_chosen(&component.id, component.kind));
    Ok(components.map(|component| component.id.clone()).collect())
}

/// What an installed product consists of, as far as another release has it, too.
pub(super) fn kept(receipt: &Receipt, manifest: &Manifest) -> Vec<ComponentId> {
    let is_known = |id: &&ComponentId| manifest.components.iter().any(|component| component.id == **id);
    receipt.components.iter().filter(is_known).cloned().collect()
}

#[cfg(test)]
mod tests;
