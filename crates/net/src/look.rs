//! Looking at a server once, to tell a person what stands in between: each obstacle has its own way round.
//!
//! What is learnt here is told, never believed: the peek behind a certificate that is not trusted sends no token and
//! reads nothing but the certificate's issuer and the date.

use crate::blame::is_refused;
use crate::call::{Request, plain};
use crate::clients::direct_way;
use crate::error::{Error, TlsProblem};
use crate::{Http, SafeUrl, headers};
use jiff::Timestamp;
use reqwest::Method;
use reqwest::tls::TlsInfo;
use std::net::{Ipv4Addr, Ipv6Addr, UdpSocket};
use std::time::Duration;
use x509_parser::x509::X509Name;

/// Addresses for documents (RFC 5737, RFC 3849): nobody has them, and nothing is sent to them.
const FAR_V4: (Ipv4Addr, u16) = (Ipv4Addr::new(192, 0, 2, 1), 443);
const FAR_V6: (Ipv6Addr, u16) = (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1), 443);

/// How long the peek behind a certificate may take.
const PEEK: Duration = Duration::from_secs(10);

/// What stands between this computer and a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// This computer has no network at all.
    NoNetwork,
    /// There is a network, and the server's name is not known on it.
    Name,
    /// Nothing answers at the server's port, not even with a refusal: something on the way drops it.
    Blocked,
    /// The server's computer answers that nobody listens at that port.
    Refused,
    /// The proxy wants a name and a password (407).
    ProxySignIn,
    /// The proxy does not let us through, or is not there.
    Proxy,
    /// The certificate is not one that this computer trusts: somebody in between may open the connection.
    Certificate {
        /// What is wrong with it.
        problem: TlsProblem,
        /// Who issued it, as it says itself.
        issuer: Option<String>,
    },
    /// A page of the network's own, as where one has to sign in first.
    OtherPage,
    /// The connection stands, and nothing sensible comes over it.
    Silent,
    /// Certificates or a proxy that this program was set up with cannot be used.
    SetUp,
}

/// What was seen of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// What stands in between; `None` where the server answered.
    pub obstacle: Option<Obstacle>,
    /// The status that it answered with.
    pub status: Option<u16>,
    /// The time by its own clock, or by that of whoever answered in its place.
    pub date: Option<Timestamp>,
}

impl Http {
    /// Asks for `url` once, without a token, and tells what came of it. It never fails: a failure is what is looked for.
    pub async fn look(&self, url: &SafeUrl) -> Look {
        match self.send(Request::get(url.clone())).await {
            Ok(answer) => Look {
                obstacle: (answer.content_type.as_deref() == Some("text/html"))
                    .then_some(Obstacle::OtherPage),
                status: Some(answer.status),
                date: answer.date,
            },
            Err(error) => self.behind(url, &error).await,
        }
    }

    async fn behind(&self, url: &SafeUrl, error: &Error) -> Look {
        let mut look = Look {
            obstacle: Some(obstacle(error, has_way_out)),
            status: error.status(),
            date: None,
        };
        if let Some(Obstacle::Certificate { issuer, .. }) = &mut look.obstacle {
            (*issuer, look.date) = self.peek(url).await;
        }
        look
    }

    /// Who issued the certificate that is shown for `url`, and the date of whoever shows it.
    async fn peek(&self, url: &SafeUrl) -> (Option<String>, Option<Timestamp>) {
        let Ok(client) = self.clients().peeking(direct_way(url)) else {
            return (None, None);
        };
        let asked = client.execute(plain(Method::HEAD, url));
        let Ok(Ok(response)) = tokio::time::timeout(PEEK, asked).await else {
            return (None, None);
        };
        let shown = response.extensions().get::<TlsInfo>();
        let issuer = shown.and_then(TlsInfo::peer_certificate).and_then(issuer);
        (issuer, headers::date(response.headers()))
    }
}

impl Error {
    /// Whether the server itself is to blame, as far as can be told from here: it refuses, drops or breaks off while
    /// this computer has a network.
    pub fn blames_server(&self) -> bool {
        match obstacle(self, has_way_out) {
            Obstacle::Refused | Obstacle::Silent => true,
            Obstacle::Blocked => has_way_out(),
            Obstacle::NoNetwork
            | Obstacle::Name
            | Obstacle::ProxySignIn
            | Obstacle::Proxy
            | Obstacle::Certificate { .. }
            | Obstacle::OtherPage
            | Obstacle::SetUp => false,
        }
    }
}

/// What an error means to somebody who stands before it.
fn obstacle(error: &Error, has_way_out: impl FnOnce() -> bool) -> Obstacle {
    match error {
        Error::Offline { .. } => Obstacle::NoNetwork,
        Error::Dns { .. } if has_way_out() => Obstacle::Name,
        Error::Dns { .. } => Obstacle::NoNetwork,
        Error::Connect { source, .. } if is_refused(&**source) => Obstacle::Refused,
        Error::Connect { .. } => Obstacle::Blocked,
        Error::Tls { problem, .. } => Obstacle::Certificate {
            problem: *problem,
            issuer: None,
        },
        Error::ProxySignIn { .. } | Error::Status { status: 407, .. } => Obstacle::ProxySignIn,
        Error::Proxy { .. } => Obstacle::Proxy,
        Error::Redirect { .. } | Error::Encoded { .. } => Obstacle::OtherPage,
        Error::SetUp { .. } => Obstacle::SetUp,
        Error::Stalled { .. }
        | Error::Broken { .. }
        | Error::Truncated { .. }
        | Error::TooLong { .. }
        | Error::Status { .. }
        | Error::RangeIgnored { .. }
        | Error::RangeMismatch { .. }
        | Error::RangeRefused { .. }
        | Error::Changed { .. }
        | Error::BadRange { .. }
        | Error::BadRequest { .. } => Obstacle::Silent,
    }
}

/// Whether this computer has any way to a far address. Connecting a datagram socket only asks the routing table.
fn has_way_out() -> bool {
    let to_v4 = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| socket.connect(FAR_V4));
    let to_v6 = || UdpSocket::bind((Ipv6Addr::UNSPECIFIED, 0)).and_then(|socket| socket.connect(FAR_V6));
    to_v4.or_else(|_| to_v6()).is_ok()
}

/// The issuer's common name, with its organisation where it says one.
fn issuer(der: &[u8]) -> Option<String> {
    let (_, certificate) = x509_parser::parse_x509_certificate(der).ok()?;
    let issuer = certificate.issuer();
    let name = first(issuer.iter_common_name());
    let organisation = first(issuer.iter_organization());
    match (name, organisation) {
        (Some(name), Some(organisation)) => Some(format!("{name} ({organisation})")),
        (name, organisation) => name.or(organisation).or_else(|| Some(whole(issuer))),
    }
    .map(|text| printable(&text))
}

fn first<'a>(
    mut attributes: impl Iterator<Item = &'a x509_parser::x509::AttributeTypeAndValue<'a>>,
) -> Option<String> {
    attributes.next()?.as_str().ok().map(str::to_owned)
}

fn whole(name: &X509Name<'_>) -> String {
    name.to_string()
}

/// A stranger wrote it, and a person reads it in a terminal.
fn printable(text: &str) -> String {
    const LONGEST: usize = 200;
    let plain = text.chars().filter(|character| !character.is_control());
    plain.take(LONGEST).collect()
}

#[cfg(test)]
mod tests;
