//! Rolling back is a switch, forth and back, whenever it is killed.

use crate::child::{end_of, was_killed};
use crate::commit::{assert_whole, with_two_releases};
use crate::trees::snapshot;
use crate::world::World;
use toolcrib_delivery::{Error, Recovered, rollback};
use toolcrib_model::Version;

/// Every place of a switch, and whether it has happened after a kill there.
const PLACES: [(&str, bool); 10] = [
    ("delivery.journal.after", false),
    ("delivery.shortcut.before", false),
    ("delivery.shortcut.after", false),
    ("delivery.receipt.before", false),
    ("delivery.receipt.after", false),
    ("delivery.current.before", false),
    ("files.replace.written@4", false),
    ("delivery.current.after", true),
    ("delivery.forget.before", true),
    ("delivery.forget.after", true),
];

async fn updated() -> World {
    let (world, old, new) = with_two_releases().await;
    world.install(&old).await.expect("installed");
    world.install(&new).await.expect("installed");
    world
}

fn back(world: &World, to: Option<&str>) -> Result<(), Error> {
    let to = to.map(|version| version.parse::<Version>().expect("a version"));
    rollback(&world.root(), &world.receipt_path(), to.as_ref()).map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn rolling_back_returns_to_the_release_before_and_fetches_nothing() {
    let world = updated().await;
    let served = world.origin.served_bytes();
    back(&world, None).expect("rolled back");
    assert_whole(&world, "1.0.0", "back");
    back(&world, None).expect("rolled back");
    assert_whole(&world, "1.1.0", "forward again");
    back(&world, Some("1.0.0")).expect("rolled back");
    assert_whole(&world, "1.0.0", "back by name");
    assert_eq!(world.origin.served_bytes(), served);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_there_is_nothing_to_return_to_it_is_said() {
    let (world, old, _) = with_two_releases().await;
    let refused = back(&world, None).expect_err("nothing is installed");
    assert!(matches!(refused, Error::NothingToReturnTo { .. }), "{refused}");
    world.install(&old).await.expect("installed");
    let refused = back(&world, None).expect_err("there is only one");
    assert!(matches!(refused, Error::NothingToReturnTo { .. }), "{refused}");
    let refused = back(&world, Some("0.9.0")).expect_err("never installed");
    assert_eq!(refused.to_string(), "release 0.9.0 is not kept here");
    let refused = back(&world, Some("1.0.0")).expect_err("is current");
    assert!(matches!(refused, Error::AlreadyCurrent { .. }), "{refused}");
    assert_whole(&world, "1.0.0", "refusing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_whose_tree_is_gone_is_not_returned_to() {
    let world = updated().await;
    std::fs::remove_dir_all(world.root().join("releases/1.0.0")).expect("removed");
    let refused = back(&world, None).expect_err("gone");
    assert!(matches!(refused, Error::NothingToReturnTo { .. }), "{refused}");
    assert_whole(&world, "1.1.0", "refusing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_anywhere_in_a_switch_leaves_one_release_whole_and_the_same_command_ends_it() {
    let world = updated().await;
    for (place, has_happened) in PLACES {
        let fault = place.replacen('@', "=kill@", 1);
        let fault = if fault == place {
            format!("{place}=kill")
        } else {
            fault
        };
        let killed = end_of(world.child_rolling_back("1.0.0", Some(&fault))).await;
        assert!(was_killed(killed), "{place}: {killed:?}");
        world.recover();
        assert_whole(&world, if has_happened { "1.0.0" } else { "1.1.0" }, place);
        if !has_happened {
            back(&world, Some("1.0.0")).expect("rolled back");
        }
        assert_whole(&world, "1.0.0", place);
        assert_eq!(world.recover(), Recovered::Nothing, "{place}");
        back(&world, Some("1.1.0")).expect("forward again");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_switch_that_fails_leaves_all_as_it_was() {
    let world = updated().await;
    let before = snapshot(&world.path.join("home"));
    let faults = ["ENOSPC", "EACCES", "EIO", "EROFS"].map(|code| format!("error:{code}"));
    for (hit, fault) in (1..=4).flat_map(|hit| faults.iter().map(move |fault| (hit, fault))) {
        let fault = format!("files.write={fault}@{hit}");
        let failed = end_of(world.child_rolling_back("1.0.0", Some(&fault))).await;
        assert!(!failed.success() && !was_killed(failed), "{fault}: {failed:?}");
        assert_whole(&world, "1.1.0", &fault);
        assert_eq!(world.recover(), Recovered::Nothing, "{fault}");
        assert_eq!(snapshot(&world.path.join("home")), before, "{fault}");
    }
}
