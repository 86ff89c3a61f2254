//! Settings: what the command line and the environment say, judged once, in one typed value.

use crate::cli::{Demo, Place, Serve};
use crate::error::Error;
use camino::Utf8PathBuf;
use std::net::{IpAddr, SocketAddr};
use toolcrib_net::SafeUrl;
use url::Url;

/// Where the service keeps everything.
#[derive(Clone, Debug)]
pub struct Places {
    /// The data folder.
    pub data: Utf8PathBuf,
    /// The database file.
    pub database: Utf8PathBuf,
    /// The catalogue's folder.
    pub catalogue: Utf8PathBuf,
    /// The content's folder.
    pub content: Utf8PathBuf,
}

/// How the service is reached.
#[derive(Clone, Debug)]
pub struct Reach {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// Where clients reach it, if that is not where it listens.
    pub public_url: Option<Url>,
    /// Proxies whose word on the client's address is taken.
    pub trusted_proxies: Vec<IpAddr>,
}

/// All settings of a service that listens.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it keeps everything.
    pub places: Places,
    /// How it is reached.
    pub reach: Reach,
}

impl Places {
    /// Everything in its default place below `data`.
    pub fn below(data: Utf8PathBuf) -> Self {
        Self {
            database: data.join("service.db"),
            content: data.join("catalogue/content"),
            catalogue: data.join("catalogue"),
            data,
        }
    }

    /// The same, with another catalogue and the content that lies in it.
    pub fn with_catalogue(self, catalogue: Utf8PathBuf) -> Self {
        Self {
            content: catalogue.join("content"),
            catalogue,
            ..self
        }
    }
}

impl TryFrom<Place> for Places {
    type Error = Error;
    fn try_from(place: Place) -> Result<Self, Error> {
        let mut places = Self::below(place.folder.data);
        if let Some(url) = place.database_url {
            places.database = database_file(url)?;
        }
        if let Some(content) = place.content {
            places.content = content;
        }
        Ok(places)
    }
}

fn database_file(url: String) -> Result<Utf8PathBuf, Error> {
    let path = url
        .strip_prefix("sqlite://")
        .or_else(|| url.strip_prefix("sqlite:"))
        .unwrap_or(&url);
    match path.is_empty() || path.contains("://") || path.starts_with("postgres:") {
        true => Err(Error::DatabaseKind {
            url: url
                .split_once("//")
                .map_or(&*url, |(scheme, _)| scheme)
                .to_owned(),
        }),
        false => Ok(path.into()),
    }
}

impl TryFrom<Serve> for Settings {
    type Error = Error;
    fn try_from(serve: Serve) -> Result<Self, Error> {
        serve.listening.must_be_protected()?;
        let public_url = serve.listening.public_url.as_ref().map(bare).transpose()?;
        let reach = Reach {
            listen: serve.listening.listen,
            public_url,
            trusted_proxies: serve.trusted_proxy,
        };
        Ok(Self {
            places: serve.place.try_into()?,
            reach,
        })
    }
}

impl TryFrom<&Demo> for Settings {
    type Error = Error;
    fn try_from(demo: &Demo) -> Result<Self, Error> {
        if !demo.listen.ip().is_loopback() {
            return Err(Error::DemoAddress { address: demo.listen });
        }
        let places = Places::below(demo.data.clone());
        let places = match demo.catalogue.clone() {
            Some(catalogue) => places.with_catalogue(catalogue),
            None => places,
        };
        Ok(Self {
            places,
            reach: Reach {
                listen: demo.listen,
                public_url: None,
                trusted_proxies: vec![],
            },
        })
    }
}

/// The address by itself: links of the service are made from it.
fn bare(public: &SafeUrl) -> Result<Url, Error> {
    let url = public.as_url();
    let is_for_anybody = url.username().is_empty() && url.password().is_none();
    match is_for_anybody && url.path() == "/" && url.query().is_none() && url.fragment().is_none() {
        true => Ok(url.clone()),
        false => Err(Error::PublicUrl {
            url: public.to_string(),
            reason: "it must be only a scheme, a host and a port",
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::{Arguments, Command};
    use clap::Parser as _;

    fn settings(arguments: &[&str]) -> Result<Settings, Error> {
        match parsed(arguments).expect("parses") {
            Command::Serve(serve) => serve.try_into(),
            other => panic!("{other:?}"),
        }
    }

    fn parsed(arguments: &[&str]) -> Result<Command, clap::Error> {
        let all = ["toolcrib-service", "serve", "--data", "d"]
            .iter()
            .chain(arguments);
        Arguments::try_parse_from(all).map(|arguments| arguments.command)
    }

    #[test]
    fn beyond_this_computer_only_behind_https() {
        assert!(settings(&[]).is_ok());
        assert!(settings(&["--listen", "[::1]:0"]).is_ok());
        let open = settings(&["--listen", "0.0.0.0:8080"]).expect_err("plain");
        assert!(open.to_string().contains("reverse proxy"), "{open}");
        assert!(
            settings(&[
                "--listen",
                "0.0.0.0:8080",
                "--public-url",
                "http://localhost:8080"
            ])
            .is_err()
        );
        assert!(settings(&["--listen", "0.0.0.0:8080", "--public-url", "https://crib.example"]).is_ok());
    }

    #[test]
    fn a_public_url_is_a_bare_https_address() {
        for bad in ["crib.example", "http://crib.example", "ftp://crib.example"] {
            assert!(parsed(&["--public-url", bad]).is_err(), "{bad}");
        }
        for bad in [
            "https://crib.example/x",
            "https://crib.example/?x",
            "https://crib.example/#x",
            "https://a@b",
            "https://:a@b",
        ] {
            assert!(settings(&["--public-url", bad]).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_database_is_an_sqlite_file() {
        let database =
            |url| settings(&["--database-url", url]).map(|settings| settings.places.database.to_string());
        assert_eq!(settings(&[]).expect("default").places.database, "d/service.db");
        assert_eq!(database("sqlite:x/y.db").expect("a file"), "x/y.db");
        assert_eq!(database("sqlite:///x/y.db").expect("a file"), "/x/y.db");
        assert_eq!(database("y.db").expect("a file"), "y.db");
        let refused = database("postgres://user:secret@host/db")
            .expect_err("no driver")
            .to_string();
        assert!(
            refused.contains("SQLite") && !refused.contains("secret"),
            "{refused}"
        );
    }
}
