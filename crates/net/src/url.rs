//! URLs that are safe to use and safe to show.

use crate::address;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;
use thiserror::Error;
use url::{Host, Url};

/// A URL over HTTPS, or over plain HTTP to this computer itself. Shown without its query and credentials.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SafeUrl(Url);

/// Why a text is not a [`SafeUrl`]. The text itself is not repeated: it may hold a secret.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum BadUrl {
    /// It is no URL at all.
    #[error("this is not a URL such as https://server.example")]
    Malformed,
    /// It names another way than HTTP.
    #[error("only https:// addresses are used here")]
    OtherScheme,
    /// It would go over the network unprotected.
    #[error("plain http:// is used to this computer itself only; use https://")]
    Unprotected,
}

impl SafeUrl {
    /// Reads a URL.
    pub fn parse(raw: &str) -> Result<Self, BadUrl> {
        Url::parse(raw)
            .map_err(|_| BadUrl::Malformed)
            .and_then(Self::check)
    }

    /// The URL that `reference` means, seen from this one.
    pub fn join(&self, reference: &str) -> Result<Self, BadUrl> {
        self.0
            .join(reference)
            .map_err(|_| BadUrl::Malformed)
            .and_then(Self::check)
    }

    /// The URL of `path` below this one, whether or not this one ends with a slash.
    pub fn below(&self, path: &str) -> Result<Self, BadUrl> {
        let mut base = self.0.clone();
        base.set_query(None);
        base.set_fragment(None);
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        let relative = format!("./{}", path.trim_start_matches('/'));
        base.join(&relative)
            .map_err(|_| BadUrl::Malformed)
            .and_then(Self::check)
    }

    /// The whole URL, secrets and all, for the moment of its use.
    pub const fn as_url(&self) -> &Url {
        &self.0
    }

    /// The whole URL as text, secrets and all.
    pub fn expose(&self) -> &str {
        self.0.as_str()
    }

    /// The host without its port.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The host and the port: what one server is known by.
    pub fn authority(&self) -> String {
        let port = self.0.port_or_known_default().unwrap_or_default();
        format!("{}:{port}", self.host())
    }

    /// Whether it means this computer itself.
    pub fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.to_canonical().is_loopback(),
            None => false,
        }
    }

    /// Whether both are the same scheme, host and port.
    pub fn is_same_origin(&self, other: &Self) -> bool {
        self.0.origin() == other.0.origin()
    }

    pub(crate) fn is_protected(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// The address, where the host is written as one.
    pub(crate) fn address(&self) -> Option<IpAddr> {
        match self.0.host()? {
            Host::Domain(_) => None,
            Host::Ipv4(address) => Some(address.into()),
            Host::Ipv6(address) => Some(address.into()),
        }
    }

    /// Whether the host is, as it is written, on no public network.
    pub(crate) fn is_private_by_name(&self) -> bool {
        self.is_loopback() || self.address().is_some_and(address::is_private)
    }

    fn check(url: Url) -> Result<Self, BadUrl> {
        let safe = Self(url);
        match safe.0.scheme() {
            "https" | "http" if safe.host().is_empty() => Err(BadUrl::Malformed),
            "https" => Ok(safe),
            "http" if safe.is_loopback() => Ok(safe),
            "http" => Err(BadUrl::Unprotected),
            _ => Err(BadUrl::OtherScheme),
        }
    }
}

impl FromStr for SafeUrl {
    type Err = BadUrl;
    fn from_str(raw: &str) -> Result<Self, BadUrl> {
        Self::parse(raw)
    }
}

impl fmt::Display for SafeUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}://{}", self.0.scheme(), self.host())?;
        if let Some(port) = self.0.port() {
            write!(out, ":{port}")?;
        }
        out.write_str(self.0.path())?;
        if self.0.query().is_some() {
            out.write_str("?…")
        } else {
            Ok(())
        }
    }
}

impl fmt::Debug for SafeUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SafeUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_computer_only() {
        for raw in [
            "https://a.example/x",
            "http://127.0.0.1:80",
            "http://127.9.9.9",
            "http://[::1]:1",
            "http://localhost",
        ] {
            assert!(SafeUrl::parse(raw).is_ok(), "{raw}");
        }
        for raw in [
            "http://a.example",
            "http://localhost.a.example",
            "http://10.0.0.1",
            "http://0.0.0.0",
            "http://[::2]",
        ] {
            assert_eq!(SafeUrl::parse(raw), Err(BadUrl::Unprotected), "{raw}");
        }
    }

    #[test]
    fn a_server_is_known_by_its_host_and_port() {
        let authority = |raw| SafeUrl::parse(raw).map(|url| url.authority());
        assert_eq!(authority("https://a.example/x?y"), Ok("a.example:443".to_owned()));
        assert_eq!(authority("http://[::1]:8080"), Ok("[::1]:8080".to_owned()));
    }

    #[test]
    fn other_schemes_and_rubbish_are_refused() {
        for raw in [
            "file:///etc/passwd",
            "ftp://a.example",
            "javascript:alert(1)",
            "data:,x",
        ] {
            assert_eq!(SafeUrl::parse(raw), Err(BadUrl::OtherScheme), "{raw}");
        }
        for raw in ["", "a.example", "https://", "https://a b"] {
            assert_eq!(SafeUrl::parse(raw), Err(BadUrl::Malformed), "{raw}");
        }
    }

    #[test]
    fn neither_display_nor_debug_shows_credentials_or_query() {
        let url =
            SafeUrl::parse("https://jones:secret@a.example:8443/content/1?sig=secret#secret").expect("a URL");
        assert_eq!(url.to_string(), "https://a.example:8443/content/1?…");
        assert!(!format!("{url:?}").contains("secret"));
        assert!(url.expose().contains("sig=secret"));
    }

    #[test]
    fn a_path_is_put_below_a_base_with_or_without_a_slash() {
        for base in [
            "https://a.example/crib",
            "https://a.example/crib/",
            "https://a.example/crib?x=1",
        ] {
            let base = SafeUrl::parse(base).expect("a URL");
            assert_eq!(
                base.below("/v1/me?x=2").expect("a URL").expose(),
                "https://a.example/crib/v1/me?x=2"
            );
            assert_eq!(
                base.below("v1:me").expect("a URL").expose(),
                "https://a.example/crib/v1:me"
            );
        }
    }

    #[test]
    fn joining_cannot_leave_the_safe_schemes() {
        let base = SafeUrl::parse("https://a.example/x").expect("a URL");
        assert_eq!(base.join("file:///etc/passwd"), Err(BadUrl::OtherScheme));
        assert_eq!(base.join("http://b.example/"), Err(BadUrl::Unprotected));
        assert_eq!(
            base.join("//b.example/y").expect("a URL").expose(),
            "https://b.example/y"
        );
    }
}
