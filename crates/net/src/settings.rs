//! What a network stack is set up with.

use futures::future::BoxFuture;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use toolcrib_machine::Secret;
use url::Url;

/// What a network stack is set up with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The name that servers see: `toolcrib/0.1.0 (linux-x86_64)`.
    pub user_agent: String,
    /// Certificates to trust beside those of the system, each PEM or DER.
    pub extra_roots: Vec<Vec<u8>>,
    /// How long finding and greeting a server may take.
    pub connect_timeout: Duration,
    /// How long a server may stay silent, or send less than 1 kB a second.
    pub stall_timeout: Duration,
    /// Which proxy is used.
    pub proxy: ProxyChoice,
}

/// Which proxy is used. To this computer itself never any.
#[derive(Clone, Debug, Default)]
pub enum ProxyChoice {
    /// The one that the system or the environment names.
    #[default]
    System,
    /// None.
    Direct,
    /// This one, which may ask for a name and a password (basic authentication).
    Named {
        /// `http://proxy.example:3128`, `socks5://…`.
        url: String,
        /// Name and password.
        sign_in: Option<(String, Secret<String>)>,
    },
    /// One for each server, as somebody says who knows the network.
    Chosen(Arc<dyn Chooser>),
}

/// Who says by which ways servers are reached.
pub trait Chooser: fmt::Debug + Send + Sync {
    /// The ways to a server, the best first. It is asked once in a few minutes for each server.
    fn ways<'a>(&'a self, to: &'a Url) -> BoxFuture<'a, Vec<Hop>>;
}

/// One way to a server. Shown as a script that chooses proxies names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hop {
    /// Directly.
    Direct,
    /// By a proxy: `http://…`, `https://…`, `socks4a://…` or `socks5h://…`.
    Proxy(Url),
}

impl fmt::Display for Hop {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Proxy(url) = self else {
            return out.write_str("DIRECT");
        };
        let kind = match url.scheme() {
            "https" => "HTTPS",
            "socks4" | "socks4a" => "SOCKS4",
            "socks5" | "socks5h" => "SOCKS5",
            _ => "PROXY",
        };
        let port = url.port_or_known_default().unwrap_or_default();
        write!(out, "{kind} {}:{port}", url.host_str().unwrap_or_default())
    }
}

impl Settings {
    /// The usual settings: the system's proxy and certificates, 10 s to connect, 30 s of silence.
    pub fn new(user_agent: impl Into<String>) -> Self {
        Self {
            user_agent: user_agent.into(),
            extra_roots: Vec::new(),
            connect_timeout: Duration::from_secs(10),
            stall_timeout: Duration::from_secs(30),
            proxy: ProxyChoice::System,
        }
    }
}
