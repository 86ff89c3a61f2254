//! The command line, each flag defined once.

mod offer;

pub(crate) use offer::{Halt, Mirrors, Promote, Refresh, RotateKeys, Withdraw};

use camino::Utf8PathBuf;
use clap::{Args, Parser, Subcommand};
use std::num::NonZeroUsize;
use toolcrib_model::{ByteSize, Language, Platform, ProductId, RelPath, Version};
use toolcrib_net::SafeUrl;
use toolcrib_publish::package::{Making, PART_BYTES, USUAL_LEVEL};

/// Packs releases, signs the catalogue that offers them, and sends both to a server.
///
/// Exit status: 0 done, 1 failed, 2 wrong usage, 3 the surroundings (disk, network) are at fault.
#[derive(Debug, Parser)]
#[command(name = "toolcrib-publish", version, max_term_width = 100)]
pub(crate) struct Arguments {
    /// Print one JSON document to stdout, and nothing else there.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Print only what goes wrong.
    #[arg(long, global = true)]
    pub(crate) quiet: bool,
    /// Show no progress.
    #[arg(long, global = true)]
    pub(crate) no_progress: bool,
    /// What to log to stderr: `warn`, `debug`, `toolcrib_publish=trace`.
    #[arg(long, global = true, value_name = "FILTER", default_value = "warn")]
    pub(crate) log: String,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make keys and an empty catalogue.
    Init(Init),
    /// Pack a release and put it into the catalogue.
    Add(Box<Add>),
    /// Offer a release on a channel, to everybody or to a share of the devices.
    Promote(Box<Promote>),
    /// Offer a release that is being rolled out to nobody new.
    Halt(Halt),
    /// Stop offering a release, and tell those who have it why.
    Withdraw(Withdraw),
    /// Add and remove other places that hold the content.
    Mirrors(Mirrors),
    /// Sign the next root: new keys for some roles, or the same ones for another year.
    RotateKeys(RotateKeys),
    /// Sign snapshot and timestamp anew, so that the catalogue does not expire.
    Refresh(Refresh),
    /// Show what a catalogue has.
    Inspect(Inspect),
    /// Find what is wrong with a product before it is packed.
    Lint(Lint),
    /// Upload what the server does not have.
    Push(Push),
}

/// The catalogue and the keys that sign it.
#[derive(Debug, Args)]
pub(crate) struct Places {
    /// The folder of the catalogue.
    #[arg(long, value_name = "DIR")]
    pub(crate) catalogue: Utf8PathBuf,
    /// The folder of the private keys.
    #[arg(long, value_name = "DIR")]
    pub(crate) keys: Utf8PathBuf,
}

/// For how long new metadata is vouched for.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Lifetimes {
    /// Days until a new root expires.
    #[arg(long, value_name = "N", default_value_t = 365, value_parser = clap::value_parser!(u32).range(1..=3650))]
    root_days: u32,
    /// Days until the targets metadata expires.
    #[arg(long, value_name = "N", default_value_t = 90, value_parser = clap::value_parser!(u32).range(1..=3650))]
    targets_days: u32,
    /// Days until the snapshot metadata expires.
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=3650))]
    snapshot_days: u32,
    /// Days until the timestamp metadata expires: `refresh` before that.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=3650))]
    timestamp_days: u32,
}

impl From<Lifetimes> for toolcrib_publish::Lifetimes {
    fn from(given: Lifetimes) -> Self {
        let Lifetimes {
            root_days,
            targets_days,
            snapshot_days,
            timestamp_days,
        } = given;
        Self {
            root_days,
            targets_days,
            snapshot_days,
            timestamp_days,
        }
    }
}

/// What every command takes that signs something.
#[derive(Debug, Args)]
pub(crate) struct Signing {
    #[command(flatten)]
    pub(crate) places: Places,
    #[command(flatten, next_help_heading = "For how long it is vouched for")]
    pub(crate) lifetimes: Lifetimes,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    /// A folder for root keys, instead of that of the other keys: a medium that then lies in a safe. May be given up to
    /// three times; the three root keys are laid there in turn.
    #[arg(long, value_name = "DIR")]
    pub(crate) root_keys: Vec<Utf8PathBuf>,
    #[command(flatten)]
    pub(crate) signing: Signing,
}

/// What is packed, and its description.
#[derive(Debug, Args)]
pub(crate) struct Input {
    /// The folder, zip archive (a wheel is one) or tar archive (plain, .gz, .zst, .xz) that holds the files.
    #[arg(long, value_name = "DIR|ARCHIVE")]
    pub(crate) from: Utf8PathBuf,
    /// Take only what lies below this path of it, and leave the path out.
    #[arg(long, value_name = "PATH")]
    pub(crate) strip_prefix: Option<RelPath>,
    /// The description of the product: names, launch, components, requirements, texts.
    #[arg(long, value_name = "FILE")]
    pub(crate) product_file: Option<Utf8PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Add {
    /// The product's id: a-z, 0-9 and `-`.
    #[arg(long, value_name = "ID")]
    pub(crate) product: ProductId,
    /// The release: MAJOR.MINOR.PATCH.
    #[arg(long, value_name = "V")]
    pub(crate) version: Version,
    /// What it runs on: linux-x86_64, linux-aarch64, windows-x86_64, windows-aarch64, macos-x86_64, macos-aarch64, any.
    #[arg(long, value_name = "P")]
    pub(crate) platform: Platform,
    /// Its language: a BCP 47 tag.
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub(crate) language: Language,
    #[command(flatten)]
    pub(crate) input: Input,
    /// Make patches from this earlier release of the catalogue, for updates that fetch less; may be given again.
    #[arg(long, value_name = "V")]
    pub(crate) patch_from: Vec<Version>,
    /// The vendor's own list of what the release consists of: CycloneDX 1.5 or 1.6 in JSON; else one is made.
    #[arg(long, value_name = "FILE")]
    pub(crate) sbom: Option<Utf8PathBuf>,
    /// The size that no part exceeds.
    #[arg(long, value_name = "SIZE", default_value = "32 MiB", value_parser = part_size)]
    part_size: u64,
    /// How hard to compress: 1 (fast) to 22 (small). 10 takes a tenth of the usual time and gives a tenth more bytes.
    #[arg(long, value_name = "N", default_value_t = USUAL_LEVEL, value_parser = clap::value_parser!(i32).range(1..=22))]
    level: i32,
    /// How many threads compress; the result is the same. One a core unless given.
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    #[command(flatten)]
    pub(crate) signing: Signing,
}

impl Add {
    pub(crate) const fn making(&self) -> Making {
        Making {
            part_bytes: self.part_size,
            level: self.level,
            threads: self.threads,
        }
    }
}

fn part_size(raw: &str) -> Result<u64, String> {
    let size: ByteSize = raw
        .parse()
        .map_err(|error: toolcrib_model::size::BadSize| error.to_string())?;
    if PART_BYTES.contains(&size.0) {
        Ok(size.0)
    } else {
        Err("a part has 64 KiB to 1 GiB".to_owned())
    }
}

#[derive(Debug, Args)]
pub(crate) struct Inspect {
    /// The folder of the catalogue.
    #[arg(long, value_name = "DIR")]
    pub(crate) catalogue: Utf8PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Lint {
    #[command(flatten)]
    pub(crate) input: Input,
    /// What it is to run on.
    #[arg(long, value_name = "P", default_value = "any")]
    pub(crate) platform: Platform,
    /// Its language: a BCP 47 tag.
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub(crate) language: Language,
    /// The size that no part exceeds.
    #[arg(long, value_name = "SIZE", default_value = "32 MiB", value_parser = part_size)]
    pub(crate) part_size: u64,
    /// Fail for warnings too.
    #[arg(long)]
    pub(crate) strict: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Push {
    /// The folder of the catalogue.
    #[arg(long, value_name = "DIR")]
    pub(crate) catalogue: Utf8PathBuf,
    /// The server: https, or http to this computer itself.
    #[arg(long, value_name = "URL", env = "TOOLCRIB_SERVER", value_parser = SafeUrl::parse)]
    pub(crate) server: SafeUrl,
    /// A file that holds the publish token; else TOOLCRIB_PUBLISH_TOKEN.
    #[arg(long, value_name = "FILE")]
    pub(crate) token_file: Option<Utf8PathBuf>,
}
