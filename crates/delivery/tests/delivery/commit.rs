//! The commit, killed or failing at every step: afterwards the old release or the new one is there, whole.

use crate::child::{end_of, was_killed};
use crate::trees::snapshot;
use crate::world::{Release, World};
use toolcrib_delivery::Recovered;

const PRODUCT_FILE: &str = r#"
name = "Draft"
[launch]
program = "bin/draft"
[[shortcut]]
name = "Draft"
place = "menu"
"#;

/// Every place of a commit, and whether the new release is the current one after a kill there.
const PLACES: [(&str, bool); 21] = [
    ("delivery.sync", false),
    ("delivery.index.after", false),
    ("delivery.journal.after", false),
    ("delivery.promote.before", false),
    ("delivery.promote.after", false),
    ("delivery.shortcut.before", false),
    ("delivery.shortcut.after", false),
    ("delivery.record.before", false),
    ("delivery.record.after", false),
    ("delivery.receipt.before", false),
    ("delivery.receipt.after", false),
    ("delivery.current.before", false),
    ("delivery.current.after", true),
    ("delivery.cleanup.before", true),
    ("delivery.cleanup.after", true),
    ("delivery.forget.before", true),
    ("delivery.forget.after", true),
    ("files.rename.moved", false),
    ("files.replace.written@2", false),
    ("files.replace.renamed@2", false),
    ("files.replace.written@5", false),
];

pub(crate) async fn with_two_releases() -> (World, Release, Release) {
    let world = World::new().await;
    let tree = |version: &str| {
        let tree = world
            .tree(version)
            .program("bin/draft", &format!("#!/bin/sh\necho {version}\n"));
        tree.file("data.txt", version).small_files(5)
    };
    let old = world.publish("1.0.0", &tree("1.0.0"), PRODUCT_FILE).await;
    let new = world.publish("1.1.0", &tree("1.1.0"), PRODUCT_FILE).await;
    (world, old, new)
}

/// Whole: the current tree, the receipt and the shortcut are those of one release.
pub(crate) fn assert_whole(world: &World, version: &str, place: &str) {
    assert_eq!(world.current_version().as_deref(), Some(version), "{place}");
    assert_eq!(
        snapshot(&world.current_tree()),
        snapshot(&world.tree(version).0),
        "{place}"
    );
    let receipt = world.receipt().expect("a receipt");
    assert_eq!(receipt.version.to_string(), version, "{place}");
    assert_eq!(
        world.root().join(receipt.tree.as_str()),
        world.current_tree(),
        "{place}"
    );
    let menu = snapshot(&world.menu());
    assert_eq!(menu.len(), 1, "{place}: {menu:?}");
    let shortcut = std::fs::read_to_string(world.menu().join("toolcrib-draft.desktop")).expect("a shortcut");
    assert!(
        shortcut.contains(&format!("releases/{version}/bin/draft")),
        "{place}: {shortcut}"
    );
}

fn fault(place: &str) -> String {
    match place.split_once('@') {
        Some((name, hit)) => format!("{name}=kill@{hit}"),
        None => format!("{place}=kill"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_anywhere_in_a_commit_leaves_the_old_release_or_the_new_one() {
    for (place, is_new) in PLACES {
        let (world, old, new) = with_two_releases().await;
        world.install(&old).await.expect("installed");
        let status = end_of(world.child_installing("1.1.0", Some(&fault(place)))).await;
        assert!(was_killed(status), "{place}: {status:?}");

        world.recover();
        assert_whole(&world, if is_new { "1.1.0" } else { "1.0.0" }, place);
        if !is_new {
            let served = world.origin.served_bytes();
            world.install(&new).await.expect("installed");
            assert_whole(&world, "1.1.0", place);
            assert_eq!(
                world.origin.served_bytes(),
                served,
                "{place}: nothing that was held is fetched again"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_in_a_first_installation_leaves_nothing_or_all() {
    for (place, is_new) in PLACES
        .into_iter()
        .filter(|(place, _)| place.starts_with("delivery"))
    {
        let (world, old, _) = with_two_releases().await;
        let status = end_of(world.child_installing("1.0.0", Some(&fault(place)))).await;
        assert!(was_killed(status), "{place}: {status:?}");
        world.recover();
        match is_new {
            true => assert_whole(&world, "1.0.0", place),
            false => {
                assert_eq!(
                    (world.current_version(), world.receipt()),
                    (None, None),
                    "{place}"
                );
                assert!(snapshot(&world.menu()).is_empty(), "{place}");
                world.install(&old).await.expect("installed");
                assert_whole(&world, "1.0.0", place);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn recovery_may_itself_be_killed() {
    for (place, hit) in [
        ("delivery.receipt.after", 1),
        ("delivery.current.before", 2),
        ("delivery.current.before", 3),
    ] {
        let (world, old, _) = with_two_releases().await;
        world.install(&old).await.expect("installed");
        assert!(was_killed(
            end_of(world.child_installing("1.1.0", Some(&fault(place)))).await
        ));
        let fault = format!("delivery.undo=kill@{hit}");
        assert!(
            was_killed(end_of(world.child_recovering(Some(&fault))).await),
            "{place} {hit}"
        );
        assert_eq!(world.recover(), Recovered::RolledBack);
        assert_whole(&world, "1.0.0", place);
    }
    let (world, old, _) = with_two_releases().await;
    world.install(&old).await.expect("installed");
    assert!(was_killed(
        end_of(world.child_installing("1.1.0", Some("delivery.current.after=kill"))).await
    ));
    assert!(was_killed(
        end_of(world.child_recovering(Some("delivery.cleanup.after=kill"))).await
    ));
    assert_eq!(world.recover(), Recovered::Finished);
    assert_eq!(world.recover(), Recovered::Nothing);
    assert_whole(&world, "1.1.0", "cleanup");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_fails_is_undone_at_once_and_can_be_tried_again() {
    // Each write of the commit in turn, and its move: the journal, the shortcut, the receipt, the current record.
    for fault in [
        "files.rename=error:EXDEV@3",
        "files.write=error:EIO@3",
        "files.write=error:ENOSPC@4",
        "files.sync=error:EIO@9",
    ] {
        let (world, old, new) = with_two_releases().await;
        world.install(&old).await.expect("installed");
        let status = end_of(world.child_installing("1.1.0", Some(fault))).await;
        assert!(!status.success() && !was_killed(status), "{fault}: {status:?}");
        assert_whole(&world, "1.0.0", fault);
        assert_eq!(world.recover(), Recovered::Nothing, "{fault}");
        world.install(&new).await.expect("installed");
        assert_whole(&world, "1.1.0", fault);
    }
}
