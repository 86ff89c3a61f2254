//! Servers that are near go first: the farther ones serve only what no nearer one can.

use crate::network::{mirror, published};
use crate::trees::snapshot;
use crate::world::{Release, World};
use std::sync::Arc;
use toolcrib_delivery::Rank;
use toolcrib_testkit::origin::{Fault, Origin, Times, Trick};

/// A world with a server that is near and one that is far.
async fn with_a_near_server() -> (World, Release, Arc<Origin>) {
    let (mut world, release) = published().await;
    let near = mirror(&world, &release).await;
    world.links.mirrors.push(near.clone());
    world.links.mirrors_are = Rank::Near;
    (world, release, near)
}

async fn install(world: &World, release: &Release) {
    world.install(release).await.expect("installed");
    assert_eq!(snapshot(&world.current_tree()), snapshot(&world.tree("1.0.0").0));
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_comes_from_the_near_server_though_it_is_slower() {
    let (world, release, near) = with_a_near_server().await;
    near.limit_speed(4 << 20);
    install(&world, &release).await;
    assert_eq!(world.origin.served_bytes(), 0);
    assert!(near.served_bytes() >= release.stored_bytes());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_near_server_that_is_getting_the_file_is_waited_for() {
    let (world, release, near) = with_a_near_server().await;
    near.misbehave(Fault::Status(202), Times::Some(5));
    install(&world, &release).await;
    assert_eq!(world.origin.served_bytes(), 0, "nobody fetched it a second time");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_near_server_that_fails_is_passed_by() {
    let (world, release, near) = with_a_near_server().await;
    near.misbehave(Fault::Status(502), Times::Always);
    install(&world, &release).await;
    assert!(world.origin.served_bytes() >= release.stored_bytes());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_near_server_that_sends_wrong_bytes_is_soon_asked_for_nothing() {
    let (world, release, near) = with_a_near_server().await;
    near.misbehave(Fault::Trick(Trick::OtherContent), Times::Always);
    install(&world, &release).await;
    assert!(world.origin.served_bytes() >= release.stored_bytes());
    assert!(near.served_bytes() > 0, "it was asked");
}
