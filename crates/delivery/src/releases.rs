//! The releases that an install root holds side by side, and what is known of each.

use crate::error::Error;
use crate::recover::recover_taken;
use crate::root::Root;
use camino::Utf8Path;
use std::collections::BTreeSet;
use toolcrib_model::{RelPath, Version};
use toolcrib_wire::journal::Current;
use toolcrib_wire::receipt::{Receipt, ReleaseRecord};

/// How many releases an install root keeps unless somebody says otherwise: the current one and the one before it.
pub const USUALLY_KEPT: usize = 2;

/// A release that an install root holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// What the receipt says, or would say, while this release is the current one.
    pub receipt: Receipt,
    /// How it stands to the others.
    pub standing: Standing,
    /// Whether it stays however many newer ones there are.
    pub pinned: bool,
}

/// How a release stands to the others of its root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// It is what is launched.
    Current,
    /// It was current before; rolling back returns to it.
    Previous,
    /// It is kept, too.
    Kept,
}

/// Every release that an install root holds: the current one, the one before it, then the newest installed first.
///
/// # Errors
/// [`Error`] where the root cannot be read.
pub fn releases(root: &Utf8Path) -> Result<Vec<Release>, Error> {
    let root = Root::at(root);
    let current = root.read_current()?;
    held(&root, current.as_ref())
}

/// Makes a release stay, however many newer ones are installed.
///
/// # Errors
/// [`Error::NoRelease`] where the root does not hold it; [`Error::Busy`] while another program works there.
pub fn pin(root: &Utf8Path, version: &Version) -> Result<(), Error> {
    mark(root, version, true)
}

/// Lets a release go once enough newer ones are installed.
///
/// # Errors
/// As [`pin`].
pub fn unpin(root: &Utf8Path, version: &Version) -> Result<(), Error> {
    mark(root, version, false)
}

/// As [`releases`], for whoever has read the current record already.
pub(crate) fn held(root: &Root, current: Option<&Current>) -> Result<Vec<Release>, Error> {
    let standing = |tree: &RelPath| match current {
        Some(current) if current.tree == *tree => Standing::Current,
        Some(current) if current.previous.as_ref() == Some(tree) => Standing::Previous,
        _ => Standing::Kept,
    };
    let release = |record: ReleaseRecord| Release {
        standing: standing(&record.receipt.tree),
        pinned: record.pinned,
        receipt: record.receipt,
    };
    let mut releases: Vec<Release> = root.records()?.into_iter().map(release).collect();
    releases.sort_by_key(|release| (release.standing, std::cmp::Reverse(release.receipt.installed_at)));
    Ok(releases)
}

/// The trees that stay once `tree` is the current one in the place of `current`: these two, the newest others as long
/// as there are fewer than `keep`, and those that are pinned.
pub(crate) fn kept(
    root: &Root,
    tree: &RelPath,
    current: Option<&Current>,
    keep: usize,
) -> Result<BTreeSet<RelPath>, Error> {
    let known = held(root, current)?;
    let mut kept: BTreeSet<RelPath> = current.map(|current| current.tree.clone()).into_iter().collect();
    kept.insert(tree.clone());
    for release in &known {
        if kept.len() < keep {
            kept.insert(release.receipt.tree.clone());
        }
    }
    let pinned = known.into_iter().filter(|release| release.pinned);
    kept.extend(pinned.map(|release| release.receipt.tree));
    Ok(kept)
}

fn mark(root: &Utf8Path, version: &Version, pinned: bool) -> Result<(), Error> {
    let root = Root::at(root);
    let unknown = || Error::NoRelease {
        version: version.clone(),
    };
    if !root.exists()? {
        return Err(unknown());
    }
    let (taken, _) = recover_taken(root.take()?)?;
    let taken = taken.ok_or_else(unknown)?;
    let records = taken.root().records()?;
    let mut found = records
        .into_iter()
        .find(|record| record.receipt.version == *version)
        .ok_or_else(unknown)?;
    found.pinned = pinned;
    let tree = found.receipt.tree.clone();
    taken.write_record(&tree, &found)
}
