//! The vendor's catalogue as this client sees it: refreshed when it can be, remembered when it cannot.

mod ahead;
mod cache;
mod carried;
mod channel_choice;
mod channels;
mod companions;
mod folder;
mod mirrors;
mod newest;
mod offer;
mod offers;
mod pinned;
mod prune;
mod shelf;
mod source;
mod withdrawn;

pub(crate) use cache::ContentCache;
pub(crate) use offer::Asking;
pub(crate) use pinned::is_only_old;
pub use withdrawn::TakenBack;

use crate::client::Client;
use crate::error::Error;
use crate::policy::Updates;
use camino::Utf8Path;
use folder::FolderSource;
use source::OnlineSource;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;
use toolcrib_delivery::Source;
use toolcrib_model::{Digest, Language, Platform, ProductId, Version};
use toolcrib_net::SafeUrl;
use toolcrib_trust::catalogue::{Catalogue, Trusted, TrustedIndex, TrustedManifest};
use toolcrib_trust::package::{TrustedPatches, judge_index, judge_patches};
use toolcrib_wire::api::catalogue_state::Held;
use toolcrib_wire::catalogue::{LISTING_TARGET, ListedProduct, ListedRelease, Listing};

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
        self.catalogue_beside(&[]).await
    }

    /// The same, also from catalogues that lie beside parts in folders, where the network has none.
    ///
    /// # Errors
    /// As [`Client::catalogue`], and when the catalogue of a folder is not known here.
    pub(crate) async fn catalogue_beside(&self, sources: &[Source]) -> Result<Arc<Opened>, Error> {
        let carried = carried::carried_beside(sources);
        let server = self.server_or_ask(&carried)?;
        let mut last = self.0.opening.0.lock().await;
        if let Some((at, opened)) = last.as_ref()
            && at.elapsed() < FRESH
            && opened.server == server
        {
            return Ok(Arc::clone(opened));
        }
        let opened = Arc::new(self.open_catalogue(server, &carried).await?);
        *last = Some((Instant::now(), Arc::clone(&opened)));
        Ok(opened)
    }

    async fn open_catalogue(&self, server: SafeUrl, carried: &[FolderSource]) -> Result<Opened, Error> {
        let (shelf, _lock) = self.shelf_of(&server).await?;
        let known = shelf.find()?;
        let source = OnlineSource::new(self.http()?.clone(), &server, self.0.cache.clone());
        let source = source.look_ahead(&self.held(known.as_ref())).await;
        let catalogue = self.newest((&shelf, known), &source, carried).await?;
        catalogue.must_be_current().map_err(Error::Trust)?;
        let listing = carried::listing(&catalogue, &source, carried, &self.0.cache).await?;
        Ok(Opened {
            source: OnlineSource::new(self.http()?.clone(), &server, self.0.cache.clone()),
            server,
            catalogue,
            listing,
        })
    }

    /// What need not be fetched of a catalogue's newest state.
    fn held(&self, known: Option<&Trusted>) -> Held {
        let catalogue = known.and_then(|known| known.open(self.0.clock.now()).ok());
        let listing = catalogue.and_then(|catalogue| catalogue.target(LISTING_TARGET));
        let is_here = |sha256: &Digest| self.0.cache.find(sha256).is_some();
        ahead::held(known, listing.map(|blob| blob.sha256).filter(is_here))
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

    /// The release that was asked for, or the one that is offered to this device, for this computer.
    pub(crate) fn release(
        &self,
        asking: &Asking,
        product: &ProductId,
        (version, language): (Option<&Version>, Option<&Language>),
    ) -> Result<&ListedRelease, Error> {
        let listed = self.product(product)?;
        let offered = || asking.version(product, listed);
        if let Some(version) = version.or_else(offered) {
            must_be_offered(product, version, listed)?;
        }
        self.known_release(asking, product, (version, language))
    }

    /// As [`Opened::release`], for what is installed: a release that was withdrawn meanwhile can still be mended.
    pub(crate) fn known_release(
        &self,
        asking: &Asking,
        product: &ProductId,
        (version, language): (Option<&Version>, Option<&Language>),
    ) -> Result<&ListedRelease, Error> {
        let listed = self.product(product)?;
        let unknown = || Error::UnknownRelease {
            product: product.clone(),
            version: version.cloned(),
        };
        let offered = || asking.version(product, listed);
        let version = version.or_else(offered).ok_or_else(unknown)?;
        if !listed.releases.iter().any(|release| release.version == *version) {
            return Err(unknown());
        }
        if listed.release(version, asking.machine, None).is_none() {
            return Err(Error::NotForThisComputer {
                product: product.clone(),
                version: version.clone(),
                machine: asking.machine,
            });
        }
        let found = listed.release(version, asking.machine, language);
        found.ok_or_else(|| Error::UnknownLanguage {
            product: product.clone(),
            languages: languages(listed, version, asking.machine),
        })
    }

    /// The languages that a version of a product can be had in on `machine`, in order; none where it is not listed.
    pub(crate) fn languages(
        &self,
        product: &ProductId,
        version: &Version,
        machine: Platform,
    ) -> Vec<Language> {
        let listed = self.product(product);
        listed.map_or_else(|_| Vec::new(), |listed| languages(listed, version, machine))
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
    /// Who asks the catalogue: this device, on the channel that its company or the person chose for the product.
    pub(crate) fn asking(&self, product: &ProductId) -> Result<Asking, Error> {
        let policy = self.policy()?;
        let said = self.company_word(product)?;
        Ok(Asking {
            device: self.device_key()?.thumbprint(),
            channel: said.channel.map_or_else(|| self.chosen_channel(product), Ok)?,
            machine: Platform::current(),
            target: policy.target.get(product).cloned(),
            updates: policy.updates.unwrap_or(Updates::Free),
            named: said.updates.target().cloned(),
            rights: said.rights,
        })
    }

    /// The index of a package: from the cache, else by a link of the account service.
    pub(crate) async fn index(&self, manifest: &TrustedManifest) -> Result<TrustedIndex, Error> {
        let blob = manifest.manifest().index;
        let (bytes, is_new) = match self.0.cache.find(&blob.sha256) {
            Some(bytes) => (bytes, false),
            None => {
                let parts: Vec<Digest> = manifest.manifest().parts.iter().map(|part| part.sha256).collect();
                let product = &manifest.manifest().product;
                (self.fetch_content(product, blob, &parts).await?, true)
            }
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

fn must_be_offered(product: &ProductId, version: &Version, listed: &ListedProduct) -> Result<(), Error> {
    match listed.withdrawn(version) {
        Some(reason) => Err(Error::WithdrawnRelease {
            product: product.clone(),
            version: version.clone(),
            reason: reason.to_owned(),
        }),
        None => Ok(()),
    }
}

/// The languages that a version can be had in: those of its packages for `machine`, and of what they have for others.
fn languages(listed: &ListedProduct, version: &Version, machine: Platform) -> Vec<Language> {
    let fitting = listed
        .releases
        .iter()
        .filter(|release| release.version == *version && release.platform.runs_on(machine));
    let each = fitting.flat_map(|release| std::iter::once(&release.language).chain(&release.packs));
    let once: BTreeSet<_> = each.cloned().collect();
    once.into_iter().collect()
}

impl Client {
    /// The patches that lead to a package from the release that is current in an install root. None where there are
    /// none, or where they cannot be had or believed: then chunks are fetched instead.
    pub(crate) async fn patches(
        &self,
        manifest: &TrustedManifest,
        index: &TrustedIndex,
        root: &Utf8Path,
    ) -> Option<TrustedPatches> {
        let current = toolcrib_delivery::current(root).ok().flatten()?;
        let mut sets = manifest.manifest().patches.iter();
        let blob = sets.find(|set| set.from_index == current.index)?.index;
        let fetched = self.fetch_content(&manifest.manifest().product, blob, &[]).await;
        let judged = fetched
            .and_then(|bytes| judge_patches(manifest, index, &current.index, &bytes).map_err(Error::Trust));
        judged
            .inspect_err(
                |error| tracing::warn!(%error, "The patches of an update cannot be had; chunks are fetched."),
            )
            .ok()
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
