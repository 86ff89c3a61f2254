//! Computers of one network that give each other chunks: what a neighbour has does not come from the origin, and
//! whatever a neighbour does, what is installed is right.

use crate::child::{end_of, was_killed};
use crate::neighbour::{Forging, Giver, Rude, install_at_neighbour};
use crate::trees::{noise, snapshot};
use crate::world::{Release, World, leave_to_peers, pace, steady_pace};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::watch;
use toolcrib_delivery::{Outcome, Pace, Progress, Stop};
use toolcrib_machine::clock::SystemClock;
use toolcrib_net::Throttle;

const PRODUCT_FILE: &str = "name = \"Draft\"\n";

/// A release that a neighbour has, and what the origin had served by then.
async fn published() -> (World, Release, Giver) {
    let world = World::new().await;
    let tree = world
        .tree("1.0.0")
        .small_files(100)
        .file("big.bin", noise(11, 10 << 20));
    let release = world.publish("1.0.0", &tree, PRODUCT_FILE).await;
    let root = install_at_neighbour(&world, &release).await;
    let giver = Giver::of(root).await;
    (world, release, giver)
}

/// Installs, and answers the last figures and how much the origin served meanwhile.
async fn installed(world: &World, release: &Release, pace: Pace) -> (Progress, u64) {
    installed_while(world, release, pace, async |_| {}).await
}

/// The same, with something that happens meanwhile.
async fn installed_while(
    world: &World,
    release: &Release,
    pace: Pace,
    meanwhile: impl AsyncFnOnce(watch::Receiver<Progress>),
) -> (Progress, u64) {
    let before = world.origin.served_bytes();
    let (progress, figures) = watch::channel(Progress::default());
    let plan = toolcrib_delivery::plan(world.order(release))
        .expect("a plan")
        .at_pace(pace);
    let stop = Stop::new();
    let installing =
        toolcrib_delivery::install(plan, &world.http, &world.links, &stop, progress, &SystemClock);
    let (outcome, ()) = tokio::join!(installing, meanwhile(figures.clone()));
    assert!(matches!(outcome, Ok(Outcome::Installed(_))), "{outcome:?}");
    let version = world.current_version().expect("installed");
    assert_eq!(snapshot(&world.current_tree()), snapshot(&world.tree(&version).0));
    let figures = figures.borrow().clone();
    (figures, world.origin.served_bytes() - before)
}

/// Waits until something of a neighbour is held.
async fn until_given(mut figures: watch::Receiver<Progress>) {
    let given = figures.wait_for(|figures| figures.peer_bytes > 0);
    tokio::time::timeout(Duration::from_secs(60), given)
        .await
        .expect("within a minute")
        .expect("the job runs");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_neighbour_has_does_not_come_from_the_origin() {
    let (world, release, giver) = published().await;
    world.links.know(&[giver.address]);
    leave_to_peers(&world.http);
    let asked = world.links.asked.load(Ordering::SeqCst);
    let (figures, served) = installed(&world, &release, pace()).await;
    assert_eq!(served, 0);
    assert_eq!(
        world.links.asked.load(Ordering::SeqCst),
        asked,
        "not even a link was asked for"
    );
    assert_eq!(
        (figures.peer_bytes, figures.peer_count),
        (release.stored_bytes(), 1)
    );
    assert_eq!(figures.fetched_bytes, release.stored_bytes());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_neighbour_does_not_have_comes_from_the_origin() {
    let (world, old, giver) = published().await;
    let tree = world
        .tree("1.1.0")
        .small_files(100)
        .file("big.bin", noise(11, 10 << 20))
        .file("new.bin", noise(12, 6 << 20));
    let new = world.publish("1.1.0", &tree, PRODUCT_FILE).await;
    world.links.know(&[giver.address]);
    leave_to_peers(&world.http);
    let (figures, served) = installed(&world, &new, steady_pace()).await;
    let has = |content| {
        old.index
            .index()
            .chunks
            .iter()
            .any(|chunk| chunk.sha256 == content)
    };
    let chunks = new.index.index().chunks.iter();
    let lacking = chunks.filter(|chunk| !has(chunk.sha256));
    let lacking: u64 = lacking.map(|chunk| u64::from(chunk.stored_length)).sum();
    assert!(lacking > 0 && lacking < new.stored_bytes(), "{lacking}");
    assert_eq!(figures.peer_bytes, new.stored_bytes() - lacking);
    let gaps = 4 * (64 << 10);
    assert!(
        (lacking..=lacking + gaps).contains(&served),
        "{served} of {lacking}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_neighbours_nobody_is_asked() {
    let (world, release, giver) = published().await;
    let (figures, served) = installed(&world, &release, pace()).await;
    assert_eq!((figures.peer_bytes, giver.giving.given_bytes()), (0, 0));
    assert!(served >= release.stored_bytes(), "{served}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_neighbour_forges_is_noticed_and_it_is_not_asked_again() {
    let (world, release, giver) = published().await;
    let forger = Giver::giving(Arc::new(Forging(giver.chunks.clone())), Throttle::default()).await;
    world.links.know(&[forger.address]);
    let (figures, served) = installed(&world, &release, pace()).await;
    assert_eq!((figures.peer_bytes, figures.peer_count), (0, 0));
    assert!(served >= release.stored_bytes(), "{served}");
    assert_eq!(
        figures.fetched_bytes,
        release.stored_bytes(),
        "what was lost is not counted"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_who_lies_does_not_keep_another_from_helping() {
    let (world, release, giver) = published().await;
    let forger = Giver::giving(Arc::new(Forging(giver.chunks.clone())), Throttle::default()).await;
    world.links.know(&[forger.address, giver.address]);
    leave_to_peers(&world.http);
    let (figures, served) = installed(&world, &release, pace()).await;
    assert_eq!(figures.peer_count, 1);
    assert!(figures.peer_bytes > 0);
    assert!(served < release.stored_bytes(), "{served}");
}

#[tokio::test(flavor = "multi_thread")]
async fn however_a_neighbour_misbehaves_what_is_installed_is_right() {
    for manner in Rude::ALL {
        let world = World::new().await;
        let tree = world.tree("1.0.0").file("big.bin", noise(3, 5 << 20));
        let release = world.publish("1.0.0", &tree, PRODUCT_FILE).await;
        world.links.know(&[manner.listen().await]);
        let (figures, served) = installed(&world, &release, pace()).await;
        assert_eq!(figures.peer_bytes, 0, "{manner:?}");
        assert!(served >= release.stored_bytes(), "{manner:?}: {served}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_neighbour_that_is_slower_than_the_origin_is_not_waited_for() {
    let (world, release, giver) = published().await;
    let throttle = Throttle::default();
    throttle.limit("100kB".parse().ok());
    let slow = Giver::giving(giver.chunks.clone(), throttle).await;
    world.links.know(&[slow.address]);
    // By the neighbour alone it would take minutes.
    let (figures, served) = installed(&world, &release, pace()).await;
    assert!(served > release.stored_bytes() / 2, "{served}");
    assert!(figures.peer_bytes < release.stored_bytes() / 2, "{figures:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_neighbour_that_leaves_in_the_middle_costs_only_what_was_open() {
    let (world, release, giver) = published().await;
    let throttle = Throttle::default();
    throttle.limit("3MB".parse().ok());
    let leaving = Giver::giving(giver.chunks.clone(), throttle).await;
    world.links.know(&[leaving.address]);
    leave_to_peers(&world.http);
    let goes = async |figures| {
        until_given(figures).await;
        drop(leaving);
    };
    let (figures, served) = installed_while(&world, &release, steady_pace(), goes).await;
    assert!(figures.peer_bytes > 0);
    assert!(served > 0);
    assert!(
        served <= release.stored_bytes() - figures.peer_bytes + 4 * (64 << 10),
        "{served} {figures:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_in_the_middle_loses_nothing_that_a_neighbour_gave() {
    let (world, release, giver) = published().await;
    world.links.know(&[giver.address]);
    leave_to_peers(&world.http);
    let before = world.origin.served_bytes();
    let killed = world.child_installing("1.0.0", Some("delivery.chunk_held=kill@3"));
    assert!(was_killed(end_of(killed).await));
    world.recover();
    let plan = world.plan(&release);
    assert!(plan.sizes().bytes_held > 0, "{:?}", plan.sizes());
    let given = giver.giving.given_bytes();
    let (figures, _) = installed(&world, &release, pace()).await;
    assert_eq!(figures.peer_bytes, plan.sizes().bytes_to_fetch);
    assert!(
        giver.giving.given_bytes() - given < 11 << 20,
        "what was held did not come again"
    );
    assert_eq!(world.origin.served_bytes(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_is_obeyed_while_a_neighbour_gives() {
    let (world, release, giver) = published().await;
    let throttle = Throttle::default();
    throttle.limit("4MB".parse().ok());
    let slow = Giver::giving(giver.chunks.clone(), throttle).await;
    world.links.know(&[slow.address]);
    leave_to_peers(&world.http);
    let stop = Stop::new();
    let (progress, figures) = watch::channel(Progress::default());
    let installing = toolcrib_delivery::install(
        world.plan(&release),
        &world.http,
        &world.links,
        &stop,
        progress,
        &SystemClock,
    );
    let stopping = async {
        until_given(figures).await;
        stop.pause();
    };
    let (outcome, ()) = tokio::join!(installing, stopping);
    assert_eq!(outcome.expect("stopped"), Outcome::Paused);
    world.links.know(&[]);
    let held = world.plan(&release).sizes().bytes_held;
    let (_, served) = installed(&world, &release, steady_pace()).await;
    let gaps = 4 * (64 << 10);
    assert!(
        held > 0 && served <= release.stored_bytes() - held + gaps,
        "{served}, {held} held"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_changed_is_not_given() {
    let (world, release, giver) = published().await;
    let file = giver.tree().join("big.bin");
    let mut content = std::fs::read(&file).expect("a file");
    content.iter_mut().step_by(1 << 19).for_each(|byte| *byte ^= 1);
    std::fs::write(&file, content).expect("written");
    let (before, there) = (giver.chunks.chunk_count(), release.index.index().chunks.len());
    assert_eq!(before, there);
    world.links.know(&[giver.address]);
    leave_to_peers(&world.http);
    let (figures, served) = installed(&world, &release, pace()).await;
    assert!(served > 9 << 20, "{served}");
    assert!(figures.peer_bytes > 0, "the small files are as they were");
    assert!(giver.chunks.chunk_count() < before, "they are not promised again");
}

#[tokio::test(flavor = "multi_thread")]
async fn neighbours_share_the_memory_that_servers_would_have() {
    let (world, release, giver) = published().await;
    let others = [giver.chunks.clone(), giver.chunks.clone()];
    let others = others.map(|chunks| Giver::giving(chunks, Throttle::default()));
    let others = futures::future::join_all(others).await;
    let addresses: Vec<_> = others.iter().chain([&giver]).map(|giver| giver.address).collect();
    world.links.know(&addresses);
    leave_to_peers(&world.http);
    let little = Pace {
        buffer_bytes: 12 << 20,
        workers: 1,
        ..pace()
    };
    let (figures, _) = installed(&world, &release, little).await;
    assert!(figures.peak_buffer_bytes <= 12 << 20, "{figures:?}");
    assert!(figures.peer_bytes > 0);
}
