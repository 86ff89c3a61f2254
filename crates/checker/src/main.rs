//! `toolcrib-check`: whether this computer is ready, by the signed rules of a check of many computers. One file, no
//! installation, no administrator's rights.
//!
//! It knows no account, installs nothing and changes nothing on the computer but the files that it is told to write and a key of its
//! own. It sends nothing anywhere unless it is asked to, and then only to the address that is signed with the rules.
//!
//! Read [`run`] first: rules, facts, verdict, report, in this order. [`verify`] is for whoever gets a report or a sign-off.
//!
//! What survives a crash: the key, and a report that was written whole; nothing is announced before it is on the disk.

mod arguments;
mod bundle;
mod error;
mod identity;
mod measure;
mod report;
mod run;
mod send;
mod show;
mod verify;

use arguments::{Arguments, Command};
use clap::Parser;
use error::Error;
use std::io::Write as _;
use std::process::ExitCode;
use toolcrib_model::Verdict;

/// Nothing was judged.
const NOT_RUN: u8 = 30;
/// What was to be verified is not as it was signed.
const NOT_VERIFIED: u8 = 1;

fn main() -> ExitCode {
    if let Some(answered) = toolcrib_machine::facts::answer_if_asked() {
        return answered;
    }
    let arguments = Arguments::parse();
    match arguments.command {
        Some(Command::Verify(asked)) => told(verify::verify(&asked), NOT_VERIFIED),
        Some(Command::Show(asked)) => told(show::show(&asked), NOT_RUN),
        None => match run::run(&arguments.run) {
            Ok(verdict) => ExitCode::from(status(verdict)),
            Err(error) => refused(&error, NOT_RUN),
        },
    }
}

const fn status(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Pass => 0,
        Verdict::Warn => 10,
        Verdict::Fail => 20,
    }
}

fn told(said: Result<String, Error>, otherwise: u8) -> ExitCode {
    match said {
        Ok(text) => {
            say(&text);
            ExitCode::SUCCESS
        }
        Err(error) => refused(&error, otherwise),
    }
}

fn refused(error: &Error, status: u8) -> ExitCode {
    remark(&format!("error: {}\nhelp: {}", error.in_full(), error.advice()));
    ExitCode::from(status)
}

/// What was asked for. A reader that went away is no error.
fn say(text: &str) {
    let _reader_left = writeln!(std::io::stdout(), "{text}");
}

/// All else.
fn remark(text: &str) {
    let _reader_left = writeln!(std::io::stderr(), "{text}");
}
