//! Which content server was found, and for how long that is taken to be so.

use super::look::Look;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;
use toolcrib_net::SafeUrl;
use toolcrib_net::dns::Domain;

/// An answer is believed for as long as it says, within these bounds: a busy network is not asked all the time, and a server
/// that was taken away is not asked for long.
const LEAST: Duration = Duration::from_secs(60);
const MOST: Duration = Duration::from_secs(600);
/// How long it is taken to be known where servers are to be looked for.
const SETTLED: Duration = Duration::from_secs(5);

/// The server that was found last.
#[derive(Debug, Default)]
pub(crate) struct FoundServers(Mutex<Book>);

#[derive(Debug, Default)]
struct Book {
    domains: Vec<Domain>,
    /// When it was seen where servers are to be looked for.
    asked: Option<Instant>,
    known: Option<Known>,
    looking: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Known {
    domains: Vec<Domain>,
    server: Option<SafeUrl>,
    until: Instant,
}

/// Whether somebody should look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// Nobody.
    No,
    /// Below these domains.
    Of(Vec<Domain>),
}

impl FoundServers {
    /// The server that is known, and whether it is time to look again.
    pub(super) fn known(&self, domains: impl FnOnce() -> Vec<Domain>) -> (Option<SafeUrl>, Due) {
        let (mut book, now) = (self.book(), Instant::now());
        if book
            .asked
            .is_none_or(|asked| now.duration_since(asked) >= SETTLED)
        {
            (book.domains, book.asked) = (domains(), Some(now));
        }
        let known = book.known.as_ref().filter(|known| known.domains == book.domains);
        let server = known.and_then(|known| known.server.clone());
        let is_fresh = known.is_some_and(|known| now < known.until);
        let is_looking = book.looking.as_ref().is_some_and(|task| !task.is_finished());
        match book.domains.is_empty() || is_fresh || is_looking {
            true => (server, Due::No),
            false => (server, Due::Of(book.domains.clone())),
        }
    }

    /// Somebody looks now; one of those who begin at the same moment is enough.
    pub(super) fn looking(&self, task: JoinHandle<()>) {
        let mut book = self.book();
        match &book.looking {
            Some(other) if !other.is_finished() => task.abort(),
            Some(_) | None => book.looking = Some(task),
        }
    }

    /// Somebody looked below these domains.
    pub(super) fn learn(&self, domains: Vec<Domain>, look: &Look) {
        let fresh_for = look.ttl.unwrap_or(LEAST).clamp(LEAST, MOST);
        let mut book = self.book();
        let before = book.known.as_ref().and_then(|known| known.server.as_ref());
        if before != look.server() {
            tracing::info!(server = ?look.server().map(ToString::to_string), "Content servers were looked for.");
        }
        book.known = Some(Known {
            domains,
            server: look.server().cloned(),
            until: Instant::now() + fresh_for,
        });
    }

    /// The server of this link failed: it is not asked again before somebody looked again.
    pub(crate) fn doubt(&self, link: &SafeUrl) {
        let mut book = self.book();
        let Some(known) = &mut book.known else { return };
        if known
            .server
            .as_ref()
            .is_some_and(|server| server.is_same_origin(link))
        {
            known.server = None;
            known.until = known.until.min(Instant::now() + LEAST);
        }
    }

    /// Looks no more; to be called before the program ends.
    pub(crate) fn close(&self) {
        if let Some(task) = self.book().looking.take() {
            task.abort();
        }
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
