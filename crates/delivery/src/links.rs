//! Links to the parts: short-lived, asked for when needed, and asked anew when they have expired.

use crate::error::Error;
use async_trait::async_trait;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use thiserror::Error;
use tokio::sync::OnceCell;
use toolcrib_model::{Digest, Remedy};
use toolcrib_net::SafeUrl;

/// Gives out links to immutable files, each named by its digest.
#[async_trait]
pub trait Links: Send + Sync {
    /// Links to each of the files, in the order asked for: one, or several that lead to different servers, the best
    /// first. Called again when a link has expired.
    ///
    /// # Errors
    /// [`LinkError`] where no links are to be had.
    async fn links(&self, files: &[Digest]) -> Result<Vec<Mirrors>, LinkError>;
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
        let place = self
            .numbers
            .binary_search(&part)
            .ok()
            .and_then(|place| links.get(place));
        let mirrors = place.ok_or(Error::LinkCount {
            asked: self.digests.len(),
            found: links.len(),
        })?;
        Ok((mirrors.clone(), generation.clone()))
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
    struct Counting(AtomicUsize);

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
    async fn a_part_that_was_not_asked_for_has_no_link() {
        let source = Counting::default();
        let refused = LinkBook::new(&source, parts()).links(1).await;
        assert!(matches!(refused, Err(Error::LinkCount { .. })));
    }
}
