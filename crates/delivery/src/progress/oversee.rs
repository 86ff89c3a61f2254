//! Says of work that blocks, and cannot look up while it does, that it waits for the disk.

use super::watch::{Waits, Watch};
use super::{Progress, news};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How often it is looked whether something has moved.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Lets `work` run, which tells its progress through `told`; where nothing moves for 20 seconds meanwhile, that tells
/// that the disk is waited for.
pub(crate) fn overseen<T>(told: &news::Sender<Progress>, work: impl FnOnce() -> T) -> T {
    let end = End::default();
    std::thread::scope(|scope| {
        scope.spawn(|| oversee(told, &end));
        // Also where the work panics: nobody would end the overseer else.
        let _ends = Ends(&end);
        work()
    })
}

/// Whether the work has ended.
#[derive(Default)]
struct End {
    ended: Mutex<bool>,
    news: Condvar,
}

struct Ends<'a>(&'a End);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        *self.0.lock() = true;
        self.0.news.notify_all();
    }
}

impl End {
    fn lock(&self) -> MutexGuard<'_, bool> {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn oversee(told: &news::Sender<Progress>, end: &End) {
    let mut watch = Watch::default();
    let mut ended = end.lock();
    while !*ended {
        look(told, &mut watch, Instant::now());
        let waited = end.news.wait_timeout(ended, LOOK_EVERY);
        ended = waited.unwrap_or_else(PoisonError::into_inner).0;
    }
}

/// Whoever tells the next figures thereby takes back what is said here.
fn look(told: &news::Sender<Progress>, watch: &mut Watch, now: Instant) {
    let done = told.borrow().done_bytes;
    let stands = watch.look(now, done, true, &Waits::default());
    if stands.is_some() {
        told.send_if_modified(|progress| {
            let is_news = progress.done_bytes == done && progress.waiting_for != stands;
            if is_news {
                progress.waiting_for = stands;
            }
            is_news
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::WaitingFor;

    #[test]
    fn what_stands_for_twenty_seconds_waits_for_the_disk_until_it_moves() {
        let told = news::Sender::new(Progress::default());
        let (mut watch, start) = (Watch::default(), Instant::now());
        let mut at = |s| {
            look(&told, &mut watch, start + Duration::from_secs(s));
            told.borrow().waiting_for.clone()
        };
        assert_eq!(at(0), None);
        assert_eq!(at(19), None);
        assert_eq!(at(20), Some(WaitingFor::Disk));
        told.send_replace(Progress {
            done_bytes: 1,
            ..Progress::default()
        });
        assert_eq!(at(21), None);
        assert_eq!(at(40), None);
        assert_eq!(at(41), Some(WaitingFor::Disk));
    }

    #[test]
    fn the_overseer_goes_with_the_work() {
        let told = news::Sender::new(Progress::default());
        let began = Instant::now();
        assert_eq!(overseen(&told, || 7), 7);
        assert!(began.elapsed() < LOOK_EVERY, "nobody waits for the next look");
    }
}
