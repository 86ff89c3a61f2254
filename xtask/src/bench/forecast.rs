//! How right the remaining time is that an installation shows, over a link that takes long enough to look at it.

use super::delivery::{Bench, new_folder};
use super::link::Kind;
use super::packages::Package;
use super::table;
use super::volume::Volume;
use crate::say;
use crate::shell::Result;
use serde_json::json;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use std::time::Instant;

/// Installs once over a narrow link, and compares each remaining time that was shown with the time that really was left.
pub(super) fn measure(bench: &Bench, packages: &[Package]) -> Result<serde_json::Value> {
    let package = packages.first().ok_or("there is no package to look at")?;
    let scene = bench.scene(Kind::Narrow)?;
    let volume = Volume::fresh(&bench.work, 4)?;
    let folder = new_folder(&volume, "watched")?;
    scene.sign_in(&folder)?;
    let (shown, took) = say::step("remaining time", || -> Result<_> {
        let mut install = scene.install(&folder, &package.product, &package.version, &["--json"]);
        let start = Instant::now();
        let mut process = install.stdout(Stdio::piped()).spawn()?;
        let mut shown = Vec::new();
        let stdout = process.stdout.take().ok_or("the installation has no output")?;
        for line in BufReader::new(stdout).lines() {
            let line: serde_json::Value = serde_json::from_str(&line?)?;
            let remaining = line.pointer("/job/progress/remaining_s");
            if let Some(remaining) = remaining {
                shown.push((start.elapsed().as_secs_f64(), remaining.as_f64()));
            }
        }
        process.wait()?;
        Ok((shown, start.elapsed().as_secs_f64()))
    })?;
    let late = shown
        .iter()
        .filter(|(at, _)| *at > took / 10.0 && *at < took - 1.0);
    let errors: Vec<f64> = late
        .map(|(at, shown)| {
            let left = took - at;
            shown.map_or(1.0, |shown| (shown - left).abs() / left)
        })
        .collect();
    let count = errors.len();
    let error = table::median(errors);
    table::line(&format!(
        "\nremaining time, {} over {}: median error {:.0} % of {count} figures after the first tenth of {took:.1} s",
        package.name(),
        Kind::Narrow.name(),
        error * 100.0
    ));
    Ok(json!({ "median_error": error, "figures": count, "took_s": took, "shown": shown }))
}
