//! Servers that hold content near this computer.

use clap::{Args, Subcommand, ValueHint};
use toolcrib_client::Domain;
use toolcrib_model::{Language, Platform, ProductId, Version};

/// `content-servers`
#[derive(Debug, Args)]
pub(crate) struct ContentServers {
    #[command(subcommand)]
    pub(crate) act: Option<ContentServersAct>,
}

/// What is done with content servers.
#[derive(Debug, Subcommand)]
pub(crate) enum ContentServersAct {
    /// Show which are named or found, how, and whether they answer
    Status,
    /// Let the DNS of a network name content servers below a domain of your organisation from now on
    ///
    /// In each network the SRV records of `_toolcrib-content._tcp` are asked for, in the network's own domains as far as
    /// they lie below the one that is named, then in that one itself. A server that DNS names is asked only if it lies below
    /// the domain and proves that by a certificate. Name a domain that is your organisation's own.
    Find {
        /// The domain, such as smith.example
        domain: Domain,
    },
    /// Look for no content servers any more
    Forget,
    /// Have content servers fetch and hold a release now, so that computers behind them find it there
    ///
    /// Nothing of it comes to this computer. Whoever asks has to be signed in and may have the product; the server proves
    /// nothing and needs no account. It can be stopped at any time, and what is held by then stays there.
    Fill(Fill),
}

/// `content-servers fill`
#[derive(Debug, Args)]
pub(crate) struct Fill {
    /// The product
    pub(crate) product: ProductId,
    /// The release, if not the one of the stable channel
    #[arg(long, value_name = "V")]
    pub(crate) version: Option<Version>,
    /// The platform, such as `windows-x86_64`, if not that of this computer
    #[arg(long, value_name = "P")]
    pub(crate) platform: Option<Platform>,
    /// The language, such as `en` or `pt-BR`
    #[arg(long, value_name = "L")]
    pub(crate) language: Option<Language>,
    /// The content server, if not those that are known here
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub(crate) at: Option<String>,
}
