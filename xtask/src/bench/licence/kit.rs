//! How long a product waits for the kit's answer.
#![allow(clippy::print_stdout, reason = "a measurement's result goes to stdout")]

use super::Measured;
use crate::build::Profile;
use crate::shell::{Result, cargo, output};
use serde_json::Value;

/// The most that the kit may take, in microseconds.
const PROMISE_US: u64 = 5_000;

/// Asks the kit a thousand times.
pub(super) fn measure(profile: Profile) -> Result<Measured> {
    let mut words = vec!["run", "--quiet"];
    if profile == Profile::Release {
        words.push("--release");
    }
    words.extend(["--package", "toolcrib-sdk", "--example", "ask_often"]);
    let said = output(cargo(&words))?;
    let figures: Value = serde_json::from_str(said.trim())?;
    let micros = |name: &str| figures[name].as_u64().unwrap_or(u64::MAX);
    println!(
        "The kit's answer: median {} µs, 99 of 100 within {} µs, the longest {} µs (promised: {PROMISE_US} µs)",
        micros("median_us"),
        micros("p99_us"),
        micros("most_us")
    );
    let kept = micros("p99_us") <= PROMISE_US;
    Ok(Measured { figures, kept })
}
