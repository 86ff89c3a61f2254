//! The catalogue's files from the account service, by way of the cache for those that never change.

use super::ContentCache;
use super::ahead::{Ahead, Known};
use crate::error::Error;
use async_trait::async_trait;
use bytes::Bytes;
use std::sync::{Mutex, PoisonError};
use toolcrib_model::Digest;
use toolcrib_net::{Http, SafeUrl};
use toolcrib_trust::catalogue::{Role, Source, SourceError};
use toolcrib_wire::api::catalogue_state::{Held, MAX_STATE_BYTES};

/// The longest page of an error that is read to its end, in bytes.
const LONGEST_PAGE: u64 = 64 << 10;

/// Fetches from `SERVER/catalogue/…`.
pub(crate) struct OnlineSource {
    http: Http,
    server: SafeUrl,
    cache: ContentCache,
    ahead: Ahead,
    /// Why nothing came ahead, where that is why nothing else will come: told once, to whoever asks first.
    outage: Mutex<Option<toolcrib_net::Error>>,
}

impl OnlineSource {
    /// The catalogue of one server.
    pub(crate) fn new(http: Http, server: &SafeUrl, cache: ContentCache) -> Self {
        Self {
            http,
            server: server.clone(),
            cache,
            ahead: Ahead::default(),
            outage: Mutex::default(),
        }
    }

    /// The same, with what is not `held` of the newest state asked for in one question. A server that does not know this
    /// question is asked for file by file.
    pub(super) async fn look_ahead(self, held: &Held) -> Self {
        let Ok(url) = self.server.below(&address(held)) else {
            return self;
        };
        // As text in text it is longer: each quotation mark gets another character.
        match self.http.fetch(&url, MAX_STATE_BYTES * 2).await {
            Ok(answer) => Self {
                ahead: Ahead::read(&answer),
                ..self
            },
            Err(toolcrib_net::Error::TooLong { .. }) => self,
            Err(error) if error.status().is_some() => self,
            Err(error) => Self {
                outage: Mutex::new(Some(error)),
                ..self
            },
        }
    }

    /// The first root, trusted on first contact because it came over HTTPS, or from this computer itself; pinned from
    /// then on.
    ///
    /// # Errors
    /// When it cannot be had; a server without one is not ours.
    pub(crate) async fn first_root(&self) -> Result<Bytes, Error> {
        let fetched = self.fetch("metadata/1.root.json", Role::Root.max_bytes()).await;
        match fetched.map_err(Error::Net)? {
            Some(bytes) if looks_like_metadata(&bytes) => Ok(bytes),
            Some(_) | None => Err(Error::NoCatalogue {
                server: self.server.to_string(),
            }),
        }
    }

    async fn fetch(&self, path: &str, max: u64) -> Result<Option<Bytes>, toolcrib_net::Error> {
        match self.ahead.find(path, max) {
            Known::Here(bytes) => return Ok(Some(bytes)),
            Known::Absent => return Ok(None),
            Known::Unknown => {}
        }
        if let Some(error) = self.outage.lock().unwrap_or_else(PoisonError::into_inner).take() {
            return Err(error);
        }
        let Ok(url) = self.server.below(&format!("catalogue/{path}")) else {
            return Ok(None);
        };
        // A page that says "not found" may be longer than the file would be; whoever asked judges the length.
        match self.http.fetch(&url, max.max(LONGEST_PAGE)).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if matches!(error.status(), Some(403 | 404)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[async_trait]
impl Source for OnlineSource {
    async fn metadata(&self, name: &str, max: u64) -> Result<Option<Bytes>, SourceError> {
        self.fetch(&format!("metadata/{name}"), max)
            .await
            .map_err(SourceError::new)
    }

    async fn target(&self, path: &str, max: u64) -> Result<Option<Bytes>, SourceError> {
        let named = digest_of(path);
        if let Some(known) = named.and_then(|sha256| self.cache.find(&sha256)) {
            return Ok(Some(known.into()));
        }
        let fetched = self
            .fetch(&format!("targets/{path}"), max)
            .await
            .map_err(SourceError::new)?;
        if let (Some(sha256), Some(bytes)) = (named, &fetched)
            && Digest::of(bytes) == sha256
            && let Err(error) = self.cache.keep(&sha256, bytes)
        {
            tracing::warn!(%error, "a file of the catalogue could not be remembered");
        }
        Ok(fetched)
    }
}

/// Where the newest state is, for somebody who holds some of it.
fn address(held: &Held) -> String {
    match held.held.as_str() {
        "" => "catalogue/state".to_owned(),
        held => format!("catalogue/state?held={held}"),
    }
}

/// The digest in `DIR/SHA256.FILE`.
fn digest_of(path: &str) -> Option<Digest> {
    let file = path.rsplit('/').next()?;
    file.split('.').next()?.parse().ok()
}

/// A page of some other web server is not taken for a root that is wrong.
fn looks_like_metadata(bytes: &[u8]) -> bool {
    serde_json::from_slice::<serde_json::Value>(bytes).is_ok_and(|value| value.get("signed").is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_read_from_the_name_of_a_target() {
        let sha256 = Digest::of(b"x");
        assert_eq!(
            digest_of(&format!("manifests/a/1.0.0/any/{sha256}.en.json")),
            Some(sha256)
        );
        assert_eq!(digest_of("manifests/a/1.0.0/any/en.json"), None);
    }

    #[test]
    fn a_web_page_is_no_root() {
        assert!(!looks_like_metadata(b"<!doctype html>"));
        assert!(!looks_like_metadata(b"{\"hello\":1}"));
        assert!(looks_like_metadata(b"{\"signed\":{},\"signatures\":[]}"));
    }
}
