//! What can be asked on the command line: one definition for every flag.

use camino::Utf8PathBuf;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{ArgAction, Args, Parser, Subcommand, ValueHint};
use jiff::civil::Date;
use toolcrib_model::{ChannelName, ComponentId, DeviceId, Digest, JobId, Language, ProductId, Version};

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
    /// Install products with what they need, or go on with an unfinished installation
    Install(Install),
    /// Download a release into a folder, to be installed with `install --from`; the same again goes on
    Download(Download),
    /// Take over a product that something else installed: only what differs is fetched
    Adopt(Adopt),
    /// Show the queue and what was done lately, or change the queue's order
    Jobs(Jobs),
    /// Pause a job, also one that runs elsewhere
    Pause(SomeJobs),
    /// Go on with a job, here and now
    Resume(SomeJobs),
    /// Give a job up
    Cancel(Cancel),
    /// Show what is installed, with version, place, hold and licence
    List {
        /// Show every release that is kept here
        #[arg(long)]
        releases: bool,
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
    Repair {
        /// The product
        product: ProductId,
        /// Only list them; fails where there is something to mend
        #[arg(long)]
        check_only: bool,
    },
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
    },
    /// Find out what is wrong with this computer, the network or your rights, and whom to ask for what
    Doctor,
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

/// `sign-in`
#[derive(Debug, Args)]
pub(crate) struct SignIn {
    /// Your User ID, usually your e-mail address
    #[arg(long, value_name = "ID")]
    pub(crate) user: String,
    #[command(flatten)]
    pub(crate) proof: Proof,
}

/// How a person proves who they are.
#[derive(Debug, Args)]
pub(crate) struct Proof {
    /// Read the password from the first line of stdin
    #[arg(long)]
    pub(crate) password_stdin: bool,
    /// The code of the second step
    #[arg(long, value_name = "123456")]
    pub(crate) code: Option<String>,
}

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

/// `install`
#[derive(Debug, Args)]
pub(crate) struct Install {
    /// The products; the other flags but --accept-terms and --allow-scripts are for one product only
    #[arg(required = true, value_name = "PRODUCT")]
    pub(crate) products: Vec<ProductId>,
    /// The release, if not the one of the stable channel
    #[arg(long, value_name = "V")]
    pub(crate) version: Option<Version>,
    /// The language, such as `en` or `pt-BR`, with the components that there are for it
    #[arg(long, value_name = "L")]
    pub(crate) language: Option<Language>,
    /// The components beside the required ones, if not the vendor's default set
    #[arg(long, value_name = "A,B", value_delimiter = ',', action = ArgAction::Append)]
    pub(crate) components: Option<Vec<ComponentId>>,
    /// The folder to install into, if not the one of this client
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) dir: Option<Utf8PathBuf>,
    /// Take parts from a folder that `toolcrib download` filled, or several; what is missing is named and fetched
    #[arg(long, value_name = "FOLDER", action = ArgAction::Append, value_hint = ValueHint::DirPath)]
    pub(crate) from: Vec<Utf8PathBuf>,
    /// Accept the texts of the release without being asked
    #[arg(long)]
    pub(crate) accept_terms: bool,
    /// Run the scripts of the release that the plan shows, shut in its own folder; else they are left out
    #[arg(long)]
    pub(crate) allow_scripts: bool,
}

/// `fetch`
#[derive(Debug, Args)]
pub(crate) struct Fetch {
    /// The link; plain http:// to this computer itself only
    #[arg(value_hint = ValueHint::Url)]
    pub(crate) url: String,
    /// Where the file is to lie; it gets this name only once it is verified
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) to: Utf8PathBuf,
    /// Its length in bytes; nothing past it is written
    #[arg(long, value_name = "BYTES")]
    pub(crate) size: u64,
    /// Its SHA-256
    #[arg(long, value_name = "HEX")]
    pub(crate) sha256: Digest,
}

/// `download`
#[derive(Debug, Args)]
pub(crate) struct Download {
    /// The product
    pub(crate) product: ProductId,
    /// The folder for manifest, index and parts
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub(crate) to: Utf8PathBuf,
    /// The release, if not the one of the stable channel
    #[arg(long, value_name = "V")]
    pub(crate) version: Option<Version>,
    /// The language, such as `en` or `pt-BR`
    #[arg(long, value_name = "L")]
    pub(crate) language: Option<Language>,
}

/// `adopt`
#[derive(Debug, Args)]
pub(crate) struct Adopt {
    /// The product
    pub(crate) product: ProductId,
    /// The folder that it is in now; it is read and stays as it is
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub(crate) dir: Utf8PathBuf,
    /// The release that it is, if not the one of the stable channel
    #[arg(long, value_name = "V")]
    pub(crate) version: Option<Version>,
    /// Accept the texts of the release without being asked
    #[arg(long)]
    pub(crate) accept_terms: bool,
}

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

/// `cancel`
#[derive(Debug, Args)]
pub(crate) struct Cancel {
    /// The job, as `toolcrib jobs` names it
    pub(crate) job: JobId,
    /// Keep what was fetched, so that installing it again goes on from there
    #[arg(long)]
    pub(crate) keep: bool,
}

/// `update`
#[derive(Debug, Args)]
pub(crate) struct Update {
    /// The product to update, held or not; without one and without --all, what is new is shown
    pub(crate) product: Option<ProductId>,
    /// Update everything but what is held; a critical release goes before a hold
    #[arg(long, conflicts_with = "product")]
    pub(crate) all: bool,
    /// Accept the texts of the release without being asked
    #[arg(long)]
    pub(crate) accept_terms: bool,
    /// Run the scripts of the release, shut in its own folder; else they are left out
    #[arg(long)]
    pub(crate) allow_scripts: bool,
}

/// `hold`
#[derive(Debug, Args)]
pub(crate) struct Hold {
    /// The product
    pub(crate) product: ProductId,
    /// Until the beginning of that day; without it, until it is released
    #[arg(long, value_name = "DATE", conflicts_with = "release")]
    pub(crate) until: Option<Date>,
    /// Let it be updated again
    #[arg(long)]
    pub(crate) release: bool,
}

/// `components`
#[derive(Debug, Args)]
pub(crate) struct Components {
    /// The product
    pub(crate) product: ProductId,
    /// Components to add
    #[arg(long, value_name = "A,B", value_delimiter = ',', action = ArgAction::Append)]
    pub(crate) add: Vec<ComponentId>,
    /// Components to remove
    #[arg(long, value_name = "A,B", value_delimiter = ',', action = ArgAction::Append)]
    pub(crate) remove: Vec<ComponentId>,
}

/// `launch`
#[derive(Debug, Args)]
pub(crate) struct Launch {
    /// The product
    pub(crate) product: ProductId,
    /// Used only where the licence asks who you are
    #[command(flatten)]
    pub(crate) proof: Proof,
    /// What is handed to the product
    #[arg(last = true, value_name = "ARGS")]
    pub(crate) arguments: Vec<String>,
}

/// `licence`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Licence {
    /// The product; all installed products without it
    pub(crate) product: Option<ProductId>,
    #[command(subcommand)]
    pub(crate) act: Option<LicenceAct>,
}

/// `licence request`
#[derive(Debug, Args)]
pub(crate) struct OfflineRequest {
    /// The product
    pub(crate) product: ProductId,
    /// Where to write the request
    #[arg(long, value_name = "FILE", required_unless_present = "qr", value_hint = ValueHint::FilePath)]
    pub(crate) out: Option<Utf8PathBuf>,
    /// Ask for new dates for a licence that is held
    #[arg(long, conflicts_with = "release")]
    pub(crate) renew: bool,
    /// Give the licence up here, and say so
    #[arg(long)]
    pub(crate) release: bool,
    /// Draw the request as a QR code
    #[arg(long)]
    pub(crate) qr: bool,
}

/// What is done with a licence.
#[derive(Debug, Subcommand)]
pub(crate) enum LicenceAct {
    /// Prove again who you are, as every 30 days
    Verify {
        /// The product
        product: ProductId,
        #[command(flatten)]
        proof: Proof,
    },
    /// Enter the serial number of a product, or put another one in its place
    SetSerial {
        /// The product
        product: ProductId,
        /// The serial number, such as 123-45678906
        #[arg(required_unless_present = "undo")]
        serial: Option<String>,
        /// Take the last entry back
        #[arg(long, conflicts_with = "serial")]
        undo: bool,
    },
    /// Show what happened to a product's licence here, and why; the newest first
    Timeline {
        /// The product
        product: ProductId,
    },
    /// Take a product offline: it works without any contact until the end of a day
    Offline {
        /// The product
        product: ProductId,
        /// The last day, such as 2026-12-24
        #[arg(long, value_name = "DATE")]
        until: Date,
    },
    /// Bring a product back that was taken offline, before its date
    Return {
        /// The product
        product: ProductId,
    },
    /// Write a request for a computer without a network, to be answered in the portal (Offline activation)
    Request(OfflineRequest),
    /// Take in the answer to a request
    Import {
        /// The file that the portal gave
        #[arg(value_hint = ValueHint::FilePath)]
        file: Utf8PathBuf,
    },
    /// Release a product from another computer of yours, and take its place here
    FreeDevice {
        /// The product
        product: ProductId,
        /// The device, as the refusal or the Devices page names it
        device: DeviceId,
    },
}
