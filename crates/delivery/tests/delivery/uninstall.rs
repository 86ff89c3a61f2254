//! Uninstalling leaves nothing, whenever it is killed.

use crate::child::{Act, end_of, was_killed};
use crate::trees::{Snapshot, snapshot};
use crate::world::World;
use std::collections::BTreeMap;
use tokio::sync::watch;
use toolcrib_delivery::{Fate, Progress, Recovered, Removal, YOUR_FILES, other_files, own_files, your_files};

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
    uninstall_with(world, Fate::Kept);
}

fn uninstall_with(world: &World, files: Fate) {
    let receipt = world.receipt().expect("a receipt");
    let (progress, _) = watch::channel(Progress::default());
    let also = Removal {
        files,
        ..Removal::default()
    };
    toolcrib_delivery::uninstall(&receipt, &world.receipt_path(), also, &progress).expect("uninstalled");
}

/// Puts a person's files into the folders of both releases; answers what has to be left of them.
fn put_own_files(world: &World) -> Vec<String> {
    let files = [
        ("1.0.0", "notes.txt"),
        ("1.1.0", "notes.txt"),
        ("1.1.0", "lib/group-01/own/deeper/plan.txt"),
        ("1.1.0", "empty/folder/list.txt"),
    ];
    for (version, path) in files {
        let place = world.root().join("releases").join(version).join(path);
        std::fs::create_dir_all(place.parent().expect("a parent")).expect("folders");
        std::fs::write(&place, format!("mine, {version}")).expect("written");
    }
    // A folder that holds nothing is nothing to keep.
    std::fs::create_dir_all(world.root().join("releases/1.1.0/cache/of/nothing")).expect("folders");
    let mut left: Vec<String> = files
        .iter()
        .map(|(version, path)| format!("your-files/{version}/{path}"))
        .collect();
    left.sort_unstable();
    left
}

/// The files below the root, without the folders.
fn files_left(world: &World) -> Vec<String> {
    let found = snapshot(&world.root()).into_iter();
    found
        .filter(|(_, what)| what != "folder")
        .map(|(name, _)| name)
        .collect()
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
    let acts = (1..=10).map(|hit| format!("delivery.cleanup.before=kill@{hit}"));
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
    let mut points = points_of_uninstalling(&world).await;
    let last = |point: &String| point.starts_with("delivery.uninstall.dissolve=");
    points.split_off(points.iter().position(last).expect("it was passed"))
}

/// The points that an uninstallation passes, each with its hit.
async fn points_of_uninstalling(world: &World) -> Vec<String> {
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
    points
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

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_files_in_the_folder_of_a_release_stay() {
    let (world, _) = installed().await;
    let left = put_own_files(&world);
    let told: Vec<_> = own_files(&world.root()).expect("listed").files;
    let of = |path: &str| told.iter().find(|file| file.path.ends_with(path)).expect(path);
    assert_eq!(told.len(), 4, "{told:?}");
    assert_eq!(
        (of("1.1.0/notes.txt").file_count, of("1.1.0/notes.txt").size_bytes),
        (1, 11)
    );
    assert_eq!(of("lib/group-01/own").file_count, 1, "a folder of theirs is one");
    uninstall(&world);
    assert_eq!(files_left(&world), left);
    let notes = std::fs::read_to_string(world.root().join("your-files/1.1.0/notes.txt"));
    assert_eq!(notes.expect("a file"), "mine, 1.1.0");
    let kept = your_files(&world.root())
        .expect("measured")
        .expect("there are some");
    assert_eq!((kept.folder, kept.file_count), (world.root().join(YOUR_FILES), 4));
    assert_eq!(other_files(&world.root()).expect("measured"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_files_in_the_folder_of_a_release_go_when_they_say_so() {
    let (world, before) = installed().await;
    put_own_files(&world);
    uninstall_with(&world, Fate::Removed);
    assert_eq!(disk(&world), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_kept_of_an_earlier_installation_is_not_overwritten() {
    let (world, _) = installed().await;
    put_own_files(&world);
    let earlier = world.root().join("your-files/1.1.0");
    std::fs::create_dir_all(&earlier).expect("a folder");
    std::fs::write(earlier.join("notes.txt"), "earlier").expect("written");
    uninstall(&world);
    let text = |name: &str| std::fs::read_to_string(earlier.join(name)).expect("a file");
    assert_eq!(
        (text("notes.txt").as_str(), text("notes (2).txt").as_str()),
        ("earlier", "mine, 1.1.0")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_put_beside_the_releases_stays_where_it_is() {
    let (world, _) = installed().await;
    let beside = ["releases/notes.txt", "releases/backup/old.txt"];
    for path in beside {
        let place = world.root().join(path);
        std::fs::create_dir_all(place.parent().expect("a parent")).expect("folders");
        std::fs::write(place, "mine").expect("written");
    }
    uninstall(&world);
    assert_eq!(
        files_left(&world),
        ["releases/backup/old.txt", "releases/notes.txt"]
    );
    let others = other_files(&world.root())
        .expect("measured")
        .expect("there are some");
    assert_eq!((others.file_count, others.size_bytes), (2, 8));
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_no_text_stays_as_it_is() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let (world, _) = installed().await;
    let name = OsStr::from_bytes(b"notes\xff.txt");
    std::fs::write(world.current_tree().as_std_path().join(name), "mine").expect("written");
    assert_eq!(own_files(&world.root()).expect("listed").files.len(), 1);
    uninstall(&world);
    let kept = world.root().join("your-files/1.1.0").as_std_path().join(name);
    assert_eq!(std::fs::read(kept).expect("a file"), b"mine");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_that_is_not_known_any_more_is_told_of_and_goes_whole() {
    let (world, before) = installed().await;
    put_own_files(&world);
    std::fs::remove_dir_all(world.root().join(".toolcrib/indexes")).expect("removed");
    let own = own_files(&world.root()).expect("listed");
    assert_eq!((own.files.len(), own.unknown.len()), (0, 2));
    uninstall(&world);
    assert_eq!(disk(&world), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_anywhere_loses_nothing_of_a_persons_files() {
    let (world, _) = installed().await;
    put_own_files(&world);
    let points = points_of_uninstalling(&world).await;
    let moved = points
        .iter()
        .filter(|point| point.starts_with("files.rename.moved"))
        .count();
    assert!(moved >= 4, "{points:?}");
    for fault in points.iter().step_by(3) {
        let (world, _) = installed().await;
        let left = put_own_files(&world);
        let killed = was_killed(end_of(world.child_uninstalling(Some(fault))).await);
        assert!(killed, "{fault}");
        world.recover();
        if world.receipt().is_some() {
            // The kill came before the journal was there: nothing has happened.
            uninstall(&world);
        }
        assert_eq!(files_left(&world), left, "{fault}");
    }
}
