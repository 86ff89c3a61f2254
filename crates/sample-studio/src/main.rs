//! Sample Studio: a small drawing program that shows what a licensed product does.
//!
//! It asks Toolcrib's kit whether it may run and shows the answer with its dates; it draws plans from templates in the
//! terminal. It is also its own packager: `sample-studio package` lays out the folder that a vendor publishes.
//!
//! Read [`face`] for what a person sees, [`drawing`] for what the program is good for, [`package`] for what is published.
//!
//! It keeps nothing, so nothing needs to survive a crash.

mod drawing;
mod face;
mod package;
mod release;

use camino::Utf8PathBuf;
use clap::{Parser, Subcommand};
use std::process::ExitCode;
use thiserror::Error;

/// A small drawing program that asks whether it may run.
#[derive(Parser)]
#[command(name = "sample-studio", disable_version_flag = true)]
struct Cli {
    #[command(subcommand)]
    act: Option<Act>,
}

#[derive(Subcommand)]
enum Act {
    /// Starts the studio: asks for the licence and shows a drawing.
    Open,
    /// Draws one template, if the licence allows it.
    Draw {
        /// The template's name; without one, the names are listed.
        template: Option<String>,
    },
    /// Shows the product's information: version, licence, dates.
    About,
    /// Lays out a release of this program as a vendor publishes it: files and a product file.
    Package {
        /// The version that the release shall have.
        #[arg(long)]
        version: String,
        /// The folder to lay it out in; it must not hold a release yet.
        #[arg(long)]
        to: Utf8PathBuf,
    },
}

/// What went wrong, in words for the person at the terminal.
#[derive(Debug, Error)]
enum Error {
    /// The licence does not allow it; the sentence says why and until when it would.
    #[error("{0}")]
    Refused(String),
    /// A template is not there or not well formed.
    #[error(transparent)]
    Drawing(#[from] drawing::Error),
    /// The release could not be laid out.
    #[error(transparent)]
    Package(#[from] package::Error),
}

/// The exit status where the licence refuses, as in Toolcrib's own programs.
const REFUSED: u8 = 5;

fn main() -> ExitCode {
    match run(Cli::parse().act.unwrap_or(Act::Open)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Error::Refused(sentence)) => {
            face::refused(&sentence);
            ExitCode::from(REFUSED)
        }
        Err(error) => {
            face::failed(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(act: Act) -> Result<(), Error> {
    match act {
        Act::Open => face::open(),
        Act::Draw { template } => face::draw(template.as_deref()),
        Act::About => {
            face::about();
            Ok(())
        }
        Act::Package { version, to } => Ok(package::lay_out(&version, &to)?),
    }
}
