//! Several releases side by side in one root.

use crate::world::{Release, World};
use toolcrib_delivery::{Error, Standing, pin, releases, unpin};
use toolcrib_delivery::{Progress, Stop};
use toolcrib_machine::clock::SystemClock;
use toolcrib_model::Version;

const PRODUCT_FILE: &str = r#"
name = "Draft"
[launch]
program = "bin/draft"
"#;

async fn publish(world: &World, version: &str) -> Release {
    let tree = world.tree(version).program("bin/draft", version);
    world.publish(version, &tree, PRODUCT_FILE).await
}

async fn install_keeping(world: &World, version: &str, kept: usize) {
    let release = publish(world, version).await;
    let (progress, _) = tokio::sync::watch::channel(Progress::default());
    let plan = world.plan(&release).keeping(kept);
    let stop = Stop::new();
    let installing =
        toolcrib_delivery::install(plan, &world.http, &world.links, &stop, progress, &SystemClock);
    installing.await.expect("installed");
}

fn version(text: &str) -> Version {
    text.parse().expect("a version")
}

/// Version and standing of every release that is there.
fn held(world: &World) -> Vec<(String, Standing)> {
    let held = releases(&world.root()).expect("listed");
    let on_disk = std::fs::read_dir(world.root().join("releases"))
        .expect("a folder")
        .count();
    assert_eq!(held.len(), on_disk, "nothing else is there");
    held.into_iter()
        .map(|release| (release.receipt.version.to_string(), release.standing))
        .collect()
}

fn named(versions: &[&str]) -> Vec<(String, Standing)> {
    let standings = [Standing::Current, Standing::Previous];
    let standings = standings.into_iter().chain(std::iter::repeat(Standing::Kept));
    versions
        .iter()
        .map(|version| (*version).to_owned())
        .zip(standings)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_current_release_and_the_one_before_it_are_kept() {
    let world = World::new().await;
    assert_eq!(releases(&world.root()).expect("listed"), []);
    for version in ["1.0.0", "1.1.0", "1.2.0"] {
        install_keeping(&world, version, 0).await;
    }
    assert_eq!(held(&world), named(&["1.2.0", "1.1.0"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_may_keep_more() {
    let world = World::new().await;
    for version in ["1.0.0", "1.1.0", "1.2.0", "1.3.0"] {
        install_keeping(&world, version, 3).await;
    }
    assert_eq!(held(&world), named(&["1.3.0", "1.2.0", "1.1.0"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pinned_release_stays_until_it_is_let_go() {
    let world = World::new().await;
    install_keeping(&world, "1.0.0", 2).await;
    pin(&world.root(), &version("1.0.0")).expect("pinned");
    for version in ["1.1.0", "1.2.0", "1.3.0"] {
        install_keeping(&world, version, 2).await;
    }
    assert_eq!(held(&world), named(&["1.3.0", "1.2.0", "1.0.0"]));
    assert!(releases(&world.root()).expect("listed")[2].pinned);
    unpin(&world.root(), &version("1.0.0")).expect("let go");
    install_keeping(&world, "1.4.0", 2).await;
    assert_eq!(held(&world), named(&["1.4.0", "1.3.0"]));
    let refused = pin(&world.root(), &version("1.0.0")).expect_err("gone");
    assert!(matches!(refused, Error::NoRelease { .. }), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_that_an_earlier_program_installed_becomes_known_with_the_next_one() {
    let world = World::new().await;
    install_keeping(&world, "1.0.0", 2).await;
    std::fs::remove_dir_all(world.root().join(".toolcrib/releases")).expect("removed");
    install_keeping(&world, "1.1.0", 2).await;
    assert_eq!(held(&world), named(&["1.1.0", "1.0.0"]));
}
