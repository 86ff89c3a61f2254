//! Getting products, and what is kept of them.

use super::{Fetching, Later};
use camino::Utf8PathBuf;
use clap::{ArgAction, Args, ValueHint};
use jiff::civil::Date;
use toolcrib_model::{ComponentId, Digest, Language, Platform, ProductId, Rate, UserId, Version};

/// `install`
#[derive(Debug, Args)]
pub(crate) struct Install {
    /// The products; the other flags but --accept-terms, --allow-scripts and --no-desktop-shortcut are for one only
    #[arg(required = true, value_name = "PRODUCT")]
    pub(crate) products: Vec<ProductId>,
    /// The release, if not the one of the stable channel
    #[arg(long, value_name = "V")]
    pub(crate) version: Option<Version>,
    /// Keep the release that is current, and install this one beside it, to stay: `launch --version V` starts it
    #[arg(long, requires = "version")]
    pub(crate) beside: bool,
    /// The language, such as `en` or `pt-BR`, with the components that there are for it
    #[arg(long, value_name = "L")]
    pub(crate) language: Option<Language>,
    /// The components beside the required ones, if not the vendor's default set
    #[arg(long, value_name = "A,B", value_delimiter = ',', action = ArgAction::Append)]
    pub(crate) components: Option<Vec<ComponentId>>,
    /// The folder to install into, if not the one of this client
    #[arg(long, alias = "to", value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) dir: Option<Utf8PathBuf>,
    /// Make no shortcut on the desktop, now and with updates
    #[arg(long)]
    pub(crate) no_desktop_shortcut: bool,
    /// Take parts from a folder that `toolcrib download` filled, or several; what is missing is named and fetched
    #[arg(long, value_name = "FOLDER", action = ArgAction::Append, value_hint = ValueHint::DirPath)]
    pub(crate) from: Vec<Utf8PathBuf>,
    /// Believe the catalogue in these folders, where none was seen yet: the fingerprint that `toolcrib download` printed
    #[arg(long, value_name = "FINGERPRINT", requires = "from")]
    pub(crate) trust: Option<Digest>,
    /// Accept the texts of the release without being asked
    #[arg(long)]
    pub(crate) accept_terms: bool,
    /// Whose acceptance it is where nobody is signed in; without it that of whoever activates the product
    #[arg(long, value_name = "ID", requires = "from")]
    pub(crate) user: Option<UserId>,
    /// Run the scripts of the release that the plan shows, shut in its own folder; else they are left out
    #[arg(long)]
    pub(crate) allow_scripts: bool,
    /// How it is fetched
    #[command(flatten)]
    pub(crate) fetching: Fetching,
    /// When it is installed
    #[command(flatten)]
    pub(crate) later: Later,
}

/// `open`
#[derive(Debug, Args)]
pub(crate) struct Open {
    /// The link, the file, or `-` for a link on the first line of stdin
    #[arg(value_name = "LINK", value_hint = ValueHint::AnyPath)]
    pub(crate) invitation: String,
    /// Agree to its account service and to signing in by it; whoever is signed in here already stays so
    #[arg(long)]
    pub(crate) yes: bool,
    /// The components beside the required ones, if not the vendor's default set
    #[arg(long, value_name = "A,B", value_delimiter = ',', action = ArgAction::Append)]
    pub(crate) components: Option<Vec<ComponentId>>,
    /// The folder to install into, if not the one of this client
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) dir: Option<Utf8PathBuf>,
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
    /// Fetch at most so much a second, this once, such as `500kB` or `2MB`
    #[arg(long, value_name = "RATE")]
    pub(crate) limit: Option<Rate>,
}

/// `download`
#[derive(Debug, Args)]
pub(crate) struct Download {
    /// The product
    pub(crate) product: ProductId,
    /// The folder for manifest, index and parts; without it one of its own below the person's downloads
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub(crate) to: Option<Utf8PathBuf>,
    /// The release, if not the one of the stable channel
    #[arg(long, value_name = "V")]
    pub(crate) version: Option<Version>,
    /// The language, such as `en` or `pt-BR`
    #[arg(long, value_name = "L")]
    pub(crate) language: Option<Language>,
    /// The computers that it is for, such as `windows-x86_64`, if not those like this one
    #[arg(long, value_name = "P")]
    pub(crate) platform: Option<Platform>,
    /// How it is fetched
    #[command(flatten)]
    pub(crate) fetching: Fetching,
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

/// `update`
#[derive(Debug, Args)]
pub(crate) struct Update {
    /// The product to update, held or not; without one and without --all, what is new is shown
    pub(crate) product: Option<ProductId>,
    /// Update everything but what is held; a critical release goes before a hold
    #[arg(long, conflicts_with = "product")]
    pub(crate) all: bool,
    /// Install what your company's policies have made due by now, and nothing else; for a scheduler
    #[arg(long, conflicts_with_all = ["product", "all"])]
    pub(crate) due: bool,
    /// Accept the texts of the release without being asked
    #[arg(long)]
    pub(crate) accept_terms: bool,
    /// Run the scripts of the release, shut in its own folder; else they are left out
    #[arg(long)]
    pub(crate) allow_scripts: bool,
    /// How it is fetched
    #[command(flatten)]
    pub(crate) fetching: Fetching,
    /// When it is installed
    #[command(flatten)]
    pub(crate) later: Later,
}

/// `repair`
#[derive(Debug, Args)]
pub(crate) struct Repair {
    /// The product
    pub(crate) product: ProductId,
    /// Only list them; fails where there is something to mend
    #[arg(long)]
    pub(crate) check_only: bool,
    /// How it is fetched
    #[command(flatten)]
    pub(crate) fetching: Fetching,
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
