//! Moving a product: at every instant one root is what the receipt names, and that one is whole.

use crate::child::{end_of, was_killed};
use crate::commit::with_two_releases;
use crate::trees::{Snapshot, snapshot};
use crate::world::World;
use camino::{Utf8Path, Utf8PathBuf};
use tokio::sync::watch;
use toolcrib_delivery::{Error, Progress, Recovered, Standing, Stop, recover, releases, relocate, rollback};
use toolcrib_wire::receipt::Receipt;

/// A world with two releases installed one after the other, and how its disk looked before.
async fn updated() -> World {
    let (world, old, new) = with_two_releases().await;
    world.install(&old).await.expect("installed");
    world.install(&new).await.expect("installed");
    world
}

fn new_place(world: &World) -> Utf8PathBuf {
    world.path.join("elsewhere/draft")
}

fn go(world: &World, to: &Utf8Path) -> Result<Option<Receipt>, Error> {
    let (progress, _) = watch::channel(Progress::default());
    relocate(&world.receipt_path(), to, &Stop::new(), &progress)
}

/// What the receipt names is there whole, the shortcut starts it, and no other root is left.
fn assert_only_at(world: &World, root: &Utf8Path, place: &str) {
    let receipt = world.receipt().expect("a receipt");
    assert_eq!(receipt.root, root.as_str(), "{place}");
    assert_launchable(world, place);
    let shortcut = std::fs::read_to_string(world.menu().join("toolcrib-draft.desktop")).expect("a shortcut");
    let program = root.join("releases/1.1.0/bin/draft");
    assert!(shortcut.contains(program.as_str()), "{place}: {shortcut}");
    let other = if root == world.root() {
        new_place(world)
    } else {
        world.root()
    };
    assert!(!other.exists(), "{place}: {:?}", snapshot(&other));
    let journal = root.join(".toolcrib/journal");
    assert!(!journal.exists(), "{place}");
}

/// The receipt names a root whose current release is whole.
fn assert_launchable(world: &World, place: &str) {
    let receipt = world.receipt().expect("a receipt");
    let root = Utf8PathBuf::from(&receipt.root);
    let current = toolcrib_delivery::current(&root).expect("reads");
    let current = current.unwrap_or_else(|| panic!("{place}: nothing is current in {root}"));
    assert_eq!(
        (current.version, &current.tree),
        (receipt.version, &receipt.tree),
        "{place}"
    );
    let tree = root.join(receipt.tree.as_str());
    assert_eq!(snapshot(&tree), snapshot(&world.tree("1.1.0").0), "{place}");
}

fn recover_both(world: &World) {
    for root in [world.root(), new_place(world)] {
        recover(&root).expect("recovered");
    }
}

fn disk(world: &World) -> Snapshot {
    let mut disk = snapshot(&world.path.join("apps"));
    disk.extend(snapshot(&world.path.join("home")));
    disk
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_moves_and_nothing_is_left_behind() {
    let world = updated().await;
    let to = new_place(&world);
    let receipt = go(&world, &to).expect("moved").expect("nobody stopped it");
    assert_eq!(Some(receipt), world.receipt());
    assert_only_at(&world, &to, "moved");
    let standings: Vec<_> = releases(&to)
        .expect("listed")
        .into_iter()
        .map(|one| one.standing)
        .collect();
    assert_eq!(standings, [Standing::Current, Standing::Previous]);
    let back = rollback(&to, &world.receipt_path(), None).expect("rolled back");
    assert_eq!(
        (back.root.as_str(), back.version.to_string().as_str()),
        (to.as_str(), "1.0.0")
    );
    rollback(&to, &world.receipt_path(), None).expect("forward again");
    go(&world, &world.root()).expect("moved back");
    assert_only_at(&world, &world.root(), "back");
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_move_to_another_volume_copies_and_compares() {
    let world = updated().await;
    let other = tempfile::Builder::new()
        .prefix("toolcrib-")
        .tempdir_in("/dev/shm")
        .expect("a folder");
    let to = Utf8PathBuf::from_path_buf(other.path().join("draft")).expect("UTF-8");
    go(&world, &to).expect("moved").expect("nobody stopped it");
    assert_only_at(&world, &to, "moved");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_cannot_be_moved_to_is_refused() {
    let world = updated().await;
    let before = disk(&world);
    let used = world.path.join("used");
    std::fs::create_dir(&used).expect("a folder");
    std::fs::write(used.join("notes.txt"), "mine").expect("a file");
    for to in [used, world.root().join("inside"), world.path.join("apps")] {
        let refused = go(&world, &to).expect_err("refused");
        assert!(matches!(refused, Error::WrongPlace { .. }), "{to}: {refused}");
    }
    let moved = go(&world, &world.root()).expect("is there already");
    assert_eq!(moved, world.receipt());
    assert_eq!(disk(&world), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_that_is_stopped_leaves_all_as_it_was() {
    let world = updated().await;
    let before = disk(&world);
    let (progress, _) = watch::channel(Progress::default());
    let stop = Stop::new();
    stop.pause();
    let stopped = relocate(&world.receipt_path(), &new_place(&world), &stop, &progress);
    assert_eq!(stopped.expect("stopped"), None);
    assert_only_at(&world, &world.root(), "stopped");
    assert_eq!(disk(&world), before);
}

/// Every place of a move, and whether it has happened after a kill there.
const PLACES: [(&str, bool); 16] = [
    ("delivery.move.begun", false),
    ("delivery.move.marked", false),
    ("delivery.move.file", false),
    ("delivery.move.file=kill@5", false),
    ("delivery.move.filled", false),
    ("delivery.move.compared", false),
    ("delivery.shortcut.before", false),
    ("delivery.shortcut.after", false),
    ("delivery.receipt.before", false),
    ("delivery.receipt.after", true),
    ("delivery.move.left.before", true),
    ("files.remove=kill@1", true),
    ("files.remove=kill@2", true),
    ("files.remove=kill@4", true),
    ("files.remove=kill@5", true),
    ("delivery.move.left.after", true),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_anywhere_in_a_move_leaves_one_root_launchable() {
    let world = updated().await;
    let (home, to) = (world.root(), new_place(&world));
    for (place, has_moved) in PLACES {
        let fault = if place.contains('=') {
            place.to_owned()
        } else {
            format!("{place}=kill")
        };
        let killed = end_of(world.child_moving(&to, Some(&fault))).await;
        assert!(was_killed(killed), "{place}: {killed:?}");
        assert_launchable(&world, place);
        recover_both(&world);
        assert_only_at(&world, if has_moved { &to } else { &home }, place);
        for root in [&home, &to] {
            assert_eq!(recover(root).expect("recovered"), Recovered::Nothing, "{place}");
        }
        if has_moved {
            go(&world, &home).expect("moved back");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_that_fails_leaves_all_as_it_was() {
    let world = updated().await;
    let (before, to) = (disk(&world), new_place(&world));
    let places = [
        "delivery.move.file",
        "files.write",
        "files.sync",
        "files.create_folder",
    ];
    let codes = ["EACCES", "EIO", "EROFS", "ENOSPC"];
    for (place, code) in places.iter().flat_map(|place| codes.map(|code| (place, code))) {
        let fault = format!("{place}=error:{code}@3");
        let status = end_of(world.child_moving(&to, Some(&fault))).await;
        assert!(!status.success() && !was_killed(status), "{fault}: {status:?}");
        recover_both(&world);
        assert_only_at(&world, &world.root(), &fault);
        assert_eq!(disk(&world), before, "{fault}");
    }
}
