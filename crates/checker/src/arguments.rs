//! The arguments of `toolcrib-check`.

use camino::Utf8PathBuf;
use clap::{Args, Parser, Subcommand};
use toolcrib_model::{Digest, Language};

/// Check whether this computer is ready, by the signed rules of a check
///
/// Exit status: 0 ready, 10 will do, 20 not ready, 30 nothing was judged.
#[derive(Debug, Parser)]
#[command(name = "toolcrib-check", version, args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) run: Run,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Verify a report, a sign-off or a bundle, offline
    Verify(Verify),
    /// Show the rules of a bundle in words
    Show(Rules),
}

/// Which rules, and whose.
#[derive(Debug, Args)]
pub(crate) struct Rules {
    /// The signed rules; `readiness-bundle.json` beside this program or here, if not given
    #[arg(long, value_name = "FILE")]
    pub(crate) bundle: Option<Utf8PathBuf>,
    /// Take only rules that are signed with this key (the SHA-256 that the portal shows); may be given more than once
    #[arg(long, value_name = "KEY")]
    pub(crate) trust: Vec<Digest>,
    /// The language of the texts
    #[arg(long, value_name = "L", default_value = "en")]
    pub(crate) language: Language,
}

/// How to check.
#[derive(Debug, Args)]
pub(crate) struct Run {
    #[command(flatten)]
    pub(crate) rules: Rules,
    /// Where the products would go, if not at the usual place
    #[arg(long, value_name = "DIR")]
    pub(crate) place: Option<Utf8PathBuf>,
    /// Write the signed report into this folder, as report-COMPUTER.json: a share, say
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<Utf8PathBuf>,
    /// Send the signed report to the address that is signed with the rules
    #[arg(long)]
    pub(crate) send: bool,
    /// Measure how fast content comes from the service, with at most 8 MiB in at most three seconds
    #[arg(long)]
    pub(crate) throughput: bool,
    /// Keep this computer's key in this folder, if not in the person's usual one
    #[arg(long, value_name = "DIR")]
    pub(crate) keys: Option<Utf8PathBuf>,
    /// Write a page for people
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<Utf8PathBuf>,
    /// Write a table for spreadsheets
    #[arg(long, value_name = "FILE")]
    pub(crate) csv: Option<Utf8PathBuf>,
    /// Print the report as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Print nothing but errors
    #[arg(long, conflicts_with = "json")]
    pub(crate) quiet: bool,
}

/// What to verify.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The signed file
    pub(crate) file: Utf8PathBuf,
    /// Judge a report again by these rules
    #[arg(long, value_name = "FILE")]
    pub(crate) bundle: Option<Utf8PathBuf>,
    /// The key that bundle and sign-off must be signed with; may be given more than once
    #[arg(long, value_name = "KEY")]
    pub(crate) trust: Vec<Digest>,
}
