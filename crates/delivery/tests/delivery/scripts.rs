//! Scripts of packages: run once after the person agreed, shut in, and undone as far as their package can.

use crate::trees::snapshot;
use crate::world::{Release, World};
use tokio::sync::watch;
use toolcrib_delivery::{Error, Order, Progress, Removal, Scripts, uninstall};
use toolcrib_machine::sandbox;
use toolcrib_wire::receipt::OutsideRoot;

const PLAIN: &str = r#"name = "Draft""#;
const WITH_SCRIPT: &str = r#"
name = "Draft"
[[hook]]
kind = "script"
run = { program = "bin/setup", arguments = ["all"] }
undo = { run = { program = "bin/undo" } }
"#;

/// A release whose script is this, and what undoes it that.
async fn publish(world: &World, version: &str, file: &str, setup: &str, undo: &str) -> Release {
    let script = |lines: &str| format!("#!/bin/sh\n{lines}\n");
    let tree = world
        .tree(version)
        .program("bin/setup", &script(setup))
        .program("bin/undo", &script(undo))
        .file("version", version);
    world.publish(version, &tree, file).await
}

/// A world, unless nothing can be shut in on this computer: then no script is run, which another test sees.
async fn world() -> Option<World> {
    match sandbox::obstacle() {
        None => Some(World::new().await),
        Some(_) => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_was_agreed_to_works_in_the_release_once() {
    let Some(world) = world().await else { return };
    let release = publish(&world, "1.0.0", WITH_SCRIPT, "echo $1 >> made", "rm -f made").await;
    assert_eq!(world.plan(&release).scripts(), ["bin/setup all"]);
    world.install(&release).await.expect("installed");
    let made = std::fs::read_to_string(world.current_tree().join("made"));
    assert_eq!(made.expect("a file"), "all\n");
    let receipt = world.receipt().expect("a receipt");
    assert!(matches!(receipt.outside[..], [OutsideRoot::Ran { .. }]));
    assert!(!world.root().join(".toolcrib/scratch").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_nobody_agreed_to_is_left_out_and_that_is_told() {
    let world = World::new().await;
    let release = publish(&world, "1.0.0", WITH_SCRIPT, "echo x > made", "true").await;
    let order = Order {
        scripts: Scripts::LeftOut,
        ..world.order(&release)
    };
    let plan = toolcrib_delivery::plan(order.clone()).expect("a plan");
    assert_eq!(plan.left_out()[0].hook, "running `bin/setup`");
    crate::world::install(&world, order).await.expect("installed");
    assert!(!world.current_tree().join("made").exists());
    assert_eq!(world.receipt().expect("a receipt").skipped, plan.left_out());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_fails_leaves_the_old_release_as_it_was() {
    let Some(world) = world().await else { return };
    let old = publish(&world, "1.0.0", PLAIN, "true", "true").await;
    world.install(&old).await.expect("installed");
    let before = snapshot(&world.current_tree());
    let fails = "echo changed > version; echo no luck >&2; exit 3";
    let new = publish(&world, "1.1.0", WITH_SCRIPT, fails, "echo undone > undone").await;
    let failed = world.install(&new).await.expect_err("the script fails");
    assert!(
        matches!(&failed, Error::ScriptFailed { said, .. } if said == "no luck"),
        "{failed:?}"
    );
    assert_eq!(world.current_version().as_deref(), Some("1.0.0"));
    assert_eq!(snapshot(&world.current_tree()), before);
    let staged = world.root().join(".toolcrib/staging/1.1.0");
    assert!(
        !staged.exists() || staged.join("undone").exists(),
        "the undoing was run"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_script_changed_is_not_believed_when_it_is_tried_again() {
    let Some(world) = world().await else { return };
    let fails = "echo changed > version; test -e /usr/no-such-thing";
    let release = publish(&world, "1.0.0", WITH_SCRIPT, fails, "true").await;
    world.install(&release).await.expect_err("the script fails");
    let order = Order {
        scripts: Scripts::LeftOut,
        ..world.order(&release)
    };
    crate::world::install(&world, order).await.expect("installed");
    let version = std::fs::read_to_string(world.current_tree().join("version"));
    assert_eq!(version.expect("a file"), "1.0.0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_that_cannot_undo_its_script_still_goes() {
    let Some(world) = world().await else { return };
    let release = publish(&world, "1.0.0", WITH_SCRIPT, "echo x > made", "exit 1").await;
    world.install(&release).await.expect("installed");
    let (progress, _) = watch::channel(Progress::default());
    let receipt = world.receipt().expect("a receipt");
    uninstall(&receipt, &world.receipt_path(), Removal::default(), &progress).expect("uninstalled");
    assert!(!world.root().exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_reaches_nothing_beside_its_release() {
    let Some(world) = world().await else { return };
    let diary = world.path.join("home/diary");
    std::fs::write(&diary, "dear diary").expect("a file");
    let setup = format!("cat {diary} > stolen; rm -f {diary}; echo x > {diary}; exit 0");
    let release = publish(&world, "1.0.0", WITH_SCRIPT, &setup, "true").await;
    world.install(&release).await.expect("installed");
    assert_eq!(
        std::fs::read_to_string(&diary).expect("still there"),
        "dear diary"
    );
    let stolen = std::fs::read_to_string(world.current_tree().join("stolen"));
    assert_eq!(stolen.expect("an empty file"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_script_made_goes_and_what_a_person_put_beside_it_stays() {
    let Some(world) = world().await else { return };
    let makes = "mkdir -p cache/deep; echo x > cache/deep/index; echo x > made";
    let release = publish(&world, "1.0.0", WITH_SCRIPT, makes, "echo x > left-by-undoing").await;
    world.install(&release).await.expect("installed");
    let tree = world.current_tree();
    assert!(tree.join("cache/deep/index").exists());
    std::fs::write(tree.join("cache/deep/notes"), "mine").expect("written");
    let (progress, _) = watch::channel(Progress::default());
    let receipt = world.receipt().expect("a receipt");
    uninstall(&receipt, &world.receipt_path(), Removal::default(), &progress).expect("uninstalled");
    let left = snapshot(&world.root()).into_iter();
    let left: Vec<_> = left
        .filter(|(_, what)| what != "folder")
        .map(|(name, _)| name)
        .collect();
    assert_eq!(left, ["your-files/1.0.0/cache/deep/notes"]);
}
