//! How long a person waits for a roll back, and for a job that is given up.

use super::Options;
use super::delivery::new_folder;
use super::link::Kind;
use super::scene::Scene;
use super::volume::Volume;
use super::{table, updates};
use crate::corpus::{self, Fetched};
use crate::shell::{self, Result};
use crate::{build, say};
use camino::Utf8Path;
use serde_json::{Value, json};
use std::process::Child;
use std::time::{Duration, Instant};

/// The longest that any of it may take, in seconds (the bound of the product's own promise).
const BOUND: f64 = 2.0;
/// Where a job is given up: the row's name, the link, the part of the usual time after which.
const MOMENTS: [(&str, Kind, f64); 2] = [
    ("while it downloads", Kind::Broad, 0.5),
    ("while it writes", Kind::Plain, 0.5),
];

/// Rolls back and gives up, of each product, as often as there are rounds.
pub(super) fn measure(options: &Options) -> Result<Value> {
    if !options.built {
        build::programs(build::PROGRAMS, build::Profile::Release)?;
    }
    table::line(&format!(
        "\n{:<44} {:>8} {:>8}   bound {BOUND} s",
        "", "median s", "max s"
    ));
    let folder = build::target_folder().join("bench/updates/chunks");
    fs_err::create_dir_all(&folder)?;
    let mut report = serde_json::Map::new();
    for releases in corpus::fetch_pairs(&options.products)? {
        updates::publish(&folder, &releases, false)?;
        let product = releases[1].0.product;
        let title = format!("{product}: roll back");
        let waits = say::step(&title, || rolled_back(&folder, &releases, options.rounds))?;
        report.insert(title.clone(), row(&title, &waits));
        for (moment, kind, part) in MOMENTS {
            for keep in [true, false] {
                let how = if keep { "keep" } else { "drop" };
                let title = format!("{product}: cancel {moment}, {how}");
                let given_up = || given_up(&folder, &releases[1], kind, (part, keep), options.rounds);
                report.insert(title.clone(), row(&title, &say::step(&title, given_up)?));
            }
        }
    }
    Ok(report.into())
}

/// Each time to the other of two releases that are there.
fn rolled_back(folder: &Utf8Path, releases: &[Fetched; 2], rounds: usize) -> Result<Vec<f64>> {
    let scene = updates::scene(folder, Kind::Plain)?;
    let volume = Volume::fresh(folder, 8)?;
    let home = new_folder(&volume, "home")?;
    scene.sign_in(&home)?;
    for (wheel, _) in releases {
        shell::run(scene.install(&home, wheel.product, wheel.version, &["--no-progress", "--quiet"]))?;
    }
    let waited = |_| {
        let mut rollback = scene.toolcrib(&home, &["--quiet", "rollback", releases[1].0.product]);
        let start = Instant::now();
        let status = rollback.status()?;
        let waited = start.elapsed().as_secs_f64();
        match status.success() {
            true => Ok(waited),
            false => Err(format!("rolling back ended with {status}").into()),
        }
    };
    (0..rounds).map(waited).collect()
}

/// From the command that gives a job up until nothing of it runs any more.
fn given_up(
    folder: &Utf8Path,
    (wheel, _): &Fetched,
    kind: Kind,
    (part, keep): (f64, bool),
    rounds: usize,
) -> Result<Vec<f64>> {
    let scene = updates::scene(folder, kind)?;
    let volume = Volume::fresh(folder, 8)?;
    let begun = |name: &str| -> Result<(camino::Utf8PathBuf, Child)> {
        let home = new_folder(&volume, name)?;
        scene.sign_in(&home)?;
        let mut install = scene.install(&home, wheel.product, wheel.version, &["--no-progress", "--quiet"]);
        Ok((home, install.spawn()?))
    };
    // The first warms the caches and is slower.
    begun("warm")?.1.wait()?;
    let start = Instant::now();
    begun("whole")?.1.wait()?;
    let moment = start.elapsed().mul_f64(part);
    let waited = |round| {
        let (home, mut install) = begun(&format!("round-{round}"))?;
        std::thread::sleep(moment);
        let job = unfinished(&scene, &home)?;
        let start = Instant::now();
        let words = ["--quiet", "cancel", &job, "--keep"];
        shell::run(scene.toolcrib(&home, if keep { &words } else { &words[..3] }))?;
        install.wait()?;
        Ok(start.elapsed().as_secs_f64())
    };
    (0..rounds).map(waited).collect()
}

/// The job that runs in this home.
fn unfinished(scene: &Scene, home: &Utf8Path) -> Result<String> {
    for _ in 0..100 {
        let jobs: Value = serde_json::from_str(&shell::output(scene.toolcrib(home, &["jobs", "--json"]))?)?;
        let mut jobs = jobs.as_array().into_iter().flatten();
        let ended = ["done", "failed", "cancelled"];
        let is_open = |job: &&Value| !ended.contains(&job["state"].as_str().unwrap_or_default());
        if let Some(id) = jobs.find(is_open).and_then(|job| job["id"].as_str()) {
            return Ok(id.to_owned());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Err("the installation was over before it could be given up".into())
}

fn row(title: &str, waits: &[f64]) -> Value {
    let longest = waits.iter().copied().fold(0.0, f64::max);
    let median = table::median(waits.to_vec());
    table::line(&format!("{title:<44} {median:>8.2} {longest:>8.2}"));
    json!({ "median_s": median, "max_s": longest, "bound_s": BOUND })
}
