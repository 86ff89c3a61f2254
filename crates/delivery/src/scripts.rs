//! Scripts of packages, the exception among the hooks: run shut in their release's own folder, after the person agreed,
//! with a limit on their time. What one did goes with that folder; what undoes it besides, the package has to say.

use crate::error::Error;
use crate::order::Scripts;
use crate::plan::Plan;
use camino::{Utf8Path, Utf8PathBuf};
use std::time::Duration;
use toolcrib_machine::sandbox::{self, Cage};
use toolcrib_machine::{faults, files};
use toolcrib_wire::hook::{ScriptCommand, ScriptUndo};
use toolcrib_wire::receipt::OutsideRoot;

/// How long a script may take.
const LIMIT: Duration = Duration::from_secs(60);
/// How much of what a script says is told, in letters.
const TOLD: usize = 300;

/// What a script comes to, or why it is left out.
pub(crate) fn made(
    plan: &Plan,
    tree: &Utf8Path,
    run: &ScriptCommand,
    undo: &ScriptUndo,
) -> Result<OutsideRoot, &'static str> {
    if let Some(obstacle) = sandbox::obstacle() {
        return Err(obstacle);
    }
    match plan.order.scripts {
        Scripts::LeftOut => Err("nobody agreed to run scripts"),
        Scripts::Agreed => Ok(OutsideRoot::Ran {
            tree: tree.to_string(),
            run: run.clone(),
            undo: match undo {
                ScriptUndo::Nothing => None,
                ScriptUndo::Run(undo) => Some(undo.clone()),
            },
        }),
    }
}

/// Runs a script in its release's folder.
pub(crate) fn run(tree: &str, command: &ScriptCommand) -> Result<(), Error> {
    let tree = Utf8Path::new(tree);
    clear(tree)?;
    let ran = attempt(tree, command);
    clear(tree)?;
    ran
}

/// Undoes what a script did, as far as its folder is still there. A package that cannot undo what it did keeps nobody
/// from going on: all that it could write goes with that folder.
pub(crate) fn undo(tree: &str, command: Option<&ScriptCommand>) -> Result<(), Error> {
    let tree = Utf8Path::new(tree);
    clear(tree)?;
    let is_there = |command: &&ScriptCommand| tree.join(command.program.as_str()).is_file();
    let Some(command) = command.filter(is_there) else {
        return Ok(());
    };
    if let Err(error) = attempt(tree, command) {
        tracing::warn!(%error, program = %command.program, "What a script did could not be undone by its package.");
    }
    clear(tree)
}

fn attempt(tree: &Utf8Path, command: &ScriptCommand) -> Result<(), Error> {
    let failed = |source| Error::RunScript {
        program: command.program.clone(),
        source,
    };
    let scratch = scratch(tree);
    files::create_folders(&scratch).map_err(failed)?;
    let cage = Cage {
        folder: tree,
        scratch: &scratch,
        limit: LIMIT,
    };
    faults::point("delivery.script");
    let program = tree.join(command.program.as_str());
    let output = sandbox::run(&program, &command.arguments, &cage).map_err(failed)?;
    match output.success() {
        true => Ok(()),
        false => Err(Error::ScriptFailed {
            program: command.program.clone(),
            said: told(&output.stderr),
        }),
    }
}

/// Removes what a script, or one that was killed, left in its scratch folder.
fn clear(tree: &Utf8Path) -> Result<(), Error> {
    let path = scratch(tree);
    files::remove_tree(&path).map_err(|source| Error::Remove { path, source })
}

/// Below the install root, beside what else Toolcrib keeps there: a tree lies in a folder of the root.
fn scratch(tree: &Utf8Path) -> Utf8PathBuf {
    let root = tree.ancestors().nth(2).unwrap_or(tree);
    root.join(".toolcrib").join("scratch")
}

/// The end of what a script said, without what would not show.
fn told(said: &[u8]) -> String {
    let said: String = String::from_utf8_lossy(said)
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    let said = said.trim();
    let skipped = said.chars().count().saturating_sub(TOLD);
    said.chars().skip(skipped).collect()
}
