//! What a network stack is set up with.

use std::time::Duration;
use toolcrib_machine::Secret;

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
