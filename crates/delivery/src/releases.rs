//! The releases that an install root holds side by side, and what is known of each.

use crate::error::Error;
use crate::recover::recover_taken;
use crate::root::Root;
use crate::strays;
use camino::Utf8Path;
use std::collections::BTreeSet;
use toolcrib_machine::process;
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
///
/// Each version once: an earlier program left two trees of one version where components were added or removed.
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
    let mut seen = BTreeSet::new();
    releases.retain(|release| seen.insert(release.receipt.version.clone()));
    Ok(releases)
}

/// What is still to be had once a release is installed.
pub(crate) struct Kept {
    /// The tree that is returned to: that of the release before, which is never another tree of the same version.
    pub(crate) previous: Option<RelPath>,
    /// All trees that stay, the new one among them.
    pub(crate) trees: BTreeSet<RelPath>,
    /// Whether the new one is pinned.
    pub(crate) pinned: bool,
}

impl Kept {
    /// What stays once `version` in `tree` is the current release in the place of `current`: this one, the one before
    /// it, the newest others as long as there are fewer than `keep`, and those that are pinned. Another tree of the
    /// same version, with other components, is replaced (B-19: the way back leads to the version before).
    pub(crate) fn of(
        root: &Root,
        (version, tree): (&Version, &RelPath),
        current: Option<&Current>,
        keep: usize,
    ) -> Result<Self, Error> {
        let (same, others): (Vec<_>, Vec<_>) = held(root, current)?
            .into_iter()
            .partition(|release| release.receipt.version == *version);
        // The current release may have no record yet, where an earlier program installed it.
        let left = current.filter(|current| current.version != *version);
        let before = others.iter().find(|release| release.standing != Standing::Kept);
        let previous = left.map(|current| current.tree.clone()).or_else(|| {
            before
                .or(others.first())
                .map(|release| release.receipt.tree.clone())
        });
        let mut trees: BTreeSet<RelPath> = previous.iter().cloned().collect();
        trees.insert(tree.clone());
        for release in &others {
            if release.pinned || trees.len() < keep {
                trees.insert(release.receipt.tree.clone());
            }
        }
        Ok(Self {
            previous,
            trees,
            pinned: same.iter().any(|release| release.pinned),
        })
    }

    /// The same with every tree in which a program still runs: what that opens next has to be there. Such a tree goes with
    /// the first installation that finds it quiet.
    pub(crate) fn with_what_runs(mut self, root: &Root) -> Result<Self, Error> {
        for tree in strays::trees(root)? {
            if !self.trees.contains(&tree) && !process::running_below(&root.below(&tree)).is_empty() {
                self.trees.insert(tree);
            }
        }
        Ok(self)
    }

    /// What stays once a release is installed in `tree` beside `current`, which stays the current one: everything. It is
    /// pinned, for nothing else would keep it when the next one is installed (B-20).
    pub(crate) fn beside(root: &Root, tree: &RelPath, current: &Current) -> Result<Self, Error> {
        let records = root.records()?.into_iter().map(|record| record.receipt.tree);
        let unrecorded = [tree.clone(), current.tree.clone()];
        Ok(Self {
            previous: None,
            trees: records.chain(unrecorded).collect(),
            pinned: true,
        })
    }
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
    let mut records = taken.root().records()?;
    records.retain(|record| record.receipt.version == *version);
    if records.is_empty() {
        return Err(unknown());
    }
    for record in records {
        let tree = record.receipt.tree.clone();
        taken.write_record(&tree, &ReleaseRecord { pinned, ..record })?;
    }
    Ok(())
}
