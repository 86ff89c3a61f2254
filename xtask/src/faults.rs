//! `cargo xtask faults`: downloads from a bad origin, and kills, with their figures.

use crate::say;
use crate::shell::{self, Result, cargo};

pub(crate) fn run() -> Result<()> {
    say::step("the programs", || {
        shell::run(cargo(&["build", "--locked", "--package", "toolcrib-cli"]))
    })?;
    say::step(
        "every behaviour of a bad origin, and twenty kills of a gigabyte",
        || {
            let words = [
                "test",
                "--locked",
                "--package",
                "toolcrib-tests",
                "--test",
                "faults",
            ];
            let more = ["--", "--include-ignored", "--nocapture"];
            shell::run(cargo(&[&words[..], &more[..]].concat()))
        },
    )
}
