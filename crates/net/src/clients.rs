//! The inner clients: one for each purpose and each way, made when first needed.

use crate::board::Board;
use crate::error::{Cause, Error};
use crate::redirect::PublicNames;
use crate::settings::{ProxyChoice, Settings};
use crate::{Result, SafeUrl};
use reqwest::{Certificate, Client, ClientBuilder, Proxy, redirect};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Calls and small files, which may share one connection.
    Calls,
    /// Ranges of large files, each on a connection of its own.
    Ranges,
}

/// Which way a connection goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// By the proxy, if there is one.
    Usual,
    /// To this computer itself, never by a proxy.
    Loopback,
    /// After a redirect from a public network: to public addresses only.
    Public,
}

/// The inner clients.
#[derive(Debug)]
pub(crate) struct Clients {
    settings: Settings,
    made: [OnceLock<Client>; 6],
    /// The ways to servers, where somebody says them.
    board: Option<Arc<Board>>,
    pub(crate) public: Arc<PublicNames>,
}

impl Clients {
    /// Makes the first one at once, so that bad settings are told at once.
    pub(crate) fn new(settings: Settings) -> Result<Self> {
        let clients = Self {
            board: match &settings.proxy {
                ProxyChoice::Chosen(chooser) => Some(Arc::new(Board::new(Arc::clone(chooser)))),
                ProxyChoice::System | ProxyChoice::Direct | ProxyChoice::Named { .. } => None,
            },
            settings,
            made: Default::default(),
            public: Arc::default(),
        };
        clients.client(Purpose::Calls, Way::Usual)?;
        Ok(clients)
    }

    /// Finds out the ways to a server, where somebody says them, and tells which one is taken now.
    pub(crate) async fn prepare(&self, way: Way, to: &SafeUrl) -> Option<usize> {
        match (&self.board, way) {
            (Some(board), Way::Usual | Way::Public) => Some(board.prepare(to.as_url()).await),
            (None, _) | (_, Way::Loopback) => None,
        }
    }

    /// Leaves a way that was found closed; false where there is no other.
    pub(crate) fn leave(&self, to: &SafeUrl, taken: Option<usize>) -> bool {
        let left = |board: &Arc<Board>| Some(board.leave(to.as_url(), taken?));
        self.board.as_ref().and_then(left).unwrap_or(false)
    }

    pub(crate) const fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(crate) fn client(&self, purpose: Purpose, way: Way) -> Result<&Client> {
        let place = &self.made[purpose as usize * 3 + way as usize];
        match place.get() {
            Some(client) => Ok(client),
            None => {
                let made = self
                    .make(purpose, way)
                    .map_err(|source| Error::SetUp { source })?;
                Ok(place.get_or_init(|| made))
            }
        }
    }

    /// A client that looks at any certificate, to tell a person whose it is. It is never given a token, and nothing
    /// that comes over it is believed.
    pub(crate) fn peeking(&self, way: Way) -> std::result::Result<Client, Cause> {
        let builder = self.builder(way)?;
        Ok(builder
            .tls_danger_accept_invalid_certs(true)
            .tls_info(true)
            .pool_max_idle_per_host(0)
            .build()?)
    }

    fn make(&self, purpose: Purpose, way: Way) -> std::result::Result<Client, Cause> {
        let mut builder = self.builder(way)?;
        if purpose == Purpose::Ranges {
            builder = builder.http1_only();
        }
        Ok(add_roots(builder, &self.settings)?.build()?)
    }

    fn builder(&self, way: Way) -> std::result::Result<ClientBuilder, Cause> {
        let builder = base(&self.settings).redirect(redirect::Policy::none());
        Ok(match way {
            Way::Loopback => builder.no_proxy(),
            Way::Usual => self.with_proxy(builder)?,
            Way::Public => self.with_proxy(builder)?.dns_resolver(Arc::clone(&self.public)),
        })
    }

    fn with_proxy(&self, builder: ClientBuilder) -> reqwest::Result<ClientBuilder> {
        match &self.board {
            Some(board) => {
                let board = Arc::clone(board);
                Ok(builder.proxy(Proxy::custom(move |to| board.proxy(to))))
            }
            None => with_proxy(builder, &self.settings.proxy),
        }
    }
}

/// What every client has in common.
pub(crate) fn base(settings: &Settings) -> ClientBuilder {
    Client::builder()
        .user_agent(&settings.user_agent)
        .referer(false)
        .connect_timeout(settings.connect_timeout)
        .pool_idle_timeout(Duration::from_secs(60))
        .tcp_keepalive(Duration::from_secs(30))
}

/// The same with the certificates that are trusted beside those of the system.
pub(crate) fn add_roots(builder: ClientBuilder, settings: &Settings) -> reqwest::Result<ClientBuilder> {
    match settings.extra_roots.as_slice() {
        [] => Ok(builder),
        roots => Ok(builder.tls_certs_merge(certificates(roots)?)),
    }
}

/// The way to a URL that nobody redirected us to.
pub(crate) fn direct_way(url: &SafeUrl) -> Way {
    if url.is_loopback() {
        Way::Loopback
    } else {
        Way::Usual
    }
}

fn certificates(roots: &[Vec<u8>]) -> reqwest::Result<Vec<Certificate>> {
    let mut all = Vec::new();
    for root in roots {
        match root.windows(11).any(|words| words == b"-----BEGIN ") {
            true => all.extend(Certificate::from_pem_bundle(root)?),
            false => all.push(Certificate::from_der(root)?),
        }
    }
    Ok(all)
}

fn with_proxy(builder: ClientBuilder, choice: &ProxyChoice) -> reqwest::Result<ClientBuilder> {
    Ok(match choice {
        // What is chosen server by server is not the client's to know.
        ProxyChoice::System | ProxyChoice::Chosen(_) => builder,
        ProxyChoice::Direct => builder.no_proxy(),
        ProxyChoice::Named { url, sign_in } => {
            let proxy = Proxy::all(url)?;
            builder.proxy(match sign_in {
                Some((name, password)) => proxy.basic_auth(name, password.expose()),
                None => proxy,
            })
        }
    })
}
