//! Finds what is wrong with a product before the long work begins.

use super::{ComponentRule, Product, assign};
use crate::Error;
use crate::input::Tree;
use std::collections::BTreeSet;
use std::fmt;
use toolcrib_model::constants::{MAX_GRACE_DAYS, MAX_OFFLINE_DAYS};
use toolcrib_model::{ComponentKind, Platform, RelPath};
use toolcrib_trust::package::{judge_hooks, judge_names};
use toolcrib_wire::hook::{Hook, ScriptCommand, ScriptUndo};
use toolcrib_wire::index::ComponentTree;

/// The longest text to accept, in bytes.
const MAX_TEXT_BYTES: usize = 1 << 20;

/// Something that is wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub fault: String,
    /// What to do.
    pub advice: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.fault, self.advice)
    }
}

/// Every fault of a product on a platform; none if it is sound.
///
/// # Errors
/// [`Error`] where the files cannot be divided among the components, or their names clash.
pub fn lint(product: &Product, tree: &Tree, platform: Platform) -> Result<Vec<Fault>, Error> {
    judge_tree(tree)?;
    assign(product, tree)?;
    let mut faults = Faults::default();
    faults.named_files(product, tree);
    faults.launch(product, tree, platform);
    faults.texts(product);
    faults.ids(product);
    faults.shortcuts(product);
    faults.hooks(product, tree);
    let requirements = toolcrib_readiness::lint_all(&product.requirements);
    faults.0.extend(requirements.into_iter().map(|fault| Fault {
        fault: fault.to_string(),
        advice: "see docs/protocol/readiness.md".to_owned(),
    }));
    Ok(faults.0)
}

/// Judges names as the client will: unique, nothing below a file, links inside.
fn judge_tree(tree: &Tree) -> Result<(), Error> {
    let file = |file: &crate::input::InputFile| toolcrib_wire::index::File {
        path: file.path.clone(),
        size: 0,
        sha256: toolcrib_model::Digest::from_bytes([0; 32]),
        at: 0,
        executable: false,
    };
    let whole = ComponentTree {
        id: "core".parse().expect("the constant is an id"),
        folders: tree.folders.clone(),
        links: tree.links.clone(),
        files: tree.files.iter().map(file).collect(),
    };
    judge_names(&[whole]).map_err(|source| Error::BadTree { source })
}

#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, fault: impl Into<String>, advice: impl Into<String>) {
        self.0.push(Fault {
            fault: fault.into(),
            advice: advice.into(),
        });
    }

    fn named_files(&mut self, product: &Product, tree: &Tree) {
        let icons = product
            .shortcuts
            .iter()
            .filter_map(|shortcut| shortcut.icon.as_ref());
        let named = icons
            .map(|icon| ("icon", icon))
            .chain(product.read_me.iter().map(|path| ("read_me", path)));
        for (what, path) in named.filter(|(_, path)| tree.file(path).is_none()) {
            self.add(format!("{what}: there is no file `{path}`"), near(tree, path));
        }
    }

    fn launch(&mut self, product: &Product, tree: &Tree, platform: Platform) {
        let Some(launch) = &product.launch else { return };
        let on_windows = matches!(platform, Platform::WindowsX86_64 | Platform::WindowsAarch64);
        match tree.file(&launch.program) {
            None => self.add(
                format!("launch.program: there is no file `{}`", launch.program),
                near(tree, &launch.program),
            ),
            Some(file) if !file.executable && !on_windows => {
                self.add(
                    format!("launch.program: `{}` is not executable", launch.program),
                    "set its x bit (chmod +x)",
                );
            }
            Some(_) => (),
        }
    }

    fn texts(&mut self, product: &Product) {
        for text in &product.texts {
            if text.body.trim().is_empty() || text.body.len() > MAX_TEXT_BYTES {
                let fault = format!(
                    "text `{}`: its body is empty or longer than {MAX_TEXT_BYTES} bytes",
                    text.id
                );
                self.add(fault, "give the text that people accept");
            }
        }
        if product.licence.grace_days > MAX_GRACE_DAYS {
            self.add(
                "licence.grace_days: too many",
                format!("give 0 to {MAX_GRACE_DAYS}"),
            );
        }
        if product.licence.offline_days > MAX_OFFLINE_DAYS {
            self.add(
                "licence.offline_days: too many",
                format!("give 0 to {MAX_OFFLINE_DAYS}"),
            );
        }
    }

    fn ids(&mut self, product: &Product) {
        let texts = product.texts.iter().map(|text| ("text", text.id.as_str()));
        let components = product
            .components
            .iter()
            .map(|component| ("component", component.id.as_str()));
        let mut seen = BTreeSet::new();
        let is_for_some =
            |rule: &&ComponentRule| rule.kind == ComponentKind::Required && !rule.languages.is_empty();
        for rule in product.components.iter().filter(is_for_some) {
            self.add(
                format!("component `{}`: everybody gets what is required", rule.id),
                "make it `default`, or leave out its languages",
            );
        }
        let is_unchosen = |rule: &&ComponentRule| rule.tool && rule.kind != ComponentKind::Optional;
        for rule in product.components.iter().filter(is_unchosen) {
            self.add(
                format!("component `{}`: a tool comes only where it is chosen", rule.id),
                "make it `optional`, or leave out `tool`",
            );
        }
        for (what, id) in texts.chain(components) {
            if !seen.insert((what, id)) {
                self.add(format!("two {what}s have the id `{id}`"), "give each its own");
            }
        }
    }

    fn hooks(&mut self, product: &Product, tree: &Tree) {
        if let Err(bad) = judge_hooks(&product.hooks, &product.settings) {
            let advice = "see docs/protocol/package.md, What it asks of the system";
            self.add(format!("hook: {bad}"), advice);
        }
        for path in product.hooks.iter().flat_map(Hook::files) {
            if tree.file(path).is_none() {
                self.add(format!("hook: there is no file `{path}`"), near(tree, path));
            }
        }
        for script in product.hooks.iter().filter_map(scripts) {
            for command in script {
                self.script(tree, command);
            }
        }
    }

    fn script(&mut self, tree: &Tree, command: &ScriptCommand) {
        if tree.file(&command.program).is_some_and(|file| !file.executable) {
            self.add(
                format!("hook: the script `{}` is not executable", command.program),
                "set its x bit (chmod +x)",
            );
        }
    }

    fn shortcuts(&mut self, product: &Product) {
        let is_file_name = |name: &str| name.parse::<RelPath>().is_ok_and(|path| path.parent().is_none());
        for shortcut in product
            .shortcuts
            .iter()
            .filter(|shortcut| !is_file_name(&shortcut.name))
        {
            let fault = format!(
                "shortcut: `{}` cannot be the name of a file",
                shortcut.name.escape_debug()
            );
            self.add(
                fault,
                "leave out / \\ : * ? \" < > | and characters that do not show",
            );
        }
        if !product.shortcuts.is_empty() && product.launch.is_none() {
            self.add(
                "shortcut: there is nothing to launch",
                "add [launch] with the program",
            );
        }
    }
}

/// What a hook runs, if it is a script.
fn scripts(hook: &Hook) -> Option<Vec<&ScriptCommand>> {
    match hook {
        Hook::Script {
            run,
            undo: ScriptUndo::Nothing,
        } => Some(vec![run]),
        Hook::Script {
            run,
            undo: ScriptUndo::Run(undo),
        } => Some(vec![run, undo]),
        _ => None,
    }
}

/// Where a file of the same name lies.
fn near(tree: &Tree, path: &RelPath) -> String {
    let same = tree
        .files
        .iter()
        .find(|file| file.path.file_name() == path.file_name());
    match same {
        Some(file) => format!("did you mean `{}`?", file.path),
        None => "paths are counted from the top of what is packed".to_owned(),
    }
}
