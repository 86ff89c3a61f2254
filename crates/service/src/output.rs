//! What the commands say: data to standard output, all else to standard error.

use crate::error::Error;
use std::io::Write as _;

/// One line of data.
///
/// # Errors
/// [`Error::Output`] where nobody reads it any more.
pub fn data(line: &str) -> Result<(), Error> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")
        .and_then(|()| out.flush())
        .map_err(|source| Error::Output { source })
}

/// One line for people. That nobody reads it is no reason to stop.
pub fn note(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// An error with its causes, for people.
pub fn error(error: &Error) {
    note(&format!("error: {}", crate::http::problem::with_causes(error)));
}
