//! A sample of what a bad origin does (all of it is in `tests/faults`), thrown at an installation, fresh and half-done.

use crate::trees::{Snapshot, noise, snapshot};
use crate::world::{Release, World, impatient_http, order, pace};
use camino::{Utf8Path, Utf8PathBuf};
use tokio::sync::watch;
use toolcrib_delivery::{Error, Outcome, Progress, Stop, plan};
use toolcrib_machine::clock::SystemClock;
use toolcrib_testkit::origin::{Fault, Times, Trick};

const RECOVERABLE: [(Trick, Times); 18] = [
    (Trick::CloseAtOnce, Times::Some(2)),
    (Trick::HalfHead, Times::Some(2)),
    (Trick::ResetAtOnce, Times::Some(2)),
    (Trick::SilentInHead, Times::Once),
    (Trick::ClaimShorter, Times::Some(2)),
    (Trick::ClaimEnd, Times::Some(2)),
    (Trick::ClaimTotal, Times::Some(2)),
    (Trick::NoContentRange, Times::Some(2)),
    (Trick::Empty, Times::Some(2)),
    (Trick::Multipart, Times::Some(2)),
    (Trick::PastTheEnd, Times::Always),
    (Trick::Chunked, Times::Always),
    (Trick::NoLength, Times::Always),
    (Trick::WeakTag, Times::Always),
    (Trick::RestlessTag, Times::Always),
    (Trick::OtherContent, Times::Some(2)),
    (Trick::Interim, Times::Always),
    (Trick::Hops(2), Times::Once),
];

const HOPELESS: [(Trick, &str); 3] = [
    (Trick::LeadsTo("file:///etc/passwd"), "leads elsewhere"),
    (Trick::LeadsTo("http://192.0.2.1/"), "leads elsewhere"),
    (Trick::Circle, "leads elsewhere"),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    Fresh,
    HalfDone,
}

/// A release, and a folder of its own for each installation.
struct Site {
    world: World,
    release: Release,
    expected: Snapshot,
}

impl Site {
    async fn new() -> Self {
        let world = World::new().await;
        let tree = world
            .tree("1.0.0")
            .small_files(30)
            .file("big.bin", noise(9, 5 << 20));
        let release = world.publish("1.0.0", &tree, "name = \"Draft\"\n").await;
        Self {
            expected: snapshot(&tree.0),
            world,
            release,
        }
    }

    fn root(&self, number: usize, start: Start) -> Utf8PathBuf {
        self.world.path.join("apps").join(format!("{number}-{start:?}"))
    }

    async fn install(&self, root: &Utf8Path, stop: &Stop) -> Result<Outcome, Error> {
        let (progress, _) = watch::channel(Progress::default());
        let plan = plan(order(&self.release, &self.world.path, root))?.at_pace(pace());
        toolcrib_delivery::install(
            plan,
            &impatient_http(),
            &self.world.links,
            stop,
            progress,
            &SystemClock,
        )
        .await
    }

    async fn install_half(&self, root: &Utf8Path) {
        let (origin, stop) = (&self.world.origin, Stop::new());
        let half = origin.served_bytes() + self.release.stored_bytes() / 2;
        origin.limit_speed(4 << 20);
        origin.serve_up_to(half);
        let pausing = async {
            origin.wait_for_served(half).await;
            stop.pause();
        };
        let (outcome, ()) = tokio::join!(self.install(root, &stop), pausing);
        assert_eq!(outcome.expect("pauses"), Outcome::Paused);
        origin.limit_speed(0);
        origin.serve_on();
    }

    async fn install_despite(
        &self,
        number: usize,
        start: Start,
        trick: Trick,
        times: Times,
    ) -> Result<Utf8PathBuf, Error> {
        let root = self.root(number, start);
        if start == Start::HalfDone {
            self.install_half(&root).await;
        }
        self.world.origin.misbehave(Fault::Trick(trick), times);
        let outcome = self.install(&root, &Stop::new()).await;
        self.world.origin.behave();
        outcome.map(|_| root)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_can_be_recovered_from_is() {
    let site = Site::new().await;
    for (number, (trick, times)) in RECOVERABLE.into_iter().enumerate() {
        for start in [Start::Fresh, Start::HalfDone] {
            let root = site.install_despite(number, start, trick, times).await;
            let root = root.unwrap_or_else(|error| panic!("{trick:?} {start:?}: {error:?}"));
            let current = toolcrib_delivery::current(&root)
                .expect("reads")
                .expect("installed");
            assert_eq!(
                snapshot(&root.join(current.tree.as_str())),
                site.expected,
                "{trick:?} {start:?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_cannot_is_named_and_nothing_is_installed() {
    let site = Site::new().await;
    for (number, (trick, words)) in HOPELESS.into_iter().enumerate() {
        for start in [Start::Fresh, Start::HalfDone] {
            let error = site
                .install_despite(number, start, trick, Times::Always)
                .await
                .expect_err("fails");
            let Error::Fetch { source, .. } = &error else {
                panic!("{trick:?}: {error:?}")
            };
            assert!(source.to_string().contains(words), "{trick:?}: {source}");
            let current = toolcrib_delivery::current(&site.root(number, start));
            assert_eq!(current.expect("reads"), None, "{trick:?} {start:?}");
        }
    }
}
