//! `cargo xtask crashes`: the delivery engine's acts, killed at their fault points and at random instants.

use crate::shell::{self, Result, cargo};

/// The test that does the work.
const SWEEP: &str = "sweep::the_whole_sweep";

/// Where and how often to kill.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// At how many fault points of each act; a number, or `all` of them.
    #[arg(long, default_value = "all")]
    points: String,
    /// At how many random instants, over all acts.
    #[arg(long, default_value_t = 0)]
    random: usize,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let mut sweep = cargo(&[
        "test",
        "--locked",
        "-p",
        "toolcrib-delivery",
        "--test",
        "delivery",
    ]);
    sweep.args(["--", SWEEP, "--exact", "--ignored", "--nocapture"]);
    if options.points != "all" {
        let count: usize = options.points.parse()?;
        sweep.env("TOOLCRIB_CRASH_POINTS", count.to_string());
    }
    sweep.env("TOOLCRIB_CRASH_RANDOM", options.random.to_string());
    shell::run(sweep)
}
