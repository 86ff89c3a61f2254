//! The repository's own rules, checked: levels, window commands, lints, lock files.

mod commands;
mod levels;
mod lints;
mod locks;

use crate::say;
use crate::shell::Result;

/// One rule: its name and the faults it finds.
type Rule = (&'static str, fn() -> Result<Vec<String>>);

const RULES: &[Rule] = &[
    (
        "every dependency points to a lower level, and only the window names Tauri",
        levels::faults,
    ),
    (
        "every window command is declared, permitted, handled and named in the pages",
        commands::faults,
    ),
    (
        "every crate takes the workspace's lints, and every exception says why",
        lints::faults,
    ),
    ("no lock file names where a download came from", locks::faults),
];

/// Checks every rule and names every fault.
pub(crate) fn run() -> Result<()> {
    let mut count = 0;
    for (rule, faults) in RULES {
        let faults = faults()?;
        say::note(&format!("{} {rule}", if faults.is_empty() { "✔" } else { "✘" }));
        faults.iter().for_each(|fault| say::note(&format!("    {fault}")));
        count += faults.len();
    }
    if count == 0 {
        Ok(())
    } else {
        Err(format!("{count} faults against the repository's rules").into())
    }
}
