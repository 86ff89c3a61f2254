//! Every act of the engine, killed at every fault point that it passes and at random instants, and refused by the system
//! at every act on the disk: afterwards, and after a recovery of at most five seconds, the old release or the new one is
//! there whole, the same command comes to its end, and nothing is left over.
//!
//! The whole sweep is for `cargo xtask crashes`; a sample of it always runs.

mod stage;
mod story;

use crate::child::{end_of, was_killed};
use crate::world::World;
use stage::Stage;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::time::{Duration, Instant};
use story::{Story, stories};
use toolcrib_delivery::FAULT_POINTS;

/// How long a recovery may take.
const RECOVERY: Duration = Duration::from_secs(5);
/// How often the same is tried that took longer: the computer may have been busy with something else just then.
const TRIES: usize = 3;
/// How many of the points of each act the sample takes.
const SAMPLE: usize = 5;
/// The points at which the system may refuse.
const REFUSING: [&str; 8] = [
    "files.create_folder",
    "files.remove",
    "files.rename",
    "files.sync",
    "files.write",
    "delivery.move.file",
    "delivery.sync",
    "delivery.write",
];
/// What the system may say.
const REFUSALS: [&str; 5] = ["ENOSPC", "EACCES", "EIO", "EROFS", "EXDEV"];

/// What came of one act's kills.
#[derive(Default)]
struct Tally {
    points: usize,
    kills: usize,
    instants: usize,
    refusals: usize,
    slowest_recovery: Duration,
}

/// A point that an act passes, and which of its hits.
type Hit = (String, usize);

async fn hits(stage: &Stage, story: &Story) -> Vec<Hit> {
    let notes = stage.world.path.join("notes");
    let _ = std::fs::remove_file(&notes);
    stage.restore(story);
    let child = stage.world.child_noting(story.act.clone(), None, Some(&notes));
    assert!(end_of(child).await.success(), "{} runs undisturbed", story.name);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in std::fs::read_to_string(&notes).expect("notes").lines() {
        *counts.entry(name.to_owned()).or_default() += 1;
    }
    let each = |(name, count): (String, usize)| (1..=count).map(move |hit| (name.clone(), hit));
    counts.into_iter().flat_map(each).collect()
}

/// Kills the act at one point and sees what comes of it.
async fn kill_at(stage: &Stage, story: &Story, (name, hit): &Hit, tally: &mut Tally) {
    let place = format!("{} killed at {name} (hit {hit})", story.name);
    let fault = format!("{name}=kill@{hit}");
    in_time(&place, async || {
        stage.restore(story);
        let status = end_of(stage.world.child(story.act.clone(), Some(&fault))).await;
        // Which thread comes first is not always the same: a point that was not reached this time is not counted.
        tally.kills += usize::from(was_killed(status));
        assert!(was_killed(status) || status.success(), "{place}: {status:?}");
        see(stage, story, &place, tally).await
    })
    .await;
}

/// Lets the system refuse one act on the disk and sees what comes of it.
async fn refuse_at(stage: &Stage, story: &Story, (name, hit): &Hit, code: &str, tally: &mut Tally) {
    let place = format!("{} refused with {code} at {name} (hit {hit})", story.name);
    let fault = format!("{name}=error:{code}@{hit}");
    in_time(&place, async || {
        stage.restore(story);
        let status = end_of(stage.world.child(story.act.clone(), Some(&fault))).await;
        assert!(!was_killed(status), "{place}: {status:?}");
        tally.refusals += 1;
        see(stage, story, &place, tally).await
    })
    .await;
}

/// Does something that a recovery follows, until the recovery takes no longer than it may.
async fn in_time(place: &str, mut recover_after: impl AsyncFnMut() -> Duration) {
    let mut took = Duration::ZERO;
    for _ in 0..TRIES {
        took = recover_after().await;
        if took < RECOVERY {
            return;
        }
    }
    panic!("{place}: recovery took {took:?}");
}

fn refusing(hits: &[Hit]) -> impl Iterator<Item = (&Hit, &'static str)> {
    let refusing = hits.iter().filter(|(name, _)| REFUSING.contains(&name.as_str()));
    refusing.flat_map(|hit| REFUSALS.map(|code| (hit, code)))
}

/// Recovers, sees that all is well then and that the same act comes to its end; how long the recovery took.
async fn see(stage: &Stage, story: &Story, place: &str, tally: &mut Tally) -> Duration {
    let begun = Instant::now();
    stage.recover().await;
    let took = begun.elapsed();
    tally.slowest_recovery = tally.slowest_recovery.max(took);
    stage.assert_old_or_new(story, place);
    stage.run_to_the_end(story, place).await;
    stage.assert_ended(story, place);
    took
}

/// Kills the act at an instant that only the seed knows.
async fn kill_after(stage: &Stage, story: &Story, pause: Duration, tally: &mut Tally) {
    let place = format!("{} killed after {pause:?}", story.name);
    in_time(&place, async || {
        stage.restore(story);
        let mut child = stage.world.child(story.act.clone(), None);
        tokio::time::sleep(pause).await;
        let _ = child.kill();
        let status = end_of(child).await;
        tally.instants += usize::from(was_killed(status));
        see(stage, story, &place, tally).await
    })
    .await;
}

async fn duration(stage: &Stage, story: &Story) -> Duration {
    stage.restore(story);
    let begun = Instant::now();
    assert!(end_of(stage.world.child(story.act.clone(), None)).await.success());
    begun.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_at_a_sample_of_all_points_does_no_harm() {
    let stage = Stage::set(World::new().await).await;
    for story in stories(&stage) {
        let hits = hits(&stage, &story).await;
        let step = hits.len().div_ceil(SAMPLE).max(1);
        let mut tally = Tally::default();
        for hit in hits.iter().step_by(step) {
            kill_at(&stage, &story, hit, &mut tally).await;
        }
        assert!(tally.kills > 0, "{}: no point was reached", story.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_at_a_sample_of_all_points_does_no_harm() {
    let stage = Stage::set(World::new().await).await;
    for story in stories(&stage) {
        let hits = hits(&stage, &story).await;
        let refusals: Vec<_> = refusing(&hits).collect();
        // Not a multiple of the number of codes, so that all of them come up.
        let step = refusals.len().div_ceil(SAMPLE).max(1) / REFUSALS.len() * REFUSALS.len() + 1;
        let mut tally = Tally::default();
        for (hit, code) in refusals.into_iter().step_by(step) {
            refuse_at(&stage, &story, hit, code, &mut tally).await;
        }
        assert!(tally.refusals > 0, "{}: no point was reached", story.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_listed_point_is_passed_and_every_point_is_listed() {
    let stage = Stage::set(World::new().await).await;
    let mut passed = BTreeSet::new();
    for story in stories(&stage) {
        let names = hits(&stage, &story).await.into_iter().map(|(name, _)| name);
        passed.extend(names.filter(|name| name.starts_with("delivery.")));
    }
    let listed: BTreeSet<String> = FAULT_POINTS.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(passed, listed);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "`cargo xtask crashes` runs it: it takes minutes"]
async fn the_whole_sweep() {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse::<usize>().ok())
    };
    let (share, random) = (number("TOOLCRIB_CRASH_POINTS"), number("TOOLCRIB_CRASH_RANDOM"));
    let stage = Stage::set(World::new().await).await;
    let stories = stories(&stage);
    let mut random = Instants::new(random.unwrap_or_default(), stories.len());
    say(
        "act",
        &["points", "kills", "refusals", "instants", "slowest recovery"],
    );
    for story in &stories {
        let hits = hits(&stage, story).await;
        let mut tally = Tally {
            points: hits.len(),
            ..Tally::default()
        };
        for hit in hits.iter().take(share.unwrap_or(usize::MAX)) {
            kill_at(&stage, story, hit, &mut tally).await;
        }
        for (hit, code) in refusing(&hits).filter(|_| share.is_none()) {
            refuse_at(&stage, story, hit, code, &mut tally).await;
        }
        let whole = duration(&stage, story).await;
        for pause in random.within(whole) {
            if tally.instants < random.each {
                kill_after(&stage, story, pause, &mut tally).await;
            }
        }
        tally.say(story.name);
    }
}

impl Tally {
    fn say(&self, name: &str) {
        let counts = [self.points, self.kills, self.refusals, self.instants].map(|count| count.to_string());
        let slowest = format!("{:.1?}", self.slowest_recovery);
        let counts = counts.iter().chain([&slowest]).map(String::as_str);
        say(name, &counts.collect::<Vec<_>>());
    }
}

/// A row of the table.
fn say(name: &str, columns: &[&str]) {
    let columns: String = columns.iter().map(|column| format!("{column:>18}")).collect();
    let _ = writeln!(std::io::stdout(), "{name:<22}{columns}");
}

/// Instants that look random and are the same in every run.
struct Instants {
    /// How many kills are wanted of each act.
    each: usize,
    state: u64,
}

impl Instants {
    fn new(count: usize, stories: usize) -> Self {
        Self {
            each: count.div_ceil(stories.max(1)),
            state: 0x9e37_79b9_7f4a_7c15,
        }
    }

    /// More than are wanted: some acts will have ended already.
    fn within(&mut self, whole: Duration) -> Vec<Duration> {
        let mut one = || {
            self.state ^= self.state << 13;
            self.state ^= self.state >> 7;
            self.state ^= self.state << 17;
            whole.mul_f64((self.state >> 11) as f64 / (1_u64 << 53) as f64)
        };
        (0..2 * self.each).map(|_| one()).collect()
    }
}
