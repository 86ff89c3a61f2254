//! Where a request comes from. A proxy's word is taken only if the operator said that it is ours.

use crate::app::App;
use crate::error::{Error, Failure};
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::net::{IpAddr, SocketAddr};

/// The client's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address(pub IpAddr);

impl FromRequestParts<App> for Address {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.ok_or_else(|| Error::GateTooWide {
            path: "the peer's address".to_owned(),
        })?;
        Ok(Self(client(peer.0.ip(), &parts.headers, app.trusted_proxies())))
    }
}

/// Walks back from the peer through our own proxies: the first address that is none of them is the client's.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let mut address = peer.to_canonical();
    let told = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = told.flat_map(|value| value.split(',')).map(str::trim).collect();
    for hop in hops.into_iter().rev() {
        if !trusted.contains(&address) {
            break;
        }
        match hop.parse::<IpAddr>() {
            Ok(before) => address = before.to_canonical(),
            Err(_) => break,
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn seen(peer: &str, forwarded: &'static str, trusted: &[&str]) -> String {
        let ip = |raw: &str| raw.parse::<IpAddr>().expect("an address");
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static(forwarded));
        let trusted: Vec<IpAddr> = trusted.iter().map(|raw| ip(raw)).collect();
        client(ip(peer), &headers, &trusted).to_string()
    }

    #[test]
    fn a_client_cannot_choose_its_own_address() {
        assert_eq!(seen("192.0.2.7", "198.51.100.1", &[]), "192.0.2.7");
        assert_eq!(seen("127.0.0.1", "198.51.100.1", &["127.0.0.1"]), "198.51.100.1");
        assert_eq!(
            seen("127.0.0.1", "10.9.9.9, 198.51.100.1", &["127.0.0.1"]),
            "198.51.100.1"
        );
        assert_eq!(
            seen("127.0.0.1", "198.51.100.1, 10.0.0.2", &["127.0.0.1", "10.0.0.2"]),
            "198.51.100.1"
        );
        assert_eq!(seen("127.0.0.1", "nonsense", &["127.0.0.1"]), "127.0.0.1");
        assert_eq!(
            seen("::ffff:127.0.0.1", "198.51.100.1", &["127.0.0.1"]),
            "198.51.100.1"
        );
    }
}
