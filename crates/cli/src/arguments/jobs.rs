//! The queue.

use clap::{Args, Subcommand};
use toolcrib_model::JobId;

/// `jobs`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Jobs {
    /// Show everything that was ever done and is not forgotten yet
    #[arg(long)]
    pub(crate) all: bool,
    /// Let so many jobs fetch and write at once, from now on
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=8))]
    pub(crate) at_once: Option<u32>,
    #[command(subcommand)]
    pub(crate) act: Option<JobsAct>,
}

/// What is done with the queue.
#[derive(Debug, Subcommand)]
pub(crate) enum JobsAct {
    /// Move a job in the queue; one that works already is not stopped for another one
    Move(Reorder),
}

/// `jobs move`
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("goal").required(true))]
pub(crate) struct Reorder {
    /// The job, as `toolcrib jobs` names it
    pub(crate) job: JobId,
    /// Put it right before another job
    #[arg(long, value_name = "JOB", group = "goal")]
    pub(crate) before: Option<JobId>,
    /// Put it before all others
    #[arg(long, group = "goal")]
    pub(crate) first: bool,
    /// Put it behind all others
    #[arg(long, group = "goal")]
    pub(crate) last: bool,
}

/// A command about one job, or about all.
#[derive(Debug, Args)]
pub(crate) struct SomeJobs {
    /// The job, as `toolcrib jobs` names it
    #[arg(required_unless_present = "all")]
    pub(crate) job: Option<JobId>,
    /// All of them
    #[arg(long, conflicts_with = "job")]
    pub(crate) all: bool,
}

/// `resume`
#[derive(Debug, Args)]
pub(crate) struct Resume {
    /// What is gone on with
    #[command(flatten)]
    pub(crate) some: SomeJobs,
    /// Install at once what was fetched for later, also where another program waits with it
    #[arg(long, conflicts_with = "all")]
    pub(crate) now: bool,
    /// Fetch over a metered network, also much
    #[arg(long, conflicts_with_all = ["all", "now"])]
    pub(crate) metered: bool,
}

/// `cancel`
#[derive(Debug, Args)]
pub(crate) struct Cancel {
    /// The job, as `toolcrib jobs` names it
    pub(crate) job: JobId,
    /// Keep what was fetched, so that installing it again goes on from there
    #[arg(long)]
    pub(crate) keep: bool,
}
