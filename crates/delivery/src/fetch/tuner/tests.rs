use super::*;

const TICK: Duration = Duration::from_millis(50);

/// A job over a network that brings `speed(connections)` bytes a second, second by second.
struct Simulation {
    tuner: Tuner,
    now: Instant,
    came: f64,
    /// Every number of connections that there was, in order.
    seen: Vec<usize>,
}

impl Simulation {
    fn new() -> Self {
        let tuner = Tuner::new(Connections::default());
        Self {
            seen: vec![tuner.wanted()],
            tuner,
            now: Instant::now(),
            came: 0.0,
        }
    }

    fn run(&mut self, seconds: f64, held_up: bool, speed: impl Fn(usize) -> f64) {
        for _ in 0..(seconds / TICK.as_secs_f64()) as u32 {
            self.tuner.observe(self.now, self.came as u64, held_up);
            self.now += TICK;
            self.came += speed(self.tuner.wanted()) * TICK.as_secs_f64();
            if self.seen.last() != Some(&self.tuner.wanted()) {
                self.seen.push(self.tuner.wanted());
            }
        }
    }
}

const fn full(_: usize) -> f64 {
    25e6
}

fn lossy(connections: usize) -> f64 {
    (connections as f64 * 1.1e6).min(25e6)
}

#[test]
fn a_link_that_a_few_fill_is_left_to_a_few() {
    let mut job = Simulation::new();
    job.run(4.0, false, full);
    assert_eq!(job.seen, [4, 8, 4]);
}

#[test]
fn a_link_with_losses_gets_many_within_two_seconds() {
    let mut job = Simulation::new();
    job.run(2.0, false, lossy);
    assert_eq!(job.seen, [4, 8, 16, 32]);
}

#[test]
fn sixteen_are_enough_where_more_bring_a_little_only() {
    let mut job = Simulation::new();
    job.run(4.0, false, |connections| 10e6 + connections as f64 * 0.5e6);
    assert!(job.seen.iter().all(|wanted| *wanted <= 16), "{:?}", job.seen);
}

#[test]
fn a_slow_disk_is_no_reason_for_more() {
    let mut job = Simulation::new();
    job.run(20.0, true, lossy);
    assert_eq!(job.seen, [4]);
}

#[test]
fn a_busy_server_gets_half() {
    let mut job = Simulation::new();
    job.run(2.0, false, lossy);
    (0..32).for_each(|_| job.tuner.refused(job.now));
    assert_eq!(job.tuner.wanted(), 16, "however many connections hear of it");
    job.run(30.0, false, |connections| connections as f64 * 1e6);
    assert_eq!(job.tuner.wanted(), 16, "and is left in peace for a while");
}

#[test]
fn a_network_that_got_worse_is_measured_again() {
    let mut job = Simulation::new();
    job.run(4.0, false, full);
    assert_eq!(job.tuner.wanted(), 4);
    job.run(3.0, false, |connections| connections as f64 * 0.5e6);
    assert!(job.tuner.wanted() >= 12, "{:?}", job.seen);
}

#[test]
fn there_is_never_less_than_one_nor_more_than_allowed() {
    let mut tuner = Tuner::new(Connections::at_most(1));
    assert_eq!(tuner.wanted(), 1);
    tuner.refused(Instant::now());
    assert_eq!(tuner.wanted(), 1);
    let mut job = Simulation::new();
    job.run(60.0, false, |connections| connections as f64 * 1e6);
    assert_eq!(job.seen.iter().max(), Some(&32));
}
