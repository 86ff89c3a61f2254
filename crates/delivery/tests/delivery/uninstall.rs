//! Uninstalling leaves nothing, whenever it is killed.

use crate::child::{Act, end_of, was_killed};
use crate::trees::{Snapshot, snapshot};
use crate::world::World;
use std::collections::BTreeMap;
use tokio::sync::watch;
use toolcrib_delivery::{Progress, Recovered};

const PRODUCT_FILE: &str = r#"
name = "Draft"
[launch]
program = "bin/draft"
[[shortcut]]
name = "Draft"
place = "menu"
"#;

/// A world with two releases installed, one after the other, and how its disk looked before.
async fn installed() -> (World, Snapshot) {
    let world = World::new().await;
    let before = disk(&world);
    for version in ["1.0.0", "1.1.0"] {
        let tree = world
            .tree(version)
            .program("bin/draft", version)
            .small_files(20)
            .folder("empty/folder");
        let release = world.publish(version, &tree, PRODUCT_FILE).await;
        world.install(&release).await.expect("installed");
    }
    (world, before)
}

fn disk(world: &World) -> Snapshot {
    let mut disk = snapshot(&world.path.join("apps"));
    disk.extend(snapshot(&world.path.join("home")));
    disk
}

fn uninstall(world: &World) {
    let receipt = world.receipt().expect("a receipt");
    let (progress, _) = watch::channel(Progress::default());
    toolcrib_delivery::uninstall(&receipt, &world.receipt_path(), &[], &progress).expect("uninstalled");
}

#[tokio::test(flavor = "multi_thread")]
async fn uninstalling_leaves_the_disk_as_it_was() {
    let (world, before) = installed().await;
    uninstall(&world);
    assert_eq!(disk(&world), before);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_tree_three_thousand_folders_deep_is_removed() {
    use rustix::fs::{CWD, Mode, OFlags, mkdirat, openat};
    let (world, before) = installed().await;
    let flags = OFlags::DIRECTORY | OFlags::RDONLY | OFlags::CLOEXEC;
    let top = world.current_tree();
    let mut here = openat(CWD, top.as_std_path(), flags, Mode::empty()).expect("opened");
    for _ in 0..3_000 {
        mkdirat(&here, "deeper", Mode::RWXU).expect("a folder");
        here = openat(&here, "deeper", flags, Mode::empty()).expect("opened");
    }
    uninstall(&world);
    assert_eq!(disk(&world), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_kill_in_the_last_instant_leaves_is_cleared_by_recovery() {
    let (world, before) = installed().await;
    uninstall(&world);
    for left in [".toolcrib", "releases"] {
        std::fs::create_dir_all(world.root().join(left)).expect("a folder");
    }
    std::fs::write(world.root().join(".toolcrib/lock"), "").expect("a file");
    assert_eq!(world.recover(), Recovered::Nothing);
    assert_eq!(disk(&world), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_peoples_files_in_the_root_stay() {
    let (world, _) = installed().await;
    std::fs::write(world.root().join("notes.txt"), "mine").expect("written");
    uninstall(&world);
    assert_eq!(
        snapshot(&world.root()).into_keys().collect::<Vec<_>>(),
        ["notes.txt"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_root_that_is_gone_is_no_trouble() {
    let (world, before) = installed().await;
    std::fs::remove_dir_all(world.root()).expect("removed");
    uninstall(&world);
    assert_eq!(disk(&world), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_anywhere_in_an_uninstallation_is_made_good_by_recovery() {
    let places =
        ["delivery.uninstall.begun", "delivery.uninstall.dissolve"].map(|place| format!("{place}=kill"));
    let acts = (1..=7).map(|hit| format!("delivery.cleanup.before=kill@{hit}"));
    for fault in places.into_iter().chain(acts) {
        let (world, before) = installed().await;
        assert!(
            was_killed(end_of(world.child_uninstalling(Some(&fault))).await),
            "{fault}"
        );
        assert_eq!(world.recover(), Recovered::Removed, "{fault}");
        assert_eq!(disk(&world), before, "{fault}");
    }
}

/// The points that an uninstallation passes once only the root is left, each with its hit.
async fn last_points() -> Vec<String> {
    let (world, _) = installed().await;
    let notes = world.path.join("notes");
    let child = world.child_noting(Act::Uninstall, None, Some(&notes));
    assert!(end_of(child).await.success());
    let mut hits: BTreeMap<String, usize> = BTreeMap::new();
    let mut points = Vec::new();
    for name in std::fs::read_to_string(&notes).expect("notes").lines() {
        let hit = hits.entry(name.to_owned()).or_default();
        *hit += 1;
        points.push(format!("{name}=kill@{hit}"));
    }
    let last = |point: &String| point.starts_with("delivery.uninstall.dissolve=");
    points.split_off(points.iter().position(last).expect("it was passed"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_at_any_point_once_only_the_root_is_left_leaves_nothing() {
    let points = last_points().await;
    assert!(
        points
            .iter()
            .any(|point| point.starts_with("delivery.dissolve.aside="))
    );
    for fault in points {
        let (world, before) = installed().await;
        assert!(
            was_killed(end_of(world.child_uninstalling(Some(&fault))).await),
            "{fault}"
        );
        world.recover();
        assert_eq!(disk(&world), before, "{fault}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_update_is_undone_before_all_is_removed() {
    let (world, before) = installed().await;
    let tree = world.tree("1.2.0").program("bin/draft", "1.2.0");
    world.publish("1.2.0", &tree, PRODUCT_FILE).await;
    let killed = end_of(world.child_installing("1.2.0", Some("delivery.receipt.after=kill"))).await;
    assert!(was_killed(killed));
    uninstall(&world);
    assert_eq!(disk(&world), before);
}
