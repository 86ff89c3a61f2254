//! `mirror …`.

use crate::error::Error;
use camino::Utf8PathBuf;
use clap::Args;
use std::net::SocketAddr;
use toolcrib_model::{ByteSize, Rate};
use toolcrib_net::SafeUrl;

/// `mirror`.
#[derive(Clone, Debug, Args)]
pub struct Arguments {
    /// The account service whose content is held, such as `https://accounts.example`
    #[arg(long, env = "TOOLCRIB_SERVICE_FROM", value_name = "URL", value_parser = SafeUrl::parse)]
    pub from: SafeUrl,
    /// The folder for what is held
    #[arg(long, env = "TOOLCRIB_SERVICE_DATA", value_name = "DIR")]
    pub data: Utf8PathBuf,
    /// The address to listen on; plain HTTP, so beyond this computer only behind a reverse proxy
    #[arg(
        long,
        env = "TOOLCRIB_SERVICE_LISTEN",
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8090"
    )]
    pub listen: SocketAddr,
    /// Where computers reach it through its reverse proxy: `https://…`
    #[arg(long, env = "TOOLCRIB_SERVICE_PUBLIC_URL", value_name = "URL", value_parser = SafeUrl::parse)]
    pub public_url: Option<SafeUrl>,
    /// Fetch at most so much a second, for all computers behind it together, such as `20MB`
    #[arg(long, env = "TOOLCRIB_SERVICE_LIMIT", value_name = "RATE")]
    pub limit: Option<Rate>,
    /// Hold at most so much; what was not asked for longest goes first
    #[arg(
        long,
        env = "TOOLCRIB_SERVICE_SIZE",
        value_name = "SIZE",
        default_value = "50GB"
    )]
    pub size: ByteSize,
    /// Serve what is held to whoever names its digest, without asking the account service whether they may have it
    #[arg(long, env = "TOOLCRIB_SERVICE_OPEN")]
    pub open: bool,
}

impl Arguments {
    /// Refuses to listen beyond this computer where nothing protects the connection.
    pub(super) fn must_be_protected(&self) -> Result<(), Error> {
        let is_protected = self.public_url.as_ref().is_some_and(|url| !url.is_loopback());
        match self.listen.ip().is_loopback() || is_protected {
            true => Ok(()),
            false => Err(Error::PlainHttp { address: self.listen }),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::cli::{Arguments as All, Command};
    use clap::Parser as _;

    fn protected(words: &[&str]) -> bool {
        let usual = [
            "toolcrib-service",
            "mirror",
            "--from",
            "https://accounts.example",
            "--data",
            "d",
        ];
        match All::try_parse_from(usual.iter().chain(words))
            .expect("parses")
            .command
        {
            Command::Mirror(arguments) => arguments.must_be_protected().is_ok(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn beyond_this_computer_only_behind_https() {
        assert!(protected(&[]));
        assert!(!protected(&["--listen", "0.0.0.0:8090"]));
        assert!(!protected(&[
            "--listen",
            "0.0.0.0:8090",
            "--public-url",
            "http://localhost:1"
        ]));
        assert!(protected(&[
            "--listen",
            "0.0.0.0:8090",
            "--public-url",
            "https://content.example"
        ]));
    }
}
