//! A proxy as an organisation names it.

use crate::settings::ProxyChoice;
use std::str::FromStr;
use thiserror::Error;
use url::Url;

/// The ways to a proxy.
const SCHEMES: [&str; 4] = ["http", "https", "socks5", "socks5h"];

/// Why a text names no proxy. The text itself is not repeated: it may hold a password.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum BadProxy {
    /// It is no address.
    #[error(
        "a proxy is named as `http://proxy.example:3128` or `socks5://proxy.example:1080`, or is `direct` or `system`"
    )]
    Malformed,
    /// It is the address of a script that chooses a proxy.
    #[error("this is the address of a script that chooses a proxy (PAC); it is set as `proxy_script`")]
    Script,
    /// It holds a name or a password.
    #[error("a name or a password of a proxy does not belong into a file that everybody can read")]
    SignIn,
}

impl FromStr for ProxyChoice {
    type Err = BadProxy;

    fn from_str(raw: &str) -> Result<Self, BadProxy> {
        match raw.trim() {
            "system" => return Ok(Self::System),
            "direct" => return Ok(Self::Direct),
            _ => {}
        }
        let url = Url::parse(raw.trim()).map_err(|_| BadProxy::Malformed)?;
        if url.scheme().starts_with("pac") || url.path().ends_with(".pac") || url.path().ends_with(".dat") {
            return Err(BadProxy::Script);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BadProxy::SignIn);
        }
        let is_bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
        match SCHEMES.contains(&url.scheme()) && url.has_host() && is_bare {
            true => Ok(Self::Named {
                url: url.to_string(),
                sign_in: None,
            }),
            false => Err(BadProxy::Malformed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(raw: &str) -> Option<BadProxy> {
        raw.parse::<ProxyChoice>().err()
    }

    #[test]
    fn a_proxy_is_named_by_its_address_or_by_a_word() {
        for (raw, expected) in [
            ("http://proxy.example:3128", "http://proxy.example:3128/"),
            ("socks5://[fd12::1]:1080", "socks5://[fd12::1]:1080"),
        ] {
            let named = raw.parse::<ProxyChoice>().expect("a proxy");
            assert!(
                matches!(named, ProxyChoice::Named { url, sign_in: None } if url == expected),
                "{raw}"
            );
        }
        assert!(matches!("direct".parse(), Ok(ProxyChoice::Direct)));
        assert!(matches!("system".parse(), Ok(ProxyChoice::System)));
    }

    #[test]
    fn scripts_passwords_and_what_is_no_proxy_are_told_apart() {
        for script in [
            "http://wpad.example/wpad.dat",
            "https://p.example/p.pac",
            "pac+https://p.example/x",
        ] {
            assert_eq!(refused(script), Some(BadProxy::Script), "{script}");
        }
        assert_eq!(
            refused("http://ann:secret@proxy.example:3128"),
            Some(BadProxy::SignIn)
        );
        for raw in [
            "",
            "proxy",
            "proxy.example:3128",
            "ftp://proxy.example",
            "http://proxy.example/x?y",
        ] {
            assert_eq!(refused(raw), Some(BadProxy::Malformed), "{raw}");
        }
    }
}
