//! Servers that hold content near this computer.

use serde::Serialize;
use toolcrib_model::{Language, Platform, ProductId, Version};

/// Servers that hold content near this computer, and where they are looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContentServersView {
    /// The domains below which the DNS of a network may name servers; none where nobody looks.
    pub domains: Vec<String>,
    /// Whether the organisation decided that, so that nobody changes it here.
    pub by_policy: bool,
    /// The servers, the best first.
    pub servers: Vec<ContentServerView>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContentServerView {
    /// Its address; host and port as DNS names them, where it is none that is asked.
    pub url: String,
    /// How it is known.
    pub known_by: KnownBy,
    /// The domain that is trusted, where DNS named the server.
    pub domain: Option<String>,
    /// What was found.
    pub state: ContentServerState,
    /// The status with which something else answers there.
    pub status: Option<u16>,
    /// How quickly it answered, in milliseconds.
    pub took_ms: Option<u64>,
    /// Whether content is fetched from there.
    pub used: bool,
}

impl ContentServerView {
    /// What was found, for people.
    pub fn sentence(&self) -> String {
        let (url, domain) = (&self.url, self.domain.as_deref().unwrap_or_default());
        let known = match self.known_by {
            KnownBy::Policy => String::new(),
            KnownBy::Dns => format!(" It was found by DNS, below `{domain}`."),
        };
        match self.state {
            ContentServerState::Answers => {
                let took = self.took_ms.unwrap_or_default();
                format!("`{url}` answers, in {took} ms.{known}")
            }
            ContentServerState::ForAnother => {
                format!("`{url}` holds content of another account service and is not asked.{known}")
            }
            ContentServerState::Another => {
                let status = self.status.unwrap_or_default();
                format!("What answers at `{url}` is no content server (status {status}).{known}")
            }
            ContentServerState::Away if self.known_by == KnownBy::Dns => {
                format!("`{url}` does not answer, or does not prove its name by a certificate.{known}")
            }
            ContentServerState::Away => format!("`{url}` does not answer."),
            ContentServerState::Stranger => {
                format!("DNS names `{url}`, which is not below `{domain}` and is not asked.")
            }
        }
    }
}

/// How a content server is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KnownBy {
    /// The organisation's policy names it.
    Policy,
    /// The DNS of this network names it.
    Dns,
}

/// What a content server was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ContentServerState {
    /// It answers.
    Answers,
    /// It answers, and holds content of another account service.
    ForAnother,
    /// What answers there is no content server.
    Another,
    /// It does not answer, or does not prove that it has its name.
    Away,
    /// It lies outside the domain that is trusted, and is not asked.
    Stranger,
}

/// How far a content server is with a release that it is to hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FillView {
    /// The server.
    pub server: String,
    /// The release.
    pub product: ProductId,
    /// Its version.
    pub version: Version,
    /// What it runs on.
    pub platform: Platform,
    /// Its language.
    pub language: Language,
    /// How many files it has.
    pub files: u64,
    /// How many of them the server holds.
    pub held_files: u64,
    /// How long they are together.
    pub size_bytes: u64,
    /// How much of that the server holds.
    pub held_bytes: u64,
}
