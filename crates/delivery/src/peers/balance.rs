//! Whether servers help with what peers have (pure): peers save the way to the servers, but nobody should wait for them.
//!
//! Peers are left alone as long as they are quick. Where what is left would take them a while, servers get a share for a
//! second: if they bring at least as much as the peers, they keep helping; if not, they are left in peace for a while.

use crate::fetch::pool::Help;
use std::time::{Duration, Instant};

/// How long is measured.
const MEASURED: Duration = Duration::from_secs(1);
/// What peers bring sooner than this, nobody helps with.
const SOON_S: u64 = 3;
/// How long servers are left in peace that were not quicker.
const PEACE: Duration = Duration::from_secs(20);

/// How many bytes of chunks came in all, as servers store them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Came {
    pub(crate) from_peers: u64,
    pub(crate) from_servers: u64,
}

/// Who fetches what peers have.
#[derive(Debug)]
pub(crate) struct Balance {
    phase: Phase,
    since: Instant,
    before: Came,
}

#[derive(Clone, Copy, Debug)]
enum Phase {
    /// Peers alone, and nothing else is tried before then.
    Peers { until: Instant },
    /// Both.
    Both,
}

impl Balance {
    /// Peers begin, alone.
    pub(crate) fn new(now: Instant, came: Came) -> Self {
        Self {
            phase: Phase::Peers { until: now },
            since: now,
            before: came,
        }
    }

    /// Takes in what came until now, and how many bytes of what peers have are `left`.
    pub(crate) fn observe(&mut self, now: Instant, came: Came, left: u64) -> Help {
        if now.saturating_duration_since(self.since) >= MEASURED {
            let peers = came.from_peers.saturating_sub(self.before.from_peers);
            let servers = came.from_servers.saturating_sub(self.before.from_servers);
            let seconds = now.saturating_duration_since(self.since).as_secs_f64();
            self.phase = match self.phase {
                Phase::Peers { until } if now >= until && left as f64 * seconds > (peers * SOON_S) as f64 => {
                    Phase::Both
                }
                Phase::Peers { until } => Phase::Peers { until },
                Phase::Both if servers >= peers => Phase::Both,
                Phase::Both => Phase::Peers { until: now + PEACE },
            };
            (self.since, self.before) = (now, came);
        }
        match self.phase {
            Phase::Peers { .. } => Help::WithSlow,
            Phase::Both => Help::WithAll,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: u64 = 1 << 20;

    /// What is said second for second, where peers and servers bring so much in each.
    fn said(seconds: &[(u64, u64)], left: u64) -> Vec<Help> {
        let (start, mut came) = (Instant::now(), Came::default());
        let mut balance = Balance::new(start, came);
        let mut now = start;
        let second = |(peers, servers): &(u64, u64)| {
            now += MEASURED;
            came.from_peers += peers * MIB;
            came.from_servers += servers * MIB;
            balance.observe(now, came, left * MIB)
        };
        seconds.iter().map(second).collect()
    }

    #[test]
    fn quick_peers_are_left_alone() {
        assert_eq!(said(&[(100, 0), (100, 0)], 200), [Help::WithSlow; 2]);
    }

    #[test]
    fn servers_that_are_quicker_keep_helping() {
        assert_eq!(said(&[(1, 0), (1, 10), (1, 10)], 200), [Help::WithAll; 3]);
    }

    #[test]
    fn servers_that_are_slower_are_left_in_peace_for_a_while() {
        let mut seconds = vec![(10, 0), (10, 2)];
        seconds.extend([(10, 0); 20]);
        let said = said(&seconds, 2000);
        assert_eq!(said[0], Help::WithAll, "it would take minutes");
        assert!(said[1..21].iter().all(|help| *help == Help::WithSlow), "{said:?}");
        assert_eq!(said[21], Help::WithAll, "and tried again");
    }

    #[test]
    fn peers_that_bring_nothing_are_not_waited_for() {
        assert_eq!(said(&[(0, 0), (0, 0)], 1), [Help::WithAll; 2]);
    }
}
