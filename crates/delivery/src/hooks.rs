//! What a package asks of the person's system, turned into things to make outside the install root, with all that is
//! needed to take each of them away.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(any(target_os = "macos", all(test, unix)))]
mod macos;
mod registry;
#[cfg(all(test, unix))]
mod tests;
#[cfg(any(windows, all(test, unix)))]
mod windows;

#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "macos")]
use macos as system;
#[cfg(windows)]
use windows as system;

use crate::order::Starter;
use crate::plan::Plan;
use crate::scripts;
use camino::{Utf8Path, Utf8PathBuf};
use toolcrib_machine::folders::PersonFolders;
use toolcrib_wire::hook::{Hook, SettingsBase, SettingsFolder};
use toolcrib_wire::manifest::Manifest;
use toolcrib_wire::receipt::{OutsideRoot, SettingsRecord, SkippedHook};

/// What is made for the hooks of a release, and which of them are left out, with the reason.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Hooked {
    pub(crate) made: Vec<OutsideRoot>,
    pub(crate) skipped: Vec<SkippedHook>,
}

/// What the hooks of the release in `tree` come to. `before` is what the release before has outside the root.
pub(crate) fn hooked(plan: &Plan, tree: &Utf8Path, before: &[OutsideRoot]) -> Hooked {
    let mut hooked = Hooked::default();
    for hook in &plan.manifest().hooks {
        match made_for(plan, tree, hook) {
            Ok(made) => hooked.made.extend(made),
            Err(reason) => hooked.skipped.push(SkippedHook {
                hook: hook.words(),
                reason: reason.to_owned(),
            }),
        }
    }
    keep_what_is_there(&mut hooked.made, before);
    let mut first = folders(&hooked.made, before);
    first.extend(registry::keys(&hooked.made, before, &registry::System));
    hooked.made.splice(0..0, first);
    hooked
}

/// Keeps beside what is to be made what others have in its place. `before` is what the release before has outside the root.
pub(crate) fn keep_what_is_there(made: &mut [OutsideRoot], before: &[OutsideRoot]) {
    registry::keep(made, before, &registry::System);
}

/// What will be left out of what a release asks for, with the reasons.
pub(crate) fn left_out(plan: &Plan) -> Vec<SkippedHook> {
    hooked(plan, &plan.root.releases(), &[]).skipped
}

/// The scripts of a release that belong to what is chosen, in words.
pub(crate) fn scripts(plan: &Plan) -> Vec<String> {
    let chosen = plan.manifest().hooks.iter().filter(|hook| are_chosen(plan, hook));
    let words = |hook: &Hook| match hook {
        Hook::Script { run, .. } => {
            let arguments = run.arguments.iter().map(String::as_str);
            let words: Vec<&str> = std::iter::once(run.program.as_str()).chain(arguments).collect();
            Some(words.join(" "))
        }
        _ => None,
    };
    chosen.filter_map(words).collect()
}

/// Whether the files that a hook names will be there.
fn are_chosen(plan: &Plan, hook: &Hook) -> bool {
    hook.files().into_iter().all(|file| plan.has_file(file))
}

/// The settings folders of a product, each in its full length.
pub(crate) fn settings(plan: &Plan) -> Vec<SettingsRecord> {
    let record = |folder: &SettingsFolder, person: &PersonFolders| SettingsRecord {
        name: folder.name.clone(),
        path: base(folder.base, person)
            .join(folder.folder.as_str())
            .into_string(),
    };
    let settings = plan.manifest().settings.iter();
    let person = plan.order.shortcuts.person.as_ref();
    person.map_or_else(Vec::new, |person| {
        settings.map(|folder| record(folder, person)).collect()
    })
}

fn base(base: SettingsBase, person: &PersonFolders) -> &Utf8Path {
    match base {
        SettingsBase::Config => &person.config,
        SettingsBase::Data => &person.data,
        SettingsBase::Cache => &person.cache,
        SettingsBase::State => &person.state,
    }
}

fn made_for(plan: &Plan, tree: &Utf8Path, hook: &Hook) -> Result<Vec<OutsideRoot>, &'static str> {
    let shortcuts = &plan.order.shortcuts;
    let person = shortcuts.person.as_ref().ok_or("there is no place for it here")?;
    let ground = Ground {
        manifest: plan.manifest(),
        starter: shortcuts.starter.as_ref(),
        tree,
        person,
    };
    match hook {
        _ if !are_chosen(plan, hook) => Err("the component that it needs was not chosen"),
        Hook::Script { run, undo } => Ok(vec![scripts::made(plan, tree, run, undo)?]),
        hook => system::made(&ground, hook),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
mod system {
    use super::{Ground, Hook, OutsideRoot};

    pub(super) fn made(_: &Ground<'_>, _: &Hook) -> Result<Vec<OutsideRoot>, &'static str> {
        Err("this is not supported on this system yet")
    }
}

/// What the things of a release are drafted from.
struct Ground<'a> {
    manifest: &'a Manifest,
    /// What starts the product, whichever release is current.
    starter: Option<&'a Starter>,
    /// The release's folder.
    tree: &'a Utf8Path,
    person: &'a PersonFolders,
}

impl Ground<'_> {
    /// Names what is of this product, and no other product's.
    fn id(&self, name: &str) -> String {
        let product = &self.manifest.product;
        match name {
            "" => format!("toolcrib-{product}"),
            _ => format!("toolcrib-{product}-{name}"),
        }
    }

    /// The program and the words that open something, which is said behind them; `None` for a product of files only.
    fn opener(&self) -> Option<(Utf8PathBuf, Vec<String>)> {
        let launch = self.manifest.launch.as_ref()?;
        Some(match self.starter {
            Some(starter) => {
                let arguments = starter.arguments.iter().cloned().chain(["--".to_owned()]);
                (starter.program.clone(), arguments.collect())
            }
            None => (self.tree.join(launch.program.as_str()), launch.arguments.clone()),
        })
    }
}

/// A path as a part of a file's name.
fn file_name(path: &str) -> String {
    let letter = |letter: char| {
        if letter.is_ascii_alphanumeric() {
            letter
        } else {
            '-'
        }
    };
    path.chars().map(letter).collect()
}

/// The folders that have to be made first, each after the one that holds it; those that an earlier release made are
/// still to be taken away in the end.
fn folders(made: &[OutsideRoot], before: &[OutsideRoot]) -> Vec<OutsideRoot> {
    let known = |folder: &Utf8Path| {
        before
            .iter()
            .any(|made| matches!(made, OutsideRoot::Folder { path } if path == folder.as_str()))
    };
    let mut needed: Vec<Utf8PathBuf> = Vec::new();
    for place in made.iter().filter_map(OutsideRoot::path) {
        let above = Utf8Path::new(place).ancestors().skip(1);
        let missing = above.filter(|folder| known(folder) || !folder.exists());
        needed.extend(
            missing
                .filter(|folder| !folder.as_str().is_empty())
                .map(Utf8Path::to_owned),
        );
    }
    needed.sort_unstable();
    needed.dedup();
    needed
        .into_iter()
        .map(|path| OutsideRoot::Folder {
            path: path.into_string(),
        })
        .collect()
}
