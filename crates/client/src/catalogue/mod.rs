//! The vendor's catalogue as this client sees it: refreshed when it can be, remembered when it cannot.

mod cache;
mod shelf;
mod source;

pub(crate) use cache::ContentCache;

use crate::client::Client;
use crate::error::Error;
use shelf::Shelf;
use source::OnlineSource;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;
use toolcrib_machine::files::{self, Lock};
use toolcrib_model::{Digest, Platform, ProductId, Version};
use toolcrib_net::SafeUrl;
use toolcrib_trust::catalogue::{self, Catalogue, MetadataSet, TrustedIndex, TrustedManifest};
use toolcrib_trust::package::judge_index;
use toolcrib_wire::catalogue::{ListedProduct, ListedRelease, Listing};

/// How long one state is good for further questions of this process.
const FRESH: Duration = Duration::from_secs(20);
/// How long another process may take to refresh the same catalogue.
const PATIENCE: Duration = Duration::from_secs(15);

/// The state that this process opened last.
#[derive(Default)]
pub(crate) struct Opening(Mutex<Option<(Instant, Arc<Opened>)>>);

/// A believed state of a catalogue, with its listing.
pub(crate) struct Opened {
    pub(crate) server: SafeUrl,
    catalogue: Catalogue,
    listing: Listing,
    source: OnlineSource,
}

impl Client {
    /// The newest state of the catalogue that can be had and believed.
    ///
    /// # Errors
    /// When it can neither be had nor be remembered, is not believed, or is too old for new installations.
    pub(crate) async fn catalogue(&self) -> Result<Arc<Opened>, Error> {
        let server = self.server()?;
        let mut last = self.0.opening.0.lock().await;
        if let Some((at, opened)) = last.as_ref()
            && at.elapsed() < FRESH
            && opened.server == server
        {
            return Ok(Arc::clone(opened));
        }
        let opened = Arc::new(self.open_catalogue(server).await?);
        *last = Some((Instant::now(), Arc::clone(&opened)));
        Ok(opened)
    }

    async fn open_catalogue(&self, server: SafeUrl) -> Result<Opened, Error> {
        let folder = self.0.home.catalogue().join(server_key(&server));
        files::create_folders(&folder).map_err(Error::Machine)?;
        let lock = folder.join("lock");
        let waiting = tokio::task::spawn_blocking(move || Lock::acquire(&lock, PATIENCE));
        let _lock = waiting
            .await
            .map_err(|_| Error::Interrupted)?
            .map_err(Error::Machine)?;
        let source = OnlineSource::new(self.http()?.clone(), &server, self.0.cache.clone());
        let catalogue = self.newest(&Shelf::new(folder), &source).await?;
        catalogue.must_be_current().map_err(Error::Trust)?;
        let listing = catalogue.listing(&source).await.map_err(Error::Trust)?;
        Ok(Opened {
            server,
            catalogue,
            listing,
            source,
        })
    }

    /// Judges, then persists; what cannot be reached is remembered, what is not believed is refused.
    async fn newest(&self, shelf: &Shelf, source: &OnlineSource) -> Result<Catalogue, Error> {
        let now = self.0.clock.now();
        let known = shelf.find()?;
        let trusted = match &known {
            Some(set) => set.clone(),
            None => MetadataSet::from_root(source.first_root().await?),
        };
        match catalogue::refresh(&trusted, source, now).await {
            Ok(catalogue) => {
                shelf.keep(catalogue.set())?;
                Ok(catalogue)
            }
            Err(error) => {
                let error = Error::Trust(error);
                match known.filter(|_| error.is_outage()) {
                    Some(set) => catalogue::open_offline(&set, now).map_err(|_| error),
                    None => Err(error),
                }
            }
        }
    }
}

impl Opened {
    /// What the catalogue says of a product.
    pub(crate) fn product(&self, product: &ProductId) -> Result<&ListedProduct, Error> {
        self.listing
            .products
            .get(product)
            .ok_or_else(|| Error::UnknownProduct {
                product: product.clone(),
            })
    }

    /// The release that was asked for, or the one of the stable channel, for this computer.
    pub(crate) fn release(
        &self,
        product: &ProductId,
        version: Option<&Version>,
        language: Option<&toolcrib_model::Language>,
    ) -> Result<&ListedRelease, Error> {
        let listed = self.product(product)?;
        let stable = || {
            listed
                .channels
                .iter()
                .find(|(name, _)| name.as_str() == "stable")
                .map(|(_, version)| version)
        };
        let unknown = || Error::UnknownRelease {
            product: product.clone(),
            version: version.cloned(),
        };
        let version = version.or_else(stable).ok_or_else(unknown)?;
        let machine = Platform::current();
        let of_version = |release: &&ListedRelease| release.version == *version && !release.withdrawn;
        if !listed.releases.iter().any(|release| of_version(&release)) {
            return Err(unknown());
        }
        if listed.release(version, machine, None).is_none() {
            return Err(Error::NotForThisComputer {
                product: product.clone(),
                version: version.clone(),
                machine,
            });
        }
        listed
            .release(version, machine, language)
            .filter(of_version)
            .ok_or_else(|| Error::UnknownLanguage {
                product: product.clone(),
                languages: listed
                    .releases
                    .iter()
                    .filter(of_version)
                    .map(|release| release.language.clone())
                    .collect(),
            })
    }

    /// The manifest of a release.
    pub(crate) async fn manifest(&self, release: &ListedRelease) -> Result<TrustedManifest, Error> {
        self.catalogue
            .manifest(&self.source, release)
            .await
            .map_err(Error::Trust)
    }
}

impl Client {
    /// The index of a package: from the cache, else by a link of the account service.
    pub(crate) async fn index(&self, manifest: &TrustedManifest) -> Result<TrustedIndex, Error> {
        let blob = manifest.manifest().index;
        let (bytes, is_new) = match self.0.cache.find(&blob.sha256) {
            Some(bytes) => (bytes, false),
            None => (
                self.fetch_content(&manifest.manifest().product, blob).await?,
                true,
            ),
        };
        let (manifest, cache) = (manifest.clone(), self.0.cache.clone());
        let judging = tokio::task::spawn_blocking(move || {
            let index = judge_index(&manifest, &bytes).map_err(Error::Trust)?;
            if is_new {
                cache.keep(&blob.sha256, &bytes)?;
            }
            Ok(index)
        });
        judging.await.map_err(|_| Error::Interrupted)?
    }
}

/// The folder name for what is kept of one server: readable, and different for different addresses.
pub(crate) fn server_key(server: &SafeUrl) -> String {
    let address = server.expose().trim_end_matches('/');
    let digest = Digest::of(address.as_bytes()).to_string();
    let port = server
        .as_url()
        .port()
        .map_or_else(String::new, |port| format!("-{port}"));
    let host: String = server
        .host()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .take(40)
        .collect();
    format!("{}{port}-{}", host.to_lowercase(), &digest[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_server_has_a_folder_of_its_own() {
        let key = |raw: &str| server_key(&SafeUrl::parse(raw).expect("a URL"));
        assert!(key("http://127.0.0.1:8080/").starts_with("127-0-0-1-8080-"));
        assert_eq!(key("https://a.example/crib/"), key("https://a.example/crib"));
        assert_ne!(key("https://a.example/crib"), key("https://a.example/other"));
        assert_ne!(key("http://127.0.0.1:8080"), key("http://127.0.0.1:8081"));
    }
}
