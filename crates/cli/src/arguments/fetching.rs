//! How fast is fetched, over which networks, and when what was fetched is installed.

use crate::at::At;
use clap::Args;
use std::str::FromStr;
use toolcrib_model::Rate;

/// How something is fetched, this once.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Fetching {
    /// Fetch at most so much a second, this once, such as `500kB` or `2MB`; `toolcrib limit` says so for good
    #[arg(long, value_name = "RATE")]
    pub(crate) limit: Option<Rate>,
    /// Fetch over a metered network without being asked, also much
    #[arg(long)]
    pub(crate) metered: bool,
}

/// When what was fetched is installed.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Later {
    /// Fetch and verify now, install then, without a network: at the next 22:00, or at a time with its date and zone.
    ///
    /// This command waits until then. Where it does not run any more, `toolcrib resume` or the window, whichever is
    /// started next, goes on: it installs at that time, or at once if that has passed.
    #[arg(long, value_name = "HH:MM|TIME")]
    pub(crate) at: Option<At>,
}

/// `limit`
#[derive(Debug, Args)]
pub(crate) struct Limit {
    /// How much may be fetched a second, such as `500kB` or `2MB`, or `off`; without it, what is set is shown
    #[arg(value_name = "RATE|off")]
    pub(crate) usual: Option<Wanted>,
    /// Another rate, or `off`, between two times of each day, such as `08:00-18:00 500kB`; they may go over midnight
    #[arg(long, num_args = 2, value_names = ["HH:MM-HH:MM", "RATE|off"], requires = "usual")]
    pub(crate) between: Option<Vec<String>>,
}

/// A rate, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wanted(pub(crate) Option<Rate>);

impl FromStr for Wanted {
    type Err = toolcrib_model::rate::BadRate;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        match raw {
            "off" => Ok(Self(None)),
            rate => rate.parse().map(|rate| Self(Some(rate))),
        }
    }
}
