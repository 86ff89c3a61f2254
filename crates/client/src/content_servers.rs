//! Servers that hold content near this computer (B-11): those that the organisation's policy names, else the one that the
//! DNS of this network names below a domain which the organisation, or the person, trusts.
//!
//! Whatever comes from there is judged by its digest. But who asks there shows a link, which is a right for a quarter of an
//! hour: so a server that DNS names lies below a domain that somebody wrote down, and proves that by its certificate
//! before it is shown anything. Why is in decision 48.

mod book;
mod fill;
mod look;

pub(crate) use book::FoundServers;
pub use fill::FillOrder;

use crate::client::Client;
use crate::error::Error;
use crate::policy::{Key, Policy};
use crate::view::{ContentServerState, ContentServerView, ContentServersView, KnownBy};
use book::Due;
use look::{Candidate, Standing, probe};
use tokio::runtime::Handle;
use toolcrib_model::Digest;
use toolcrib_net::dns::Domain;
use toolcrib_net::{Http, SafeUrl};

impl Client {
    /// Servers near this computer that are known by now, the best first. Nothing is waited for: where one is to be found
    /// and nobody looked lately, that is begun beside.
    pub(crate) fn content_servers(&self) -> Vec<SafeUrl> {
        // A policy that cannot be understood lets nothing be fetched from anywhere.
        let Ok(policy) = self.policy() else {
            return Vec::new();
        };
        if !policy.content_servers.is_empty() {
            return policy.content_servers;
        }
        let found = &self.0.found_servers;
        match found.known(|| self.domains(&policy)) {
            (server, Due::No) => server.into_iter().collect(),
            (server, Due::Of(domains)) => {
                self.look_beside(domains);
                server.into_iter().collect()
            }
        }
    }

    /// What is known of content servers, each asked whether it answers; and, where they are to be found, what DNS says now.
    ///
    /// # Errors
    /// When the policy cannot be understood, or the network cannot be set up.
    pub async fn content_servers_view(&self) -> Result<ContentServersView, Error> {
        let policy = self.policy()?;
        let (http, domains) = (self.http()?, self.domains(&policy));
        let servers = match policy.content_servers.is_empty() {
            true => self.found_views(&domains).await?,
            false => named_views(http, &policy.content_servers).await,
        };
        Ok(ContentServersView {
            domains: domains.iter().map(ToString::to_string).collect(),
            by_policy: is_decided(&policy),
            servers,
        })
    }

    /// Lets the DNS of this network name content servers below a domain from now on, or below none.
    ///
    /// # Errors
    /// When the organisation decided it, no account service is known whose content they could hold, or the settings cannot
    /// be changed.
    pub fn find_content_servers(&self, below: Option<&Domain>) -> Result<(), Error> {
        let policy = self.policy()?;
        if is_decided(&policy) {
            return Err(policy.set_by(match policy.find_content_servers {
                Some(_) => Key::FindContentServers,
                None => Key::ContentServers,
            }));
        }
        if below.is_some() {
            self.server()?;
        }
        let domain = below.map(ToString::to_string);
        self.0
            .settings
            .change(|settings| settings.content_domain = domain)
    }

    /// The domains below which servers are looked for; none where servers are named.
    fn domains(&self, policy: &Policy) -> Vec<Domain> {
        if !policy.content_servers.is_empty() {
            return Vec::new();
        }
        let own = || {
            let settings = self.0.settings.read().ok()?;
            settings.content_domain?.parse().ok()
        };
        let decided = policy.find_content_servers.clone();
        decided.unwrap_or_else(|| own().into_iter().collect())
    }

    fn look_beside(&self, domains: Vec<Domain>) {
        let Ok(runtime) = Handle::try_current() else {
            return;
        };
        let client = self.clone();
        let task = runtime.spawn(async move {
            match client.look_for_content_servers(&domains).await {
                Ok(look) => client.0.found_servers.learn(domains, &look),
                Err(error) => tracing::info!(%error, "No content server can be looked for."),
            }
        });
        self.0.found_servers.looking(task);
    }

    async fn found_views(&self, domains: &[Domain]) -> Result<Vec<ContentServerView>, Error> {
        if domains.is_empty() {
            return Ok(Vec::new());
        }
        let look = self.look_for_content_servers(domains).await?;
        self.0.found_servers.learn(domains.to_vec(), &look);
        let used = look.server();
        Ok(look.found.iter().map(|found| found_view(found, used)).collect())
    }
}

/// Whether the organisation decided which content servers there are, or where they are looked for.
fn is_decided(policy: &Policy) -> bool {
    policy.find_content_servers.is_some() || !policy.content_servers.is_empty()
}

/// Where a file lies on content servers, each link with the proof of a link of the account service's.
pub(crate) fn place_on(servers: &[SafeUrl], sha256: &Digest, link: &SafeUrl) -> Vec<SafeUrl> {
    let proof = link.as_url().query();
    let name = proof.map_or_else(|| sha256.to_string(), |proof| format!("{sha256}?{proof}"));
    servers
        .iter()
        .filter_map(|server| server.below(&name).ok())
        .collect()
}

async fn named_views(http: &Http, servers: &[SafeUrl]) -> Vec<ContentServerView> {
    let mut views = Vec::with_capacity(servers.len());
    for server in servers {
        let standing = probe(http, server, None).await;
        views.push(view(server.to_string(), KnownBy::Policy, &standing));
    }
    views
}

fn found_view(found: &Candidate, used: Option<&SafeUrl>) -> ContentServerView {
    let url = found.server.as_ref().map(ToString::to_string);
    ContentServerView {
        domain: Some(found.domain.to_string()),
        used: found.server.is_some() && found.server.as_ref() == used,
        ..view(
            url.unwrap_or_else(|| found.named()),
            KnownBy::Dns,
            &found.standing,
        )
    }
}

fn view(url: String, known_by: KnownBy, standing: &Standing) -> ContentServerView {
    let (state, took) = match standing {
        Standing::Answers(took) => (ContentServerState::Answers, Some(*took)),
        Standing::ForAnother => (ContentServerState::ForAnother, None),
        Standing::Another(_) => (ContentServerState::Another, None),
        Standing::Away => (ContentServerState::Away, None),
        Standing::Stranger => (ContentServerState::Stranger, None),
    };
    ContentServerView {
        url,
        known_by,
        domain: None,
        state,
        status: match standing {
            Standing::Another(status) => Some(*status),
            _ => None,
        },
        took_ms: took.map(|took| took.as_millis() as u64),
        used: state == ContentServerState::Answers,
    }
}

#[cfg(test)]
mod tests;
