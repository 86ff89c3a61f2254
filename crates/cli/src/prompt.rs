//! Asking the person at the terminal.

use crate::output::Output;
use std::io::{self, BufRead, IsTerminal, Read, Write};
use toolcrib_client::code::Code;
use toolcrib_client::view::{TextView, UiError};

/// The longest password that is read from a pipe, in bytes.
const PASSWORD_LIMIT: u64 = 4096;

/// The password: from a pipe if it was announced, else typed without being shown.
pub(crate) fn password(from_stdin: bool) -> Result<String, UiError> {
    if from_stdin {
        return first_line().map_err(|error| {
            invalid(
                format!("The password could not be read: {error}."),
                "--password-stdin",
            )
        });
    }
    if !io::stdin().is_terminal() {
        return Err(invalid(
            "There is no terminal to ask for the password.".to_owned(),
            "--password-stdin",
        ));
    }
    rpassword::prompt_password("Password: ").map_err(|error| {
        invalid(
            format!("The password could not be read: {error}."),
            "--password-stdin",
        )
    })
}

/// A link that comes through a pipe, where other programs do not see it.
pub(crate) fn link() -> Result<String, UiError> {
    first_line().map_err(|error| invalid(format!("The link could not be read: {error}."), "a pipe"))
}

fn first_line() -> io::Result<String> {
    let mut line = String::new();
    io::stdin().lock().take(PASSWORD_LIMIT).read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Whether the person accepts `texts`: shows them and asks, if there is somebody to ask.
pub(crate) fn accepts(output: Output, texts: &[TextView]) -> Result<bool, UiError> {
    if !somebody_sits_here(output) {
        return Ok(false);
    }
    for text in texts {
        output.note(&format!(
            "\n{} (version {})\n\n{}\n",
            text.title,
            text.version,
            text.body.trim()
        ));
    }
    yes("Do you accept this? Type `yes` to go on: ")
}

/// Whether somebody sits at this terminal who can be asked.
pub(crate) fn somebody_sits_here(output: Output) -> bool {
    !output.json && io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Whether the person says yes.
pub(crate) fn yes(question: &str) -> Result<bool, UiError> {
    Ok(matches!(line(question)?.to_lowercase().as_str(), "yes" | "y"))
}

/// What the person types.
pub(crate) fn line(question: &str) -> Result<String, UiError> {
    let mut err = io::stderr().lock();
    let _terminal_left = write!(err, "{question}").and_then(|()| err.flush());
    let mut answer = String::new();
    let read = io::stdin().lock().take(PASSWORD_LIMIT).read_line(&mut answer);
    read.map_err(|error| invalid(format!("The answer could not be read: {error}."), "a terminal"))?;
    Ok(answer.trim().to_owned())
}

fn invalid(message: String, flag: &str) -> UiError {
    UiError {
        code: Code::Invalid,
        message,
        advice: format!("Use {flag}."),
        retryable: false,
    }
}
