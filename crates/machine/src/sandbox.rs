//! Running a program of somebody else shut in: it may write into one folder and a scratch folder, reads little else,
//! reaches no network and no other process, and ends with all that it started.
//!
//! Where the system cannot promise all of that, nothing is run.

#[cfg(target_os = "linux")]
#[path = "sandbox/linux.rs"]
mod system;
#[cfg(not(target_os = "linux"))]
#[path = "sandbox/elsewhere.rs"]
mod system;

use crate::Result;
use crate::process::Output;
use camino::Utf8Path;
use std::time::Duration;

/// What a program is shut in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cage<'a> {
    /// The folder that it works in and may write into, absolute.
    pub folder: &'a Utf8Path,
    /// A folder for what it does not need afterwards, absolute: its home and its place for temporary files.
    pub scratch: &'a Utf8Path,
    /// How long it may take.
    pub limit: Duration,
}

/// Why nothing can be shut in on this computer, in words; `None` where it can.
pub fn obstacle() -> Option<&'static str> {
    system::obstacle()
}

/// Runs a program without input, shut in, until it ends; after the limit ends it and all that it started.
///
/// Keeps at most 1 MiB of what it says.
///
/// # Errors
/// [`crate::Error::Start`] where it cannot be shut in or started; [`crate::Error::TimedOut`].
pub fn run(program: &Utf8Path, arguments: &[String], cage: &Cage<'_>) -> Result<Output> {
    system::run(program, arguments, cage)
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
