//! `cargo xtask test`: everything that must hold before a change lands.

use crate::shell::{self, Result, cargo};
use crate::{build, say, setup, tidy};

/// What to run.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Run only these stages: setup, pages, tidy, format, lint, test.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
}

/// A stage: its name, what it says, what it does.
type Stage = (&'static str, &'static str, fn() -> Result<()>);

const STAGES: &[Stage] = &[
    (
        "setup",
        "set-up: system packages and the pages' libraries",
        set_up,
    ),
    ("pages", "the pages: build, types, lints, tests", pages),
    ("tidy", "the repository's own rules", tidy::run),
    ("format", "formatting", || {
        shell::run(cargo(&["fmt", "--all", "--check"]))
    }),
    (
        "test",
        "unit, crate and system tests, the journeys in the window and the browser",
        tests,
    ),
    ("lint", "lints", lints),
];

pub(crate) fn run(options: &Options) -> Result<()> {
    let known = |name: &&String| STAGES.iter().any(|(stage, ..)| stage == *name);
    if let Some(unknown) = options.only.iter().find(|name| !known(name)) {
        return Err(format!("there is no stage `{unknown}`").into());
    }
    let wanted = |name: &str| options.only.is_empty() || options.only.iter().any(|only| only == name);
    for (_, what, work) in STAGES.iter().filter(|(name, ..)| wanted(name)) {
        say::step(what, work)?;
    }
    Ok(())
}

fn set_up() -> Result<()> {
    setup::system_packages(&[setup::WINDOW_BUILD, setup::WINDOW_TESTS].concat())?;
    setup::page_libraries()
}

fn pages() -> Result<()> {
    // The build checks the types; it comes first because the programs carry the pages inside them.
    ["build", "lint", "test"]
        .into_iter()
        .try_for_each(build::page_script)
}

/// The programs are built first and whole, since the system tests start them as a person would; together with the
/// tests, so that what both use is built once.
fn tests() -> Result<()> {
    shell::run(cargo(&["build", "--locked", "--workspace", "--bins", "--tests"]))?;
    shell::run(cargo(&["test", "--locked", "--workspace", "--no-fail-fast"]))
}

fn lints() -> Result<()> {
    shell::run(cargo(&[
        "clippy",
        "--locked",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))
}
