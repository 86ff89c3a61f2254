//! The command line. Every setting is also an environment variable, `TOOLCRIB_SERVICE_…`.

use crate::error::Error;
use camino::Utf8PathBuf;
use clap::{Args, Parser, Subcommand};
use std::net::{IpAddr, SocketAddr};
use toolcrib_net::SafeUrl;

/// The Toolcrib account service.
#[derive(Debug, Parser)]
#[command(name = "toolcrib-service", version, about, long_about = None)]
pub struct Arguments {
    /// What to log to standard error, such as `info` or `toolcrib_service=debug` [default: info; for the demo warn]
    #[arg(long, global = true, env = "TOOLCRIB_SERVICE_LOG", value_name = "FILTER")]
    pub log: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

impl Arguments {
    /// What to log.
    pub fn filter(&self) -> &str {
        let default = if matches!(self.command, Command::Demo(_)) {
            "warn"
        } else {
            "info,sqlx=warn"
        };
        self.log.as_deref().unwrap_or(default)
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API, the portal, the catalogue and the content.
    Serve(Serve),
    /// Fill a sample vendor with two customers, and serve it on this computer.
    Demo(Demo),
    /// Hold content near the computers of a company: what one of them asks for is fetched once, and served to all.
    Mirror(crate::mirror::Arguments),
    /// Show what a running content server holds and counted.
    MirrorStatus(crate::mirror::Status),
    /// Manage the content that is served.
    Content {
        /// What to do with it.
        #[command(subcommand)]
        command: Content,
    },
    /// See and change the keys that sign leases.
    Keys {
        /// What to do with them.
        #[command(subcommand)]
        command: Keys,
    },
    /// See and replace the privacy statement that people accept.
    Privacy {
        /// What to do with it.
        #[command(subcommand)]
        command: Privacy,
    },
    /// Bring the database to the shape of this program.
    Migrate(Place),
    /// Check the database, the keys, the catalogue and the content; status 0 if all is well.
    Check(Check),
}

/// The folder of a server.
#[derive(Clone, Debug, Args)]
pub struct Folder {
    /// The folder where it keeps everything
    #[arg(long, env = "TOOLCRIB_SERVICE_DATA", value_name = "DIR")]
    pub data: Utf8PathBuf,
}

/// Where a server listens, and how it is reached.
#[derive(Clone, Debug, Args)]
pub struct Listening {
    /// The address to listen on; plain HTTP, so beyond this computer only behind a reverse proxy
    #[arg(
        long,
        env = "TOOLCRIB_SERVICE_LISTEN",
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8080"
    )]
    pub listen: SocketAddr,
    /// Where it is reached through its reverse proxy: `https://…`
    #[arg(long, env = "TOOLCRIB_SERVICE_PUBLIC_URL", value_name = "URL", value_parser = SafeUrl::parse)]
    pub public_url: Option<SafeUrl>,
}

impl Listening {
    /// Refuses to listen beyond this computer where nothing protects the connection.
    ///
    /// # Errors
    /// [`Error::PlainHttp`], which says what to do.
    pub fn must_be_protected(&self) -> Result<(), Error> {
        let is_encrypted = |url: &SafeUrl| url.as_url().scheme() == "https";
        match self.listen.ip().is_loopback() || self.public_url.as_ref().is_some_and(is_encrypted) {
            true => Ok(()),
            false => Err(Error::PlainHttp { address: self.listen }),
        }
    }
}

/// Where the service keeps everything.
#[derive(Clone, Debug, Args)]
pub struct Place {
    /// Its folder: the database, the keys, the catalogue and the content.
    #[command(flatten)]
    pub folder: Folder,
    /// The database: a path to an SQLite file, or `sqlite:PATH` [default: service.db in the data folder]
    #[arg(long, env = "TOOLCRIB_SERVICE_DATABASE_URL", value_name = "URL")]
    pub database_url: Option<String>,
    /// The folder for the content [default: catalogue/content in the data folder]
    #[arg(long, env = "TOOLCRIB_SERVICE_CONTENT", value_name = "DIR")]
    pub content: Option<Utf8PathBuf>,
}

/// `serve`.
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// Where it keeps everything.
    #[command(flatten)]
    pub place: Place,
    /// How it is reached.
    #[command(flatten)]
    pub listening: Listening,
    /// A reverse proxy whose `X-Forwarded-For` is believed; may be given several times.
    #[arg(
        long,
        env = "TOOLCRIB_SERVICE_TRUSTED_PROXY",
        value_name = "IP",
        value_delimiter = ','
    )]
    pub trusted_proxy: Vec<IpAddr>,
}

/// `demo`.
#[derive(Clone, Debug, Args)]
pub struct Demo {
    /// The folder for the demo; what is there from an earlier run is kept.
    #[arg(long, env = "TOOLCRIB_SERVICE_DATA", value_name = "DIR")]
    pub data: Utf8PathBuf,
    /// The address to listen on, of this computer only.
    #[arg(
        long,
        env = "TOOLCRIB_SERVICE_LISTEN",
        value_name = "ADDRESS",
        default_value = "127.0.0.1:0"
    )]
    pub listen: SocketAddr,
    /// A catalogue to serve [default: the sample product, packaged by the programs beside this one]
    #[arg(long, env = "TOOLCRIB_SERVICE_CATALOGUE", value_name = "DIR")]
    pub catalogue: Option<Utf8PathBuf>,
    /// Once ready, print one JSON object on one line: `url`, `accounts`, `products`.
    #[arg(long)]
    pub json: bool,
}

/// `content …`.
#[derive(Clone, Debug, Subcommand)]
pub enum Content {
    /// Take over a catalogue that `toolcrib-publish` made, with its content.
    Import(Import),
}

/// `content import`.
#[derive(Clone, Debug, Args)]
pub struct Import {
    /// The catalogue's folder.
    #[arg(long, value_name = "DIR")]
    pub catalogue: Utf8PathBuf,
    /// Where the service keeps everything.
    #[command(flatten)]
    pub place: Place,
}

/// `keys …`.
#[derive(Clone, Debug, Subcommand)]
pub enum Keys {
    /// List the keys, the newest first: which one signs, which are still believed, which are retired.
    List(Place),
    /// Make a new key, which signs from now on; leases of the keys before it go on being believed. Do it once a year.
    Rotate(Place),
    /// Let nothing that a key signed be believed any more, because it may have leaked. Devices get a new lease at their
    /// next contact; those without a network need a new answer.
    Retire(Retire),
}

/// `keys retire`.
#[derive(Clone, Debug, Args)]
pub struct Retire {
    /// The key, as `keys list` names it.
    #[arg(value_name = "KEY")]
    pub key: String,
    /// Where the service keeps everything.
    #[command(flatten)]
    pub place: Place,
}

/// `privacy …`.
#[derive(Clone, Debug, Subcommand)]
pub enum Privacy {
    /// Show the statement in force, with its version.
    Show(Place),
    /// Put a text of your own in force; everybody is asked to accept it at their next start.
    Replace(ReplacePrivacy),
}

/// `privacy replace`.
#[derive(Clone, Debug, Args)]
pub struct ReplacePrivacy {
    /// The text: a title, an empty line, and paragraphs with an empty line between them.
    #[arg(long, value_name = "FILE")]
    pub file: Utf8PathBuf,
    /// Where the service keeps everything.
    #[command(flatten)]
    pub place: Place,
}

/// `check`.
#[derive(Clone, Debug, Args)]
pub struct Check {
    /// Where the service keeps everything.
    #[command(flatten)]
    pub place: Place,
    /// Also digest every file of the content, which takes as long as reading it.
    #[arg(long)]
    pub deep: bool,
}
