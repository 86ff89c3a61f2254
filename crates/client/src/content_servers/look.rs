//! Looking for content servers: what DNS says, whether that lies where it has to, and whether it proves and answers that.

use crate::client::Client;
use crate::error::Error;
use futures::future::join_all;
use std::time::{Duration, Instant};
use tokio::time::timeout;
use toolcrib_net::dns::{Domain, Names, Services};
use toolcrib_net::{Http, Request, SafeUrl};

/// The service as DNS knows it.
const SERVICE: &str = "_toolcrib-content._tcp";
/// What is asked of a content server to see whether it is there, and the first line of its answer; the second one is the
/// account service whose content it holds.
const HEALTH: &str = "health";
const WELL: &str = "ok";
/// How long DNS has altogether, and how long each server has to answer.
const ASKING: Duration = Duration::from_secs(3);
const PROBING: Duration = Duration::from_secs(3);
/// How many names are asked for.
const MOST_QUESTIONS: usize = 6;

/// What came of looking.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    /// In the order in which they are to be tried.
    pub(super) found: Vec<Candidate>,
    /// For how long DNS says that this holds.
    pub(super) ttl: Option<Duration>,
}

/// A server that DNS names.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The domain that is trusted.
    pub(super) domain: Domain,
    /// What DNS says.
    host: Domain,
    port: u16,
    /// Its address; `None` where it is not asked.
    pub(super) server: Option<SafeUrl>,
    pub(super) standing: Standing,
}

/// What a server is found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It proved its name and answered, so quickly.
    Answers(Duration),
    /// It answers, and holds what another account service has.
    ForAnother,
    /// What answers there is something else, with this status.
    Another(u16),
    /// It does not answer, or does not prove that it has its name.
    Away,
    /// It lies outside the domain, and was not asked.
    Stranger,
}

impl Look {
    /// The server to ask: the first one that answers. One is enough, and what two of them hold was fetched twice.
    pub(super) fn server(&self) -> Option<&SafeUrl> {
        let well = |found: &&Candidate| matches!(found.standing, Standing::Answers(_));
        self.found.iter().find(well)?.server.as_ref()
    }
}

impl Candidate {
    /// What a service that was named for a domain is, before anybody asked it. It is only ever asked over a protected
    /// connection.
    fn new(domain: &Domain, (host, port): (Domain, u16)) -> Self {
        let url = SafeUrl::parse(&format!("https://{host}:{port}/")).ok();
        let server = url.filter(|_| domain.holds(&host));
        Self {
            domain: domain.clone(),
            standing: match server {
                Some(_) => Standing::Away,
                None => Standing::Stranger,
            },
            server,
            host,
            port,
        }
    }

    /// Host and port as DNS names them.
    pub(super) fn named(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }
}

impl Client {
    /// Asks DNS for content servers below these domains, and those that are named whether they answer.
    ///
    /// # Errors
    /// When the network cannot be set up; that nobody answers is no error.
    pub(super) async fn look_for_content_servers(&self, domains: &[Domain]) -> Result<Look, Error> {
        let (http, account) = (self.http()?, self.server()?);
        let resolver = self.0.options.resolver.clone();
        let reading = tokio::task::spawn_blocking(move || resolver.names());
        let names = reading.await.map_err(|_| Error::Interrupted)?;
        let mut look = timeout(ASKING, ask(&names, domains)).await.unwrap_or_default();
        let account = &account;
        let probing = look.found.iter().map(|found| async move {
            match &found.server {
                Some(server) => probe(http, server, Some(account)).await,
                None => Standing::Stranger,
            }
        });
        let standings = join_all(probing).await;
        for (found, standing) in look.found.iter_mut().zip(standings) {
            found.standing = standing;
        }
        Ok(look)
    }
}

/// Whether a content server answers here, and holds content of this account service, where that matters. It is shown
/// nothing.
pub(super) async fn probe(http: &Http, server: &SafeUrl, account: Option<&SafeUrl>) -> Standing {
    let Ok(health) = server.below(HEALTH) else {
        return Standing::Away;
    };
    let begun = Instant::now();
    let Ok(Ok(answer)) = timeout(PROBING, http.send(Request::get(health))).await else {
        return Standing::Away;
    };
    let told = String::from_utf8_lossy(&answer.body);
    let mut lines = told.lines();
    if answer.status != 200 || lines.next() != Some(WELL) {
        return Standing::Another(answer.status);
    }
    let of = lines.next().and_then(|of| SafeUrl::parse(of).ok());
    let is_ours = |account: &SafeUrl| of.is_some_and(|of| of.is_same_origin(account));
    match account.is_none_or(is_ours) {
        true => Standing::Answers(begun.elapsed()),
        false => Standing::ForAnother,
    }
}

/// The first answer that names anybody.
async fn ask(names: &Names, domains: &[Domain]) -> Look {
    let mut last = None;
    for (trusted, asked) in questions(domains, names.search()) {
        let Ok(Services { list, ttl }) = names.services(SERVICE, &asked).await else {
            continue;
        };
        if !list.is_empty() {
            let found = list.into_iter().map(|service| (service.host, service.port));
            let found = found.map(|service| Candidate::new(&trusted, service)).collect();
            return Look { found, ttl };
        }
        last = ttl.or(last);
    }
    Look {
        found: Vec::new(),
        ttl: last,
    }
}

/// Which domains are asked for, each with the one that is trusted (pure): those of this network that lie below first, for
/// they are nearer; then the trusted one itself.
fn questions(trusted: &[Domain], search: &[Domain]) -> Vec<(Domain, Domain)> {
    let mut questions: Vec<(Domain, Domain)> = Vec::new();
    for domain in trusted {
        let below = search.iter().filter(|here| domain.holds(here) && *here != domain);
        questions.extend(below.chain([domain]).map(|asked| (domain.clone(), asked.clone())));
    }
    questions.truncate(MOST_QUESTIONS);
    questions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(raw: &str) -> Domain {
        raw.parse().expect("a domain")
    }

    #[test]
    fn the_domains_of_this_network_are_asked_first_and_only_those_that_are_trusted() {
        let trusted = ["smith.example", "smith.test"].map(domain);
        let search = ["cafe.example", "paris.smith.example", "smith.example"].map(domain);
        let asked: Vec<String> = questions(&trusted, &search)
            .iter()
            .map(|(trusted, asked)| format!("{asked} for {trusted}"))
            .collect();
        assert_eq!(
            asked,
            [
                "paris.smith.example for smith.example",
                "smith.example for smith.example",
                "smith.test for smith.test"
            ]
        );
        assert_eq!(questions(&[], &search), []);
    }

    #[test]
    fn what_lies_outside_the_domain_is_never_asked() {
        let trusted = domain("smith.example");
        let named = |host: &str| Candidate::new(&trusted, (domain(host), 8443));
        let within = named("content.smith.example");
        assert_eq!(
            within.server.as_ref().map(SafeUrl::expose),
            Some("https://content.smith.example:8443/")
        );
        for host in [
            "content.evil.example",
            "blacksmith.example",
            "smith.example.evil.example",
        ] {
            let stranger = named(host);
            assert_eq!(
                (stranger.server, stranger.standing),
                (None, Standing::Stranger),
                "{host}"
            );
        }
    }

    #[test]
    fn the_first_one_that_answers_is_asked() {
        let trusted = domain("smith.example");
        let found = |host: &str, standing| Candidate {
            standing,
            ..Candidate::new(&trusted, (domain(host), 443))
        };
        let well = Standing::Answers(Duration::from_millis(3));
        let mut look = Look {
            found: vec![
                found("evil.example", Standing::Stranger),
                found("one.smith.example", Standing::Away),
                found("two.smith.example", well),
                found("three.smith.example", well),
            ],
            ttl: None,
        };
        assert_eq!(look.server().map(SafeUrl::host), Some("two.smith.example"));
        look.found.truncate(2);
        assert_eq!(look.server(), None);
    }
}
