//! `cargo xtask bench`: our figures beside those of public tools, side by side in one run.
//!
//! Times hold only as ratios inside one run; the steadiest figure on a busy machine is CPU seconds. Every round runs
//! each candidate once, in rotated order, into a new folder of a fresh volume: nothing is deleted in between.

mod alone;
mod delivery;
mod fleet;
mod forecast;
mod growth;
mod licence;
mod link;
mod measure;
mod origin;
mod packages;
mod peers;
mod scene;
mod shaper;
mod table;
mod turns;
mod updates;
mod volume;
mod waits;

use crate::build::Profile;
use crate::shell::Result;
use camino::Utf8PathBuf;
use link::Kind;

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
    #[arg(long, value_name = "FILE")]
    json: Option<Utf8PathBuf>,
    /// Real programs to deliver.
    #[arg(
        long,
        value_name = "PRODUCT",
        value_delimiter = ',',
        default_value = "zig,node,torch"
    )]
    products: Vec<String>,
    /// Links to deliver over.
    #[arg(
        long,
        value_enum,
        value_name = "LINK",
        value_delimiter = ',',
        default_value = "plain,gigabit,broad,lossy"
    )]
    links: Vec<Kind>,
    /// Only those peers whose names hold one of these words [default: all]
    #[arg(long, value_name = "WORD", value_delimiter = ',')]
    peers: Vec<String>,
    /// Also 4 GiB in eight files: takes long, and 20 GB of the disk.
    #[arg(long)]
    big: bool,
    /// Also how time and CPU grow from 1,000 to 100,000 small files.
    #[arg(long)]
    growth: bool,
    /// Also what ten crashes cost.
    #[arg(long)]
    kills: bool,
    /// Also how right the remaining time is that is shown.
    #[arg(long)]
    remaining: bool,
    /// Takes the programs that are there, without building them.
    #[arg(long)]
    built: bool,
    /// Fleet and licence with the programs of a development build, which are quicker to build and slower.
    #[arg(long)]
    dev: bool,
}

impl Options {
    fn profile(&self) -> Profile {
        match self.dev {
            true => Profile::Dev,
            false => Profile::Release,
        }
    }
}

/// Whether a peer is measured too: where words were given, its name holds one of them.
fn is_wanted(words: &[String], name: &str) -> bool {
    words.is_empty() || words.iter().any(|word| name.contains(word.as_str()))
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Subject {
    /// The whole job: download, verify, install; against pipelines of tools.
    Delivery,
    /// The stages of that, each beside the tools that do just that: downloading, unpacking, verifying.
    Alone,
    /// How long a person waits for the licence: in the product, and at a start by the client.
    Licence,
    /// Readiness of many computers: reports to a real service, and how its board keeps up.
    Fleet,
    /// From one release to the next: bytes, CPU and memory, with a patch and without; against the public ways.
    Updates,
    /// How long a person waits for a roll back, and for a job that is given up.
    Waits,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let report = match options.subject {
        Subject::Delivery => delivery::compare(options)?,
        Subject::Alone => alone::compare(options)?,
        Subject::Licence => licence::measure(options.built, options.profile())?,
        Subject::Fleet => fleet::measure(options.built, options.profile())?,
        Subject::Updates => updates::compare(options)?,
        Subject::Waits => waits::measure(options)?,
    };
    if let Some(path) = &options.json {
        fs_err::write(path, serde_json::to_vec_pretty(&report)?)?;
    }
    Ok(())
}
