//! Links that were asked for ahead: with those to an index come those to its parts, so that fetching them begins at once.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use toolcrib_model::Digest;
use toolcrib_net::SafeUrl;

/// How long they are taken. They work for longer, but somebody who looks at a plan for a while gets new ones.
const FRESH: Duration = Duration::from_secs(60);
/// The most files that links are asked for ahead: a product of more parts takes so long that one question is nothing.
pub(crate) const MOST_AHEAD: usize = 256;

/// Links by file. Each is taken once: whoever asks for a file again says that its link did not work.
#[derive(Debug, Default)]
pub(crate) struct LinksAhead(Mutex<HashMap<Digest, (SafeUrl, Instant)>>);

impl LinksAhead {
    /// Keeps links that came at `now`, in place of those that are too old.
    pub(crate) fn keep(&self, links: impl Iterator<Item = (Digest, SafeUrl)>, now: Instant) {
        let mut known = self.known();
        known.retain(|_, (_, came)| is_fresh(*came, now));
        known.extend(links.map(|(file, link)| (file, (link, now))));
    }

    /// The links to all of these files; `None` where one of them is not known, or too old. Those that are known are gone
    /// then in either case.
    pub(crate) fn take(&self, files: &[Digest], now: Instant) -> Option<Vec<SafeUrl>> {
        let mut known = self.known();
        let taken: Vec<_> = files.iter().map(|file| known.remove(file)).collect();
        let fresh = |found: Option<(SafeUrl, Instant)>| found.filter(|(_, came)| is_fresh(*came, now));
        taken
            .into_iter()
            .map(|found| fresh(found).map(|(link, _)| link))
            .collect()
    }

    fn known(&self) -> MutexGuard<'_, HashMap<Digest, (SafeUrl, Instant)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_fresh(came: Instant, now: Instant) -> bool {
    now.saturating_duration_since(came) < FRESH
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(content: &str) -> Digest {
        Digest::of(content.as_bytes())
    }

    fn link(content: &str) -> (Digest, SafeUrl) {
        let url = SafeUrl::parse(&format!("http://127.0.0.1:1/{content}")).expect("a link");
        (file(content), url)
    }

    #[test]
    fn a_link_is_taken_once() {
        let (ahead, now) = (LinksAhead::default(), Instant::now());
        ahead.keep(["a", "b"].map(link).into_iter(), now);
        let taken = ahead.take(&[file("b"), file("a")], now).expect("both");
        assert_eq!(taken, [link("b").1, link("a").1]);
        assert!(
            ahead.take(&[file("a")], now).is_none(),
            "it did not work, so a new one is asked for"
        );
    }

    #[test]
    fn with_one_missing_or_too_old_all_are_asked_for() {
        let (ahead, now) = (LinksAhead::default(), Instant::now());
        ahead.keep(["a"].map(link).into_iter(), now);
        assert!(ahead.take(&[file("a"), file("b")], now).is_none());
        ahead.keep(["a"].map(link).into_iter(), now);
        assert!(ahead.take(&[file("a")], now + FRESH).is_none());
    }
}
