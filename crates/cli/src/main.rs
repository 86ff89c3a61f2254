//! `toolcrib`: everything a person or an administrator can do, without a window.
//!
//! It has no rules of its own: it reads what is asked, makes one call of `toolcrib-client`, and writes the answer.
//!
//! Read [`arguments`] first, then [`commands`]; [`exit`] is the table of exit statuses that scripts rely on.
//!
//! Nothing here survives a crash: jobs, sessions and receipts are the client's.

mod arguments;
mod at;
mod commands;
mod exit;
mod file_progress;
mod follow;
mod interrupt;
mod log;
mod output;
mod progress;
mod prompt;
mod qr;
mod tables;

use arguments::{Arguments, Global};
use clap::Parser;
use clap::error::ErrorKind;
use exit::Exit;
use output::Output;
use std::process::ExitCode;
use std::time::Duration;
use toolcrib_client::code::Code;
use toolcrib_client::view::UiError;

fn main() -> ExitCode {
    if let Some(answered) = toolcrib_client::answer_if_asked() {
        return answered;
    }
    toolcrib_client::keep_small();
    match Arguments::try_parse() {
        Ok(arguments) => run(arguments).into(),
        Err(error) => refuse(&error).into(),
    }
}

fn run(arguments: Arguments) -> Exit {
    if let Some(exit) = commands::without_client(&arguments.command) {
        return exit;
    }
    let output = arguments.global.output();
    if let Err(error) = log::start(&arguments.global) {
        return fail(output, &error);
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            return fail(
                output,
                &usage(Code::Internal, format!("No threads can be started: {error}.")),
            );
        }
    };
    let outcome = runtime.block_on(commands::run(arguments));
    runtime.shutdown_timeout(Duration::from_secs(2));
    outcome.unwrap_or_else(|error| fail(output, &error))
}

fn fail(output: Output, error: &UiError) -> Exit {
    output.failure(error);
    error.code.into()
}

/// Help and version are answers; anything else was asked in the wrong way.
fn refuse(error: &clap::Error) -> Exit {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let _reader_left = error.print();
        return Exit::Done;
    }
    if std::env::args_os().any(|argument| argument == "--json") {
        let message = first_paragraph(&error.render().to_string());
        Output {
            json: true,
            quiet: false,
            sparse: true,
        }
        .failure(&usage(Code::Invalid, message));
    } else {
        let _reader_left = error.print();
    }
    Exit::Usage
}

/// What is wrong, in one line: a missing argument is named in the lines below the first.
fn first_paragraph(said: &str) -> String {
    let lines = said.lines().map(str::trim).take_while(|line| !line.is_empty());
    let whole = lines.collect::<Vec<_>>().join(" ");
    whole.trim_start_matches("error: ").to_owned()
}

fn usage(code: Code, message: String) -> UiError {
    UiError {
        code,
        message,
        advice: "See `toolcrib --help`.".to_owned(),
        retryable: false,
    }
}

impl Global {
    fn output(&self) -> Output {
        Output {
            json: self.json,
            quiet: self.quiet,
            sparse: self.no_progress,
        }
    }
}

#[cfg(test)]
mod tests;
