//! Patches: fewer bytes where they are worth it, and chunks in the same run where they are of no use.

use crate::child::{end_of, was_killed};
use crate::trees::{Tree, noise, snapshot};
use crate::world::{self, Release, World};
use tokio::sync::watch;
use toolcrib_delivery::{Growth, Order, Outcome, Progress, Stop};
use toolcrib_machine::clock::SystemClock;
use toolcrib_testkit::origin::{Fault, Times};

const PRODUCT_FILE: &str = "name = \"Draft\"\n";
/// What a request may bring besides what is wanted.
const GAP_BYTES: u64 = 64 << 10;

/// A large file and many small ones, with the version written into each.
fn versioned(tree: Tree, version: &str) -> Tree {
    let mut big = noise(3, 7 << 20);
    for place in (0..big.len()).step_by(900_000) {
        big[place..place + version.len()].copy_from_slice(version.as_bytes());
    }
    let mut tree = tree
        .file("bin/big.bin", big)
        .file("bin/other.bin", noise(4, 2 << 20));
    for number in 0..30 {
        let text = [noise(100 + number, 20_000), version.as_bytes().to_vec()].concat();
        tree = tree.file(&format!("lib/{number}.dat"), text);
    }
    tree
}

async fn updatable() -> (World, Release) {
    let world = World::new().await;
    let old = world
        .publish("1.0.0", &versioned(world.tree("1.0.0"), "1.0.0"), PRODUCT_FILE)
        .await;
    let tree = versioned(world.tree("1.1.0"), "1.1.0");
    let new = world
        .publish_with_patches("1.1.0", &tree, PRODUCT_FILE, &["1.0.0"])
        .await;
    world.install(&old).await.expect("installed");
    (world, new)
}

fn assert_updated(world: &World) {
    assert_eq!(world.current_version().as_deref(), Some("1.1.0"));
    assert_eq!(snapshot(&world.current_tree()), snapshot(&world.tree("1.1.0").0));
}

/// What would be fetched without patches.
fn bytes_without_patches(world: &World, release: &Release) -> u64 {
    let order = Order {
        patches: None,
        ..world.order(release)
    };
    toolcrib_delivery::plan(order)
        .expect("a plan")
        .sizes()
        .bytes_to_fetch
}

/// Updates, and says what was told of it in the end: the total has grown by what came in the place of patches (S-131).
async fn assert_grows(world: &World, release: &Release, why: Growth) {
    let (progress, told) = watch::channel(Progress::default());
    let plan = world.plan(release).at_pace(world::pace());
    let stop = Stop::new();
    let planned = plan.sizes().bytes_to_fetch;
    let installing =
        toolcrib_delivery::install(plan, &world.http, &world.links, &stop, progress, &SystemClock);
    installing.await.expect("updated");
    let last = told.borrow().clone();
    assert_eq!(last.growth, Some(why));
    assert_eq!(last.done_bytes, last.total_bytes);
    assert!(last.fetched_bytes > planned, "{last:?}, {planned} were planned");
}

/// Changes every byte.
fn scrambled(bytes: Vec<u8>) -> Vec<u8> {
    bytes.into_iter().map(|byte| byte ^ 0x55).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_by_patches_fetches_little() {
    let (world, new) = updatable().await;
    let sizes = *world.plan(&new).sizes();
    assert_eq!(sizes.bytes_to_fetch, sizes.patch_bytes);
    let without = bytes_without_patches(&world, &new);
    assert!(sizes.patch_bytes * 20 < without, "{sizes:?}, {without} without");

    let before = world.origin.served_bytes();
    world.install_steadily(&new).await.expect("updated");
    let served = world.origin.served_bytes() - before;
    assert!(
        served <= sizes.patch_bytes + GAP_BYTES,
        "{served} served of {sizes:?}"
    );
    assert_updated(&world);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_made_of_patches_for_later_needs_neither_them_nor_a_network_then() {
    let (world, new) = updatable().await;
    let (progress, _) = watch::channel(Progress::default());
    let (plan, stop) = (world.plan(&new).only_fetched(), Stop::new());
    let held = toolcrib_delivery::install(plan, &world.http, &world.links, &stop, progress, &SystemClock);
    assert_eq!(held.await.expect("fetched"), Outcome::Held);
    assert_eq!(world.current_version().as_deref(), Some("1.0.0"));

    let without_patches = Order {
        patches: None,
        ..world.order(&new)
    };
    assert_eq!(bytes_without_patches(&world, &new), 0);
    let before = world.origin.served_bytes();
    world::install(&world, without_patches).await.expect("updated");
    assert_eq!(world.origin.served_bytes(), before);
    assert_updated(&world);
}

#[tokio::test(flavor = "multi_thread")]
async fn patches_are_not_fetched_where_chunks_are_fewer_bytes() {
    let world = World::new().await;
    let old = world
        .publish(
            "1.0.0",
            &world.tree("1.0.0").file("a.bin", noise(1, 2 << 20)),
            PRODUCT_FILE,
        )
        .await;
    let tree = world
        .tree("1.1.0")
        .file("a.bin", noise(2, 2 << 20))
        .file("b.bin", noise(1, 2 << 20));
    let new = world
        .publish_with_patches("1.1.0", &tree, PRODUCT_FILE, &["1.0.0"])
        .await;
    world.install(&old).await.expect("installed");
    let sizes = *world.plan(&new).sizes();
    assert!(
        sizes.bytes_to_fetch <= bytes_without_patches(&world, &new),
        "{sizes:?}"
    );
    world.install(&new).await.expect("updated");
    assert_updated(&world);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patch_on_a_damaged_file_falls_back_to_chunks() {
    let (world, new) = updatable().await;
    let damaged = world.current_tree().join("bin/big.bin");
    let bytes = std::fs::read(&damaged).expect("reads");
    std::fs::write(&damaged, scrambled(bytes)).expect("writes");
    assert_grows(&world, &new, Growth::Reuse).await;
    assert_updated(&world);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patch_that_no_server_has_falls_back_to_chunks() {
    let (world, new) = updatable().await;
    for part in &new.manifest.manifest().patches[0].parts {
        world
            .origin
            .misbehave_for(&part.sha256.to_string(), Fault::Status(404), Times::Always);
    }
    assert_grows(&world, &new, Growth::Patches).await;
    assert_updated(&world);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patch_that_arrives_damaged_falls_back_to_chunks() {
    let (world, new) = updatable().await;
    let part = new.manifest.manifest().patches[0].parts[0];
    let middle = Fault::Corrupt { at: part.length / 2 };
    world
        .origin
        .misbehave_for(&part.sha256.to_string(), middle, Times::Always);
    assert_grows(&world, &new, Growth::Patches).await;
    assert_updated(&world);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_after_a_patch_does_not_fetch_it_again() {
    let (world, new) = updatable().await;
    let sizes = *world.plan(&new).sizes();
    let before = world.origin.served_bytes();
    let status = end_of(world.child_installing("1.1.0", Some("delivery.patched=kill"))).await;
    assert!(was_killed(status));
    world.install_steadily(&new).await.expect("updated");
    let served = world.origin.served_bytes() - before;
    assert!(
        served <= sizes.patch_bytes + 3 * GAP_BYTES,
        "{served} served of {sizes:?}"
    );
    assert_updated(&world);
}
