//! Drafts the journal of an installation: its steps, with all that is needed to undo them.

use super::shortcuts;
use crate::error::Error;
use crate::hooks::{self, Hooked};
use crate::indexes;
use crate::outside;
use crate::plan::Plan;
use crate::receipts;
use crate::releases::Kept;
use crate::root::Root;
use crate::shared;
use crate::staging;
use crate::strays;
use crate::works::Works;
use camino::Utf8Path;
use jiff::Timestamp;
use std::collections::BTreeSet;
use toolcrib_machine::{files, system};
use toolcrib_model::{Digest, RelPath};
use toolcrib_wire::journal::{Act, Current, Journal, Step, Tidying};
use toolcrib_wire::receipt::{OutsideRoot, Receipt, ReleaseRecord};
use toolcrib_wire::schema::Schema;

/// What will be done, and the receipt that will say so.
pub(super) struct Draft {
    pub(super) journal: Journal,
    pub(super) receipt: Receipt,
}

/// What the root and the receipt say until now.
struct Before {
    current: Option<Current>,
    receipt: Option<Receipt>,
}

/// Drafts the journal. Makes the folders that receipts and releases go into, and makes sure that the release's own
/// folder is free.
pub(super) fn draft(works: &Works, now: Timestamp) -> Result<Draft, Error> {
    let (plan, root) = (&works.plan, works.taken.root());
    let before = Before::read(root, &plan.order.receipt)?;
    let tree = free_tree(root, plan, before.current.as_ref())?;
    let place = root.below(&tree);
    let mut made = hooks::hooked(plan, &place, before.outside());
    made.made.extend(shortcuts::of(plan, &place));
    let receipt = receipt(plan, root, &tree, made, before.receipt.as_ref(), now);
    let beside = before.stays(plan).cloned();
    let kept = match &beside {
        Some(current) => Kept::beside(root, &tree, current)?,
        None => Kept::of(
            root,
            (&receipt.version, &tree),
            before.current.as_ref(),
            plan.keep,
        )?
        .with_what_runs(root)?,
    };
    let mut afterwards = superfluous(root, plan, &kept.trees, before.current.as_ref())?;
    if beside.is_none() {
        afterwards.extend(outside::no_longer_made(before.outside(), &receipt.outside));
    }
    afterwards.extend(shared::protection(plan, &tree));
    let (act, steps) = match beside {
        Some(current) => (
            Act::InstallBeside,
            steps_beside(plan, root, &receipt, (&current, before.receipt.as_ref()))?,
        ),
        None => (Act::Install, steps(plan, root, &receipt, before, kept)?),
    };
    Ok(Draft {
        journal: Journal {
            schema: Schema,
            act,
            steps,
            afterwards,
            relocation: None,
        },
        receipt,
    })
}

impl Before {
    fn read(root: &Root, receipt: &Utf8Path) -> Result<Self, Error> {
        if let Some(folder) = receipt.parent() {
            files::create_folders(folder).map_err(|source| Error::ReadReceipt {
                path: receipt.to_owned(),
                source,
            })?;
        }
        Ok(Self {
            current: root.read_current()?,
            receipt: receipts::read(receipt)?,
        })
    }

    fn outside(&self) -> &[OutsideRoot] {
        self.receipt.as_ref().map_or(&[], |receipt| &receipt.outside)
    }

    /// The release that stays the current one: the same version anew takes its own place in any case.
    fn stays(&self, plan: &Plan) -> Option<&Current> {
        let version = &plan.manifest().version;
        let current = self.current.as_ref().filter(|_| plan.beside);
        current.filter(|current| current.version != *version)
    }
}

/// The steps that bring the tree to its place.
fn promotion(plan: &Plan, tree: &RelPath) -> Result<Vec<Step>, Error> {
    let staged = staged(plan)?;
    let mut steps = shared::steps(plan, &staged);
    steps.push(Step::PromoteTree {
        from: staged,
        to: tree.clone(),
    });
    Ok(steps)
}

/// The steps of a release beside the current one: nothing outside the root is made before it is switched to, and the
/// last step, its record, is the commit.
fn steps_beside(
    plan: &Plan,
    root: &Root,
    receipt: &Receipt,
    (current, before): (&Current, Option<&Receipt>),
) -> Result<Vec<Step>, Error> {
    let mut steps = promotion(plan, &receipt.tree)?;
    steps.extend(receipts::record_if_unknown(root, current, before)?);
    steps.push(record(receipt, true));
    Ok(steps)
}

fn record(receipt: &Receipt, pinned: bool) -> Step {
    Step::RecordRelease {
        tree: receipt.tree.clone(),
        record: Box::new(ReleaseRecord {
            pinned,
            ..ReleaseRecord::of(receipt.clone())
        }),
        before: None,
    }
}

fn steps(
    plan: &Plan,
    root: &Root,
    receipt: &Receipt,
    before: Before,
    kept: Kept,
) -> Result<Vec<Step>, Error> {
    let mut steps = promotion(plan, &receipt.tree)?;
    steps.extend(outside::steps(before.outside(), &receipt.outside));
    if let Some(current) = &before.current {
        steps.extend(receipts::record_if_unknown(
            root,
            current,
            before.receipt.as_ref(),
        )?);
    }
    steps.push(record(receipt, kept.pinned));
    steps.push(Step::WriteReceipt {
        path: receipts::absolute(&plan.order.receipt).into_string(),
        receipt: Box::new(receipt.clone()),
        before: before.receipt.map(Box::new),
    });
    steps.push(Step::PointCurrent {
        to: current(plan, &receipt.tree, before.current.as_ref(), kept.previous),
        before: before.current,
    });
    Ok(steps)
}

/// A name for the release's tree that no release of the root has. Anything else that has the name is what a job left
/// that never came to its end, and is removed.
fn free_tree(root: &Root, plan: &Plan, current: Option<&Current>) -> Result<RelPath, Error> {
    let name = staging::name_of(plan)?;
    let failed = |_| Error::NameTree {
        version: plan.manifest().version.to_string(),
    };
    let known: Vec<RelPath> = root
        .records()?
        .into_iter()
        .map(|record| record.receipt.tree)
        .collect();
    let is_taken = |tree: &RelPath| {
        let is_kept = |kept: &Current| kept.tree == *tree || kept.previous.as_ref() == Some(tree);
        current.is_some_and(is_kept) || known.contains(tree)
    };
    let mut tree: RelPath = format!("releases/{name}").parse().map_err(failed)?;
    let mut number = 2;
    while is_taken(&tree) {
        tree = format!("releases/{name}-{number}").parse().map_err(failed)?;
        number += 1;
    }
    let path = root.below(&tree);
    files::remove_tree(&path).map_err(|source| Error::Remove { path, source })?;
    Ok(tree)
}

fn staged(plan: &Plan) -> Result<RelPath, Error> {
    let failed = |_| Error::NameTree {
        version: plan.manifest().version.to_string(),
    };
    format!(".toolcrib/staging/{}", staging::name_of(plan)?)
        .parse()
        .map_err(failed)
}

fn current(plan: &Plan, tree: &RelPath, before: Option<&Current>, previous: Option<RelPath>) -> Current {
    let manifest = plan.manifest();
    Current {
        schema: Schema,
        product: manifest.product.clone(),
        version: manifest.version.clone(),
        tree: tree.clone(),
        index: manifest.index.sha256,
        previous,
        unknown: before.map(|before| before.unknown.clone()).unwrap_or_default(),
    }
}

fn receipt(
    plan: &Plan,
    root: &Root,
    tree: &RelPath,
    made: Hooked,
    before: Option<&Receipt>,
    now: Timestamp,
) -> Receipt {
    let manifest = plan.manifest();
    // What an earlier release was to be restarted for is not done by installing another one.
    let awaits_restart = manifest.restart_needed || before.is_some_and(receipts::awaits_restart);
    Receipt {
        schema: Schema,
        product: manifest.product.clone(),
        name: manifest.name.clone(),
        version: manifest.version.clone(),
        platform: manifest.platform,
        language: manifest.language.clone(),
        manifest: plan.order.manifest.blob(),
        index: manifest.index,
        root: root.path().to_string(),
        tree: tree.clone(),
        components: plan.order.components.iter().cloned().collect(),
        shared: shared::records(plan),
        installed_bytes: plan.sizes.installed_bytes,
        file_count: plan.sizes.file_count,
        outside: made.made,
        skipped: made.skipped,
        settings: hooks::settings(plan),
        installed_at: now,
        restart_pending: awaits_restart,
        restart_boot: awaits_restart.then(system::boot_id).flatten(),
        unknown: before.map(|before| before.unknown.clone()).unwrap_or_default(),
    }
}

/// What will be superfluous after the commit: staging, and every release that is not kept.
fn superfluous(
    root: &Root,
    plan: &Plan,
    kept: &BTreeSet<RelPath>,
    before: Option<&Current>,
) -> Result<Vec<Tidying>, Error> {
    let mut acts: Vec<Tidying> = [".toolcrib/held", ".toolcrib/staging"]
        .into_iter()
        .filter_map(removal)
        .collect();
    let gone: Vec<RelPath> = strays::trees(root)?
        .into_iter()
        .filter(|tree| !kept.contains(tree))
        .collect();
    // The index and the record tell what is the person's, so they go after the tree.
    for tree in &gone {
        acts.extend(strays::setting_aside(tree));
        acts.extend(removal(tree.as_str()));
    }
    let index = plan.manifest().index.sha256;
    let wanted = wanted_indexes(root, kept, index, before)?;
    let unwanted = indexes::others(root, &wanted);
    acts.extend(unwanted.iter().filter_map(|path| removal(path)));
    let records = gone.iter().filter_map(Root::record_of);
    acts.extend(records.map(|path| Tidying::RemoveTree { path }));
    Ok(acts)
}

/// The indexes of the releases that are kept, and of the new one.
fn wanted_indexes(
    root: &Root,
    kept: &BTreeSet<RelPath>,
    index: Digest,
    before: Option<&Current>,
) -> Result<Vec<Digest>, Error> {
    let records = root.records()?.into_iter().map(|record| record.receipt);
    let records = records.filter(|receipt| kept.contains(&receipt.tree));
    let mut wanted: Vec<Digest> = records.map(|receipt| receipt.index.sha256).collect();
    // The current release may have no record, where an earlier program installed it.
    let stays = before.filter(|before| kept.contains(&before.tree));
    wanted.extend(stays.map(|before| before.index));
    wanted.push(index);
    Ok(wanted)
}

/// Names that no release can have are somebody else's.
fn removal(path: &str) -> Option<Tidying> {
    path.parse().ok().map(|path| Tidying::RemoveTree { path })
}
