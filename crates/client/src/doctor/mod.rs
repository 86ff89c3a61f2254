//! What is wrong, and whom to ask for what: one look at this computer, at the way to the account service and at the
//! person's rights, each told apart from the others (S-150…S-154, B-46).
//!
//! It changes nothing and never fails: a failure is what is looked for. Read [`Client::doctor`] first.

mod computer;
mod finding;
mod nearby;
mod network;
mod rights;

pub use finding::{Finding, Whom};

use crate::client::Client;
use crate::view::{CheckView, DoctorView, Subject};
use toolcrib_model::Verdict;
use toolcrib_net::SafeUrl;

/// What an organisation's network has to let through at most (S-151).
const MOST_HOSTS: usize = 3;

impl Client {
    /// Looks at everything that a person's work with Toolcrib rests on.
    pub async fn doctor(&self) -> DoctorView {
        let server = self.server();
        let mut checks = computer::checks(self);
        checks.extend(nearby::policy(self));
        checks.extend(nearby::script(self).await);
        match &server {
            Ok(server) => {
                let look = network::look(self, server).await;
                let reached = look.reached;
                checks.extend(look.checks);
                checks.extend(nearby::servers(self).await);
                checks.extend(rights::checks(self, reached).await);
            }
            Err(error) => checks.push(CheckView::found(
                Subject::Service,
                Finding::NoServerKnown,
                error.sentence(),
            )),
        }
        let reached = checks
            .iter()
            .any(|check| check.subject == Subject::Service && check.passes());
        DoctorView {
            verdict: worst(&checks),
            hosts: self.hosts(server.as_ref().ok(), reached).await,
            server: server.ok().map(|server| server.to_string()),
            checks,
        }
    }

    /// The host names that a firewall has to allow on port 443: the account service, and where else the vendor says
    /// that the content lies.
    async fn hosts(&self, server: Option<&SafeUrl>, reached: bool) -> Vec<String> {
        let Some(server) = server else { return Vec::new() };
        let mirrors = match reached {
            true => self
                .catalogue()
                .await
                .map_or_else(|_| Vec::new(), |opened| opened.mirrors()),
            false => Vec::new(),
        };
        let mut hosts: Vec<String> = Vec::new();
        for url in std::iter::once(server).chain(&mirrors) {
            let authority = url.authority();
            let host = authority.strip_suffix(":443").unwrap_or(&authority).to_owned();
            if !hosts.contains(&host) {
                hosts.push(host);
            }
        }
        hosts.truncate(MOST_HOSTS);
        hosts
    }
}

fn worst(checks: &[CheckView]) -> Verdict {
    let verdicts = checks.iter().map(|check| check.finding.verdict());
    verdicts.max().unwrap_or(Verdict::Pass)
}

#[cfg(test)]
mod tests;
