//! What a task says while it works: on stderr, so that stdout stays for results.
#![allow(
    clippy::print_stderr,
    reason = "talking to the person at the terminal is this module's work"
)]

use std::fmt;
use std::time::Instant;

/// Tells how long something took.
pub(crate) struct Watch(Instant);

impl Watch {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }
}

impl fmt::Display for Watch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.elapsed().as_secs_f64();
        match seconds {
            s if s < 60.0 => write!(out, "{s:.1} s"),
            s => write!(
                out,
                "{} min {:02} s",
                s.round() as u64 / 60,
                s.round() as u64 % 60
            ),
        }
    }
}

/// Announces a step and says afterwards how long it took.
pub(crate) fn step<T, E>(what: &str, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    eprintln!("\n── {what}");
    let watch = Watch::start();
    let outcome = work()?;
    eprintln!("   {what}: {watch}");
    Ok(outcome)
}

/// A line within a step.
pub(crate) fn note(text: &str) {
    eprintln!("   {text}");
}

/// The last line of a task that went well.
pub(crate) fn done(text: &str) {
    eprintln!("\n✔ {text}");
}

/// The last line of a task that did not.
pub(crate) fn failed(text: &str) {
    eprintln!("\n✘ {text}");
}
