//! How long a product waits for the kit's answer.
#![allow(clippy::print_stdout, reason = "a measurement's result goes to stdout")]

use crate::shell::{Result, cargo, output};
use serde_json::Value;

/// The most that the kit may take, in microseconds.
const PROMISE_US: u64 = 5_000;

/// Asks the kit a thousand times in a release build.
pub(super) fn measure() -> Result<Value> {
    let said = output(cargo(&[
        "run",
        "--quiet",
        "--release",
        "--package",
        "toolcrib-sdk",
        "--example",
        "ask_often",
    ]))?;
    let figures: Value = serde_json::from_str(said.trim())?;
    let micros = |name: &str| figures[name].as_u64().unwrap_or(u64::MAX);
    println!(
        "The kit's answer: median {} µs, 99 of 100 within {} µs, the longest {} µs (promised: {PROMISE_US} µs)",
        micros("median_us"),
        micros("p99_us"),
        micros("most_us")
    );
    if micros("p99_us") > PROMISE_US {
        return Err("the kit takes longer than it promises".into());
    }
    Ok(figures)
}
