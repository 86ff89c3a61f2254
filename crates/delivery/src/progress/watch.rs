//! Notices that nothing moves, and says whom everything waits for.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long nothing may move before it is said who is waited for.
pub(super) const STANDSTILL: Duration = Duration::from_secs(20);

/// Whom a job waits for that stands still.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WaitingFor {
    /// A server that parts come from, by its host.
    Server(String),
    /// The account service, for links.
    Account,
    /// The disk.
    Disk,
}

impl fmt::Display for WaitingFor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Server(host) => write!(out, "Waiting for {host}, which sends nothing"),
            Self::Account => out.write_str("Waiting for the account service, which does not answer"),
            Self::Disk => out.write_str("Waiting for the disk, which is slow to write"),
        }
    }
}

/// Everybody who waits now, and for whom.
#[derive(Clone, Debug, Default)]
pub(super) struct Waits(Arc<Mutex<BTreeMap<WaitingFor, usize>>>);

/// Somebody waits as long as this is there.
#[derive(Debug)]
pub(crate) struct Waiting {
    waits: Waits,
    whom: WaitingFor,
}

impl Waits {
    pub(super) fn begin(&self, whom: WaitingFor) -> Waiting {
        *self.lock().entry(whom.clone()).or_default() += 1;
        Waiting {
            waits: self.clone(),
            whom,
        }
    }

    /// Whom most wait for; without the account service nobody gets on at all, so it comes first.
    fn most(&self) -> Option<WaitingFor> {
        let waits = self.lock();
        let account = waits
            .contains_key(&WaitingFor::Account)
            .then_some(WaitingFor::Account);
        account.or_else(|| {
            waits
                .iter()
                .max_by_key(|(_, count)| **count)
                .map(|(whom, _)| whom.clone())
        })
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<WaitingFor, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let mut waits = self.waits.lock();
        if let Some(count) = waits.get_mut(&self.whom) {
            *count -= 1;
            if *count == 0 {
                waits.remove(&self.whom);
            }
        }
    }
}

/// Watches one number.
#[derive(Debug, Default)]
pub(super) struct Watch {
    moved: Option<(Instant, u64)>,
}

impl Watch {
    /// Whom everything waits for, if the number has not moved for too long. `disk_has_work` says that what has arrived
    /// is still to be written.
    pub(super) fn look(
        &mut self,
        now: Instant,
        number: u64,
        disk_has_work: bool,
        waits: &Waits,
    ) -> Option<WaitingFor> {
        match self.moved {
            Some((then, before)) if before == number => {
                let stands = now.saturating_duration_since(then) >= STANDSTILL;
                stands.then(|| match disk_has_work {
                    true => Some(WaitingFor::Disk),
                    false => waits.most(),
                })?
            }
            _ => {
                self.moved = Some((now, number));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server() -> WaitingFor {
        WaitingFor::Server("parts.example".to_owned())
    }

    #[test]
    fn after_twenty_seconds_it_is_said_who_is_waited_for() {
        let (start, waits, mut watch) = (Instant::now(), Waits::default(), Watch::default());
        let _waiting = waits.begin(server());
        let mut look = |s, number| watch.look(start + Duration::from_secs(s), number, false, &waits);
        assert_eq!(look(0, 7), None);
        assert_eq!(look(19, 7), None);
        assert_eq!(look(20, 7), Some(server()));
        assert_eq!(look(21, 8), None, "it moves again");
        assert_eq!(look(40, 8), None);
        assert_eq!(look(41, 8), Some(server()));
    }

    #[test]
    fn the_account_service_and_the_disk_come_before_servers() {
        let (start, waits, mut watch) = (Instant::now(), Waits::default(), Watch::default());
        let servers = [waits.begin(server()), waits.begin(server())];
        let account = waits.begin(WaitingFor::Account);
        watch.look(start, 7, false, &waits);
        let later = start + STANDSTILL;
        assert_eq!(watch.look(later, 7, false, &waits), Some(WaitingFor::Account));
        assert_eq!(watch.look(later, 7, true, &waits), Some(WaitingFor::Disk));
        drop(account);
        assert_eq!(watch.look(later, 7, false, &waits), Some(server()));
        drop(servers);
        assert_eq!(watch.look(later, 7, false, &waits), None);
    }
}
