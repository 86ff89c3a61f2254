//! The keys of a policy, and the words that some of them take. What each means stands in [the table](super::table).

use serde::{Deserialize, Serialize};
use std::fmt;

/// What a policy can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Servers that hold content nearby.
    ContentServers,
    /// The domains below which the DNS of a network may name such servers.
    FindContentServers,
    /// The proxy.
    Proxy,
    /// The script that chooses one for each server.
    ProxyScript,
    /// The most connections.
    Connections,
    /// How fast may be fetched.
    Limit,
    /// Whether installed products are updated.
    Updates,
    /// The releases that products stay at.
    Target,
    /// Whether computers nearby give each other content.
    Peers,
    /// What is done on a metered network.
    Metered,
    /// The folder in which new products get theirs.
    Folder,
}

/// Whether installed products are updated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Updates {
    /// As the person wants it.
    Free,
    /// They are not.
    Disabled,
}

/// Whether computers on the local network give each other content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Peers {
    /// They do not.
    Off,
    /// The person may choose it.
    Allowed,
    /// They do.
    On,
}

/// What is done on a network on which every byte costs somebody money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnMetered {
    /// The person is asked before much is fetched.
    Ask,
    /// Much is never fetched.
    Never,
    /// It is as any other network.
    Free,
}

impl Key {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 11] = [
        Self::ContentServers,
        Self::FindContentServers,
        Self::Proxy,
        Self::ProxyScript,
        Self::Connections,
        Self::Limit,
        Self::Updates,
        Self::Target,
        Self::Peers,
        Self::Metered,
        Self::Folder,
    ];

    /// As it is written in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ContentServers => "content_servers",
            Self::FindContentServers => "find_content_servers",
            Self::Proxy => "proxy",
            Self::ProxyScript => "proxy_script",
            Self::Connections => "connections",
            Self::Limit => "limit",
            Self::Updates => "updates",
            Self::Target => "target",
            Self::Peers => "peers",
            Self::Metered => "metered",
            Self::Folder => "folder",
        }
    }

    /// The key of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }

    /// The key that may have been meant by a name that is none.
    pub(crate) fn nearest(name: &str) -> Option<Self> {
        let far = |key: &Self| distance(name, key.name());
        let nearest = Self::ALL.into_iter().min_by_key(far)?;
        (far(&nearest) <= nearest.name().len() / 2).then_some(nearest)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// How many letters are to be changed, added or removed to get from one word to another.
fn distance(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.chars().count()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in to.chars().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}
