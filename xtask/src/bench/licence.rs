//! How long the licence keeps a person waiting: the kit's answer in the product, and the client's part of a start.

mod kit;
mod launch;

use crate::build::Profile;
use crate::shell::Result;
use serde_json::{Value, json};
use std::time::Duration;

/// What was measured, and whether it keeps what is promised.
struct Measured {
    figures: Value,
    kept: bool,
}

/// Measures both, and fails where one takes longer than is promised.
pub(super) fn measure(built: bool, profile: Profile) -> Result<Value> {
    let (kit, launch) = (kit::measure(profile)?, launch::measure(built, profile)?);
    match kit.kept && launch.kept {
        true => Ok(json!({ "kit": kit.figures, "launch": launch.figures })),
        false => Err("the licence takes longer than is promised".into()),
    }
}

/// What many tries took, in microseconds.
#[derive(Clone, Copy, serde::Serialize)]
struct Spread {
    tries: usize,
    median_us: u128,
    p99_us: u128,
    most_us: u128,
}

impl Spread {
    fn of(mut times: Vec<Duration>) -> Result<Self> {
        times.sort_unstable();
        let last = times.len().checked_sub(1).ok_or("nothing was measured")?;
        let at = |share: usize| times[last * share / 100].as_micros();
        Ok(Self {
            tries: times.len(),
            median_us: at(50),
            p99_us: at(99),
            most_us: at(100),
        })
    }
}
