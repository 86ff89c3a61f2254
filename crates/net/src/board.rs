//! Which way is taken to each server, where somebody knows several: the best one that was not found closed.
//!
//! An answer counts for a few minutes. A way that is found closed is left for the next one until then; afterwards all of
//! them are open again, so that nothing is remembered against a proxy that was restarted.

use crate::settings::{Chooser, Hop};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use url::Url;

/// How long an answer counts. Browsers leave a closed way alone for as long.
const FRESH: Duration = Duration::from_secs(300);
/// More servers than these are not remembered at once.
const MOST: usize = 256;

/// What is known of the ways to servers.
#[derive(Debug)]
pub(crate) struct Board {
    chooser: Arc<dyn Chooser>,
    known: Mutex<HashMap<String, Known>>,
}

#[derive(Debug)]
struct Known {
    ways: Vec<Hop>,
    /// The one that is taken, by its place.
    taken: usize,
    until: Instant,
}

impl Board {
    pub(crate) fn new(chooser: Arc<dyn Chooser>) -> Self {
        Self {
            chooser,
            known: Mutex::default(),
        }
    }

    /// Finds out the ways to a server, unless they are known, and tells which one is taken now.
    pub(crate) async fn prepare(&self, to: &Url) -> usize {
        if let Some(taken) = self.taken(to) {
            return taken;
        }
        let ways = self.chooser.ways(to).await;
        let mut known = self.known();
        if known.len() >= MOST {
            known.clear();
        }
        let known = known
            .entry(server(to))
            .or_insert_with(|| Known::new(ways.clone()));
        // Another question may have been answered meanwhile.
        if known.until <= Instant::now() {
            *known = Known::new(ways);
        }
        known.taken
    }

    /// Leaves a way that was found closed; false where there is no other.
    pub(crate) fn leave(&self, to: &Url, closed: usize) -> bool {
        let mut known = self.known();
        let Some(known) = known.get_mut(&server(to)) else {
            return false;
        };
        if known.taken == closed && closed + 1 < known.ways.len() {
            known.taken += 1;
        }
        known.taken != closed
    }

    /// The proxy on the way that is taken.
    pub(crate) fn proxy(&self, to: &Url) -> Option<Url> {
        let known = self.known();
        let known = known.get(&server(to))?;
        match known.ways.get(known.taken)? {
            Hop::Direct => None,
            Hop::Proxy(url) => Some(url.clone()),
        }
    }

    fn taken(&self, to: &Url) -> Option<usize> {
        let known = self.known();
        let known = known.get(&server(to))?;
        (known.until > Instant::now()).then_some(known.taken)
    }

    fn known(&self) -> MutexGuard<'_, HashMap<String, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn new(ways: Vec<Hop>) -> Self {
        Self {
            ways,
            taken: 0,
            until: Instant::now() + FRESH,
        }
    }
}

fn server(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    format!("{host}:{}", url.port_or_known_default().unwrap_or_default())
}

#[cfg(test)]
mod tests;
