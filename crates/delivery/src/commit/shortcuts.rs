//! The shortcuts that a release's manifest asks for, as data.

use crate::order::Shortcuts;
use crate::plan::Plan;
use crate::steps;
use camino::{Utf8Path, Utf8PathBuf};
use toolcrib_machine::shortcuts;
use toolcrib_model::RelPath;
use toolcrib_wire::manifest::{Launch, Manifest, Shortcut, ShortcutPlace};
use toolcrib_wire::receipt::{OutsideRoot, ShortcutRecord};

/// The shortcuts to make for the release in `tree`.
pub(super) fn of(plan: &Plan, tree: &Utf8Path) -> Vec<OutsideRoot> {
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
        Some(OutsideRoot::Shortcut {
            path: shortcuts::place(&steps::spec_of(&record), folder).to_string(),
            shortcut: record,
        })
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
    let icon = shortcut.icon.as_ref().filter(|icon| plan.has_file(icon));
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
