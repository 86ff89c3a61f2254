//! Redirects: followed by hand, a few, and never to a place that the first server has no business pointing to.

use crate::Result;
use crate::address::is_private;
use crate::clients::{Clients, Purpose, Way, direct_way};
use crate::error::Error;
use crate::exchange::{Pulse, exchange};
use crate::headers::text;
use crate::url::{BadUrl, SafeUrl};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::LOCATION;
use reqwest::{Method, Request, Response};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use thiserror::Error as ThisError;

/// How many redirects are followed.
const MOST: usize = 5;

/// Why a redirect is not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ThisError)]
pub enum RefusedRedirect {
    /// More than five in a row.
    #[error("it leads on and on")]
    TooMany,
    /// It says that it leads elsewhere, but not where.
    #[error("it does not say where to")]
    Nowhere,
    /// From a protected connection to an unprotected one.
    #[error("from a protected connection to an unprotected one")]
    Unprotected,
    /// From a public network to a private address.
    #[error("from a public network to a private address")]
    Private,
    /// To something that is no address for us.
    #[error("to an address that is not used here ({0})")]
    Bad(BadUrl),
    /// Something was to be changed there, which is not done twice.
    #[error("a request that changes something is not sent to another place")]
    NotRepeatable,
}

/// Whether a hop may carry the credentials that were meant for the first server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Credentials {
    /// It is the server that they are for.
    Sent,
    /// It is another one.
    Withheld,
}

/// Where the last hop went to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Network {
    Private,
    Public,
}

/// Sends a request and follows where it leads. Answers the last URL and what it said.
///
/// `make` makes the request for one hop, and is told whether it may carry the credentials of the first.
pub(crate) async fn follow(
    clients: &Clients,
    purpose: Purpose,
    first: &SafeUrl,
    make: impl Fn(&SafeUrl, Credentials, &Pulse) -> Result<Request>,
) -> Result<(SafeUrl, Response)> {
    let (mut url, mut way) = (first.clone(), direct_way(first));
    for _ in 0..=MOST {
        let credentials = if url.is_same_origin(first) {
            Credentials::Sent
        } else {
            Credentials::Withheld
        };
        let _public = (way == Way::Public).then(|| clients.public.expect(url.host()));
        let make = |pulse: &Pulse| make(&url, credentials, pulse);
        let (repeatable, response) = hop(clients, (purpose, way), &url, make).await?;
        if !leads_elsewhere(&response) {
            return Ok((url, response));
        }
        let refuse = |reason| Error::Redirect {
            url: url.to_string(),
            reason,
        };
        if !repeatable {
            return Err(refuse(RefusedRedirect::NotRepeatable));
        }
        let next = target(&url, &response).map_err(refuse)?;
        way = judge(way, network(&url, way, response.remote_addr()).await, &url, &next).map_err(refuse)?;
        url = next;
    }
    Err(Error::Redirect {
        url: first.to_string(),
        reason: RefusedRedirect::TooMany,
    })
}

/// One hop: what was said there, and whether the request may be sent to another place. Where nobody was reached by one way
/// the next one is taken: nobody heard the request, so it may be sent once more whatever it is.
async fn hop(
    clients: &Clients,
    (purpose, way): (Purpose, Way),
    url: &SafeUrl,
    make: impl Fn(&Pulse) -> Result<Request>,
) -> Result<(bool, Response)> {
    let silence = clients.settings().stall_timeout;
    loop {
        let pulse = Pulse::new();
        let request = make(&pulse)?;
        let repeatable = matches!(*request.method(), Method::GET | Method::HEAD);
        let taken = clients.prepare(way, url).await;
        match exchange(clients.client(purpose, way)?, url, request, &pulse, silence).await {
            Err(error) if error.is_closed_way() && clients.leave(url, taken) => {}
            answer => return Ok((repeatable, answer?)),
        }
    }
}

fn leads_elsewhere(response: &Response) -> bool {
    matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn target(url: &SafeUrl, response: &Response) -> std::result::Result<SafeUrl, RefusedRedirect> {
    let location = text(response.headers(), LOCATION).ok_or(RefusedRedirect::Nowhere)?;
    url.join(location).map_err(|bad| match bad {
        BadUrl::Unprotected => RefusedRedirect::Unprotected,
        bad => RefusedRedirect::Bad(bad),
    })
}

/// The rule: which way the next hop goes, if it may go at all.
fn judge(
    way: Way,
    from: Network,
    url: &SafeUrl,
    next: &SafeUrl,
) -> std::result::Result<Way, RefusedRedirect> {
    if url.is_protected() && !next.is_protected() {
        return Err(RefusedRedirect::Unprotected);
    }
    if url.is_same_origin(next) {
        return Ok(way);
    }
    match from {
        Network::Private => Ok(direct_way(next)),
        Network::Public if next.is_private_by_name() => Err(RefusedRedirect::Private),
        Network::Public => Ok(Way::Public),
    }
}

/// Where a hop went to. Once public, for ever public. Behind a proxy the peer is the proxy, so the name has to be
/// private, too.
async fn network(url: &SafeUrl, way: Way, peer: Option<SocketAddr>) -> Network {
    if way == Way::Public {
        return Network::Public;
    }
    if url.is_private_by_name() {
        return Network::Private;
    }
    let at_private_peer = peer.is_some_and(|peer| is_private(peer.ip()));
    match at_private_peer && resolves_to_private(url.host()).await {
        true => Network::Private,
        false => Network::Public,
    }
}

async fn resolves_to_private(host: &str) -> bool {
    let Ok(found) = tokio::net::lookup_host((host, 0)).await else {
        return false;
    };
    let found: Vec<_> = found.collect();
    !found.is_empty() && found.iter().all(|address| is_private(address.ip()))
}

/// Looks names up, and for those that have to be on a public network drops every private address.
#[derive(Debug, Default)]
pub(crate) struct PublicNames(Mutex<HashMap<String, usize>>);

/// The name of a hop that has to be on a public network. The name of a proxy may be private.
pub(crate) struct Expected<'a> {
    names: &'a PublicNames,
    host: String,
}

/// A name that had to be on a public network has private addresses only.
#[derive(Debug, ThisError)]
#[error("the name has private addresses only")]
pub(crate) struct PrivateAddress;

impl PublicNames {
    pub(crate) fn expect(&self, host: &str) -> Expected<'_> {
        *self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(host.to_owned())
            .or_default() += 1;
        Expected {
            names: self,
            host: host.to_owned(),
        }
    }

    fn is_expected(&self, host: &str) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .contains_key(host)
    }
}

impl Drop for Expected<'_> {
    fn drop(&mut self) {
        let mut names = self.names.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = names.get_mut(&self.host) {
            *count -= 1;
            if *count == 0 {
                names.remove(&self.host);
            }
        }
    }
}

impl Resolve for PublicNames {
    fn resolve(&self, name: Name) -> Resolving {
        let public_only = self.is_expected(name.as_str());
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let kept: Vec<_> = found
                .filter(|address| !public_only || !is_private(address.ip()))
                .collect();
            match kept.is_empty() && public_only {
                true => Err(PrivateAddress.into()),
                false => Ok(Box::new(kept.into_iter()) as Addrs),
            }
        })
    }
}

#[cfg(test)]
mod tests;
