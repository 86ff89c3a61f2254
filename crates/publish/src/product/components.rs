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
    let rules = match &product.components[..] {
        [] => vec![everything()],
        rules => rules.to_vec(),
    };
    let claims = Claims(rules.iter().map(globs).collect::<Result<_, _>>()?);
    let mut shares: Vec<Share<'a>> = rules.into_iter().map(Share::bare).collect();
    let mut unclaimed = Vec::new();
    for file in &tree.files {
        match claims.one(&file.path, &shares)? {
            Some(place) => shares[place].files.push(file),
            None => unclaimed.push(file.path.as_str()),
        }
    }
    for link in &tree.links {
        match claims.one(&link.path, &shares)? {
            Some(place) => shares[place].links.push(link.clone()),
            None => unclaimed.push(link.path.as_str()),
        }
    }
    for folder in &tree.folders {
        let place = claims.all(folder).next().unwrap_or(0);
        shares[place].folders.push(folder.clone());
    }
    judge(shares, &unclaimed)
}

fn judge<'a>(shares: Vec<Share<'a>>, unclaimed: &[&str]) -> Result<Vec<Share<'a>>, Error> {
    let bare = shares
        .iter()
        .find(|share| share.files.is_empty() && share.links.is_empty());
    match (unclaimed, bare) {
        ([], None) => Ok(shares),
        ([], Some(bare)) => Err(Error::EmptyComponent {
            component: bare.rule.id.clone(),
        }),
        (unclaimed, _) => Err(Error::Unclaimed {
            count: unclaimed.len(),
            paths: first_of(unclaimed),
        }),
    }
}

/// Which component claims what.
struct Claims(Vec<GlobSet>);

impl Claims {
    fn all(&self, path: &RelPath) -> impl Iterator<Item = usize> {
        self.0
            .iter()
            .enumerate()
            .filter(|(_, globs)| globs.is_match(path.as_str()))
            .map(|(place, _)| place)
    }

    /// The only component that claims `path`.
    fn one(&self, path: &RelPath, shares: &[Share<'_>]) -> Result<Option<usize>, Error> {
        let mut claimants = self.all(path);
        let first = claimants.next();
        match (first, claimants.next()) {
            (Some(first), Some(second)) => Err(Error::ClaimedTwice {
                path: path.clone(),
                first: shares[first].rule.id.clone(),
                second: shares[second].rule.id.clone(),
            }),
            _ => Ok(first),
        }
    }
}

impl Share<'_> {
    fn bare(rule: ComponentRule) -> Self {
        Self {
            rule,
            files: vec![],
            folders: vec![],
            links: vec![],
        }
    }
}

fn everything() -> ComponentRule {
    ComponentRule {
        id: "core".parse().expect("the constant is an id"),
        name: "Core".to_owned(),
        summary: String::new(),
        kind: ComponentKind::Required,
        shared: false,
        languages: vec![],
        tool: false,
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

fn first_of(paths: &[&str]) -> String {
    let more = if paths.len() > SHOWN { ", …" } else { "" };
    format!("{}{more}", paths[..paths.len().min(SHOWN)].join(", "))
}
