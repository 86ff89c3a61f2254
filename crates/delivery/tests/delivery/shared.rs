//! Components that two products have in common: on the disk once, there as long as one of them is.
#![cfg(unix)]

use crate::trees::{Tree, noise, snapshot};
use crate::world::{self, Release, World, examine};
use camino::Utf8PathBuf;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use tokio::sync::watch;
use toolcrib_delivery::{Order, Outcome, Progress, Removal, Sharing, Stop, relocate, rollback, uninstall};
use toolcrib_wire::receipt::Receipt;

const OTHER: &str = "sketch";
const RUNTIME: usize = 6 << 20;
const SHARED: &str = "runtime/engine.bin";
const PRODUCT_FILE: &str = r#"
[[component]]
id = "core"
name = "Core"
kind = "required"
files = ["bin/**"]
[[component]]
id = "runtime"
name = "Runtime"
kind = "default"
shared = true
files = ["runtime/**"]
"#;

/// A release with the runtime, and a program of its own.
fn with_runtime(tree: Tree, own: &str) -> Tree {
    tree.program("bin/start", own)
        .file(SHARED, noise(5, RUNTIME))
        .file("runtime/empty", "")
        .program("runtime/bin/helper", "#!/bin/sh\n")
}

/// `draft` is installed, and `sketch` is there to be.
async fn two_products() -> (World, Release) {
    let world = World::new().await;
    let draft = world
        .publish("1.0.0", &with_runtime(world.tree("draft"), "draft"), PRODUCT_FILE)
        .await;
    world.install(&draft).await.expect("installed");
    let tree = with_runtime(world.tree("sketch"), "sketch");
    let sketch = world.publish_other(OTHER, "2.0.0", &tree, PRODUCT_FILE).await;
    (world, sketch)
}

fn order(world: &World, sketch: &Release) -> Order {
    let root = world.path.join("apps").join(OTHER);
    Order {
        receipt: receipt_path(world),
        neighbours: vec![world.root()],
        ..world::order(sketch, &world.path, &root)
    }
}

fn receipt_path(world: &World) -> Utf8PathBuf {
    world.path.join("home/receipts").join(format!("{OTHER}.json"))
}

fn receipt(world: &World) -> Receipt {
    let bytes = std::fs::read(receipt_path(world)).expect("a receipt");
    serde_json::from_slice(&bytes).expect("a receipt")
}

fn sketch_tree(world: &World) -> Utf8PathBuf {
    world.path.join("apps").join(OTHER).join("releases/2.0.0")
}

fn names_of(path: Utf8PathBuf) -> u64 {
    path.metadata().expect("a file").nlink()
}

async fn both() -> (World, Release) {
    let (world, sketch) = two_products().await;
    world::install(&world, order(&world, &sketch))
        .await
        .expect("installed");
    (world, sketch)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_component_that_another_product_has_is_neither_fetched_nor_stored_again() {
    let (world, sketch) = two_products().await;
    let plan = toolcrib_delivery::plan(order(&world, &sketch)).expect("a plan");
    let sizes = *plan.sizes();
    assert!(sizes.shared_bytes > RUNTIME as u64 && sizes.bytes_shared > RUNTIME as u64);
    assert!(sizes.bytes_to_fetch < 1 << 20, "{sizes:?}");
    assert!(sizes.peak_bytes < RUNTIME as u64, "{sizes:?}");
    assert_eq!(sizes.installed_bytes, sketch.manifest.manifest().installed_bytes);
    world::install(&world, order(&world, &sketch))
        .await
        .expect("installed");
    assert_eq!(names_of(sketch_tree(&world).join(SHARED)), 2);
    assert_eq!(
        snapshot(&sketch_tree(&world)),
        snapshot(&world.path.join("input/sketch"))
    );
    assert!(examine(order(&world, &sketch)).differences().is_empty());
    assert_eq!(receipt(&world).shared, world.receipt().expect("a receipt").shared);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_stays_until_the_last_product_that_has_it_goes() {
    let (world, sketch) = both().await;
    let (progress, _) = watch::channel(Progress::default());
    let draft = world.receipt().expect("a receipt");
    uninstall(&draft, &world.receipt_path(), Removal::default(), &progress).expect("uninstalled");
    assert!(!world.root().exists());
    assert!(examine(order(&world, &sketch)).differences().is_empty());
    assert_eq!(names_of(sketch_tree(&world).join(SHARED)), 1);
    uninstall(
        &receipt(&world),
        &receipt_path(&world),
        Removal::default(),
        &progress,
    )
    .expect("uninstalled");
    assert!(snapshot(&world.path.join("apps")).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_product_has_changed_is_not_taken_over() {
    let (world, sketch) = two_products().await;
    let theirs = world.current_tree().join(SHARED);
    let changed = change(&theirs);
    world::install(&world, order(&world, &sketch))
        .await
        .expect("installed");
    assert!(examine(order(&world, &sketch)).differences().is_empty());
    assert_eq!(std::fs::read(&theirs).expect("a file"), changed);
    assert_eq!(names_of(theirs), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repair_mends_one_product_and_leaves_the_other_to_its_own() {
    let (world, sketch) = both().await;
    let draft = world::open(&world.path.join("catalogue"), "1.0.0").await;
    change(&world.current_tree().join(SHARED));
    let damaged = examine(order(&world, &sketch)).differences().damaged.clone();
    assert_eq!(damaged, [world::path(SHARED)]);
    world.repair(&draft).await.expect("repaired");
    assert!(world.examine(&draft).differences().is_empty());
    assert_eq!(examine(order(&world, &sketch)).differences().damaged, damaged);
    let mended = world::repair(order(&world, &sketch), &world.http, &world.links).await;
    mended.expect("repaired");
    assert!(examine(order(&world, &sketch)).differences().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_releases_of_one_product_share_it_and_either_can_be_returned_to() {
    let world = World::new().await;
    for version in ["1.0.0", "1.1.0"] {
        let tree = with_runtime(world.tree(version), version);
        let release = world.publish(version, &tree, PRODUCT_FILE).await;
        world.install(&release).await.expect("installed");
    }
    assert_eq!(names_of(world.current_tree().join(SHARED)), 2);
    rollback(&world.root(), &world.receipt_path(), None).expect("switched");
    assert_eq!(world.current_version().as_deref(), Some("1.0.0"));
    let tree = snapshot(&world.current_tree());
    assert_eq!(tree, snapshot(&world.path.join("input/1.0.0")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_that_moves_on_its_volume_goes_on_sharing() {
    let (world, _) = both().await;
    let (progress, _) = watch::channel(Progress::default());
    let to = world.path.join("elsewhere/draft");
    relocate(&world.receipt_path(), &to, &Stop::new(), &progress).expect("moved");
    assert_eq!(names_of(to.join("releases/1.0.0").join(SHARED)), 2);
    assert_eq!(names_of(sketch_tree(&world).join(SHARED)), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shared_is_read_only_and_nothing_else_is() {
    let (world, _) = both().await;
    let mode = |path: &str| {
        let found = world.current_tree().join(path).metadata().expect("a file");
        found.permissions().mode() & 0o222
    };
    assert_eq!((mode(SHARED), mode("runtime/empty")), (0, 0));
    assert_ne!(mode("bin/start"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_second_name_can_be_given_it_is_copied_and_still_not_fetched() {
    let (world, sketch) = two_products().await;
    let copying = Order {
        sharing: Sharing::ByCopy,
        ..order(&world, &sketch)
    };
    let plan = toolcrib_delivery::plan(copying.clone()).expect("a plan");
    assert_eq!(plan.sizes().shared_bytes, 0);
    assert!(plan.sizes().bytes_to_fetch < 1 << 20, "{:?}", plan.sizes());
    world::install(&world, copying).await.expect("installed");
    assert_eq!(names_of(sketch_tree(&world).join(SHARED)), 1);
    assert!(examine(order(&world, &sketch)).differences().is_empty());
}

/// Changes a file in its place, as a product may that has the right to.
fn change(path: &Utf8PathBuf) -> Vec<u8> {
    let mut bytes = std::fs::read(path).expect("a file");
    bytes[1 << 20] ^= 1;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644)).expect("made writable");
    std::fs::write(path, &bytes).expect("written");
    bytes
}

/// Changes a byte of a file in its place, so that all its names see it.
fn harm(path: &Utf8PathBuf) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644)).expect("permitted");
    let mut bytes = std::fs::read(path).expect("a file");
    bytes[RUNTIME / 2] ^= 1;
    std::fs::write(path, bytes).expect("written");
}

#[tokio::test(flavor = "multi_thread")]
async fn mending_a_shared_file_mends_it_for_all_who_have_it() {
    let (world, sketch) = both().await;
    harm(&world.current_tree().join(SHARED));
    assert!(!examine(order(&world, &sketch)).differences().is_empty());
    world::repair(order(&world, &sketch), &world.http, &world.links)
        .await
        .expect("repaired");
    let theirs = world.current_tree().join(SHARED);
    assert_eq!(
        std::fs::read(&theirs).expect("a file"),
        std::fs::read(sketch_tree(&world).join(SHARED)).expect("a file")
    );
    assert!(examine(order(&world, &sketch)).differences().is_empty());
    assert_eq!(names_of(theirs), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_that_is_being_worked_on_is_left_to_its_own_repair() {
    let (world, sketch) = both().await;
    let theirs = world.current_tree().join(SHARED);
    harm(&theirs);
    let before = std::fs::read(&theirs).expect("a file");
    let lock = toolcrib_machine::files::Lock::try_acquire(&world.root().join(".toolcrib/lock"));
    let _held = lock.expect("locked").expect("free");
    let repaired = world::repair(order(&world, &sketch), &world.http, &world.links).await;
    let Outcome::MendedHereOnly { receipt, left_out } = repaired.expect("repaired") else {
        panic!("nobody was told that draft was left out");
    };
    assert_eq!((receipt.product.as_str(), left_out), (OTHER, vec![world.root()]));
    assert!(examine(order(&world, &sketch)).differences().is_empty());
    assert_eq!(std::fs::read(&theirs).expect("a file"), before);
}
