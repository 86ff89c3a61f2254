//! Disks that are full, folders that cannot be written, roots that somebody else works in.

use crate::trees::{noise, snapshot};
use crate::world::{self, Release, World};
use camino::{Utf8Path, Utf8PathBuf};
use std::process::Command;
use std::time::Duration;
use tokio::sync::watch;
use toolcrib_delivery::{Error, Order, Outcome, Progress, Stop};
use toolcrib_machine::clock::SystemClock;
use toolcrib_model::Remedy;

const PRODUCT_FILE: &str = "name = \"Draft\"\n";

async fn published() -> (World, Release) {
    let world = World::new().await;
    let mut tree = world
        .tree("1.0.0")
        .small_files(50)
        .file("big.bin", noise(5, 3 << 20));
    for number in 0..18 {
        tree = tree.file(&format!("data/{number}.bin"), noise(number, 500_000));
    }
    let release = world.publish("1.0.0", &tree, PRODUCT_FILE).await;
    (world, release)
}

/// A small disk in memory, while it is there.
struct SmallDisk(Utf8PathBuf);

impl SmallDisk {
    /// `None` where this person may not mount anything.
    fn mount(path: &Utf8Path, mebibytes: u32) -> Option<Self> {
        std::fs::create_dir_all(path).expect("a folder");
        let size = format!("size={mebibytes}m");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs", path.as_str()])
            .output();
        mounted
            .is_ok_and(|output| output.status.success())
            .then(|| Self(path.to_owned()))
    }

    fn resize(&self, mebibytes: u32) {
        let size = format!("remount,size={mebibytes}m");
        let mounted = Command::new("mount")
            .args(["-o", &size, self.0.as_str()])
            .status();
        assert!(mounted.expect("mount").success());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").args(["-l", self.0.as_str()]).status();
    }
}

/// How many bytes are held of a release that is made there.
fn held_at(world: &World, release: &Release, root: &Utf8Path) -> u64 {
    let plan = toolcrib_delivery::plan(world::order(release, &world.path, root));
    plan.expect("a plan").sizes().bytes_held
}

/// Waits until so many bytes are held there: what was sent is not held yet, on a busy computer for a while.
async fn until_held(world: &World, release: &Release, root: &Utf8Path, bytes: u64) {
    let held = async {
        while held_at(world, release, root) < bytes {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let in_time = tokio::time::timeout(Duration::from_secs(60), held).await;
    in_time.expect("so much is held within a minute");
}

async fn install_at(world: &World, release: &Release, root: &Utf8Path) -> Result<(), Error> {
    install_until(world, release, root, &Stop::new()).await.map(drop)
}

async fn install_until(
    world: &World,
    release: &Release,
    root: &Utf8Path,
    stop: &Stop,
) -> Result<Outcome, Error> {
    let (progress, _) = watch::channel(Progress::default());
    let plan = toolcrib_delivery::plan(world::order(release, &world.path, root))?.at_pace(world::pace());
    toolcrib_delivery::install(plan, &world.http, &world.links, stop, progress, &SystemClock).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_is_too_small_is_found_before_anything_is_fetched() {
    let (world, release) = published().await;
    let Some(disk) = SmallDisk::mount(&world.path.join("small"), 10) else {
        return skipped();
    };
    let root = disk.0.join("draft");
    let plan = toolcrib_delivery::plan(world::order(&release, &world.path, &root)).expect("thought through");
    let sizes = *plan.sizes();
    assert!(sizes.room_needed_bytes > sizes.free_bytes, "{sizes:?}");
    assert!(plan.volumes()[0].is_short(), "{:?}", plan.volumes());
    let error = install_at(&world, &release, &root).await.expect_err("refused");
    assert!(
        matches!(&error, Error::NotEnoughSpace { folder, needed, free } if *folder == root && needed > free)
    );
    assert_eq!(
        (error.remedy(), world.origin.served_bytes()),
        (Remedy::AskUser, 0)
    );
    assert!(snapshot(&disk.0).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_fills_up_is_named_and_what_is_held_is_used_later() {
    let (world, release) = published().await;
    let Some(disk) = SmallDisk::mount(&world.path.join("small"), 24) else {
        return skipped();
    };
    let root = disk.0.join("draft");
    let filling = async {
        world.origin.limit_speed(2 << 20);
        until_held(&world, &release, &root, 1).await;
        fill(&disk, 1 << 20);
        world.origin.limit_speed(0);
    };
    let (failed, ()) = tokio::join!(install_at(&world, &release, &root), filling);
    let error = failed.expect_err("the disk is full");
    let Error::DiskFull { folder, needed, .. } = &error else {
        panic!("{error:?}")
    };
    assert_eq!((folder, error.remedy()), (&root, Remedy::AskUser));
    assert!(*needed > 0);
    assert_eq!(toolcrib_delivery::current(&root).expect("reads"), None);

    std::fs::remove_file(disk.0.join("filler")).expect("removed");
    disk.resize(64);
    assert!(held_at(&world, &release, &root) > 0);
    install_at(&world, &release, &root).await.expect("installed");
    assert_eq!(
        snapshot(&root.join("releases/1.0.0")),
        snapshot(&world.tree("1.0.0").0)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_of_a_job_that_was_given_up_is_not_asked_for_again() {
    let (world, release) = published().await;
    let Some(disk) = SmallDisk::mount(&world.path.join("small"), 20) else {
        return skipped();
    };
    let root = disk.0.join("draft");
    let stop = Stop::new();
    let giving_up = async {
        world.origin.limit_speed(1 << 20);
        until_held(&world, &release, &root, 7 << 20).await;
        stop.cancel(true);
        world.origin.limit_speed(0);
    };
    let (ended, ()) = tokio::join!(install_until(&world, &release, &root, &stop), giving_up);
    assert_eq!(ended.expect("no failure"), Outcome::Cancelled);

    let again = toolcrib_delivery::plan(world::order(&release, &world.path, &root)).expect("thought through");
    let sizes = again.sizes();
    assert!(sizes.bytes_held > 0, "{sizes:?}");
    assert!(
        sizes.peak_bytes > sizes.free_bytes && sizes.room_needed_bytes <= sizes.free_bytes,
        "{sizes:?}"
    );
    again.must_have_room().expect("what is there needs no room");
    install_at(&world, &release, &root).await.expect("installed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_has_its_room_from_the_start() {
    let world = World::new().await;
    let tree = world.tree("1.0.0").file("big.bin", noise(5, 12 << 20));
    let release = world.publish("1.0.0", &tree, PRODUCT_FILE).await;
    let Some(disk) = SmallDisk::mount(&world.path.join("small"), 24) else {
        return skipped();
    };
    let root = disk.0.join("draft");
    let filling = async {
        world.origin.limit_speed(4 << 20);
        world.origin.wait_for_served(2 << 20).await;
        fill(&disk, 1 << 20);
        world.origin.limit_speed(0);
    };
    let (installed, ()) = tokio::join!(install_at(&world, &release, &root), filling);
    installed.expect("the room was set aside");
    assert_eq!(snapshot(&root.join("releases/1.0.0")), snapshot(&tree.0));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_volume_is_asked_for_what_it_needs() {
    let (world, release) = published().await;
    let Some(disk) = SmallDisk::mount(&world.path.join("small"), 64) else {
        return skipped();
    };
    let root = disk.0.join("draft");
    let plan = toolcrib_delivery::plan(world::order(&release, &world.path, &root)).expect("a plan");
    let volumes = plan.volumes();
    let folders: Vec<_> = volumes.iter().map(|volume| volume.folder.clone()).collect();
    assert_eq!(folders, [root, world.path.join("home/receipts")]);
    assert_eq!(volumes[0].needed_bytes, plan.sizes().room_needed_bytes);
    assert_eq!(
        volumes[0].needed_bytes,
        plan.sizes().peak_bytes,
        "nothing is there yet"
    );
    assert!(volumes[0].free_bytes <= 64 << 20 && volumes[1].needed_bytes < volumes[0].needed_bytes);
}

/// Fills a disk but for so many bytes.
fn fill(disk: &SmallDisk, left: u64) {
    let free = toolcrib_machine::files::space(&disk.0).expect("measured").free;
    let filler = vec![0; free.saturating_sub(left) as usize];
    std::fs::write(disk.0.join("filler"), filler).expect("written");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_cannot_be_written_is_found_before_anything_is_fetched() {
    let (world, release) = published().await;
    let file = world.path.join("file");
    std::fs::write(&file, "x").expect("written");
    let order = Order {
        root: file.join("draft"),
        ..world.order(&release)
    };
    let error = toolcrib_delivery::plan(order).expect_err("refused");
    assert!(matches!(&error, Error::FolderNotWritable { .. }), "{error:?}");
    assert_eq!(
        (error.remedy(), world.origin.served_bytes()),
        (Remedy::AskUser, 0)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_root_in_which_somebody_works_is_busy() {
    let (world, release) = published().await;
    world.origin.serve_up_to(1 << 20);
    let stop = Stop::new();
    let second = async {
        world.origin.wait_for_served(1 << 20).await;
        let refused = world.install(&release).await.expect_err("busy");
        stop.pause();
        refused
    };
    let (first, refused) = tokio::join!(world.install_until(&release, &stop), second);
    assert!(
        matches!(&refused, Error::Busy { root } if *root == world.root()),
        "{refused:?}"
    );
    assert!(refused.retryable());
    first.expect("paused");
}

/// Says why a test proved nothing.
#[allow(clippy::print_stderr, reason = "a skipped test says so")]
fn skipped() {
    eprintln!("skipped: this person may not mount a small disk");
}
