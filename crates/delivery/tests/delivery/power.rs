//! Power cuts: an update on a disk that stops in the middle of it, or right after it was told to be done. What the disk
//! had not written yet is gone, as if the plug had been pulled.
//!
//! It takes root, loop devices, and the tools of both file systems: `cargo xtask crashes --power N`.

use crate::child::end_of;
use crate::trees::{Snapshot, noise, snapshot};
use crate::world::{Release, World};
use camino::{Utf8Path, Utf8PathBuf};
use std::io::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};
use toolcrib_delivery::Recovered;

const PRODUCT_FILE: &str = "name = \"Draft\"\n[launch]\nprogram = \"bin/draft\"\n";
const OLD: &str = "1.0.0";
const NEW: &str = "1.1.0";
/// The smallest disk that XFS takes, in bytes.
const DISK_BYTES: u64 = 320 << 20;

/// A disk in a file.
struct Disk {
    image: Utf8PathBuf,
    place: Utf8PathBuf,
}

impl Disk {
    fn make(folder: &Utf8Path, kind: &str) -> Self {
        let disk = Self {
            image: folder.join(format!("{kind}.img")),
            place: folder.join(kind),
        };
        let image = std::fs::File::create(&disk.image).expect("a file");
        image.set_len(DISK_BYTES).expect("a size");
        std::fs::create_dir(&disk.place).expect("a folder");
        // What both take for "do it in spite of anything": a file is no disk.
        let force = if kind == "xfs" { "-f" } else { "-F" };
        run(&format!("mkfs.{kind}"), &["-q", force, disk.image.as_str()]);
        disk.mount();
        disk
    }

    fn mount(&self) {
        run("mount", &["-o", "loop", self.image.as_str(), self.place.as_str()]);
    }

    fn unmount(&self) {
        // A process that was just killed lets go of its files a little later.
        let gone = (0..200).any(|_| {
            let done = Command::new("umount").arg(self.place.as_str()).output();
            let is_done = done.is_ok_and(|output| output.status.success());
            if !is_done {
                std::thread::sleep(Duration::from_millis(25));
            }
            is_done
        });
        assert!(gone, "`{}` cannot be unmounted", self.place);
    }

    /// Pulls the plug, and puts it back.
    fn cut(&self) {
        run("xfs_io", &["-x", "-c", "shutdown", self.place.as_str()]);
    }

    fn template(&self) -> Utf8PathBuf {
        self.image.with_extension("kept")
    }

    fn keep(&self) {
        self.unmount();
        copy(&self.image, &self.template());
        self.mount();
    }

    fn restore(&self) {
        self.unmount();
        copy(&self.template(), &self.image);
        self.mount();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").args(["-l", self.place.as_str()]).output();
    }
}

fn copy(from: &Utf8Path, to: &Utf8Path) {
    run("cp", &["--sparse=always", from.as_str(), to.as_str()]);
}

fn run(program: &str, arguments: &[&str]) {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {said}");
}

/// A product on a disk that is cut while it is updated.
struct Stage {
    world: World,
    disk: Disk,
    releases: [(Release, Snapshot); 2],
}

/// What came of the cuts of one kind.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    old: usize,
    new: usize,
    torn: usize,
    lost: usize,
}

impl Stage {
    async fn set(disk: Disk) -> Self {
        let folder = tempfile::tempdir_in(&disk.place).expect("a folder");
        let world = World::on(folder).await;
        let (old, new) = (publish(&world, 1, OLD).await, publish(&world, 2, NEW).await);
        world.install(&old.0).await.expect("installed");
        disk.keep();
        Self {
            world,
            disk,
            releases: [old, new],
        }
    }

    /// How long the update takes when nobody disturbs it.
    async fn duration(&self) -> Duration {
        self.disk.restore();
        let begun = Instant::now();
        assert!(end_of(self.world.child_installing(NEW, None)).await.success());
        begun.elapsed()
    }

    /// Cuts the disk so long after the update began, or once it is done.
    async fn cut(&self, after: Option<Duration>, tally: &mut Tally) {
        self.disk.restore();
        let mut child = self.world.child_installing(NEW, None);
        match after {
            Some(pause) => {
                tokio::time::sleep(pause).await;
                self.disk.cut();
                let _ = child.kill();
                end_of(child).await;
            }
            None => {
                assert!(end_of(child).await.success());
                self.disk.cut();
            }
        }
        self.disk.unmount();
        self.disk.mount();
        self.see(after.is_none(), tally).await;
    }

    /// Recovers, sees what there is, and installs the new release over it.
    async fn see(&self, was_done: bool, tally: &mut Tally) {
        let recovered = self.world.recover();
        let [old, new] = &self.releases;
        match self.world.current_version().as_deref() {
            Some(NEW) if self.is_whole(&new.1) => tally.new += 1,
            Some(OLD) if self.is_whole(&old.1) => tally.old += 1,
            _ => tally.torn += 1,
        }
        let is_new = self.world.current_version().as_deref() == Some(NEW);
        tally.lost += usize::from(was_done && !is_new);
        assert_ne!(recovered, Recovered::Removed);
        if !is_new {
            self.world.install(&new.0).await.expect("installed afterwards");
        }
        assert!(self.is_whole(&new.1));
    }

    fn is_whole(&self, tree: &Snapshot) -> bool {
        snapshot(&self.world.current_tree()) == *tree
    }
}

async fn publish(world: &World, seed: u64, version: &str) -> (Release, Snapshot) {
    let tree = world
        .tree(version)
        .program("bin/draft", version)
        .file("core/data.bin", noise(seed, 12 << 20))
        .file("core/same.bin", noise(9, 3 << 20))
        .small_files(150 + seed)
        .link("bin/tool", "draft");
    let release = world.publish(version, &tree, PRODUCT_FILE).await;
    (release, snapshot(&tree.0))
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "`cargo xtask crashes --power N` runs it: it takes root and loop devices"]
async fn a_power_cut_leaves_the_old_release_or_the_new_one_and_never_takes_back_what_was_done() {
    let count: u32 = std::env::var("TOOLCRIB_POWER_CUTS")
        .ok()
        .and_then(|text| text.parse().ok())
        .expect("TOOLCRIB_POWER_CUTS says how many cuts of each kind");
    let folder = tempfile::tempdir().expect("a folder");
    let folder = Utf8Path::from_path(folder.path()).expect("UTF-8");
    let mut tallies = Vec::new();
    for kind in ["ext4", "xfs"] {
        let stage = Stage::set(Disk::make(folder, kind)).await;
        let whole = stage.duration().await;
        let (mut midway, mut done) = (Tally::default(), Tally::default());
        for number in 0..count {
            let share = (f64::from(number) + 0.5) / f64::from(count);
            stage.cut(Some(whole.mul_f64(share)), &mut midway).await;
            stage.cut(None, &mut done).await;
        }
        for (when, tally) in [("midway", midway), ("when done", done)] {
            let _ = writeln!(
                std::io::stdout(),
                "{kind:<5} cut {count} times {when:<10} {tally:?}"
            );
            tallies.push(tally);
        }
    }
    assert!(tallies.iter().all(|tally| tally.torn == 0 && tally.lost == 0));
}
