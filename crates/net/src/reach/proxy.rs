//! Which proxy would be asked.

use super::Reading;
use crate::ProxyChoice;
use toolcrib_model::FactValue;
use url::Url;

/// The proxy for protected connections, without names and passwords.
pub(super) fn asked(choice: &ProxyChoice) -> Reading {
    match choice {
        ProxyChoice::Direct => told("none"),
        ProxyChoice::Chosen(_) => Err("a script says server by server whether a proxy is asked".to_owned()),
        ProxyChoice::Named { url, .. } => told(&plain(url)),
        ProxyChoice::System => system(),
    }
}

fn told(text: &str) -> Reading {
    Ok(FactValue::Text(text.to_owned()))
}

/// Only scheme, host and port.
fn plain(url: &str) -> String {
    let parsed = Url::parse(url).ok().filter(Url::has_host);
    let Some(parsed) = parsed.or_else(|| Url::parse(&format!("http://{url}")).ok()) else {
        return "a proxy whose address is not well formed".to_owned();
    };
    let port = parsed.port().map_or_else(String::new, |port| format!(":{port}"));
    format!(
        "{}://{}{port}",
        parsed.scheme(),
        parsed.host_str().unwrap_or_default()
    )
}

/// On Linux the environment says it; elsewhere the system decides host by host.
fn system() -> Reading {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let named = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
        .into_iter()
        .find_map(set);
    match named {
        Some(url) => told(&plain(&url)),
        None if cfg!(any(windows, target_os = "macos")) => {
            Err("the system decides host by host whether a proxy is asked".to_owned())
        }
        None => told("none"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_told_without_name_and_password() {
        let named = |url: &str| {
            asked(&ProxyChoice::Named {
                url: url.to_owned(),
                sign_in: None,
            })
        };
        assert_eq!(
            named("http://ann:secret@proxy.example:3128/x"),
            told("http://proxy.example:3128")
        );
        assert_eq!(named("proxy.example:8080"), told("http://proxy.example:8080"));
        assert_eq!(asked(&ProxyChoice::Direct), told("none"));
    }
}
