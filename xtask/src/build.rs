//! Building the pages and the programs.

use crate::shell::{self, Result, cargo, command};
use camino::Utf8PathBuf;

/// How the programs are built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quick to build; with fault points.
    Dev,
    /// As shipped.
    Release,
}

/// The programs that need no window.
pub(crate) const PROGRAMS: &[&str] = &[
    "toolcrib-cli",
    "toolcrib-service",
    "toolcrib-publish",
    "sample-studio",
];

/// One of the pages' own scripts: `build`, `lint`, `check`, `test`.
pub(crate) fn page_script(script: &str) -> Result<()> {
    let mut npm = command("npm", &["run", "--silent", script]);
    npm.current_dir(shell::root().join("ui"));
    shell::run(npm)
}

/// Builds the given packages' programs.
pub(crate) fn programs(packages: &[&str], profile: Profile) -> Result<()> {
    let mut words = vec!["build", "--locked", "--bins"];
    if profile == Profile::Release {
        words.push("--release");
    }
    packages
        .iter()
        .for_each(|package| words.extend(["--package", package]));
    shell::run(cargo(&words))
}

/// Where cargo puts what it builds.
pub(crate) fn target_folder() -> Utf8PathBuf {
    std::env::var("CARGO_TARGET_DIR").map_or_else(|_| shell::root().join("target"), Utf8PathBuf::from)
}

/// A built program.
pub(crate) fn program(name: &str, profile: Profile) -> Utf8PathBuf {
    let folder = match profile {
        Profile::Dev => "debug",
        Profile::Release => "release",
    };
    target_folder()
        .join(folder)
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
