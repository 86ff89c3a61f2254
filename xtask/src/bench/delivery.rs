//! The whole job — download, verify, install — beside pipelines of public tools, over several links; and what crashes
//! cost.

use super::link::{Kind, Link};
use super::measure::{Cost, cost};
use super::packages::Package;
use super::peers;
use super::scene::Scene;
use super::table::{self, Limits, Row};
use super::turns::{Candidate, in_turns};
use super::volume::Volume;
use super::{Options, forecast, growth, is_wanted};
use crate::build::{self, Profile};
use crate::shell::Result;
use crate::stage::Vendor;
use crate::{corpus, say, setup};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::json;
use std::process::Command;
use std::time::Duration;

/// How many times the install is killed, and so how many moments it is killed at.
const KILLS: u32 = 10;
/// What we are called in tables.
const OURS: &str = "toolcrib install";

/// What everything is measured with.
pub(super) struct Bench {
    pub(super) work: Utf8PathBuf,
    pub(super) vendor: Vendor,
    pub(super) rounds: usize,
    peers: Vec<String>,
}

pub(super) fn compare(options: &Options) -> Result<serde_json::Value> {
    let (bench, packages) = say::step("preparing: programs, packages, peers' archives", || {
        prepare(options)
    })?;
    let mut report = serde_json::Map::new();
    for &kind in &options.links {
        for package in &packages {
            let figures = bench.compare_over(kind, package)?;
            report.insert(format!("{} over {}", package.name(), kind.name()), figures);
        }
    }
    if options.kills {
        report.insert("kills".to_owned(), bench.kill_ten_times(&packages)?);
    }
    if options.growth {
        report.insert("growth".to_owned(), growth::measure(&bench)?);
    }
    if options.remaining {
        report.insert("remaining time".to_owned(), forecast::measure(&bench, &packages)?);
    }
    Ok(report.into())
}

/// Programs, packages, and the archives of the peers.
pub(super) fn prepare(options: &Options) -> Result<(Bench, Vec<Package>)> {
    setup::system_packages(setup::PEERS)?;
    if !options.built {
        build::programs(build::PROGRAMS, Profile::Release)?;
    }
    let work = build::target_folder().join("bench");
    fs_err::create_dir_all(work.join("trees"))?;
    let vendor = Vendor::new(&work, Profile::Release);
    vendor.ready()?;
    let bench = Bench {
        work,
        vendor,
        rounds: options.rounds,
        peers: options.peers.clone(),
    };
    let mut packages = Vec::new();
    for (wheel, file) in corpus::fetch(&options.products)? {
        packages.push(Package::of_wheel(&bench.work, &bench.vendor, wheel, &file)?);
    }
    if options.big {
        packages.push(Package::of_large_files(&bench.work, &bench.vendor, 8)?);
    }
    Ok((bench, packages))
}

impl Bench {
    pub(super) fn scene(&self, kind: Kind) -> Result<Scene> {
        Scene::start(&self.work, &self.vendor, Link::up(kind)?)
    }

    fn compare_over(&self, kind: Kind, package: &Package) -> Result<serde_json::Value> {
        let scene = self.scene(kind)?;
        let title = format!("{} over {}", package.name(), kind.name());
        let rows = say::step(&title, || self.measure(&scene, package))?;
        let volume = Volume::fresh(&self.work, 1)?;
        let folder = new_folder(&volume, "listing")?;
        scene.sign_in(&folder)?;
        let package_bytes = scene.package_bytes(&folder, &package.product, &package.version)?;
        table::print(&title, &rows, package.tree_bytes);
        table::line(&format!(
            "{} files; package {:.1} MB, {:.3} × tar.zst",
            package.files,
            package_bytes as f64 / 1e6,
            package_bytes as f64 / package.tar_bytes as f64
        ));
        let limits = Limits::of(&rows, OURS, kind.bits_per_s(), package_bytes);
        table::limits(&limits);
        Ok(
            json!({ "rows": rows, "package_bytes": package_bytes, "tar_bytes": package.tar_bytes, "limits": limits }),
        )
    }

    /// The peers and us, in turns.
    fn measure(&self, scene: &Scene, package: &Package) -> Result<Vec<Row>> {
        let mut peers = peers::all(package, &scene.origin.files());
        peers.retain(|peer| is_wanted(&self.peers, peer.name));
        let theirs = peers.iter().map(|peer| {
            Candidate::new(peer.name, move |folder: &Utf8Path| {
                Ok(scene.link.at_client(peer.command(folder)))
            })
        });
        let ours = Candidate::new(OURS, |folder: &Utf8Path| ours(scene, package, folder));
        let mut candidates: Vec<_> = theirs.chain([ours]).collect();
        let gigabytes = 2 + package.tree_bytes * (candidates.len() as u64 + 2) * 2 / (1 << 30);
        in_turns(&self.work, gigabytes, self.rounds, &mut candidates)
    }

    pub(super) fn ours(
        &self,
        scene: &Scene,
        package: &Package,
        folder: &Utf8Path,
        volume: &Volume,
    ) -> Result<Cost> {
        well(OURS, cost(ours(scene, package, folder)?, volume)?)
    }

    /// Kills the install at moments spread over the time that it takes, each time in the same folder.
    fn kill_ten_times(&self, packages: &[Package]) -> Result<serde_json::Value> {
        let package = packages.first().ok_or("there is no package to be killed with")?;
        let scene = self.scene(Kind::Broad)?;
        let volume = Volume::fresh(&self.work, 4)?;
        let whole = new_folder(&volume, "whole")?;
        let usual = self.ours(&scene, package, &whole, &volume)?.wall;
        let folder = new_folder(&volume, "killed")?;
        scene.sign_in(&folder)?;
        let package_bytes = scene.package_bytes(&folder, &package.product, &package.version)?;
        let install = || {
            scene.install(
                &folder,
                &package.product,
                &package.version,
                &["--no-progress", "--quiet"],
            )
        };
        let before = scene.link.received_bytes()?;
        for _ in 0..KILLS {
            let mut process = install().spawn()?;
            std::thread::sleep(Duration::from_secs_f64(usual * 0.15));
            process.kill()?;
            process.wait()?;
        }
        well(OURS, cost(install(), &volume)?)?;
        let fetched = scene.link.received_bytes()? - before;
        table::line(&format!(
            "\nkilled {KILLS} times: {fetched} bytes came over the wire for a package of {package_bytes} ({:+.1} %, headers and all)",
            (fetched as f64 / package_bytes as f64 - 1.0) * 100.0
        ));
        Ok(json!({ "fetched": fetched, "package": package_bytes }))
    }
}

/// Our command, for somebody who is signed in then.
fn ours(scene: &Scene, package: &Package, folder: &Utf8Path) -> Result<Command> {
    scene.sign_in(folder)?;
    let quiet = ["--no-progress", "--quiet"];
    Ok(scene.install(folder, &package.product, &package.version, &quiet))
}

pub(super) fn new_folder(volume: &Volume, name: &str) -> Result<Utf8PathBuf> {
    let folder = volume.folder().join(name);
    fs_err::create_dir_all(&folder)?;
    Ok(folder)
}

fn well(name: &str, cost: Cost) -> Result<Cost> {
    match cost.status {
        Some(0) => Ok(cost),
        status => Err(format!("{name} ended with {status:?}").into()),
    }
}
