//! What a computer holds of a release that it has not finished is given to others, and only what is right of it.

use crate::neighbour::{Giver, install_at_neighbour};
use crate::trees::{noise, snapshot};
use crate::world::{Release, World, carry_out, leave_to_peers, steady_pace};
use std::time::Duration;
use toolcrib_delivery::{Outcome, Stop, current};

const PRODUCT_FILE: &str = "name = \"Draft\"\n";

/// A release of which this computer holds a part, in staging.
async fn half_made() -> (World, Release) {
    let world = World::new().await;
    let tree = world
        .tree("1.0.0")
        .small_files(100)
        .file("big.bin", noise(17, 16 << 20));
    let release = world.publish("1.0.0", &tree, PRODUCT_FILE).await;
    world.origin.serve_up_to(8 << 20);
    go_on_until(&world, &release, world.wait_for_held(&release, 3 << 20)).await;
    (world, release)
}

/// Goes on making the release until something has happened.
async fn go_on_until(world: &World, release: &Release, happened: impl Future<Output = ()>) {
    let stop = Stop::new();
    let stopping = async {
        happened.await;
        stop.pause();
    };
    let making = carry_out(world, world.order(release), steady_pace(), &stop);
    let (outcome, ()) = tokio::join!(making, stopping);
    assert_eq!(outcome.expect("it stops"), Outcome::Paused);
    world.origin.serve_on();
}

/// Installs at the neighbour's; answers how much the origin served for that.
async fn install_at_the_neighbours(world: &World, release: &Release) -> u64 {
    leave_to_peers(&world.http);
    let before = world.origin.served_bytes();
    let root = install_at_neighbour(world, release).await;
    let tree = current(&root).expect("read").expect("installed").tree;
    assert_eq!(
        snapshot(&root.join(tree.as_str())),
        snapshot(&world.tree("1.0.0").0)
    );
    world.origin.served_bytes() - before
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_of_an_unfinished_release_is_given_and_its_maker_is_not_disturbed() {
    let (world, release) = half_made().await;
    let giver = Giver::making(world.root(), &release).await;
    let (known, all) = (giver.chunks.chunk_count(), release.index.index().chunks.len());
    assert!(known > 0 && known < all, "{known} of {all}");
    world.links.know(&[giver.address]);
    let served = install_at_the_neighbours(&world, &release).await;
    assert!(giver.giving.given_bytes() > 1 << 20);
    assert!(served < release.stored_bytes(), "{served}");

    world.links.know(&[]);
    world.install(&release).await.expect("installed");
    assert_eq!(snapshot(&world.current_tree()), snapshot(&world.tree("1.0.0").0));
    giver.look_again(&release);
    assert_eq!(
        giver.chunks.chunk_count(),
        0,
        "nothing is being made there any more"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_spoilt_in_staging_is_not_given() {
    let (world, release) = half_made().await;
    let giver = Giver::making(world.root(), &release).await;
    let staged = world.root().join(".toolcrib/staging/1.0.0/big.bin");
    let length = staged.metadata().expect("it is being made").len();
    std::fs::write(&staged, vec![0; length as usize]).expect("spoilt");
    world.links.know(&[giver.address]);
    install_at_the_neighbours(&world, &release).await;
    let of_others = release.stored_bytes() - (16 << 20);
    assert!(
        giver.giving.given_bytes() <= of_others + (1 << 20),
        "{}",
        giver.giving.given_bytes()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_later_is_given_later() {
    let (world, release) = half_made().await;
    let giver = Giver::making(world.root(), &release).await;
    let before = giver.chunks.chunk_count();
    giver.look_again(&release);
    assert_eq!(giver.chunks.chunk_count(), before);
    world.origin.serve_up_to(world.origin.served_bytes() + (6 << 20));
    let more = async {
        while giver.chunks.chunk_count() == before {
            tokio::time::sleep(Duration::from_millis(5)).await;
            giver.look_again(&release);
        }
    };
    let making = go_on_until(&world, &release, more);
    tokio::time::timeout(Duration::from_secs(60), making)
        .await
        .expect("more is given within a minute");
}
