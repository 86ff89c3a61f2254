//! Pausing, cancelling, being killed: what is held is never fetched again.

use crate::child::{end_of, was_killed};
use crate::trees::{noise, snapshot};
use crate::world::{Release, World, carry_out, steady_pace};
use std::time::{Duration, Instant};
use toolcrib_delivery::{Outcome, Stop};

const PRODUCT_FILE: &str = "name = \"Draft\"\n";
/// What three connections may have open: their spans, and chunks that wait to be unpacked.
const OPEN_BYTES: u64 = 3 * (8 << 20);

async fn published() -> (World, Release) {
    let world = World::new().await;
    let tree = world
        .tree("1.0.0")
        .small_files(300)
        .file("big.bin", noise(7, 24 << 20));
    let release = world.publish("1.0.0", &tree, PRODUCT_FILE).await;
    (world, release)
}

async fn assert_installed(world: &World) {
    assert_eq!(snapshot(&world.current_tree()), snapshot(&world.tree("1.0.0").0));
}

/// Two of the longest chunks that are made: what was open at an earlier stop, and what is now.
const OPEN_CHUNKS: u64 = 2 * (4 << 20);

/// Lets an installation run until so many bytes were served, and all of them are held that can be; then asks it to stop.
async fn stopped_after(world: &World, release: &Release, bytes: u64, wish: fn(&Stop)) -> (Outcome, Duration) {
    world.origin.serve_up_to(bytes);
    let stop = Stop::new();
    let stopping = async {
        world.origin.wait_for_served(bytes).await;
        world
            .wait_for_held(release, bytes.saturating_sub(OPEN_CHUNKS))
            .await;
        wish(&stop);
        Instant::now()
    };
    let installing = carry_out(world, world.order(release), steady_pace(), &stop);
    let (outcome, wished) = tokio::join!(installing, stopping);
    let took = wished.elapsed();
    world.origin.serve_on();
    (outcome.expect("stopped"), took)
}

/// How long a pause may take.
const PROMPT: Duration = Duration::from_secs(2);

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_is_obeyed_at_once() {
    // On a computer that is busy with something else just then it may take longer; not each time.
    for _ in 0..3 {
        let (world, release) = published().await;
        let (outcome, took) = stopped_after(&world, &release, 14 << 20, Stop::pause).await;
        assert_eq!(outcome, Outcome::Paused);
        if took < PROMPT {
            return;
        }
    }
    panic!("no pause came within {PROMPT:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_download_resumes_without_refetching_held_chunks() {
    let (world, release) = published().await;
    let (outcome, _) = stopped_after(&world, &release, 14 << 20, Stop::pause).await;
    assert_eq!(outcome, Outcome::Paused);
    assert_eq!(world.current_version(), None);

    let plan = world.plan(&release);
    assert!(plan.sizes().bytes_held > 4 << 20, "{:?}", plan.sizes());
    let before = world.origin.served_bytes();
    world.install_steadily(&release).await.expect("installed");
    let fetched = world.origin.served_bytes() - before;
    let gaps = release.parts().len() as u64 * (64 << 10);
    assert!(
        fetched <= plan.sizes().bytes_to_fetch + gaps,
        "{fetched} of {:?}",
        plan.sizes()
    );
    assert_installed(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_installation_leaves_nothing_and_a_kept_one_leaves_what_is_held() {
    let (world, release) = published().await;
    let before = snapshot(&world.path.join("apps"));
    let (outcome, _) = stopped_after(&world, &release, 12 << 20, |stop| stop.cancel(true)).await;
    assert_eq!(outcome, Outcome::Cancelled);
    assert!(world.plan(&release).sizes().bytes_held > 0);
    let served = world.origin.served_bytes();
    let (outcome, _) = stopped_after(&world, &release, served + (2 << 20), |stop| stop.cancel(false)).await;
    assert_eq!(outcome, Outcome::Cancelled);
    assert_eq!(snapshot(&world.path.join("apps")), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wish_that_is_there_before_the_start_is_obeyed() {
    let (world, release) = published().await;
    let stop = Stop::new();
    stop.pause();
    assert_eq!(
        world.install_until(&release, &stop).await.expect("paused"),
        Outcome::Paused
    );
    assert_eq!(world.origin.served_bytes(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_in_the_middle_of_a_download_costs_only_what_was_open() {
    let (world, release) = published().await;
    world.origin.limit_speed(8 << 20);
    for bytes in [5 << 20, 11 << 20, 17 << 20] {
        world.origin.serve_up_to(bytes);
        let mut child = world.child_installing("1.0.0", None);
        world.origin.wait_for_served(bytes).await;
        child.kill().expect("killed");
        assert!(was_killed(end_of(child).await));
    }
    world.origin.limit_speed(0);
    world.origin.serve_on();
    let held = world.plan(&release).sizes().bytes_held;
    assert!(held > 0);
    world.install(&release).await.expect("installed");
    let served = world.origin.served_bytes();
    assert!(
        served <= release.stored_bytes() + 3 * OPEN_BYTES,
        "{served} of {}",
        release.stored_bytes()
    );
    assert_installed(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_right_after_a_chunk_is_held_does_not_lose_it() {
    let (world, release) = published().await;
    let status = end_of(world.child_installing("1.0.0", Some("delivery.chunk_held=kill@5"))).await;
    assert!(was_killed(status));
    let chunks = &release.index.index().chunks;
    let smallest_five: u64 = {
        let mut lengths: Vec<u64> = chunks
            .iter()
            .map(|chunk| u64::from(chunk.stored_length))
            .collect();
        lengths.sort_unstable();
        lengths.iter().take(5).sum()
    };
    assert!(world.plan(&release).sizes().bytes_held >= smallest_five);
    world.install(&release).await.expect("installed");
    assert_installed(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_held_chunks_are_believed_only_if_they_are_right() {
    let (world, release) = published().await;
    stopped_after(&world, &release, 14 << 20, Stop::pause).await;
    let held = world.plan(&release).sizes().bytes_held;
    pretend_restart(&world);
    damage_staged_file(&world);

    let before = world.origin.served_bytes();
    world.install_steadily(&release).await.expect("installed");
    let fetched = world.origin.served_bytes() - before;
    assert_installed(&world).await;
    assert!(
        fetched > release.stored_bytes() - held,
        "the damaged chunk was fetched again"
    );
    assert!(fetched < release.stored_bytes(), "the others were not");
}

#[tokio::test(flavor = "multi_thread")]
async fn held_chunks_whose_files_somebody_removed_are_fetched_again() {
    let (world, release) = published().await;
    stopped_after(&world, &release, 14 << 20, Stop::pause).await;
    let staged = world.root().join(".toolcrib/staging/1.0.0");
    std::fs::remove_dir_all(staged.join("lib")).expect("removed");
    world.install(&release).await.expect("installed");
    assert_installed(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_of_another_release_is_cleared_away() {
    let (world, release) = published().await;
    stopped_after(&world, &release, 8 << 20, Stop::pause).await;
    let newer = world
        .publish("1.1.0", &world.tree("1.1.0").file("a", "a"), PRODUCT_FILE)
        .await;
    world.install(&newer).await.expect("installed");
    assert_eq!(snapshot(&world.current_tree()), snapshot(&world.tree("1.1.0").0));
    assert!(!world.root().join(".toolcrib/staging").exists());
}

/// Writes another boot id into the log, as if it had been written before a restart.
fn pretend_restart(world: &World) {
    let path = world.root().join(".toolcrib/held");
    let bytes = std::fs::read(&path).expect("a log");
    let end = bytes
        .iter()
        .position(|byte| *byte == b'\n')
        .expect("a first line");
    let mut first: serde_json::Value = serde_json::from_slice(&bytes[..end]).expect("JSON");
    first["boot"] = "an earlier run".into();
    let changed = [first.to_string().as_bytes(), &bytes[end..]].concat();
    std::fs::write(path, changed).expect("written");
}

fn damage_staged_file(world: &World) {
    let file = world.root().join(".toolcrib/staging/1.0.0/big.bin");
    let mut bytes = std::fs::read(&file).expect("reads");
    bytes[1000] = !bytes[1000];
    std::fs::write(file, bytes).expect("writes");
}
