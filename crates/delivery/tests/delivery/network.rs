//! An origin that misbehaves: whatever can be recovered from is, and nothing wrong is ever taken for right.

use crate::trees::{noise, snapshot};
use crate::world::{Release, World, impatient_http};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use toolcrib_delivery::Error;
use toolcrib_model::Remedy;
use toolcrib_testkit::origin::{Fault, Origin, Times};

const PRODUCT_FILE: &str = "name = \"Draft\"\n";

pub(crate) async fn published() -> (World, Release) {
    let world = World::new().await;
    let tree = world
        .tree("1.0.0")
        .small_files(100)
        .file("big.bin", noise(9, 10 << 20));
    let release = world.publish("1.0.0", &tree, PRODUCT_FILE).await;
    (world, release)
}

/// The size of the parts here. A body that is refused by its head may be on its way as a whole already.
const PART: u64 = 4 << 20;

/// A fault that happens so many times, then a good origin: the installation succeeds, at the price of at most a quarter
/// more, and of bodies that were `refused` and lost.
async fn check_recovers(fault: Fault, times: u32, refused: u64) {
    let (mut world, release) = published().await;
    world.http = impatient_http();
    world.origin.misbehave(fault.clone(), Times::Some(times));
    world
        .install(&release)
        .await
        .unwrap_or_else(|error| panic!("{fault:?}: {error:?}"));
    assert_eq!(
        snapshot(&world.current_tree()),
        snapshot(&world.tree("1.0.0").0),
        "{fault:?}"
    );
    let (served, stored) = (world.origin.served_bytes(), release.stored_bytes());
    assert!(
        served <= stored + stored / 4 + refused * PART,
        "{fault:?}: {served} of {stored}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_ends_early_is_gone_on_with() {
    check_recovers(Fault::Truncate { after: 700_000 }, 3, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_reset_is_gone_on_with() {
    check_recovers(Fault::Reset { after: 700_000 }, 3, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_stands_still_is_left() {
    check_recovers(
        Fault::Stall {
            after: 300_000,
            pause: Duration::from_secs(60),
        },
        1,
        1,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_instead_of_a_range_is_not_taken_for_the_range() {
    check_recovers(Fault::WholeInstead, 1, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_range_is_not_taken_for_the_range() {
    check_recovers(Fault::OtherRange, 2, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_encoding_that_was_declined_is_refused() {
    check_recovers(Fault::Encoded, 1, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_server_is_asked_again_when_it_says() {
    check_recovers(Fault::Unavailable { retry_after_s: 1 }, 2, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_body_is_cut_off() {
    let (world, release) = published().await;
    world.origin.misbehave(Fault::Endless, Times::Once);
    world.install(&release).await.expect("installed");
    assert_eq!(snapshot(&world.current_tree()), snapshot(&world.tree("1.0.0").0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_chunk_is_fetched_again() {
    let (world, release) = published().await;
    let chunk = release
        .index
        .index()
        .chunks
        .iter()
        .find(|chunk| chunk.part == 1)
        .expect("a chunk");
    let fault = Fault::Corrupt {
        at: chunk.offset + 100,
    };
    world
        .origin
        .misbehave_for(&release.parts()[1], fault, Times::Some(2));
    world.install_steadily(&release).await.expect("installed");
    assert_eq!(snapshot(&world.current_tree()), snapshot(&world.tree("1.0.0").0));
    let (served, once) = (world.origin.served_bytes(), release.stored_bytes());
    let again =
        once + 2 * u64::from(chunk.stored_length)..once + 2 * u64::from(chunk.stored_length) + (256 << 10);
    assert!(
        again.contains(&served),
        "{served}: only the damaged chunk came again, twice"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chunk_that_is_damaged_for_ever_fails_with_the_name_of_its_part() {
    let (world, release) = published().await;
    let part = &release.parts()[1];
    let at = release
        .index
        .index()
        .chunks
        .iter()
        .find(|chunk| chunk.part == 1)
        .expect("a chunk")
        .offset
        + 5;
    world
        .origin
        .misbehave_for(part, Fault::Corrupt { at }, Times::Always);
    let error = world.install(&release).await.expect_err("fails");
    let Error::DamagedChunk {
        number: 2,
        part: named,
        ..
    } = &error
    else {
        panic!("{error:?}")
    };
    assert_eq!(named.to_string(), *part);
    assert_eq!(error.remedy(), Remedy::Refetch);
    assert_eq!(world.current_version(), None);

    world.origin.behave();
    let held = world.plan(&release).sizes().bytes_held;
    assert!(held > 0, "the other chunks stay held");
    world.install(&release).await.expect("installed");
}

#[tokio::test(flavor = "multi_thread")]
async fn links_that_expire_are_asked_for_anew() {
    let (world, release) = published().await;
    world.origin.limit_speed(4 << 20);
    let expiring = async {
        world.origin.wait_for_served(3 << 20).await;
        world.origin.expire_links();
    };
    let (outcome, ()) = tokio::join!(world.install(&release), expiring);
    outcome.expect("installed");
    assert_eq!(
        world.links.asked.load(Ordering::SeqCst),
        2,
        "once at the start, once after they expired"
    );
    assert!(world.origin.asked().iter().any(|asked| asked.status == 403));
    assert_eq!(snapshot(&world.current_tree()), snapshot(&world.tree("1.0.0").0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_always_refuses_is_believed_after_a_few_fresh_links() {
    let (world, release) = published().await;
    world.origin.misbehave(Fault::Status(403), Times::Always);
    let error = world.install(&release).await.expect_err("fails");
    assert!(
        matches!(&error, Error::Fetch { source, .. } if source.status() == Some(403)),
        "{error:?}"
    );
    assert!(world.links.asked.load(Ordering::SeqCst) <= 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_knows_no_ranges_is_put_up_with() {
    let (world, release) = published().await;
    world.origin.misbehave(Fault::WholeInstead, Times::Always);
    world.install(&release).await.expect("installed");
    assert_eq!(snapshot(&world.current_tree()), snapshot(&world.tree("1.0.0").0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_is_not_there_fails_at_once_and_leaves_no_folder() {
    let (world, release) = published().await;
    world.origin.misbehave(Fault::Status(404), Times::Always);
    let before = snapshot(&world.path.join("apps"));
    let error = world.install(&release).await.expect_err("fails");
    assert!(
        matches!(&error, Error::Fetch { source, .. } if source.status() == Some(404)),
        "{error:?}"
    );
    assert_eq!(snapshot(&world.path.join("apps")), before);
}

/// A second server of everything that was published.
pub(crate) async fn mirror(world: &World, release: &Release) -> Arc<Origin> {
    let mirror = Arc::new(Origin::start().await);
    for part in release.parts() {
        let path = world.path.join("catalogue/content").join(&part);
        assert_eq!(mirror.add(std::fs::read(path).expect("a part")), part);
    }
    mirror
}

#[tokio::test(flavor = "multi_thread")]
async fn several_servers_share_the_work() {
    let (mut world, release) = published().await;
    let mirror = mirror(&world, &release).await;
    world.links.mirrors.push(mirror.clone());
    for origin in [&mirror, &world.origin] {
        origin.limit_speed(4 << 20);
    }
    world.install(&release).await.expect("installed");
    assert_eq!(snapshot(&world.current_tree()), snapshot(&world.tree("1.0.0").0));
    let quarter = release.stored_bytes() / 4;
    assert!(mirror.served_bytes() > quarter, "{}", mirror.served_bytes());
    assert!(
        world.origin.served_bytes() > quarter,
        "{}",
        world.origin.served_bytes()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_server_does_not_have_comes_from_another() {
    let (mut world, release) = published().await;
    let empty = Arc::new(Origin::start().await);
    world.links.mirrors.push(empty.clone());
    world.install(&release).await.expect("installed");
    assert_eq!(snapshot(&world.current_tree()), snapshot(&world.tree("1.0.0").0));
    assert!(!empty.asked().is_empty(), "it was asked, and had nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_fails_is_left_for_another_at_once() {
    let (mut world, release) = published().await;
    let mirror = mirror(&world, &release).await;
    mirror.misbehave(Fault::Unavailable { retry_after_s: 600 }, Times::Always);
    world.links.mirrors.push(mirror.clone());
    world.install(&release).await.expect("installed");
    assert_eq!(snapshot(&world.current_tree()), snapshot(&world.tree("1.0.0").0));
    assert!(
        mirror.asked().len() <= 6,
        "{}: it rests as long as it says",
        mirror.asked().len()
    );
}
