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

/// A link of 25 MB/s and 20 ms on which one packet of 200 is lost: each connection grows by a packet a turn and is halved by
/// a loss, as TCP does, so that what comes differs from one moment to the next.
struct Losses {
    /// How many packets each connection has on its way.
    windows: Vec<f64>,
    dice: u64,
}

impl Losses {
    const TURN_S: f64 = 0.02;
    const PACKET_BYTES: f64 = 1448.0;
    const LOST: f64 = 0.005;

    fn new(seed: u64) -> Self {
        Self {
            windows: Vec::new(),
            dice: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1,
        }
    }

    /// What comes in one turn over so many connections, in bytes.
    fn turn(&mut self, connections: usize) -> f64 {
        self.windows.resize(connections, 10.0);
        let sent: f64 = self.windows.iter().sum();
        let fits = 25e6 * Self::TURN_S / Self::PACKET_BYTES;
        for at in 0..connections {
            let arrives = (1.0 - Self::LOST).powf(self.windows[at]).min(fits / sent);
            let lost = self.throw() > arrives;
            let window = &mut self.windows[at];
            *window = if lost {
                (*window / 2.0).max(2.0)
            } else {
                *window + 1.0
            };
        }
        sent.min(fits) * Self::PACKET_BYTES
    }

    /// A number from 0 to 1 (xorshift64*).
    fn throw(&mut self) -> f64 {
        self.dice ^= self.dice >> 12;
        self.dice ^= self.dice << 25;
        self.dice ^= self.dice >> 27;
        (self.dice.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// How many connections there are after each of eight seconds.
fn over_losses(seed: u64) -> Vec<usize> {
    let (mut losses, mut job) = (Losses::new(seed), Simulation::new());
    let turns_a_second = (1.0 / Losses::TURN_S) as usize;
    let after_a_second = |_| {
        for _ in 0..turns_a_second {
            job.tuner.observe(job.now, job.came as u64, false);
            job.came += losses.turn(job.tuner.wanted());
            job.now += Duration::from_secs_f64(Losses::TURN_S);
        }
        job.tuner.wanted()
    };
    (0..8).map(after_a_second).collect()
}

#[test]
fn losses_that_come_as_they_like_do_not_hide_what_pays() {
    for seed in 1..=200 {
        let wanted = over_losses(seed);
        assert!(wanted.iter().all(|wanted| *wanted >= 16), "{seed}: {wanted:?}");
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
