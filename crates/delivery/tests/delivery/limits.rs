//! A limit to how fast is fetched, and fetching without installing.

use crate::trees::{noise, snapshot};
use crate::world::{Release, World, pace};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use toolcrib_delivery::{Outcome, Plan, Progress, Stop};
use toolcrib_machine::clock::SystemClock;
use toolcrib_model::Rate;
use toolcrib_net::{Http, Throttle};

const MIB: u64 = 1 << 20;

async fn published() -> (World, Release) {
    let world = World::new().await;
    let tree = world
        .tree("1.0.0")
        .small_files(40)
        .file("big.bin", noise(7, 6 << 20));
    let release = world.publish("1.0.0", &tree, "name = \"Draft\"\n").await;
    (world, release)
}

fn limit(throttle: &Throttle, bytes_per_s: u64) {
    throttle.limit(Some(Rate::try_from(bytes_per_s).expect("a rate")));
}

/// Carries a plan out over a network with this limit, telling its progress.
async fn install(
    world: &World,
    plan: Plan,
    throttle: &Throttle,
    progress: watch::Sender<Progress>,
) -> Outcome {
    let http: Http = world.http.clone().limited_by(throttle.clone());
    let plan = plan.at_pace(pace());
    let stop = Stop::new();
    let installed = toolcrib_delivery::install(plan, &http, &world.links, &stop, progress, &SystemClock);
    installed.await.expect("carried out")
}

#[tokio::test(flavor = "multi_thread")]
async fn all_connections_together_keep_to_the_limit() {
    let (world, release) = published().await;
    let throttle = Throttle::default();
    limit(&throttle, 4 * MIB);
    let plan = world.plan(&release);
    let bytes = plan.sizes().bytes_to_fetch;
    let begun = Instant::now();
    let outcome = install(&world, plan, &throttle, watch::channel(Progress::default()).0).await;
    assert!(matches!(outcome, Outcome::Installed(_)));
    // It cannot be sooner than the limit allows, whatever the computer does; a little was waited for by nobody.
    let least = Duration::from_secs_f64((bytes - MIB) as f64 / (4 * MIB) as f64);
    assert!(begun.elapsed() >= least, "{bytes} bytes in {:?}", begun.elapsed());
    assert_eq!(snapshot(&world.current_tree()), snapshot(&world.tree("1.0.0").0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_that_goes_while_a_job_runs_is_gone_at_once() {
    let (world, release) = published().await;
    let throttle = Throttle::default();
    limit(&throttle, 16_000);
    let (progress, mut told) = watch::channel(Progress::default());
    let lifting = async {
        let begun = |progress: &Progress| progress.fetched_bytes > 0;
        told.wait_for(begun).await.expect("it is told");
        throttle.limit(None);
    };
    // At 16 kB/s it would take more than six minutes.
    let all = async {
        tokio::join!(
            install(&world, world.plan(&release), &throttle, progress),
            lifting
        )
    };
    let (outcome, ()) = tokio::time::timeout(Duration::from_secs(100), all)
        .await
        .expect("in time");
    assert!(matches!(outcome, Outcome::Installed(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_limit_is_not_taken_for_a_silent_server() {
    let (world, release) = published().await;
    let throttle = Throttle::default();
    limit(&throttle, 200_000);
    let (progress, mut told) = watch::channel(Progress::default());
    let looking = async {
        let mut silences = 0;
        let enough = |progress: &Progress| progress.fetched_bytes > 800_000;
        while told.changed().await.is_ok() {
            let now = told.borrow_and_update().clone();
            silences += u32::from(now.waiting_for.is_some());
            if enough(&now) {
                throttle.limit(None);
            }
        }
        silences
    };
    let (outcome, silences) = tokio::join!(
        install(&world, world.plan(&release), &throttle, progress),
        looking
    );
    assert!(matches!(outcome, Outcome::Installed(_)));
    assert_eq!(silences, 0);
    let refetched = world.origin.served_bytes().saturating_sub(release.stored_bytes());
    assert!(refetched < 2 * MIB, "{refetched} bytes came twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_only_fetched_is_installed_without_a_network() {
    let (world, release) = published().await;
    let throttle = Throttle::default();
    let sender = || watch::channel(Progress::default()).0;
    let held = install(&world, world.plan(&release).only_fetched(), &throttle, sender()).await;
    assert_eq!(held, Outcome::Held);
    assert_eq!(world.current_version(), None, "nothing is installed yet");
    assert_eq!(world.plan(&release).sizes().bytes_to_fetch, 0);

    let (served, again) = (world.origin.served_bytes(), world.plan(&release).only_fetched());
    assert_eq!(install(&world, again, &throttle, sender()).await, Outcome::Held);
    let outcome = install(&world, world.plan(&release), &throttle, sender()).await;
    assert!(matches!(outcome, Outcome::Installed(_)));
    assert_eq!(world.origin.served_bytes(), served, "the network was not asked");
    assert_eq!(snapshot(&world.current_tree()), snapshot(&world.tree("1.0.0").0));
}
