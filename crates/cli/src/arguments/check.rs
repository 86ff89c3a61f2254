//! Whether this computer is ready.

use camino::Utf8PathBuf;
use clap::{Args, ValueHint};
use toolcrib_model::{Language, ProductId, Version};

/// `check`
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The product
    #[arg(required_unless_present_any = ["rules", "network"])]
    pub(crate) product: Option<ProductId>,
    /// The release, if not the one of the stable channel
    #[arg(long, value_name = "V")]
    pub(crate) version: Option<Version>,
    /// Judge by the rules of a file: no sign-in, and no network without --network
    #[arg(long, value_name = "FILE", conflicts_with_all = ["product", "version"], value_hint = ValueHint::FilePath)]
    pub(crate) rules: Option<Utf8PathBuf>,
    /// Ask the network, too: the hosts that the rules name, the account service and the places with content, the proxy and
    /// the clock; without a product or a file, that alone
    #[arg(long)]
    pub(crate) network: bool,
    /// Measure how fast the product's content comes, with at most 8 MiB in at most three seconds
    #[arg(long, requires = "product")]
    pub(crate) throughput: bool,
    /// The language of the rules' texts, where they have several; English without it
    #[arg(long, value_name = "L")]
    pub(crate) language: Option<Language>,
    /// Show every fact that was measured too
    #[arg(long)]
    pub(crate) facts: bool,
    /// Write a page that needs nothing else, for the screen and for paper
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) html: Option<Utf8PathBuf>,
    /// Write a table for spreadsheets
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) csv: Option<Utf8PathBuf>,
}
