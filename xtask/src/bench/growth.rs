//! How the costs of an installation grow with the number of its files.

use super::delivery::{Bench, new_folder};
use super::link::Kind;
use super::packages::Package;
use super::table;
use super::volume::Volume;
use crate::say;
use crate::shell::{Result, command};
use serde_json::json;

/// Numbers of small files.
const COUNTS: [u64; 6] = [1_000, 6_000, 12_500, 25_000, 50_000, 100_000];

/// Installs each tree in turn, and copies it: what the file system itself takes.
pub(super) fn measure(bench: &Bench) -> Result<serde_json::Value> {
    let mut packages = Vec::new();
    for count in COUNTS {
        packages.push(Package::of_small_files(&bench.work, &bench.vendor, count)?);
    }
    let scene = bench.scene(Kind::Plain)?;
    let mut rows: Vec<Vec<[f64; 4]>> = vec![Vec::new(); packages.len()];
    say::step("growth: small files", || -> Result<()> {
        for round in 0..=bench.rounds {
            for (place, package) in packages.iter().enumerate() {
                let volume = Volume::fresh(&bench.work, 4)?;
                let ours = bench.ours(&scene, package, &new_folder(&volume, "ours")?, &volume)?;
                let copied = volume.folder().join("copy");
                let copy = super::measure::cost(
                    command("cp", &["-r", package.tree.as_str(), copied.as_str()]),
                    &volume,
                )?;
                if round > 0 {
                    let files = package.files as f64;
                    rows[place].push(
                        [ours.wall, ours.cpu, copy.cpu, ours.peak_bytes as f64].map(|figure| figure / files),
                    );
                }
            }
        }
        Ok(())
    })?;
    table::line("\nfiles      wall µs a file   CPU µs a file   beyond cp -r   peak MiB");
    let mut report = Vec::new();
    for (package, rounds) in packages.iter().zip(&rows) {
        let median = |place: usize| table::median(rounds.iter().map(|round| round[place]).collect());
        let [wall, cpu, copy, peak] = [0, 1, 2, 3].map(median);
        table::line(&format!(
            "{:<10} {:>14.1} {:>15.1} {:>14.1} {:>10.0}",
            package.files,
            wall * 1e6,
            cpu * 1e6,
            (cpu - copy) * 1e6,
            peak * package.files as f64 / f64::from(1 << 20)
        ));
        report.push(json!({ "files": package.files, "wall_s": wall, "cpu_s": cpu, "copy_cpu_s": copy }));
    }
    Ok(report.into())
}
