//! When a download is given up: not after so many tries, but when next to nothing came for too long.

use super::WantedFile;
use super::board::Board;
use super::reader::{CRAWL, stalled};
use crate::error::Error;
use std::time::{Duration, Instant};

/// How often is looked.
const LOOKS: u32 = 20;

/// What was there when it last moved (pure).
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: Instant,
    arrived: u64,
}

impl Mark {
    /// The mark from now on; `None` if it has stood still for longer than `limit`.
    fn after(self, now: Instant, arrived: u64, excused: bool, limit: Duration) -> Option<Self> {
        let span = now.duration_since(self.at);
        let moved = arrived.saturating_sub(self.arrived) as f64 >= limit.as_secs_f64() * CRAWL;
        match () {
            () if moved || excused => Some(Self { at: now, arrived }),
            () if span < limit => Some(self),
            () => None,
        }
    }
}

/// Waits until the download has stood still for longer than `limit`, whatever the connections are trying meanwhile.
pub(super) async fn standstill(board: &Board, wanted: &WantedFile, limit: Duration) -> Error {
    let mut mark = Mark {
        at: Instant::now(),
        arrived: 0,
    };
    loop {
        tokio::time::sleep(limit / LOOKS).await;
        let now = Instant::now();
        match mark.after(now, board.figures().arrived, board.is_excused(now), limit) {
            Some(next) => mark = next,
            None => {
                let silent = || stalled(&wanted.url.to_string(), limit);
                return Error::FetchFile {
                    path: wanted.to.clone(),
                    source: board.last_trouble().unwrap_or_else(silent),
                };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_secs(45);

    fn survives(seconds: u64, arrived: u64, excused: bool) -> bool {
        let at = Instant::now();
        let mark = Mark { at, arrived: 100 };
        mark.after(at + Duration::from_secs(seconds), arrived, excused, LIMIT)
            .is_some()
    }

    #[test]
    fn a_trickle_is_a_standstill_and_a_wait_that_was_asked_for_is_none() {
        assert!(survives(44, 100, false));
        assert!(!survives(45, 100, false));
        assert!(!survives(45, 44_000, false), "less than 1 kB a second");
        assert!(survives(45, 45_100, false));
        assert!(survives(600, 100, true));
    }
}
