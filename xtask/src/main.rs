//! The repository's own tasks: `cargo xtask demo | test | tidy | bench | crashes | corpus | dist | faults | fuzz | windows`.
//!
//! Each task does its own set-up, says what it is doing and how long that took, and stops at the first failure.

mod bench;
mod build;
mod corpus;
mod crashes;
mod demo;
mod dist;
mod faults;
mod fuzz;
mod say;
mod setup;
mod shell;
mod stage;
mod test;
mod tidy;
mod windows;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Tasks of the Toolcrib repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Sets everything up, builds, and shows the main job: in a window, or on the terminal without a display.
    Demo(demo::Options),
    /// Sets everything up and runs all tests: tidy, lints, unit, system and page tests, the journey in the real window.
    Test(test::Options),
    /// Checks the repository's own rules: levels, window commands, lints, lock files.
    Tidy,
    /// Measures against public tools, side by side in one run.
    Bench(bench::Options),
    /// Kills the delivery engine at every fault point and at random instants, and prints what came of it.
    Crashes(crashes::Options),
    /// Fetches the real programs that the demo and the measurements use, two releases of each; they are never committed.
    Corpus,
    /// Makes what is given to people as single files.
    Dist(dist::Options),
    /// Shows what comes of every behaviour of a bad origin, and of kills in the middle of a download.
    Faults,
    /// Feeds every reader of foreign bytes with what nobody would write.
    Fuzz(fuzz::Options),
    /// Builds the programs for Windows on another system.
    Windows(windows::Options),
}

fn main() -> ExitCode {
    let watch = say::Watch::start();
    let (name, outcome) = match Cli::parse().task {
        Task::Demo(options) => ("demo", demo::run(&options)),
        Task::Test(options) => ("test", test::run(&options)),
        Task::Tidy => ("tidy", tidy::run()),
        Task::Bench(options) => ("bench", bench::run(&options)),
        Task::Crashes(options) => ("crashes", crashes::run(&options)),
        Task::Corpus => ("corpus", corpus::fetch_two_releases()),
        Task::Dist(options) => ("dist", dist::run(&options)),
        Task::Faults => ("faults", faults::run()),
        Task::Fuzz(options) => ("fuzz", fuzz::run(&options)),
        Task::Windows(options) => ("windows", windows::run(&options)),
    };
    match outcome {
        Ok(()) => {
            say::done(&format!("{name} finished in {watch}"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            say::failed(&format!("{name} failed after {watch}: {error}"));
            ExitCode::FAILURE
        }
    }
}
