//! How the window is started.

use camino::Utf8PathBuf;
use clap::Parser;

/// The window of Toolcrib: products, installations and licences.
#[derive(Debug, Parser)]
#[command(name = "toolcrib-desktop", version)]
pub(crate) struct Arguments {
    /// The folder for all state of this client, for tests and portable use
    #[arg(long, value_name = "DIR", env = "TOOLCRIB_HOME")]
    pub(crate) home: Option<Utf8PathBuf>,
    /// The account service (remembered when somebody signs in)
    #[arg(long, value_name = "URL", env = "TOOLCRIB_SERVER")]
    pub(crate) server: Option<String>,
    /// A link of the portal, or a file that was saved there
    #[arg(value_name = "LINK")]
    pub(crate) open: Option<String>,
}

/// The command-line program beside this one: products ask it about their licence.
pub(crate) fn command_line_program() -> Option<Utf8PathBuf> {
    let own = Utf8PathBuf::from_path_buf(std::env::current_exe().ok()?).ok()?;
    let beside = own.with_file_name(format!("toolcrib{}", std::env::consts::EXE_SUFFIX));
    beside.exists().then_some(beside)
}
