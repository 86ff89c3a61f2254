//! Drafts the journal of an installation: its steps, with all that is needed to undo them.

use crate::error::Error;
use crate::indexes;
use crate::order::Shortcuts;
use crate::plan::Plan;
use crate::root::Root;
use crate::staging;
use crate::steps;
use crate::works::Works;
use camino::{Utf8Path, Utf8PathBuf};
use jiff::Timestamp;
use std::collections::HashMap;
use toolcrib_machine::{Error as MachineError, files, shortcuts};
use toolcrib_model::RelPath;
use toolcrib_wire::journal::{Act, Current, Journal, Step, Tidying};
use toolcrib_wire::manifest::{Launch, Manifest, Shortcut, ShortcutPlace};
use toolcrib_wire::receipt::{OutsideRoot, Receipt, ShortcutRecord};
use toolcrib_wire::schema::Schema;

/// What will be done, and the receipt that will say so.
pub(super) struct Draft {
    pub(super) journal: Journal,
    pub(super) receipt: Receipt,
}

/// Shortcuts by their files.
type ByPath = Vec<(String, ShortcutRecord)>;

/// What the root and the receipt say until now.
struct Before {
    current: Option<Current>,
    receipt: Option<Receipt>,
}

/// Drafts the journal. Makes the folders that receipts and releases go into, and makes sure that the release's own
/// folder is free.
pub(super) fn draft(works: &Works, now: Timestamp) -> Result<Draft, Error> {
    let (plan, root) = (&works.plan, works.taken.root());
    let before = Before {
        current: root.read_current()?,
        receipt: read_receipt(&plan.order.receipt)?,
    };
    let tree = free_tree(root, plan, before.current.as_ref())?;
    let shortcuts = shortcuts_of(plan, &root.below(&tree));
    let receipt = receipt(plan, root, &tree, &shortcuts, before.receipt.as_ref(), now);
    let to = current(plan, &tree, before.current.as_ref());
    let mut afterwards = superfluous(root, &to, before.current.as_ref())?;
    afterwards.extend(before.shortcuts_without(&shortcuts));
    let mut steps = vec![Step::PromoteTree {
        from: staged(plan)?,
        to: tree,
    }];
    steps.extend(before.shortcut_steps(shortcuts));
    steps.push(Step::WriteReceipt {
        path: plan.order.receipt.to_string(),
        receipt: Box::new(receipt.clone()),
        before: before.receipt.map(Box::new),
    });
    steps.push(Step::PointCurrent {
        to,
        before: before.current,
    });
    Ok(Draft {
        journal: Journal {
            schema: Schema,
            act: Act::Install,
            steps,
            afterwards,
        },
        receipt,
    })
}

impl Before {
    fn shortcuts(&self) -> impl Iterator<Item = (&String, &ShortcutRecord)> {
        let outside = self.receipt.iter().flat_map(|receipt| &receipt.outside);
        outside.map(|OutsideRoot::Shortcut { path, shortcut }| (path, shortcut))
    }

    /// The removal of shortcuts that are no longer made.
    fn shortcuts_without(&self, made: &ByPath) -> Vec<Tidying> {
        let gone = self
            .shortcuts()
            .filter(|(path, _)| made.iter().all(|(kept, _)| kept != *path));
        gone.map(|(path, _)| Tidying::RemoveShortcut { path: path.clone() })
            .collect()
    }

    fn shortcut_steps(&self, made: ByPath) -> Vec<Step> {
        let known: HashMap<_, _> = self.shortcuts().collect();
        let step = |(path, shortcut)| {
            let before = known.get(&path).map(|shortcut| (*shortcut).clone());
            Step::MakeShortcut {
                path,
                shortcut,
                before,
            }
        };
        made.into_iter().map(step).collect()
    }
}

/// The receipt of what is installed. A damaged one was moved aside and is reported; what it spoke of is in its place.
fn read_receipt(path: &Utf8Path) -> Result<Option<Receipt>, Error> {
    let failed = |source| Error::ReadReceipt {
        path: path.to_owned(),
        source,
    };
    if let Some(folder) = path.parent() {
        files::create_folders(folder).map_err(failed)?;
    }
    match files::load_json(path, 1) {
        Err(MachineError::Corrupt { aside, .. }) => {
            tracing::warn!(%aside, "The receipt was damaged; a new one is written.");
            Ok(None)
        }
        read => read.map_err(failed),
    }
}

/// A name for the release's tree that neither the current release nor the one before it has. Anything else that has
/// the name is what a job left that never came to its end, and is removed.
fn free_tree(root: &Root, plan: &Plan, current: Option<&Current>) -> Result<RelPath, Error> {
    let name = staging::name_of(plan)?;
    let failed = |_| Error::NameTree {
        version: plan.manifest().version.to_string(),
    };
    let is_kept = |tree: &RelPath| {
        current.is_some_and(|kept| kept.tree == *tree || kept.previous.as_ref() == Some(tree))
    };
    let mut tree: RelPath = format!("releases/{name}").parse().map_err(failed)?;
    let mut number = 2;
    while is_kept(&tree) {
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

fn current(plan: &Plan, tree: &RelPath, before: Option<&Current>) -> Current {
    let manifest = plan.manifest();
    Current {
        schema: Schema,
        product: manifest.product.clone(),
        version: manifest.version.clone(),
        tree: tree.clone(),
        index: manifest.index.sha256,
        previous: before.map(|before| before.tree.clone()),
        unknown: before.map(|before| before.unknown.clone()).unwrap_or_default(),
    }
}

fn receipt(
    plan: &Plan,
    root: &Root,
    tree: &RelPath,
    shortcuts: &ByPath,
    before: Option<&Receipt>,
    now: Timestamp,
) -> Receipt {
    let manifest = plan.manifest();
    let outside = shortcuts.iter().map(|(path, shortcut)| OutsideRoot::Shortcut {
        path: path.clone(),
        shortcut: shortcut.clone(),
    });
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
        installed_bytes: plan.sizes.installed_bytes,
        file_count: plan.sizes.file_count,
        outside: outside.collect(),
        installed_at: now,
        restart_pending: manifest.restart_needed,
        unknown: before.map(|before| before.unknown.clone()).unwrap_or_default(),
    }
}

/// What will be superfluous after the commit: staging, and all releases, with their indexes, but the
/// new one and the one before it.
fn superfluous(root: &Root, to: &Current, before: Option<&Current>) -> Result<Vec<Tidying>, Error> {
    let failed = |source| Error::OpenTree {
        path: root.releases(),
        source,
    };
    let mut acts: Vec<Tidying> = [".toolcrib/held", ".toolcrib/staging"]
        .into_iter()
        .filter_map(removal)
        .collect();
    let wanted: Vec<_> = before.into_iter().chain([to]).map(|kept| kept.index).collect();
    acts.extend(
        indexes::others(root, &wanted)
            .iter()
            .filter_map(|path| removal(path)),
    );
    if !root.releases().is_dir() {
        return Ok(acts);
    }
    for entry in root.releases().read_dir_utf8().map_err(failed)? {
        let name = entry.map_err(failed)?.file_name().to_owned();
        let path = format!("releases/{name}");
        let is_kept = path == to.tree.as_str() || before.is_some_and(|before| path == before.tree.as_str());
        acts.extend(removal(&path).filter(|_| !is_kept));
    }
    Ok(acts)
}

/// Names that no release can have are somebody else's.
fn removal(path: &str) -> Option<Tidying> {
    path.parse().ok().map(|path| Tidying::RemoveTree { path })
}

fn shortcuts_of(plan: &Plan, tree: &Utf8Path) -> ByPath {
    let manifest = plan.manifest();
    let Some(launch) = &manifest.launch else {
        return Vec::new();
    };
    let wanted = &plan.order.shortcuts;
    let numbered = manifest.shortcuts.iter().zip(1..);
    let made = numbered.filter_map(|(shortcut, number)| {
        let folder = match shortcut.place {
            ShortcutPlace::Menu => wanted.menu.as_ref()?,
            ShortcutPlace::Desktop => wanted.desktop.as_ref()?,
        };
        let record = record(plan, launch, shortcut, number, folder, tree);
        Some((
            shortcuts::place(&steps::spec_of(&record), folder).to_string(),
            record,
        ))
    });
    made.collect()
}

fn record(
    plan: &Plan,
    launch: &Launch,
    shortcut: &Shortcut,
    number: u32,
    folder: &Utf8Path,
    tree: &Utf8Path,
) -> ShortcutRecord {
    let Shortcuts { starter, .. } = &plan.order.shortcuts;
    let (program, arguments) = match starter {
        Some(starter) => (starter.program.clone(), starter.arguments.clone()),
        None => (tree.join(launch.program.as_str()), launch.arguments.clone()),
    };
    let icon = shortcut
        .icon
        .as_ref()
        .filter(|icon| plan.layout.files().iter().any(|file| file.path == **icon));
    ShortcutRecord {
        folder: folder.to_string(),
        id: id_of(plan.manifest(), number),
        name: shortcut.name.clone(),
        program: program.to_string(),
        arguments,
        icon: icon
            .map(|icon: &RelPath| tree.join(icon.as_str()))
            .map(Utf8PathBuf::into_string),
        terminal: launch.terminal,
    }
}

fn id_of(manifest: &Manifest, number: u32) -> String {
    match number {
        1 => format!("toolcrib-{}", manifest.product),
        _ => format!("toolcrib-{}-{number}", manifest.product),
    }
}
