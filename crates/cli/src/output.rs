//! What is written, and where: what was asked for to stdout, all else to stderr.
//!
//! A reader that went away (`toolcrib list | head`) is not an error, so nothing here fails.

use serde::Serialize;
use std::io::{self, IsTerminal, Write};
use toolcrib_client::code::Code;
use toolcrib_client::view::UiError;

/// A failure, as programs read it.
#[derive(Serialize)]
struct Failure<'a> {
    error: Told<'a>,
}

#[derive(Serialize)]
struct Told<'a> {
    code: Code,
    message: &'a str,
    advice: &'a str,
}

/// How to write.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    /// JSON on stdout, for programs.
    pub(crate) json: bool,
    /// Nothing but what was asked for, and errors.
    pub(crate) quiet: bool,
    /// A line now and then in place of a bar.
    pub(crate) sparse: bool,
}

impl Output {
    /// What was asked for: `value` for programs, `text` for people.
    pub(crate) fn answer(self, value: &impl Serialize, text: impl FnOnce() -> String) {
        if self.json { self.line(value) } else { say(&text()) }
    }

    /// One JSON object on a line of its own.
    pub(crate) fn line(self, value: &impl Serialize) {
        if let Ok(text) = serde_json::to_string(value) {
            say(&text);
        }
    }

    /// A remark for people.
    pub(crate) fn note(self, text: &str) {
        if !self.quiet && !self.json {
            remark(text);
        }
    }

    /// A warning for people, also in front of JSON.
    pub(crate) fn warn(self, text: &str) {
        if !self.quiet {
            remark(&format!("warning: {text}"));
        }
    }

    /// A failure with what helps.
    pub(crate) fn failure(self, error: &UiError) {
        if self.json {
            let UiError {
                code,
                message,
                advice,
                ..
            } = error;
            let error = Told {
                code: *code,
                message,
                advice,
            };
            self.line(&Failure { error });
        }
        complain(&error.message, &error.advice);
    }

    /// Whether a bar may be drawn.
    pub(crate) fn draws_bars(self) -> bool {
        !self.json && !self.quiet && !self.sparse && io::stderr().is_terminal()
    }
}

/// What went wrong with one of several things, for people, also where nothing else is to be said; programs are told by
/// what they read.
pub(crate) fn complain(message: &str, advice: &str) {
    remark(&format!("error: {message}"));
    advice.lines().for_each(|line| remark(&format!("help: {line}")));
}

/// Writes text that is an answer by itself.
pub(crate) fn say(text: &str) {
    let mut out = io::stdout().lock();
    let _reader_left = writeln!(out, "{}", text.trim_end_matches('\n')).and_then(|()| out.flush());
}

/// Writes bytes that are an answer by themselves.
pub(crate) fn say_bytes(bytes: &[u8]) {
    let mut out = io::stdout().lock();
    let _reader_left = out.write_all(bytes).and_then(|()| out.flush());
}

fn remark(text: &str) {
    let _reader_left = writeln!(io::stderr().lock(), "{text}");
}
