//! `cargo xtask crashes`: the delivery engine's acts, killed at their fault points and at random instants.

use crate::shell::{self, Result, cargo};
use std::process::Command;

/// The test that does the work.
const SWEEP: &str = "sweep::the_whole_sweep";
/// The one that cuts disks.
const POWER: &str =
    "power::a_power_cut_leaves_the_old_release_or_the_new_one_and_never_takes_back_what_was_done";

/// Where and how often to kill.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// At how many fault points of each act; a number, or `all` of them.
    #[arg(long, default_value = "all")]
    points: String,
    /// At how many random instants, over all acts.
    #[arg(long, default_value_t = 0)]
    random: usize,
    /// Instead: cuts a disk of ext4 and one of XFS so many times in the middle of an update, and as often right after it.
    /// It takes root, loop devices and `xfs_io`.
    #[arg(long, value_name = "N", conflicts_with_all = ["points", "random"])]
    power: Option<u32>,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    if let Some(count) = options.power {
        let mut cuts = test(POWER);
        cuts.env("TOOLCRIB_POWER_CUTS", count.to_string());
        return shell::run(cuts);
    }
    let mut sweep = test(SWEEP);
    if options.points != "all" {
        let count: usize = options.points.parse()?;
        sweep.env("TOOLCRIB_CRASH_POINTS", count.to_string());
    }
    sweep.env("TOOLCRIB_CRASH_RANDOM", options.random.to_string());
    shell::run(sweep)
}

/// One test of the engine that does not run with the others.
fn test(name: &str) -> Command {
    let mut test = cargo(&[
        "test",
        "--locked",
        "-p",
        "toolcrib-delivery",
        "--test",
        "delivery",
    ]);
    test.args(["--", name, "--exact", "--ignored", "--nocapture"]);
    test
}
