//! `cargo xtask fuzz`: feeds every reader of foreign bytes with what nobody would write.

use crate::say;
use crate::shell::{self, Result, command, root};
use std::process::Command;

const TARGETS: [&str; 13] = [
    "manifest",
    "index",
    "journal",
    "receipt",
    "held",
    "zip_import",
    "tar_import",
    "headers",
    "names",
    "patch",
    "readiness",
    "licences",
    "invitation",
];
/// The version that is known to work with the toolchain of this workspace.
const CARGO_FUZZ: &str = "0.13.2";

/// What to run.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// How long each target runs.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Run only these targets.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    if let Some(unknown) = options.only.iter().find(|name| !TARGETS.contains(&name.as_str())) {
        return Err(format!("there is no target `{unknown}`").into());
    }
    if !shell::has("cargo-fuzz") {
        say::step("installing cargo-fuzz", || {
            shell::run(command(
                "cargo",
                &["install", "cargo-fuzz", "--version", CARGO_FUZZ, "--locked"],
            ))
        })?;
    }
    say::step("building the targets", || shell::run(cargo_fuzz(&["build"])))?;
    let wanted = |name: &&&str| options.only.is_empty() || options.only.iter().any(|only| only == **name);
    for target in TARGETS.iter().filter(wanted) {
        say::step(target, || fuzz(target, options.seconds))?;
    }
    Ok(())
}

/// What was found interesting is kept below `fuzz/corpus`, which is not committed; the seeds are.
fn fuzz(target: &str, seconds: u64) -> Result<()> {
    let (corpus, seeds) = (format!("fuzz/corpus/{target}"), format!("fuzz/seeds/{target}"));
    fs_err::create_dir_all(root().join(&corpus))?;
    let limit = format!("-max_total_time={seconds}");
    let mut run = cargo_fuzz(&["run"]);
    run.args([target, &corpus, &seeds, "--", &limit]);
    run.args([
        "-rss_limit_mb=1024",
        "-timeout=10",
        "-max_len=65536",
        "-print_final_stats=1",
    ]);
    shell::run(run)
}

/// The readers are safe Rust, so no sanitizer is needed to see them fail. A stable toolchain is told to take the
/// flags that fuzzing needs.
fn cargo_fuzz(words: &[&str]) -> Command {
    let mut fuzz = command("cargo", &["fuzz"]);
    fuzz.args(words).args(["--sanitizer", "none"]);
    fuzz.env("RUSTC_BOOTSTRAP", "1");
    fuzz
}
