//! Which of several servers a connection goes to (pure): the nearest that can serve; of those that are equally near, the
//! quickest per connection get most. One that fails rests, and is then tried by one connection first.

use crate::links::Rank;
use std::time::{Duration, Instant};

/// How long a server rests that failed once; doubled each time that it fails again.
const REST: Duration = Duration::from_secs(2);
/// How long one rests at the longest, unless it asks for more itself.
const LONGEST_REST: Duration = Duration::from_secs(60);
/// How long a measured speed is believed; then the server is tried like a new one.
const BELIEVED: Duration = Duration::from_secs(30);
/// How much the latest speed counts against the earlier ones.
const LATEST: f64 = 0.5;
/// What one that failed and is being tried counts as resting: whoever comes meanwhile goes to another, if there is one.
const DOUBTED: Duration = Duration::from_nanos(1);

/// What is known about the servers of a job.
#[derive(Debug, Default)]
pub(super) struct Origins(Vec<Origin>);

#[derive(Debug)]
struct Origin {
    name: String,
    connections: usize,
    failures: u32,
    rests_until: Option<Instant>,
    /// Before then it does not want to be asked.
    asked_until: Option<Instant>,
    /// Bytes a second of one connection, and when that was measured.
    speed: Option<(f64, Instant)>,
    /// When it last brought anything.
    brought: Option<Instant>,
}

impl Origins {
    /// Chooses one of these servers, each `host:port`, for one more connection; answers its place in the list, and how
    /// long it asked not to be asked.
    pub(super) fn choose<'a>(
        &mut self,
        servers: impl IntoIterator<Item = (Rank, &'a str)>,
        now: Instant,
    ) -> (usize, Duration) {
        let servers = servers.into_iter();
        let known: Vec<_> = servers.map(|(rank, name)| (rank, self.place_of(name))).collect();
        let usual = self.usual_speed(now);
        let load = |place: usize| self.0[place].load(usual, now);
        let best = known
            .iter()
            .enumerate()
            .min_by(|(_, (rank_a, a)), (_, (rank_b, b))| {
                let (rest_a, rest_b) = (self.0[*a].rest(now), self.0[*b].rest(now));
                let nearer = rest_a.cmp(&rest_b).then(rank_a.cmp(rank_b));
                nearer.then_with(|| load(*a).total_cmp(&load(*b)))
            });
        let Some((chosen, &(_, place))) = best else {
            return (0, Duration::ZERO);
        };
        self.0[place].connections += 1;
        (chosen, until(self.0[place].asked_until, now))
    }

    /// A connection to the server ended well or badly; it brought so much.
    pub(super) fn left(&mut self, name: &str, bytes: u64, took: Duration, now: Instant) {
        let place = self.place_of(name);
        let origin = &mut self.0[place];
        origin.connections = origin.connections.saturating_sub(1);
        if bytes > 0 {
            let speed = bytes as f64 / took.as_secs_f64().max(1e-3);
            let before = origin.speed.map_or(speed, |(speed, _)| speed);
            origin.speed = Some((before + (speed - before) * LATEST, now));
            origin.brought = Some(now);
        }
    }

    /// When the server last brought anything.
    pub(super) fn brought(&mut self, name: &str) -> Option<Instant> {
        let place = self.place_of(name);
        self.0[place].brought
    }

    /// The server did what was asked of it.
    pub(super) fn did_well(&mut self, name: &str) {
        let place = self.place_of(name);
        (self.0[place].failures, self.0[place].rests_until) = (0, None);
    }

    /// The server failed; it rests, at least for as long as it `asked` for.
    pub(super) fn failed(&mut self, name: &str, asked: Option<Duration>, now: Instant) {
        let place = self.place_of(name);
        let origin = &mut self.0[place];
        let rest = REST
            .saturating_mul(1 << origin.failures.min(10))
            .min(LONGEST_REST);
        origin.failures += 1;
        origin.rests_until = Some(now + rest.max(asked.unwrap_or_default()));
        origin.asked_until = asked.map(|asked| now + asked);
    }

    /// Whether one of these servers is not resting.
    pub(super) fn any_is_well<'a>(&self, names: impl IntoIterator<Item = &'a str>, now: Instant) -> bool {
        let rests = |name: &str| {
            self.0
                .iter()
                .any(|origin| origin.name == name && !origin.rest(now).is_zero())
        };
        names.into_iter().any(|name| !rests(name))
    }

    fn place_of(&mut self, name: &str) -> usize {
        if let Some(place) = self.0.iter().position(|origin| origin.name == name) {
            return place;
        }
        self.0.push(Origin {
            name: name.to_owned(),
            connections: 0,
            failures: 0,
            rests_until: None,
            asked_until: None,
            speed: None,
            brought: None,
        });
        self.0.len() - 1
    }

    /// What one connection usually brings, for servers that nothing is known about.
    fn usual_speed(&self, now: Instant) -> f64 {
        let known: Vec<f64> = self.0.iter().filter_map(|origin| origin.believed(now)).collect();
        known.iter().copied().fold(1.0, f64::max)
    }
}

impl Origin {
    fn rest(&self, now: Instant) -> Duration {
        match until(self.rests_until, now) {
            Duration::ZERO if self.failures > 0 && self.connections > 0 => DOUBTED,
            rest => rest,
        }
    }

    fn believed(&self, now: Instant) -> Option<f64> {
        let (speed, then) = self.speed?;
        (now.saturating_duration_since(then) < BELIEVED).then_some(speed)
    }

    /// How long its connections would take, with one more, for the same number of bytes each.
    fn load(&self, usual: f64, now: Instant) -> f64 {
        (self.connections + 1) as f64 / self.believed(now).unwrap_or(usual).max(1.0)
    }
}

fn until(then: Option<Instant>, now: Instant) -> Duration {
    then.map_or(Duration::ZERO, |then| then.saturating_duration_since(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [(Rank, &str); 2] = [(Rank::Far, "a:443"), (Rank::Far, "b:443")];
    const NAMES: [&str; 2] = ["a:443", "b:443"];
    const NEAR: [(Rank, &str); 2] = [(Rank::Far, "far:443"), (Rank::Near, "near:443")];
    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn servers_that_nothing_is_known_about_share_alike() {
        let (mut origins, now) = (Origins::default(), Instant::now());
        let chosen: Vec<usize> = (0..4).map(|_| origins.choose(BOTH, now).0).collect();
        assert_eq!(chosen, [0, 1, 0, 1]);
    }

    #[test]
    fn a_slow_server_gets_little_and_is_tried_again_later() {
        let (mut origins, now) = (Origins::default(), Instant::now());
        origins.choose(BOTH, now);
        origins.choose(BOTH, now);
        origins.left("a:443", 9_000_000, SECOND, now);
        origins.left("b:443", 1_000_000, SECOND, now);
        let mut share = |count: usize, now| (0..count).filter(|_| origins.choose(BOTH, now).0 == 1).count();
        assert_eq!(share(10, now), 1);
        assert!(share(10, now + 31 * SECOND) >= 5, "what was measured is too old");
    }

    #[test]
    fn a_failing_server_rests_longer_each_time() {
        let (mut origins, mut now) = (Origins::default(), Instant::now());
        for rest in [2, 4, 8] {
            origins.failed("a:443", None, now);
            assert_eq!(origins.choose(BOTH, now), (1, Duration::ZERO));
            assert!(!origins.any_is_well(["a:443"], now + (rest - 1) * SECOND));
            now += rest * SECOND;
            assert!(origins.any_is_well(["a:443"], now));
        }
        origins.did_well("a:443");
        origins.failed("a:443", Some(600 * SECOND), now);
        assert!(
            !origins.any_is_well(["a:443"], now + 599 * SECOND),
            "it asked for ten minutes"
        );
    }

    #[test]
    fn where_all_rest_the_one_that_rests_least_is_chosen() {
        let (mut origins, now) = (Origins::default(), Instant::now());
        origins.failed("a:443", Some(10 * SECOND), now);
        origins.failed("b:443", Some(5 * SECOND), now);
        assert_eq!(origins.choose(BOTH, now), (1, 5 * SECOND));
        assert!(!origins.any_is_well(NAMES, now));
    }

    #[test]
    fn the_nearest_serves_all_however_slow_it_is() {
        let (mut origins, now) = (Origins::default(), Instant::now());
        origins.left("far:443", 90_000_000, SECOND, now);
        origins.left("near:443", 1_000_000, SECOND, now);
        assert!((0..16).all(|_| origins.choose(NEAR, now).0 == 1));
    }

    #[test]
    fn one_that_is_near_and_fails_is_passed_by_and_then_tried_by_one_connection() {
        let (mut origins, now) = (Origins::default(), Instant::now());
        origins.failed("near:443", None, now);
        assert_eq!(origins.choose(NEAR, now).0, 0);
        let rested = now + 2 * SECOND;
        let chosen: Vec<usize> = (0..3).map(|_| origins.choose(NEAR, rested).0).collect();
        assert_eq!(chosen, [1, 0, 0], "one finds out, the others go where it works");
        origins.left("near:443", 1_000_000, SECOND, rested);
        origins.did_well("near:443");
        assert_eq!(origins.choose(NEAR, rested).0, 1);
        assert_eq!(origins.brought("near:443"), Some(rested));
    }
}
