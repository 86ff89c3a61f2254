//! A whole installation: what is on the disk afterwards, what was fetched, what was told.

use crate::trees::{Tree, noise, snapshot};
use crate::world::{PRODUCT, World, pace};
use tokio::sync::watch;
use toolcrib_delivery::{Connections, Outcome, Pace, Progress, Stage, Stop};
use toolcrib_machine::clock::SystemClock;

/// What may be sent twice where one connection takes the rest of a span over from another, which a busy computer makes slow.
const TAKEN_OVER: u64 = 2 << 20;

const PRODUCT_FILE: &str = r#"
name = "Draft"
publisher = "Example"
summary = "Draws."
[launch]
program = "bin/draft"
[[shortcut]]
name = "Draft"
place = "menu"
"#;

fn everything(tree: Tree) -> Tree {
    let big = noise(1, 20 << 20);
    let tree = tree
        .small_files(400)
        .file("empty.txt", "")
        .file("share/empty too", "")
        .program("bin/draft", "#!/bin/sh\necho draft\n")
        .file("big/model.bin", &big)
        .file("big/copy.bin", &big[..3 << 20])
        .file("twin/copy.bin", &big[..3 << 20])
        .file("twin/small.txt", "the same")
        .file("other/small.txt", "the same")
        .folder("share/nothing/here");
    #[cfg(unix)]
    let tree = tree
        .link("bin/model", "../big/model.bin")
        .link("current", "share");
    tree
}

#[tokio::test(flavor = "multi_thread")]
async fn an_installed_tree_is_the_published_one_byte_for_byte() {
    let world = World::new().await;
    let tree = everything(world.tree("1.0.0"));
    let release = world.publish("1.0.0", &tree, PRODUCT_FILE).await;
    let outcome = world.install(&release).await.expect("installed");

    assert_eq!(snapshot(&world.current_tree()), snapshot(&tree.0));
    assert_eq!(world.current_tree(), world.root().join("releases/1.0.0"));
    let receipt = world.receipt().expect("a receipt");
    assert!(matches!(outcome, Outcome::Installed(told) if *told == receipt));
    assert_eq!(
        receipt.file_count,
        release.manifest.manifest().components[0].file_count
    );
    let menu = std::fs::read_to_string(world.menu().join(format!("toolcrib-{PRODUCT}.desktop")));
    assert!(menu.expect("a shortcut").contains("releases/1.0.0/bin/draft"));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_needed_byte_is_fetched_once_and_nothing_stays_in_staging() {
    let world = World::new().await;
    let release = world
        .publish("1.0.0", &everything(world.tree("1.0.0")), PRODUCT_FILE)
        .await;
    world.install(&release).await.expect("installed");

    let served = world.origin.served_bytes();
    let (stored, parts) = (release.stored_bytes(), release.parts().len() as u64);
    assert!(
        (stored..stored + parts * (64 << 10) + TAKEN_OVER).contains(&served),
        "{served} served, {stored} stored"
    );
    assert_eq!(world.links.asked.load(std::sync::atomic::Ordering::SeqCst), 1);
    let own: Vec<_> = snapshot(&world.root().join(".toolcrib")).into_keys().collect();
    let index = format!("indexes/{}", release.manifest.manifest().index.sha256);
    let kept = [
        "indexes",
        index.as_str(),
        "lock",
        "releases",
        "releases/1.0.0.json",
    ];
    assert_eq!(own, kept);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_installed_tree_is_verified_and_differences_are_found() {
    let world = World::new().await;
    let release = world
        .publish("1.0.0", &everything(world.tree("1.0.0")), PRODUCT_FILE)
        .await;
    world.install(&release).await.expect("installed");
    let (tree, components) = (world.current_tree(), world.order(&release).components);
    let verify = || toolcrib_delivery::verify(&release.index, &components, &tree).expect("reads");
    assert!(verify().is_empty(), "{:?}", verify());

    std::fs::write(tree.join("bin/draft"), "#!/bin/sh\necho hacks\n").expect("written");
    std::fs::remove_file(tree.join("empty.txt")).expect("removed");
    std::fs::write(tree.join("share/more"), "x").expect("written");
    let found = verify();
    assert_eq!(found.damaged, [crate::world::path("bin/draft")]);
    assert_eq!(found.missing, [crate::world::path("empty.txt")]);
    assert_eq!(found.extra, ["share/more"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn progress_goes_forward_through_the_stages_to_its_end() {
    let world = World::new().await;
    let release = world
        .publish("1.0.0", &everything(world.tree("1.0.0")), PRODUCT_FILE)
        .await;
    world.origin.limit_speed(12 << 20);
    let (progress, mut told) = watch::channel(Progress::default());
    let plan = world.plan(&release).at_pace(pace());
    let sizes = *plan.sizes();
    let listening = tokio::spawn(async move {
        let mut all = Vec::new();
        while told.changed().await.is_ok() {
            all.push(told.borrow_and_update().clone());
        }
        all
    });
    let stop = Stop::new();
    let installing =
        toolcrib_delivery::install(plan, &world.http, &world.links, &stop, progress, &SystemClock);
    installing.await.expect("installed");

    let all = listening.await.expect("listened");
    assert!(all.is_sorted_by_key(|told| told.done_bytes), "{all:?}");
    assert!(all.iter().all(|told| told.done_bytes <= told.total_bytes));
    let mut stages: Vec<Stage> = all.iter().map(|told| told.stage).collect();
    stages.dedup();
    // Only the latest is told to whoever comes late, and checking may be over by then.
    assert!(
        matches!(stages.first(), Some(Stage::Checking | Stage::Downloading)),
        "{stages:?}"
    );
    assert!(stages.contains(&Stage::Downloading), "{stages:?}");
    assert_eq!(stages.last(), Some(&Stage::Tidying));
    let last = all.last().expect("something was told");
    assert_eq!(
        (last.done_bytes, last.fetched_bytes),
        (last.total_bytes, sizes.stored_bytes)
    );
    assert!(
        all.iter()
            .any(|told| told.rate_bytes_per_s > 0 && told.remaining_s.is_some())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_for_chunks_is_bounded_whatever_the_size() {
    let world = World::new().await;
    let tree = world.tree("1.0.0").file("big.bin", noise(3, 48 << 20));
    let release = world.publish("1.0.0", &tree, PRODUCT_FILE_WITHOUT_LAUNCH).await;
    let budget = 16 << 20;
    let plan = world.plan(&release).at_pace(Pace {
        connections: Connections { usual: 8, lossy: 16 },
        buffer_bytes: budget,
        workers: 2,
    });
    let (progress, told) = watch::channel(Progress::default());
    let stop = Stop::new();
    let installing =
        toolcrib_delivery::install(plan, &world.http, &world.links, &stop, progress, &SystemClock);
    installing.await.expect("installed");

    let peak = told.borrow().peak_buffer_bytes;
    assert!((4 << 20..=budget).contains(&peak), "{peak}");
    assert_eq!(snapshot(&world.current_tree()), snapshot(&tree.0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_without_content_can_be_installed() {
    let world = World::new().await;
    let tree = world.tree("1.0.0").file("a/empty", "").folder("b");
    let release = world.publish("1.0.0", &tree, PRODUCT_FILE_WITHOUT_LAUNCH).await;
    world.install(&release).await.expect("installed");
    assert_eq!(snapshot(&world.current_tree()), snapshot(&tree.0));
    assert_eq!(world.origin.served_bytes(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_release_keeps_the_first_and_a_third_lets_it_go() {
    let world = World::new().await;
    for version in ["1.0.0", "1.1.0", "1.2.0"] {
        let tree = world.tree(version).file("version.txt", version);
        let release = world.publish(version, &tree, PRODUCT_FILE_WITHOUT_LAUNCH).await;
        world.install(&release).await.expect("installed");
        assert_eq!(
            std::fs::read_to_string(world.current_tree().join("version.txt")).expect("a file"),
            version
        );
    }
    let kept: Vec<_> = snapshot(&world.root().join("releases")).into_keys().collect();
    assert_eq!(kept, ["1.1.0", "1.1.0/version.txt", "1.2.0", "1.2.0/version.txt"]);
    let current = toolcrib_delivery::current(&world.root())
        .expect("reads")
        .expect("installed");
    assert_eq!(current.previous, Some(crate::world::path("releases/1.1.0")));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_release_can_be_installed_again_beside_itself() {
    let world = World::new().await;
    let tree = world.tree("1.0.0").file("a.txt", "a");
    let release = world.publish("1.0.0", &tree, PRODUCT_FILE_WITHOUT_LAUNCH).await;
    for expected in ["releases/1.0.0", "releases/1.0.0-2", "releases/1.0.0"] {
        world.install(&release).await.expect("installed");
        let current = toolcrib_delivery::current(&world.root())
            .expect("reads")
            .expect("installed");
        assert!(snapshot(&world.root().join(current.tree.as_str())) == snapshot(&tree.0));
        if expected.ends_with('2') {
            assert_eq!(current.tree.as_str(), expected);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_folder_that_nobody_knows_of_is_replaced() {
    let world = World::new().await;
    let tree = world.tree("1.0.0").file("a.txt", "a");
    let release = world.publish("1.0.0", &tree, PRODUCT_FILE_WITHOUT_LAUNCH).await;
    let left = world.root().join("releases/1.0.0/left/over");
    std::fs::create_dir_all(left).expect("a folder");
    world.install(&release).await.expect("installed");
    assert_eq!(snapshot(&world.root().join("releases/1.0.0")), snapshot(&tree.0));
}

const PRODUCT_FILE_WITHOUT_LAUNCH: &str = "name = \"Draft\"\n";
