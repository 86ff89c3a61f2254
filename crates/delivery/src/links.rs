//! Links to the parts: short-lived, asked for when needed, and asked anew when they have expired.

use crate::error::Error;
use async_trait::async_trait;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use thiserror::Error;
use tokio::sync::OnceCell;
use toolcrib_model::{Digest, Remedy};
use toolcrib_net::SafeUrl;
use toolcrib_net::peers::PeerAddress;

/// Gives out links to immutable files, each named by its digest.
#[async_trait]
pub trait Links: Send + Sync {
    /// Links to each of the files, in the order asked for: one, or several that lead to different servers, the best
    /// first. Called again when a link has expired.
    ///
    /// # Errors
    /// [`LinkError`] where no links are to be had.
    async fn links(&self, files: &[Digest]) -> Result<Vec<Mirrors>, LinkError>;

    /// Links to the same file on servers near this computer that are known by now, made of the best one of its links. Asked
    /// whenever a connection begins, so that a server counts as soon as it is found, and nobody waits for that.
    fn nearby(&self, _file: &Digest, _link: &SafeUrl) -> Mirrors {
        Vec::new()
    }

    /// Computers of the local network that may have chunks of the files. Asked once, before anything is fetched. Nobody
    /// looks for any unless a person or an administrator wants that.
    async fn peers(&self) -> Vec<PeerAddress> {
        Vec::new()
    }

    /// How near the server of a link is: those that are farther are asked only where none that is nearer can serve.
    fn rank(&self, _link: &SafeUrl) -> Rank {
        Rank::Far
    }
}

/// How near a server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// It stands where the computer stands, and is to be asked first.
    Near,
    /// It is one of the vendor's places.
    Far,
}

/// Links to one file, each to another server; at least one.
pub type Mirrors = Vec<SafeUrl>;

/// No links are to be had.
#[derive(Debug, Error)]
pub enum LinkError {
    /// Nobody is signed in any more.
    #[error("the sign-in is no longer valid")]
    SignedOut,
    /// The person may not have these files (any more).
    #[error("this account may not have these files")]
    NotEntitled,
    /// The service was not reached or did not answer; it may do so later.
    #[error("the account service did not answer")]
    Unreachable {
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The service answered something that is of no use.
    #[error("the account service gave no usable links")]
    Useless {
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl LinkError {
    /// What helps.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::SignedOut => Remedy::SignIn,
            Self::NotEntitled => Remedy::AskUser,
            Self::Unreachable { .. } => Remedy::RetryAfter(Duration::from_secs(2)),
            Self::Useless { .. } => Remedy::GiveUp,
        }
    }
}

/// The links of one asking.
pub(crate) type Generation = Arc<OnceCell<Vec<Mirrors>>>;

/// The links of the parts that a job needs. However many connections find them expired, they are asked for once.
pub(crate) struct LinkBook<'a> {
    source: &'a dyn Links,
    /// The parts that are needed, by their place in the manifest, in order.
    numbers: Vec<u32>,
    digests: Vec<Digest>,
    current: Mutex<Generation>,
}

impl<'a> LinkBook<'a> {
    /// A book for these parts: place in the manifest and digest, in order.
    pub(crate) fn new(source: &'a dyn Links, parts: impl Iterator<Item = (u32, Digest)>) -> Self {
        let (numbers, digests) = parts.unzip();
        Self {
            source,
            numbers,
            digests,
            current: Mutex::default(),
        }
    }

    /// Links to a part, and the generation that they are of.
    pub(crate) async fn links(&self, part: u32) -> Result<(Mirrors, Generation), Error> {
        let generation = self.generation().clone();
        let links = generation.get_or_try_init(|| self.ask()).await?;
        let place = self.numbers.binary_search(&part).ok();
        let known = place.and_then(|place| Some((self.digests.get(place)?, links.get(place)?)));
        let (file, mirrors) = known.ok_or(Error::LinkCount {
            asked: self.digests.len(),
            found: links.len(),
        })?;
        let mut all = mirrors
            .first()
            .map_or_else(Vec::new, |best| self.source.nearby(file, best));
        all.extend_from_slice(mirrors);
        Ok((all, generation.clone()))
    }

    /// How near the server of a link is.
    pub(crate) fn rank(&self, link: &SafeUrl) -> Rank {
        self.source.rank(link)
    }

    /// Says that a link of this generation has expired.
    pub(crate) fn expire(&self, generation: &Generation) {
        let mut current = self.generation();
        if Arc::ptr_eq(&current, generation) {
            *current = Generation::default();
        }
    }

    async fn ask(&self) -> Result<Vec<Mirrors>, Error> {
        let links = self
            .source
            .links(&self.digests)
            .await
            .map_err(|source| Error::Links { source })?;
        let found = links.iter().filter(|mirrors| !mirrors.is_empty()).count();
        match found == self.digests.len() && found == links.len() {
            true => Ok(links),
            false => Err(Error::LinkCount {
                asked: self.digests.len(),
                found,
            }),
        }
    }

    fn generation(&self) -> MutexGuard<'_, Generation> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[derive(Default)]
    struct Counting(AtomicUsize, AtomicUsize);

    #[async_trait]
    impl Links for Counting {
        async fn links(&self, files: &[Digest]) -> Result<Vec<Mirrors>, LinkError> {
            let asked = self.0.fetch_add(1, Ordering::SeqCst);
            tokio::task::yield_now().await;
            let link = |file: &Digest| SafeUrl::parse(&format!("http://127.0.0.1:1/{file}?link={asked}"));
            files
                .iter()
                .map(|file| {
                    let useless = |source: toolcrib_net::BadUrl| LinkError::Useless {
                        source: source.into(),
                    };
                    Ok(vec![link(file).map_err(useless)?])
                })
                .collect()
        }

        fn nearby(&self, file: &Digest, link: &SafeUrl) -> Mirrors {
            let known = self.1.load(Ordering::SeqCst);
            let query = link.as_url().query().unwrap_or_default().to_owned();
            let place = |port| SafeUrl::parse(&format!("http://127.0.0.1:{port}/{file}?{query}"));
            (0..known)
                .map(|server| place(2 + server).expect("a link"))
                .collect()
        }
    }

    fn parts() -> impl Iterator<Item = (u32, Digest)> {
        [(0, Digest::of(b"a")), (3, Digest::of(b"b"))].into_iter()
    }

    #[tokio::test]
    async fn many_connections_ask_once() {
        let source = Counting::default();
        let book = LinkBook::new(&source, parts());
        let (first, second) = tokio::join!(book.links(0), book.links(3));
        let (first, second) = (first.expect("a link"), second.expect("a link"));
        assert_eq!(source.0.load(Ordering::SeqCst), 1);
        book.expire(&first.1);
        book.expire(&second.1);
        book.links(3).await.expect("a link");
        assert_eq!(
            source.0.load(Ordering::SeqCst),
            2,
            "the second to notice does not throw away the new links"
        );
    }

    #[tokio::test]
    async fn a_server_that_is_found_meanwhile_stands_before_the_links_that_are_there() {
        let source = Counting::default();
        let book = LinkBook::new(&source, parts());
        assert_eq!(book.links(0).await.expect("a link").0.len(), 1);
        source.1.store(1, Ordering::SeqCst);
        let (links, _) = book.links(0).await.expect("links");
        let links: Vec<&str> = links.iter().map(SafeUrl::expose).collect();
        let file = Digest::of(b"a");
        assert_eq!(
            links,
            [
                format!("http://127.0.0.1:2/{file}?link=0"),
                format!("http://127.0.0.1:1/{file}?link=0")
            ]
        );
        assert_eq!(
            source.0.load(Ordering::SeqCst),
            1,
            "nothing is asked anew for that"
        );
    }

    #[tokio::test]
    async fn a_part_that_was_not_asked_for_has_no_link() {
        let source = Counting::default();
        let refused = LinkBook::new(&source, parts()).links(1).await;
        assert!(matches!(refused, Err(Error::LinkCount { .. })));
    }
}
