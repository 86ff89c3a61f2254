//! How long the kit takes to answer: a home with a lease in a temporary folder, asked a thousand times.
//! `cargo xtask bench licence` runs it in a release build and prints what it says.
#![allow(clippy::print_stdout, reason = "a measurement's result goes to stdout")]

#[path = "../tests/desk/mod.rs"]
#[allow(dead_code, reason = "a measurement needs one kind of home only")]
mod desk;

use desk::{Desk, PRODUCT, days};
use std::time::{Duration, Instant};
use toolcrib_sdk::Toolcrib;

const ROUNDS: usize = 1_000;

fn main() {
    let desk = Desk::new().with_lease(days(1));
    let toolcrib = Toolcrib::open_at(desk.root());
    let mut times: Vec<Duration> = (0..ROUNDS).map(|_| once(&toolcrib)).collect();
    times.sort_unstable();
    let at = |share: usize| times[(ROUNDS - 1) * share / 100].as_micros();
    println!(
        r#"{{"asked":{ROUNDS},"median_us":{},"p99_us":{},"most_us":{}}}"#,
        at(50),
        at(99),
        at(100)
    );
}

fn once(toolcrib: &Toolcrib) -> Duration {
    let begun = Instant::now();
    let answer = toolcrib.may_i_run(PRODUCT);
    let took = begun.elapsed();
    assert!(answer.allowed, "{}", answer.sentence);
    took
}
