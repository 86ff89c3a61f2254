//! Readiness of many computers: a real service, simulated computers, and how the board keeps up.
#![allow(clippy::print_stdout, reason = "a measurement's result goes to stdout")]

use crate::build::{self, Profile};
use crate::say;
use crate::shell::{self, Result, cargo, command};
use crate::stage::Service;
use camino::Utf8PathBuf;
use serde_json::Value;

/// Sends the reports and measures; everything happens in a folder of its own.
pub(super) fn measure(built: bool, profile: Profile) -> Result<Value> {
    if !built {
        say::step("build the service and the simulated computers", || build(profile))?;
    }
    let held = tempfile::tempdir()?;
    let folder = Utf8PathBuf::try_from(held.path().to_owned())?;
    let service = Service::with_samples(&folder, "127.0.0.1:0", profile)?;
    let person = service.person()?;
    let program = build::program("examples/fleet", profile);
    let words = [
        "--url",
        service.url(),
        "--user",
        &person.user_id,
        "--password",
        &person.password,
    ];
    let said = shell::output(command(program.as_str(), &words))?;
    let report: Value = serde_json::from_str(&said)?;
    println!("{}", serde_json::to_string_pretty(&report)?);
    Ok(report)
}

fn build(profile: Profile) -> Result<()> {
    build::programs(
        &["toolcrib-service", "toolcrib-publish", "sample-studio"],
        profile,
    )?;
    let mut words = vec![
        "build",
        "--locked",
        "--package",
        "toolcrib-service",
        "--example",
        "fleet",
    ];
    if profile == Profile::Release {
        words.push("--release");
    }
    shell::run(cargo(&words))
}
