//! What can be asked on the command line: one definition for every flag, family by family.

mod account;
mod check;
mod content_servers;
mod fetching;
mod install;
mod jobs;
mod licence;
mod peers;
mod policy;

pub(crate) use account::{Proof, SignIn};
pub(crate) use check::Check;
pub(crate) use content_servers::{ContentServers, ContentServersAct, Fill};
pub(crate) use fetching::{Fetching, Later, Limit, Wanted};
pub(crate) use install::{Adopt, Components, Download, Fetch, Hold, Install, Open, Repair, Update};
pub(crate) use jobs::{Cancel, Jobs, JobsAct, Reorder, Resume, SomeJobs};
pub(crate) use licence::{Launch, Licence, LicenceAct, OfflineRequest};
pub(crate) use peers::{Peers, PeersAct};
pub(crate) use policy::{Policy, PolicyAct, PolicyTemplate};

use camino::Utf8PathBuf;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueHint};
use toolcrib_model::{ChannelName, Language, ProductId, Version};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXIT_STATUSES: &str = "\
Exit status: 0 done, 1 failed, 2 usage, 3 environment (network, disk, clock), 4 not signed in or not entitled, \
5 the licence refuses, 6 paused, 7 done and a restart is needed; `check`: 0 pass, 10 warn, 20 fail.";

/// Installs, launches and licenses subscription software.
#[derive(Debug, Parser)]
#[command(name = "toolcrib", version, styles = STYLES, after_help = EXIT_STATUSES, max_term_width = 100)]
pub(crate) struct Arguments {
    /// The flags that every command takes
    #[command(flatten)]
    pub(crate) global: Global,
    /// What is asked
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The flags that every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// Print one JSON document, or one JSON object a line for progress, and nothing else on stdout
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Print nothing but what was asked for, and errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// The account service, such as https://toolcrib.example (remembered when you sign in)
    #[arg(long, global = true, value_name = "URL", env = "TOOLCRIB_SERVER", hide_env_values = true, value_hint = ValueHint::Url)]
    pub(crate) server: Option<String>,
    /// The folder for all state of this client, for tests and portable use
    #[arg(long, global = true, value_name = "DIR", env = "TOOLCRIB_HOME", hide_env_values = true, value_hint = ValueHint::DirPath)]
    pub(crate) home: Option<Utf8PathBuf>,
    /// Print a line now and then in place of a progress bar
    #[arg(long, global = true)]
    pub(crate) no_progress: bool,
    /// Let a job wait for what is missing (a network, room on the disk, a program that is to be closed) in place of failing
    #[arg(long, global = true)]
    pub(crate) wait: bool,
    /// What to log to stderr, such as `info` or `toolcrib_net=debug`
    #[arg(long, global = true, value_name = "FILTER")]
    pub(crate) log: Option<String>,
}

/// What is asked.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Sign in to the account service
    SignIn(SignIn),
    /// Sign out and forget the session
    SignOut,
    /// Show who is signed in
    Whoami,
    /// Show what you may have
    Products {
        /// Show every release, for every platform and language
        #[arg(long)]
        all: bool,
    },
    /// Check whether this computer is ready for a product
    Check(Check),
    /// Show the read-me of a release, installed or not
    Readme {
        /// The product
        product: ProductId,
        /// The release, if not the one that is installed, or else the one of the stable channel
        #[arg(long, value_name = "V")]
        version: Option<Version>,
        /// The language of the package, where a release comes in several
        #[arg(long, value_name = "L")]
        language: Option<Language>,
    },
    /// Install products with what they need, or go on with an unfinished installation
    Install(Install),
    /// Open a link of the portal, or a file that was saved there: asks, signs in by it, and installs
    Open(Open),
    /// Download a release into a folder, to be installed with `install --from`; the same again goes on
    Download(Download),
    /// Take over a product that something else installed: only what differs is fetched
    Adopt(Adopt),
    /// Show the queue and what was done lately, or change the queue's order
    Jobs(Jobs),
    /// Pause a job, also one that runs elsewhere
    Pause(SomeJobs),
    /// Go on with a job, here and now
    Resume(Resume),
    /// Show how fast may be fetched, or limit it, also by the hour
    Limit(Limit),
    /// Show whether computers of this network give each other what they have, switch that on or off, or give
    Peers(Peers),
    /// Show the servers that hold content near this computer, say where they are looked for, or fill them ahead
    ContentServers(ContentServers),
    /// Give a job up
    Cancel(Cancel),
    /// Show what is installed, with version, place, hold and licence
    List {
        /// Show every release that is kept here
        #[arg(long)]
        releases: bool,
    },
    /// Show the releases of a product that are here side by side, with size and standing
    Versions {
        /// The product
        product: ProductId,
    },
    /// Keep a release that is here, however many newer ones are installed
    Pin {
        /// The product
        product: ProductId,
        /// The release
        #[arg(value_name = "V")]
        version: Version,
    },
    /// Let a pinned release go with the next one that is installed
    Unpin {
        /// The product
        product: ProductId,
        /// The release
        #[arg(value_name = "V")]
        version: Version,
    },
    /// Show what the vendor offers for what is installed: updates, what is new, and releases that were taken back
    Offers,
    /// Show the channel from which a product comes, or choose one
    Channel {
        /// The product
        product: ProductId,
        /// The channel to choose, such as `stable` or `preview`
        channel: Option<ChannelName>,
    },
    /// Show what is new, or install newer releases
    Update(Update),
    /// Keep a product at its release when everything is updated
    Hold(Hold),
    /// Return to another release that is kept here; nothing is fetched
    Rollback {
        /// The product
        product: ProductId,
        /// The release, if not the one that was current before
        #[arg(long, value_name = "V")]
        to: Option<Version>,
    },
    /// List damaged, missing and extra files, and mend what differs from the release
    Repair(Repair),
    /// Show the components of an installed product, or add and remove some
    Components(Components),
    /// Move an installed product with all its releases to another folder or disk
    Move {
        /// The product
        product: ProductId,
        /// The folder, empty or not there yet
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        to: Utf8PathBuf,
    },
    /// Start an installed product
    Launch(Launch),
    /// Show licences, or verify one
    Licence(Licence),
    /// Remove an installed product
    Uninstall {
        /// The product
        product: ProductId,
        /// Remove your settings of it, too; without it they are listed and stay
        #[arg(long)]
        remove_settings: bool,
        /// Remove the files, too, that you have in the folders of its releases; without it they are listed and stay
        #[arg(long)]
        remove_files: bool,
    },
    /// Find out what is wrong with this computer, the network or your rights, and whom to ask for what
    Doctor,
    /// Show what your organisation set for this computer, where, and what is wrong with it
    Policy(Policy),
    /// Write one file with logs and findings for whoever helps; without passwords, tokens and licences
    SupportBundle {
        /// Where to
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        out: Utf8PathBuf,
    },
    /// Fetch one file, verified and resumable; the same command goes on with it
    Fetch(Fetch),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}
