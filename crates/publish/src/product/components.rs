//! Divides a tree among the components that claim its files.

use super::{ComponentRule, Product};
use crate::Error;
use crate::input::{InputFile, Tree};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use toolcrib_model::{ComponentKind, RelPath};
use toolcrib_wire::index::Link;

/// How many paths an error names.
const SHOWN: usize = 5;

/// A component with what belongs to it.
#[derive(Debug)]
pub(crate) struct Share<'a> {
    pub(crate) rule: ComponentRule,
    pub(crate) files: Vec<&'a InputFile>,
    pub(crate) folders: Vec<RelPath>,
    pub(crate) links: Vec<Link>,
}

/// Divides `tree`: every file and link falls in exactly one component; an empty folder in the first that claims it,
/// else in the first of all.
pub(crate) fn assign<'a>(product: &Product, tree: &'a Tree) -> Result<Vec<Share<'a>>, Error> {
    let rules = if product.components.is_empty() {
        vec![everything()]
    } else {
        product.components.clone()
    };
    let globs = rules.iter().map(globs).collect::<Result<Vec<_>, _>>()?;
    let claimants = |path: &RelPath| -> Vec<usize> {
        globs
            .iter()
            .enumerate()
            .filter(|(_, set)| set.is_match(path.as_str()))
            .map(|(place, _)| place)
            .collect()
    };
    let empty = |rule| Share {
        rule,
        files: vec![],
        folders: vec![],
        links: vec![],
    };
    let mut shares: Vec<Share<'a>> = rules.into_iter().map(empty).collect();
    let mut unclaimed = Vec::new();
    for file in &tree.files {
        match claimants(&file.path)[..] {
            [one] => shares[one].files.push(file),
            [] => unclaimed.push(file.path.to_string()),
            [first, second, ..] => return Err(twice(&file.path, &shares[first], &shares[second])),
        }
    }
    for link in &tree.links {
        match claimants(&link.path)[..] {
            [one] => shares[one].links.push(link.clone()),
            [] => unclaimed.push(link.path.to_string()),
            [first, second, ..] => return Err(twice(&link.path, &shares[first], &shares[second])),
        }
    }
    for folder in &tree.folders {
        let place = claimants(folder).first().copied().unwrap_or(0);
        shares[place].folders.push(folder.clone());
    }
    if !unclaimed.is_empty() {
        return Err(Error::Unclaimed {
            count: unclaimed.len(),
            paths: first_of(&unclaimed),
        });
    }
    match shares
        .iter()
        .find(|share| share.files.is_empty() && share.links.is_empty())
    {
        Some(bare) => Err(Error::EmptyComponent {
            component: bare.rule.id.clone(),
        }),
        None => Ok(shares),
    }
}

fn everything() -> ComponentRule {
    ComponentRule {
        id: "core".parse().expect("the constant is an id"),
        name: "Core".to_owned(),
        summary: String::new(),
        kind: ComponentKind::Required,
        files: vec!["**".to_owned()],
    }
}

fn globs(rule: &ComponentRule) -> Result<GlobSet, Error> {
    let refuse = |glob: &str| Error::Glob {
        component: rule.id.clone(),
        glob: glob.to_owned(),
    };
    let mut set = GlobSetBuilder::new();
    for raw in &rule.files {
        let glob = GlobBuilder::new(raw)
            .literal_separator(true)
            .build()
            .map_err(|_| refuse(raw))?;
        set.add(glob);
    }
    set.build().map_err(|_| refuse("all together"))
}

fn twice(path: &RelPath, first: &Share<'_>, second: &Share<'_>) -> Error {
    Error::ClaimedTwice {
        path: path.clone(),
        first: first.rule.id.clone(),
        second: second.rule.id.clone(),
    }
}

fn first_of(paths: &[String]) -> String {
    let more = if paths.len() > SHOWN { ", …" } else { "" };
    format!("{}{more}", paths[..paths.len().min(SHOWN)].join(", "))
}
