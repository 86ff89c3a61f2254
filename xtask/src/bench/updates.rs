//! What an update costs — bytes over the wire, CPU, memory — with a patch, with chunks alone, and in the public ways.

use super::delivery::new_folder;
use super::link::{Kind, Link};
use super::measure::{Cost, cost};
use super::packages::Package;
use super::scene::Scene;
use super::table;
use super::volume::Volume;
use super::{Options, is_wanted};
use crate::build::{self, Profile};
use crate::corpus::{self, Fetched};
use crate::shell::{self, Result, command};
use crate::stage::Vendor;
use crate::{say, setup};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::json;

/// Two releases of one product, unpacked and packed for everybody.
struct Pair {
    before: Package,
    after: Package,
}

/// One way to get from the one release to the other.
#[derive(serde::Serialize)]
struct Way {
    name: &'static str,
    /// Bytes that are fetched.
    bytes: u64,
    /// What making it cost the publisher, and applying it the person.
    made: Option<Cost>,
    applied: Cost,
}

/// A public way: how the difference is made beforehand, and how it becomes the new release.
struct Peer {
    name: &'static str,
    make: String,
    apply: String,
    /// Prints how many bytes are fetched.
    bytes: &'static str,
}

/// Our two ways: the catalogue's folder, whether it has patches, the row's name.
const OURS: [(&str, bool, &str); 2] = [
    ("patched", true, "toolcrib update, with a patch"),
    ("chunks", false, "toolcrib update, chunks alone"),
];

pub(super) fn compare(options: &Options) -> Result<serde_json::Value> {
    setup::system_packages(setup::PEERS)?;
    setup::system_packages(setup::UPDATE_PEERS)?;
    if !options.built {
        build::programs(build::PROGRAMS, Profile::Release)?;
    }
    let work = build::target_folder().join("bench");
    let mut report = serde_json::Map::new();
    for releases in corpus::fetch_pairs(&options.products)? {
        let (name, ways) = measure(options, &work, &releases)?;
        report.insert(name, ways);
    }
    Ok(report.into())
}

fn measure(
    options: &Options,
    work: &Utf8Path,
    releases: &[Fetched; 2],
) -> Result<(String, serde_json::Value)> {
    let [(earlier, _), (later, _)] = releases;
    let name = format!("{} {} → {}", later.product, earlier.version, later.version);
    let mut ways = Vec::new();
    for (folder, patched, row) in OURS {
        let folder = work.join("updates").join(folder);
        fs_err::create_dir_all(&folder)?;
        ways.push(say::step(row, || ours(&folder, releases, patched, row))?);
    }
    let [before, after] = releases;
    let pair = Pair {
        before: Package::unpacked(work, before.0, &before.1)?,
        after: Package::unpacked(work, after.0, &after.1)?,
    };
    let scene = scene(&work.join("updates").join(OURS[0].0), Kind::Plain)?;
    let mut peers = peers(&pair, work, &scene.origin.files())?;
    peers.retain(|peer| is_wanted(&options.peers, peer.name));
    for peer in peers {
        ways.push(say::step(peer.name, || public(work, &pair, &peer))?);
    }
    let full = pair.after.zip_bytes;
    print(&name, full, &ways);
    Ok((name, json!({ "full_zip_bytes": full, "ways": ways })))
}

/// Installs the earlier release, then updates it; the bytes are those of the network device, headers and all.
fn ours(folder: &Utf8Path, releases: &[Fetched; 2], patched: bool, name: &'static str) -> Result<Way> {
    let [(earlier, _), (later, _)] = releases;
    publish(folder, releases, patched)?;
    let scene = scene(folder, Kind::Gigabit)?;
    let volume = Volume::fresh(folder, 8)?;
    let home = new_folder(&volume, "home")?;
    scene.sign_in(&home)?;
    let quiet = ["--no-progress", "--quiet"];
    shell::run(scene.install(&home, later.product, earlier.version, &quiet))?;
    let before = scene.link.received_bytes()?;
    let update = scene.toolcrib(&home, &[&["update", later.product][..], &quiet].concat());
    let applied = cost(update, &volume)?;
    if applied.status != Some(0) {
        return Err(format!("{name} ended with {:?}", applied.status).into());
    }
    let bytes = scene.link.received_bytes()? - before;
    Ok(Way {
        name,
        bytes,
        made: None,
        applied,
    })
}

/// Two releases in a catalogue of their own in `folder`, with a patch between them or without.
pub(super) fn publish(folder: &Utf8Path, releases: &[Fetched; 2], patched: bool) -> Result<()> {
    let [(earlier, earlier_file), (later, later_file)] = releases;
    let vendor = Vendor::new(folder, Profile::Release);
    vendor.ready()?;
    vendor.wheel(earlier, earlier_file)?;
    match patched {
        true => vendor.wheel_after(later, later_file, earlier),
        false => vendor.wheel(later, later_file),
    }
}

/// Everything that serves what lies in `folder`.
pub(super) fn scene(folder: &Utf8Path, kind: Kind) -> Result<Scene> {
    let vendor = Vendor::new(folder, Profile::Release);
    Scene::start(folder, &vendor, Link::up(kind)?)
}

fn public(work: &Utf8Path, pair: &Pair, peer: &Peer) -> Result<Way> {
    let volume = Volume::fresh(work, 8)?;
    let folder = new_folder(&volume, "peer")?;
    for (place, package) in [("old", &pair.before), ("new", &pair.after)] {
        let archive = format!(
            "tar --sort=name -cf {folder}/{place}.tar -C {} . && cp -r {} {folder}/{place}",
            package.tree, package.tree
        );
        shell::run(command("sh", &["-c", &archive]))?;
    }
    let script = |text: &str| {
        let mut shell = command("bash", &["-o", "pipefail", "-e", "-c", text]);
        shell
            .current_dir(&folder)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null());
        shell
    };
    let well = |cost: Cost| match cost.status {
        Some(0) => Ok(cost),
        status => Err(format!("{} ended with {status:?}", peer.name)),
    };
    let made = well(cost(script(&peer.make), &volume)?)?;
    let applied = well(cost(script(&peer.apply), &volume)?)?;
    let mut counting = command("bash", &["-c", peer.bytes]);
    counting.current_dir(&folder);
    Ok(Way {
        name: peer.name,
        bytes: shell::output(counting)?.trim().parse()?,
        made: Some(made),
        applied,
    })
}

/// Each works on `old.tar` and `new.tar`, or on the trees `old` and `new`, and must make `new.tar` or its tree again.
fn peers(pair: &Pair, work: &Utf8Path, served: &str) -> Result<Vec<Peer>> {
    let zip = |package: &Package| -> Utf8PathBuf { work.join(format!("{}.zip", package.name())) };
    let (old_zip, new_zip) = (zip(&pair.before), zip(&pair.after));
    // The origin serves the folder of its own scene.
    let beside = work.join("updates").join(OURS[0].0).join("served.zip");
    let _ = fs_err::remove_file(&beside);
    fs_err::hard_link(&new_zip, &beside)?;
    let same = "cmp made.tar new.tar";
    Ok(vec![
        Peer {
            name: "zstd -3 --patch-from",
            make: "zstd -q -3 --long=31 --patch-from=old.tar new.tar -o delta".to_owned(),
            apply: format!("zstd -q -d --long=31 --patch-from=old.tar delta -o made.tar && {same}"),
            bytes: "stat -c %s delta",
        },
        Peer {
            name: "zstd -19 --patch-from",
            make: "zstd -q -19 --long=31 --patch-from=old.tar new.tar -o delta".to_owned(),
            apply: format!("zstd -q -d --long=31 --patch-from=old.tar delta -o made.tar && {same}"),
            bytes: "stat -c %s delta",
        },
        Peer {
            name: "xdelta3",
            make: "xdelta3 -q -e -9 -S djw -B 1073741824 -s old.tar new.tar delta".to_owned(),
            apply: format!("xdelta3 -q -d -B 1073741824 -s old.tar delta made.tar && {same}"),
            bytes: "stat -c %s delta",
        },
        Peer {
            name: "casync, chunks of 64 KiB",
            make: "casync make --without=all --store=store old.caidx old && sleep 1 && touch old.caidx && sleep 1 \
                   && casync make --without=all --store=store new.caidx new"
                .to_owned(),
            apply: "casync extract --without=all --store=store --seed=old new.caidx out && diff -r out new".to_owned(),
            bytes: "find store -name '*.cacnk' -newer old.caidx -printf '%s\\n' | awk '{s+=$1} END {printf \"%.0f\", s}'",
        },
        Peer {
            name: "zsync on the zip",
            make: format!("zsyncmake -o z.zsync -u {served}/served.zip {new_zip}"),
            apply: format!("zsync -i {old_zip} -o made.zip z.zsync > said && cmp made.zip {new_zip}"),
            bytes: "grep -oE 'fetched [0-9]+' said | grep -oE '[0-9]+' | tail -1",
        },
    ])
}

fn print(name: &str, full: u64, ways: &[Way]) {
    table::line(&format!("\n{name} (bytes as a part of the new release's zip)"));
    table::line(&format!(
        "{:<32} {:>10} {:>7}   {:>8} {:>8}   {:>8} {:>8}",
        "", "MB", "%", "make s", "MiB", "apply s", "MiB"
    ));
    let mebibytes = |cost: &Cost| cost.peak_bytes as f64 / f64::from(1 << 20);
    for way in ways {
        let made = way.made.as_ref().map_or_else(
            || format!("{:>8} {:>8}", "", ""),
            |made| format!("{:>8.1} {:>8.0}", made.cpu, mebibytes(made)),
        );
        table::line(&format!(
            "{:<32} {:>10.2} {:>6.1}%   {made}   {:>8.2} {:>8.0}",
            way.name,
            way.bytes as f64 / 1e6,
            way.bytes as f64 / full as f64 * 100.0,
            way.applied.cpu,
            mebibytes(&way.applied)
        ));
    }
}
