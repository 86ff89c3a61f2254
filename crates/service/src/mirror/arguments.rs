//! `mirror …`.

use crate::cli::{Folder, Listening};
use clap::Args;
use toolcrib_model::{ByteSize, Rate};
use toolcrib_net::SafeUrl;

/// `mirror`.
#[derive(Clone, Debug, Args)]
// Beside an account service on one computer.
#[command(mut_arg("listen", |listen| listen.default_value("127.0.0.1:8090")))]
pub struct Arguments {
    /// The account service whose content is held, such as `https://accounts.example`
    #[arg(long, env = "TOOLCRIB_SERVICE_FROM", value_name = "URL", value_parser = SafeUrl::parse)]
    pub from: SafeUrl,
    /// Where it keeps what is held.
    #[command(flatten)]
    pub folder: Folder,
    /// How it is reached.
    #[command(flatten)]
    pub listening: Listening,
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

#[cfg(test)]
mod tests {
    use crate::cli::{Arguments as All, Command, Listening};
    use clap::Parser as _;

    fn listening(words: &[&str]) -> Listening {
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
            Command::Mirror(arguments) => arguments.listening,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn it_listens_beside_an_account_service_unless_told_otherwise() {
        assert_eq!(listening(&[]).listen.to_string(), "127.0.0.1:8090");
        assert_eq!(listening(&["--listen", "[::1]:1"]).listen.to_string(), "[::1]:1");
    }

    #[test]
    fn beyond_this_computer_only_behind_https() {
        let refused = |words: &[&str]| listening(words).must_be_protected().is_err();
        let open = ["--listen", "0.0.0.0:8090", "--public-url"];
        assert!(!refused(&[]));
        assert!(refused(&open[..2]));
        assert!(refused(&[open[0], open[1], open[2], "http://localhost:1"]));
        assert!(!refused(&[
            open[0],
            open[1],
            open[2],
            "https://content.example/held"
        ]));
    }
}
