//! `cargo xtask bench`: our figures beside those of public tools, side by side in one run.
//!
//! Times hold only as ratios inside one run; the steadiest figure on a busy machine is CPU seconds. Every round runs
//! each candidate once, in rotated order, into a new folder of a fresh volume: nothing is deleted in between.

mod delivery;
mod measure;
mod origin;
mod table;
mod volume;

use crate::shell::Result;
use camino::Utf8PathBuf;

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// What to measure.
    #[arg(value_enum, default_value_t = Subject::Delivery)]
    subject: Subject,
    /// Rounds; the medians are shown.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Also writes the figures here, as JSON.
    #[arg(long)]
    json: Option<Utf8PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Subject {
    /// The whole job: download, verify, install; against pipelines of tools. And what ten crashes cost.
    Delivery,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let report = match options.subject {
        Subject::Delivery => delivery::compare(options.rounds)?,
    };
    if let Some(path) = &options.json {
        fs_err::write(path, serde_json::to_vec_pretty(&report)?)?;
    }
    Ok(())
}
