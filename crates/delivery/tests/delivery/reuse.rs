//! What is on the computer already is not fetched again: releases that are installed, folders, parts.

use crate::child::{Act, end_of, was_killed};
use crate::trees::{Tree, noise, snapshot};
use crate::world::{Release, World, install_steadily, steady_pace};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;
use tokio::sync::watch;
use toolcrib_delivery::{Growth, Order, Progress, Source, Stop};
use toolcrib_machine::clock::SystemClock;
use toolcrib_model::Digest;

const PRODUCT_FILE: &str = "name = \"Draft\"\n";
/// What a request may bring besides what is wanted: gaps between chunks that are not worth a request of their own.
const GAP_BYTES: u64 = 64 << 10;

/// A hundred files, ten of them large, and a link.
fn hundred(tree: Tree) -> Tree {
    let mut tree = tree.small_files(90).program("bin/draft", "#!/bin/sh\n");
    for number in 0..9 {
        let content = noise(number, (1 << 20) + number as usize * 300_000);
        tree = tree.file(&format!("data/{number}.bin"), content);
    }
    tree
}

/// Publishes and installs 1.0.0, and publishes 1.1.0, in which one large file is another.
async fn updatable() -> (World, Release, Release) {
    let world = World::new().await;
    let old = world
        .publish("1.0.0", &hundred(world.tree("1.0.0")), PRODUCT_FILE)
        .await;
    let tree = hundred(world.tree("1.1.0")).file("data/4.bin", noise(77, 2 << 20));
    let new = world.publish("1.1.0", &tree, PRODUCT_FILE).await;
    world.install(&old).await.expect("installed");
    (world, old, new)
}

/// The stored bytes of the chunks that a file is made of.
fn stored_bytes_of(release: &Release, path: &str) -> u64 {
    let index = release.index.index();
    let mut files = index.components.iter().flat_map(|tree| &tree.files);
    let file = files.find(|file| file.path.as_str() == path).expect("is there");
    let mut at = 0;
    let ends = index.chunks.iter().map(|chunk| {
        at += u64::from(chunk.length);
        (at - u64::from(chunk.length), at, u64::from(chunk.stored_length))
    });
    ends.filter(|(start, end, _)| *start < file.at + file.size && *end > file.at)
        .map(|(_, _, stored)| stored)
        .sum()
}

fn assert_current(world: &World, version: &str) {
    assert_eq!(world.current_version().as_deref(), Some(version));
    assert_eq!(snapshot(&world.current_tree()), snapshot(&world.tree(version).0));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_fetches_only_the_chunks_of_the_file_that_changed() {
    let (world, _, new) = updatable().await;
    let changed = stored_bytes_of(&new, "data/4.bin");
    let sizes = *world.plan(&new).sizes();
    assert_eq!((sizes.bytes_to_fetch, sizes.bytes_held), (changed, 0));
    assert_eq!(sizes.bytes_reused, new.stored_bytes() - changed);

    let (before, old) = (world.origin.served_bytes(), snapshot(&world.current_tree()));
    world.install_steadily(&new).await.expect("updated");
    let served = world.origin.served_bytes() - before;
    assert!(
        (changed..=changed + 4 * GAP_BYTES).contains(&served),
        "{served} served, {changed} changed"
    );
    assert_current(&world, "1.1.0");
    assert_eq!(
        snapshot(&world.root().join("releases/1.0.0")),
        old,
        "the old tree is only read"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_release_again_is_made_from_itself() {
    let (world, old, _) = updatable().await;
    let before = world.origin.served_bytes();
    world.install(&old).await.expect("installed");
    assert_eq!(world.origin.served_bytes(), before);
    assert_current(&world, "1.0.0");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_way_back_the_newer_release_is_made_from_itself() {
    let (world, old, new) = updatable().await;
    world.install(&new).await.expect("updated");
    world.install(&old).await.expect("the old one again");
    let before = world.origin.served_bytes();
    assert_eq!(world.plan(&new).sizes().bytes_to_fetch, 0);
    world.install(&new).await.expect("updated again");
    assert_eq!(world.origin.served_bytes(), before);
    assert_current(&world, "1.1.0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_old_file_costs_its_chunks_and_nothing_else() {
    let (world, _, new) = updatable().await;
    let damaged = world.current_tree().join("data/2.bin");
    let mut bytes = std::fs::read(&damaged).expect("reads");
    bytes[70_000] ^= 1;
    std::fs::write(&damaged, bytes).expect("writes");

    let before = world.origin.served_bytes();
    let (progress, told) = watch::channel(Progress::default());
    let plan = world.plan(&new).at_pace(steady_pace());
    let stop = Stop::new();
    let installing =
        toolcrib_delivery::install(plan, &world.http, &world.links, &stop, progress, &SystemClock);
    installing.await.expect("updated");
    let served = world.origin.served_bytes() - before;
    let most = stored_bytes_of(&new, "data/4.bin") + stored_bytes_of(&new, "data/2.bin") + 4 * GAP_BYTES;
    assert!(served <= most, "{served} served, {most} expected at most");
    assert_current(&world, "1.1.0");
    let last = told.borrow().clone();
    assert_eq!(
        last.growth,
        Some(Growth::Reuse),
        "it is said why there was more to do"
    );
    assert_eq!(last.done_bytes, last.total_bytes);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_old_file_is_known_before_anything_is_fetched() {
    let (world, _, new) = updatable().await;
    std::fs::remove_file(world.current_tree().join("data/2.bin")).expect("removed");
    let wanted = stored_bytes_of(&new, "data/4.bin") + stored_bytes_of(&new, "data/2.bin");
    assert_eq!(world.plan(&new).sizes().bytes_to_fetch, wanted);
    world.install(&new).await.expect("updated");
    assert_current(&world, "1.1.0");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_readable_index_everything_is_fetched() {
    let (world, old, new) = updatable().await;
    let digest = old.manifest.manifest().index.sha256;
    std::fs::write(
        world.root().join(format!(".toolcrib/indexes/{digest}")),
        "no index",
    )
    .expect("written");
    assert_eq!(world.plan(&new).sizes().bytes_to_fetch, new.stored_bytes());
    world.install(&new).await.expect("updated");
    assert_current(&world, "1.1.0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_while_reusing_loses_nothing_that_is_held() {
    let (world, _, new) = updatable().await;
    let before = world.origin.served_bytes();
    for hits in [2, 4] {
        let status =
            end_of(world.child_installing("1.1.0", Some(&format!("delivery.reused=kill@{hits}")))).await;
        assert!(was_killed(status));
    }
    assert_eq!(world.current_version().as_deref(), Some("1.0.0"));
    let sizes = *world.plan(&new).sizes();
    let held = new.stored_bytes() - sizes.bytes_reused - sizes.bytes_to_fetch;
    assert!(held > 0 && held == sizes.bytes_held, "{sizes:?}");
    world.install_steadily(&new).await.expect("updated");
    let served = world.origin.served_bytes() - before;
    let most = 3 * (stored_bytes_of(&new, "data/4.bin") + 4 * GAP_BYTES);
    assert!(
        served <= most,
        "{served} served in three runs, {most} expected at most"
    );
    assert_current(&world, "1.1.0");
}

const COMPONENTS: &str = r#"
name = "Draft"
[[component]]
id = "core"
name = "Core"
kind = "required"
files = ["core/**"]
[[component]]
id = "samples"
name = "Samples"
kind = "optional"
files = ["samples/**"]
"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_component_is_added_and_removed_without_fetching_what_is_there() {
    let world = World::new().await;
    let tree = world
        .tree("1.0.0")
        .file("core/engine.bin", noise(1, 3 << 20))
        .file("samples/one.bin", noise(2, 5 << 20));
    let release = world.publish("1.0.0", &tree, COMPONENTS).await;
    let core_alone = || Order {
        components: [].into(),
        ..world.order(&release)
    };
    install_steadily(&world, core_alone()).await.expect("installed");
    let before = world.origin.served_bytes();
    let samples = release.manifest.manifest().components[1].stored_bytes;
    assert_eq!(world.plan(&release).sizes().bytes_to_fetch, samples);
    world
        .install_steadily(&release)
        .await
        .expect("the samples were added");
    let served = world.origin.served_bytes() - before;
    assert!(
        served <= samples + 2 * GAP_BYTES,
        "{served} served, {samples} added"
    );
    assert_current(&world, "1.0.0");

    let before = world.origin.served_bytes();
    install_steadily(&world, core_alone())
        .await
        .expect("the samples were removed");
    assert_eq!(world.origin.served_bytes(), before);
    assert!(!world.current_tree().join("samples").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_with_the_files_is_adopted_and_what_differs_is_fetched() {
    let (world, _, new) = updatable().await;
    let other = World::new().await;
    let copy = world.tree("1.1.0").0;
    std::fs::write(copy.join("data/1.bin"), noise(99, (1 << 20) + 300_000)).expect("written");
    let order = Order {
        root: other.root(),
        receipt: other.receipt_path(),
        sources: vec![Source::Tree(copy)],
        ..world.order(&new)
    };
    let before = world.origin.served_bytes();
    install_steadily(&world, order).await.expect("adopted");
    let served = world.origin.served_bytes() - before;
    let most = stored_bytes_of(&new, "data/1.bin") + 4 * GAP_BYTES;
    assert!(
        served > 0 && served <= most,
        "{served} served, {most} expected at most"
    );
    let adopted = std::fs::read(other.current_tree().join("data/1.bin")).expect("reads");
    assert_eq!(Digest::of(&adopted), Digest::of(&noise(1, (1 << 20) + 300_000)));
}

/// Copies parts of a release into a folder, under the names that a download has.
fn put_parts(world: &World, release: &Release, folder: &str, places: &[usize]) -> Source {
    let folder = world.path.join(folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    for place in places {
        let part = world
            .path
            .join("catalogue/content")
            .join(&release.parts()[*place]);
        std::fs::copy(part, folder.join(toolcrib_delivery::part_names::part(*place))).expect("copied");
    }
    Source::Parts(folder)
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_in_several_folders_are_enough_and_a_missing_one_is_named_and_fetched_alone() {
    let world = World::new().await;
    let release = world
        .publish("1.0.0", &hundred(world.tree("1.0.0")), PRODUCT_FILE)
        .await;
    let count = release.parts().len();
    assert!(count >= 4, "{count} parts");
    let even: Vec<usize> = (0..count).step_by(2).collect();
    let odd: Vec<usize> = (3..count).step_by(2).collect();
    let sources = vec![
        put_parts(&world, &release, "usb", &even),
        put_parts(&world, &release, "disc", &odd),
    ];
    let order = Order {
        sources,
        ..world.order(&release)
    };
    let plan = toolcrib_delivery::plan(order.clone()).expect("a plan");
    assert_eq!(plan.parts_to_fetch(), [1].into());
    install_steadily(&world, order).await.expect("installed");
    let missing = release.manifest.manifest().parts[1].length;
    assert!(
        world.origin.served_bytes() <= missing,
        "{} served",
        world.origin.served_bytes()
    );
    assert_current(&world, "1.0.0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_part_comes_once_however_long_it_waits_for_the_others() {
    let mut world = World::new().await;
    world.part_bytes = 16 << 20;
    let large = |tree: Tree, number: u64| tree.file(&format!("data/{number}.bin"), noise(number, 3 << 20));
    let tree = (0..12).fold(world.tree("1.0.0"), large);
    let release = world.publish("1.0.0", &tree, PRODUCT_FILE).await;
    let there: Vec<usize> = (1..release.parts().len()).collect();
    let Source::Parts(folder) = put_parts(&world, &release, "usb", &there) else {
        unreachable!("it is a folder of parts")
    };
    let act = Act::InstallFrom {
        version: "1.0.0".to_owned(),
        folder,
    };
    let slow_disk = "delivery.write=wait:300";
    assert!(end_of(world.child(act, Some(slow_disk))).await.success());
    let (served, missing) = (
        world.origin.served_bytes(),
        release.manifest.manifest().parts[0].length,
    );
    assert!(served <= missing, "{served} served for {missing}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_part_in_a_folder_costs_its_damaged_chunk() {
    let world = World::new().await;
    let release = world
        .publish("1.0.0", &hundred(world.tree("1.0.0")), PRODUCT_FILE)
        .await;
    let all: Vec<usize> = (0..release.parts().len()).collect();
    let source = put_parts(&world, &release, "usb", &all);
    let path = world.path.join("usb/part-0002.zip");
    let mut bytes = std::fs::read(&path).expect("reads");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, bytes).expect("writes");
    let order = Order {
        sources: vec![source],
        ..world.order(&release)
    };
    install_steadily(&world, order).await.expect("installed");
    let longest = release
        .index
        .index()
        .chunks
        .iter()
        .map(|chunk| chunk.stored_length)
        .max();
    assert!(world.origin.served_bytes() <= u64::from(longest.expect("chunks")));
    assert_current(&world, "1.0.0");
}

/// What an old and a new release have at some paths: pieces of a few contents, so that much of it is the same.
fn trees() -> impl Strategy<Value = [BTreeMap<u8, Vec<u8>>; 2]> {
    let content = prop::collection::vec(0_u8..6, 0..6);
    let tree = prop::collection::btree_map(0_u8..8, content, 1..8);
    [tree.clone(), tree]
}

/// Each piece is 400,000 bytes.
fn filled(mut tree: Tree, files: &BTreeMap<u8, Vec<u8>>) -> Tree {
    for (name, pieces) in files {
        let content: Vec<u8> = pieces
            .iter()
            .flat_map(|piece| noise(u64::from(*piece), 400_000))
            .collect();
        tree = tree.file(&format!("{}/file-{name}", name % 3), content);
    }
    tree
}

#[test]
fn whatever_is_reused_the_result_is_the_new_release() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut runner = TestRunner::new(ProptestConfig::with_cases(12));
    let checked = runner.run(&(trees(), any::<u64>()), |([old, new], damage)| {
        runtime.block_on(async {
            let world = World::new().await;
            let old = world
                .publish("1.0.0", &filled(world.tree("1.0.0"), &old), PRODUCT_FILE)
                .await;
            let tree = filled(world.tree("1.1.0"), &new);
            let new = world.publish("1.1.0", &tree, PRODUCT_FILE).await;
            world.install(&old).await.expect("installed");
            damage_one(&world, damage);
            world.install(&new).await.expect("updated");
            prop_assert_eq!(snapshot(&world.current_tree()), snapshot(&tree.0));
            Ok(())
        })
    });
    checked.expect("holds for every pair");
}

/// Flips a bit somewhere in the installed tree.
fn damage_one(world: &World, seed: u64) {
    let files: Vec<_> = snapshot(&world.current_tree())
        .into_iter()
        .filter(|(_, what)| what.starts_with("file"))
        .collect();
    let path = world.current_tree().join(&files[seed as usize % files.len()].0);
    let mut bytes = std::fs::read(&path).expect("reads");
    if let Some(place) = (seed as usize).checked_rem(bytes.len()) {
        bytes[place] ^= 1;
        std::fs::write(path, bytes).expect("writes");
    }
}
