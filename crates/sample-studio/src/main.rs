//! Sample Studio: a small drawing program that shows what a licensed product does.
//!
//! It asks Toolcrib's kit whether it may run and shows the answer with its dates; it draws plans from templates in the
//! terminal or as SVG. It is also its own packager: `sample-studio package` lays out the folder that a vendor publishes.
//!
//! Read [`face`] for what a person sees, [`plan`] for what the program is good for, [`package`] for what is published.
//!
//! It keeps nothing, so nothing needs to survive a crash.

mod about;
mod drawing;
mod face;
mod language;
mod package;
mod plan;
mod release;
mod svg;

use camino::Utf8PathBuf;
use clap::{Parser, Subcommand};
use face::{Face, Opened};
use release::Edition;
use std::fmt;
use std::process::ExitCode;
use thiserror::Error;

/// A small drawing program that asks whether it may run.
#[derive(Parser)]
#[command(name = "sample-studio", disable_version_flag = true)]
struct Cli {
    /// The language of the program, if its pack is installed: `de`.
    #[arg(long, global = true, value_name = "TAG")]
    language: Option<String>,
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
        /// Draws into an SVG file instead of the terminal.
        #[arg(long, value_name = "FILE", requires = "template")]
        svg: Option<Utf8PathBuf>,
    },
    /// Shows the product's information: version, licence, dates.
    About,
    /// Lays out a release of this program as a vendor publishes it: files and a product file.
    Package {
        /// As which product it is published.
        #[arg(long, value_enum, default_value_t)]
        edition: Edition,
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
    /// The licence does not allow it.
    #[error("{0}")]
    Refused(Refusal),
    /// A template is not there or not well formed.
    #[error(transparent)]
    Plan(#[from] plan::Error),
    /// The language is not installed.
    #[error(transparent)]
    Language(#[from] language::NotInstalled),
    /// A drawing could not be written.
    #[error("the drawing could not be written to `{path}`: {source}")]
    Write {
        path: Utf8PathBuf,
        source: std::io::Error,
    },
    /// The release could not be laid out.
    #[error(transparent)]
    Package(#[from] package::Error),
}

/// Why the licence does not allow it, until when it would, and what helps.
#[derive(Debug)]
struct Refusal(String);

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// The exit status where the licence refuses, as in Toolcrib's own programs; also where it lets things be looked at only.
const REFUSED: u8 = 5;

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(Opened::Fully) => ExitCode::SUCCESS,
        Ok(Opened::ReadOnly) => ExitCode::from(REFUSED),
        Err(error) => {
            face::failed(&error);
            match error {
                Error::Refused(_) => ExitCode::from(REFUSED),
                Error::Plan(_) | Error::Language(_) | Error::Write { .. } | Error::Package(_) => {
                    ExitCode::FAILURE
                }
            }
        }
    }
}

fn run(cli: Cli) -> Result<Opened, Error> {
    let face = || Face::new(cli.language.as_deref());
    match cli.act.unwrap_or(Act::Open) {
        Act::Open => face()?.open(),
        Act::Draw {
            template: Some(template),
            svg,
        } => face()?.draw(&template, svg.as_deref()),
        Act::Draw { template: None, .. } => face()?.templates(),
        Act::About => {
            face()?.about();
            Ok(Opened::Fully)
        }
        Act::Package { edition, version, to } => {
            Ok(package::lay_out(edition, &version, &to).map(|()| Opened::Fully)?)
        }
    }
}
