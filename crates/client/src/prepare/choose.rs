//! Which components are installed (pure).

use crate::error::Error;
use std::collections::BTreeSet;
use toolcrib_model::{ComponentId, ComponentKind, Language};
use toolcrib_wire::manifest::{Component, Manifest};
use toolcrib_wire::receipt::Receipt;

/// What was said about components.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    /// Those beside the required ones, exactly; `None` for those that are chosen by default.
    pub(super) components: Option<Vec<ComponentId>>,
    /// A language that was asked for: where it is not that of the package, what there is for it comes, too.
    pub(super) language: Option<Language>,
}

/// The required components, and those that were chosen or are chosen by default: of what is for some languages only,
/// what is for the one that was asked for, else for that of the package.
pub(super) fn choose(manifest: &Manifest, choice: &Choice) -> Result<BTreeSet<ComponentId>, Error> {
    let known = |id: &ComponentId| manifest.components.iter().any(|component| component.id == *id);
    if let Some(unknown) = choice.components.iter().flatten().find(|id| !known(id)) {
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
    let language = choice.language.as_ref();
    // Its own language says which package is meant, and nothing about components that were named.
    let other = language.filter(|asked| **asked != manifest.language);
    let is_chosen = |component: &&Component| match (&choice.components, component.kind) {
        (_, ComponentKind::Required) => true,
        (Some(ids), _) => ids.contains(&component.id) || other.is_some_and(|asked| is_for(component, asked)),
        (None, kind) if component.languages.is_empty() => kind == ComponentKind::Default,
        (None, _) => is_for(component, language.unwrap_or(&manifest.language)),
    };
    let components = manifest.components.iter().filter(is_chosen);
    Ok(components.map(|component| component.id.clone()).collect())
}

fn is_for(component: &Component, language: &Language) -> bool {
    component.languages.iter().any(|one| one.serves(language))
}

/// What an installed product consists of, as far as another release has it, too.
pub(super) fn kept(receipt: &Receipt, manifest: &Manifest) -> Vec<ComponentId> {
    let is_known = |id: &&ComponentId| manifest.components.iter().any(|component| component.id == **id);
    receipt.components.iter().filter(is_known).cloned().collect()
}

#[cfg(test)]
mod tests;
