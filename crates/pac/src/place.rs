//! Where a script lies.

use camino::Utf8PathBuf;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;
use url::Url;

/// Where a script lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// On a server; `http` is taken, too, for that is where most of them lie.
    Web(Url),
    /// In a file of this computer, which only an administrator can have written.
    File(Utf8PathBuf),
}

/// Why a text is no place of a script. It is not repeated: it may hold a password.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum BadPlace {
    /// It is no address.
    #[error(
        "a script lies at an address such as `https://example.com/proxy.pac`, or in a file, `file:///etc/proxy.pac`"
    )]
    Malformed,
    /// It holds a name or a password.
    #[error("a name or a password does not belong into what everybody can read")]
    SignIn,
}

impl FromStr for Place {
    type Err = BadPlace;

    fn from_str(raw: &str) -> Result<Self, BadPlace> {
        let url = Url::parse(raw.trim()).map_err(|_| BadPlace::Malformed)?;
        match url.scheme() {
            "http" | "https" if !url.username().is_empty() || url.password().is_some() => {
                Err(BadPlace::SignIn)
            }
            "http" | "https" if url.has_host() && url.fragment().is_none() => Ok(Self::Web(url)),
            "file" => file(&url).map(Self::File).ok_or(BadPlace::Malformed),
            _ => Err(BadPlace::Malformed),
        }
    }
}

/// On this computer only: the file of another one is a matter of that one's.
fn file(url: &Url) -> Option<Utf8PathBuf> {
    let is_here = url.host_str().is_none_or(|host| host == "localhost");
    let is_bare = url.query().is_none() && url.fragment().is_none();
    let path = url.to_file_path().ok().filter(|_| is_here && is_bare)?;
    Utf8PathBuf::from_path_buf(path).ok()
}

/// Without what may be secret in it.
impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Web(url) => {
                let mut shown = url.clone();
                shown.set_query(None);
                write!(out, "{shown}")
            }
            Self::File(path) => write!(out, "{path}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_lies_on_a_server_or_in_a_file() {
        for (raw, shown) in [
            (
                "https://p.example/proxy.pac?site=4",
                "https://p.example/proxy.pac",
            ),
            ("http://wpad.example/wpad.dat", "http://wpad.example/wpad.dat"),
        ] {
            let place: Place = raw.parse().expect("a place");
            assert_eq!((place.to_string(), raw.parse()), (shown.to_owned(), Ok(place)));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_is_one_of_this_computer() {
        for raw in [
            "file:///etc/proxy.pac",
            "file:/etc/proxy.pac",
            "file://localhost/etc/proxy.pac",
        ] {
            assert_eq!(raw.parse(), Ok(Place::File("/etc/proxy.pac".into())), "{raw}");
        }
        assert_eq!(
            "file://server/proxy.pac".parse::<Place>(),
            Err(BadPlace::Malformed)
        );
    }

    #[test]
    fn passwords_and_what_is_no_address_are_told_apart() {
        assert_eq!(
            "https://ann:x@p.example/p".parse::<Place>(),
            Err(BadPlace::SignIn)
        );
        for raw in [
            "",
            "proxy.pac",
            "/etc/proxy.pac",
            "ftp://p.example/p",
            "data:,x",
            "https://",
        ] {
            assert_eq!(raw.parse::<Place>(), Err(BadPlace::Malformed), "{raw}");
        }
    }
}
