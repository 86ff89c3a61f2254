//! The stages of the job, each alone beside the tools that do just that: downloading one file over a link, unpacking what
//! lies on the disk, verifying what is installed; and what a damaged mebibyte costs.

use super::delivery::{Bench, new_folder, prepare};
use super::link::Kind;
use super::measure::cost;
use super::packages::Package;
use super::peers::Peer;
use super::scene::Scene;
use super::table::{self, Row};
use super::turns::{Candidate, in_turns};
use super::volume::Volume;
use super::{Options, is_wanted};
use crate::say;
use crate::shell::{self, Result};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::process::{Command, Stdio};

/// What is damaged in one go, in bytes.
const DAMAGE: usize = 1 << 20;
const QUIET: [&str; 2] = ["--no-progress", "--quiet"];

/// Every stage of every product.
pub(super) fn compare(options: &Options) -> Result<Value> {
    let (bench, packages) = say::step("preparing: programs, packages, peers' archives", || {
        prepare(options)
    })?;
    let stages = Stages {
        bench: &bench,
        peers: &options.peers,
    };
    let mut report = serde_json::Map::new();
    for package in &packages {
        for &kind in options.links.iter().filter(|kind| kind.bits_per_s().is_some()) {
            let title = format!("{}: downloading alone over {}", package.name(), kind.name());
            report.insert(title.clone(), stages.download(&title, kind, package)?);
        }
        let title = format!("{}: unpacking alone", package.name());
        report.insert(title.clone(), stages.unpack(&title, package)?);
        let title = format!("{}: verifying alone", package.name());
        report.insert(title.clone(), stages.verify(&title, package)?);
    }
    Ok(report.into())
}

struct Stages<'a> {
    bench: &'a Bench,
    peers: &'a [String],
}

impl Stages<'_> {
    /// The peers' archive, by everybody.
    fn download(&self, title: &str, kind: Kind, package: &Package) -> Result<Value> {
        let scene = self.bench.scene(kind)?;
        let url = format!("{}/{}.zip", scene.origin.files(), package.name());
        let aria = |connections| {
            let at_once = format!("-x{connections} -s{connections}");
            format!("aria2c -q {at_once} -k1M --file-allocation=none -o peer.zip {url}")
        };
        let peers = [
            peer("aria2c -x8", aria(8)),
            peer("aria2c -x16", aria(16)),
            peer("curl", format!("curl -sS -o peer.zip {url}")),
        ];
        let size = package.zip_bytes.to_string();
        let mut candidates =
            self.candidates(&peers, |peer, folder| scene.link.at_client(peer.command(folder)));
        candidates.push(Candidate::new(
            "toolcrib fetch (verified)",
            |folder: &Utf8Path| {
                let to = folder.join("ours.zip");
                let wanted = [
                    "--to",
                    to.as_str(),
                    "--size",
                    size.as_str(),
                    "--sha256",
                    package.zip_digest.as_str(),
                ];
                Ok(scene.toolcrib(folder, &[&["fetch", url.as_str()][..], &wanted, &QUIET].concat()))
            },
        ));
        let rows = self.rounds(title, package.zip_bytes, &mut candidates)?;
        table::print(title, &rows, package.zip_bytes);
        let wire = kind
            .bits_per_s()
            .map(|bits| package.zip_bytes as f64 * 8.0 * 1500.0 / 1448.0 / bits);
        if let (Some(wire), Some(ours)) = (wire, rows.last()) {
            let took = ours.median(|cost| cost.wall);
            table::line(&format!("wire {wire:.2} s; ours {:.2} × it", took / wire));
        }
        Ok(json!({ "rows": rows, "wire_s": wire }))
    }

    /// From files on this disk to the tree; ours verifies all and ends with a flush.
    fn unpack(&self, title: &str, package: &Package) -> Result<Value> {
        let scene = self.bench.scene(Kind::Plain)?;
        let volume = Volume::fresh(
            &self.bench.work.join("parts"),
            2 + 2 * package.tree_bytes / (1 << 30),
        )?;
        let parts = downloaded(&scene, package, &volume)?;
        let archive = |ending: &str| self.bench.work.join(format!("{}.{ending}", package.name()));
        let (zip, tar) = (archive("zip"), archive("tar.zst"));
        let peers = [
            peer("unzip", format!("unzip -q {zip} -d tree")),
            peer("bsdtar", format!("mkdir tree && bsdtar -x -C tree -f {zip}")),
            peer(
                "tar --zstd",
                format!("mkdir tree && tar --zstd -x -C tree -f {tar}"),
            ),
            peer("cp -r of the tree", format!("cp -r {} tree", package.tree)),
        ];
        let mut candidates = self.candidates(&peers, Peer::command);
        candidates.push(Candidate::new("toolcrib install --from", |folder: &Utf8Path| {
            scene.sign_in(folder)?;
            let from = [&["--from", parts.as_str()][..], &QUIET].concat();
            Ok(scene.install(folder, &package.product, &package.version, &from))
        }));
        let rows = self.rounds(title, package.tree_bytes, &mut candidates)?;
        table::print(title, &rows, package.tree_bytes);
        Ok(json!({ "rows": rows }))
    }

    /// What is installed, against one thread of openssl over the same tree; then what mending one mebibyte fetches.
    fn verify(&self, title: &str, package: &Package) -> Result<Value> {
        let scene = self.bench.scene(Kind::Gigabit)?;
        let place = self.bench.work.join("installed");
        let volume = Volume::fresh(&place, 2 + 3 * package.tree_bytes / (1 << 30))?;
        let home = new_folder(&volume, "home")?;
        scene.sign_in(&home)?;
        shell::run(scene.install(&home, &package.product, &package.version, &QUIET))?;
        let every = format!(
            "find {} -type f -print0 | xargs -0 openssl dgst -sha256 > found",
            package.tree
        );
        let peers = [peer("openssl dgst -sha256", every)];
        let mut candidates = self.candidates(&peers, Peer::command);
        candidates.push(Candidate::new("toolcrib repair --check-only", |_: &Utf8Path| {
            let check = ["repair", package.product.as_str(), "--check-only"];
            let mut check = scene.toolcrib(&home, &[&check[..], &QUIET].concat());
            check.stdout(Stdio::null());
            Ok(check)
        }));
        let rows = self.rounds(title, 0, &mut candidates)?;
        table::print(title, &rows, package.tree_bytes);
        let fetched = mended(&scene, &home, package, &volume)?;
        table::line(&format!(
            "a damaged mebibyte: {:.2} MiB came over the wire, headers and all",
            fetched as f64 / DAMAGE as f64
        ));
        Ok(json!({ "rows": rows, "fetched_for_a_damaged_mebibyte": fetched }))
    }

    fn candidates<'c>(
        &self,
        peers: &'c [Peer],
        command: impl Fn(&Peer, &Utf8Path) -> Command + Copy + 'c,
    ) -> Vec<Candidate<'c>> {
        let wanted = peers.iter().filter(|peer| is_wanted(self.peers, peer.name));
        let made =
            wanted.map(|peer| Candidate::new(peer.name, move |folder: &Utf8Path| Ok(command(peer, folder))));
        made.collect()
    }

    /// Rounds in which each candidate writes so many bytes.
    fn rounds(&self, title: &str, bytes: u64, candidates: &mut [Candidate<'_>]) -> Result<Vec<Row>> {
        let gigabytes = 2 + bytes * (candidates.len() as u64 + 2) * 2 / (1 << 30);
        say::step(title, || {
            in_turns(&self.bench.work, gigabytes, self.bench.rounds, candidates)
        })
    }
}

const fn peer(name: &'static str, script: String) -> Peer {
    Peer { name, script }
}

/// The folder with the parts of a package, as `toolcrib download` makes it.
fn downloaded(scene: &Scene, package: &Package, volume: &Volume) -> Result<Utf8PathBuf> {
    let home = new_folder(volume, "home")?;
    let parts = volume.folder().join("parts");
    scene.sign_in(&home)?;
    let wanted = ["--version", package.version.as_str(), "--to", parts.as_str()];
    let download = [&["download", package.product.as_str()][..], &wanted, &QUIET].concat();
    shell::run(scene.toolcrib(&home, &download))?;
    Ok(parts)
}

/// Damages a mebibyte of the largest file and mends it; answers the bytes that came over the wire.
fn mended(scene: &Scene, home: &Utf8Path, package: &Package, volume: &Volume) -> Result<u64> {
    damage(&largest(&home.join("place"))?)?;
    let before = scene.link.received_bytes()?;
    let repair = [&["repair", package.product.as_str()][..], &QUIET].concat();
    match cost(scene.toolcrib(home, &repair), volume)?.status {
        Some(0) => Ok(scene.link.received_bytes()? - before),
        status => Err(format!("the repair ended with {status:?}").into()),
    }
}

/// Turns the bits of a mebibyte in the middle of a file.
fn damage(file: &Utf8Path) -> Result<()> {
    let mut file = fs_err::OpenOptions::new().read(true).write(true).open(file)?;
    let middle = file.metadata()?.len() / 2;
    let mut bytes = vec![0; DAMAGE];
    file.seek(SeekFrom::Start(middle))?;
    file.read_exact(&mut bytes)?;
    bytes.iter_mut().for_each(|byte| *byte = !*byte);
    file.seek(SeekFrom::Start(middle))?;
    file.write_all(&bytes)?;
    Ok(file.sync_all()?)
}

fn largest(folder: &Utf8Path) -> Result<Utf8PathBuf> {
    let text = format!("find {folder} -type f -printf '%s %p\\n' | sort -n | tail -1 | cut -d' ' -f2-");
    let found = shell::output(shell::command("sh", &["-c", &text]))?;
    Ok(Utf8PathBuf::from(found.trim_end()))
}
