//! The read-me of a release, to be read before anything is installed (S-126).
//!
//! Of a package that is not here only the chunks that hold the file are fetched. What was read once is kept under its
//! digest, so that it can be read again without a network; what is installed is read where it is.

use crate::catalogue::Opened;
use crate::client::Client;
use crate::error::Error;
use crate::prepare::Word;
use crate::view::ReadMeView;
use camino::{Utf8Path, Utf8PathBuf};
use std::sync::Arc;
use toolcrib_delivery::{PackedFile, fetch_packed_file, installed_file, kept_index, packed_file};
use toolcrib_model::{Language, ProductId, RelPath, Version};
use toolcrib_trust::catalogue::{TrustedIndex, TrustedManifest};
use toolcrib_trust::package::{BadReadMe, MAX_READ_ME_BYTES, judge_read_me};
use toolcrib_wire::index::File;
use toolcrib_wire::manifest::Manifest;
use toolcrib_wire::receipt::Receipt;

/// The release whose read-me is wanted: by version and language, else the installed one, else the offered one.
#[derive(Clone, Copy, Debug)]
struct Wish<'a> {
    product: &'a ProductId,
    version: Option<&'a Version>,
    language: Option<&'a Language>,
}

impl<'a> Wish<'a> {
    /// The same release, named.
    const fn for_installed(self, receipt: &'a Receipt) -> Self {
        Self {
            product: self.product,
            version: Some(&receipt.version),
            language: Some(&receipt.language),
        }
    }

    fn is_met_by(&self, receipt: &Receipt) -> bool {
        let version = self.version.is_none_or(|version| *version == receipt.version);
        version && self.language.is_none_or(|language| *language == receipt.language)
    }

    fn release(&self) -> (Option<&Version>, Option<&Language>) {
        (self.version, self.language)
    }
}

impl Client {
    /// The read-me of a release. Of a release that was named, what was read once is read again without asking anybody.
    ///
    /// # Errors
    /// When the person may not have the product, there is no such release, or the file is not here and cannot be had.
    pub async fn read_me(
        &self,
        product: &ProductId,
        version: Option<&Version>,
        language: Option<&Language>,
    ) -> Result<ReadMeView, Error> {
        let wish = Wish {
            product,
            version,
            language,
        };
        let receipt = self.receipt(product)?.filter(|receipt| wish.is_met_by(receipt));
        let Some(receipt) = receipt else {
            return self.read_me_of_package(wish).await;
        };
        match self.installed_read_me(&receipt).await? {
            Some(installed) => Ok(installed),
            None => self.read_me_of_package(wish.for_installed(&receipt)).await,
        }
    }

    async fn read_me_of_package(&self, wish: Wish<'_>) -> Result<ReadMeView, Error> {
        let opened = match self.remembered_for(wish).await {
            Some(opened) => Arc::new(opened),
            None => self.asked_for(wish).await?,
        };
        self.packed_read_me(&opened, wish).await
    }

    /// That of an installed release, if its file is as it was.
    async fn installed_read_me(&self, receipt: &Receipt) -> Result<Option<ReadMeView>, Error> {
        let Some(manifest) = self.manifest_of(receipt) else {
            return Ok(None);
        };
        let root = Utf8PathBuf::from(&receipt.root);
        let reading = tokio::task::spawn_blocking(move || on_disk(&root, &manifest));
        let read = reading.await.map_err(|_| Error::Interrupted)?;
        Ok(read.unwrap_or_else(|error| {
            tracing::warn!(%error, "the installed read-me cannot be read; that of the package is taken");
            None
        }))
    }

    /// The catalogue as it is remembered, if it has the release that was named and the service said last that the person
    /// may have it.
    async fn remembered_for(&self, wish: Wish<'_>) -> Option<Opened> {
        let version = wish.version?;
        let known = self.memory(&self.server().ok()?).ok()?.products?;
        let mut granted = known.iter().filter(|granted| granted.product == *wish.product);
        if !granted.any(|granted| granted.releases.iter().any(|offer| offer.version == *version)) {
            return None;
        }
        let opened = self.remembered_catalogue().await?;
        let asking = self.asking(wish.product).ok()?;
        let has_it = opened.release(&asking, wish.product, wish.release()).is_ok();
        has_it.then_some(opened)
    }

    /// The catalogue of now, for who may have the product; where nobody can be asked, what is remembered counts.
    async fn asked_for(&self, wish: Wish<'_>) -> Result<Arc<Opened>, Error> {
        let entitled = self.must_be_entitled(wish.product, wish.version, Word::Remembered);
        let ((), opened) = tokio::try_join!(entitled, self.catalogue())?;
        Ok(opened)
    }

    /// That of a package.
    async fn packed_read_me(&self, opened: &Opened, wish: Wish<'_>) -> Result<ReadMeView, Error> {
        let release = opened.release(&self.asking(wish.product)?, wish.product, wish.release())?;
        let manifest = opened.manifest(release).await?;
        let Some(path) = manifest.manifest().read_me.clone() else {
            return Ok(none(manifest.manifest()));
        };
        let index = self.index(&manifest).await?;
        let Some(file) = packed_file(index.index(), &path) else {
            return Ok(none(manifest.manifest()));
        };
        let content = match file.size > MAX_READ_ME_BYTES {
            true => Err(BadReadMe::TooLarge),
            false => Ok(self.content_of(&manifest, &index, file).await?),
        };
        Ok(view(manifest.manifest(), &path, content, None))
    }

    /// The content of a small file of a package: kept from an earlier time, else fetched, and kept.
    async fn content_of(
        &self,
        manifest: &TrustedManifest,
        index: &TrustedIndex,
        file: &File,
    ) -> Result<Vec<u8>, Error> {
        if let Some(known) = self.0.cache.find(&file.sha256) {
            return Ok(known);
        }
        let wanted = PackedFile {
            manifest,
            index,
            file,
        };
        let links = self.links(&manifest.manifest().product)?;
        let fetched = fetch_packed_file(wanted, self.http()?, &links, &*self.0.clock).await;
        let content = fetched.map_err(Error::Delivery)?;
        self.0.cache.keep(&file.sha256, &content)?;
        Ok(content)
    }
}

/// The read-me of what is installed, on a thread that may block; `None` where its file is not what it was.
fn on_disk(root: &Utf8Path, manifest: &Manifest) -> Result<Option<ReadMeView>, toolcrib_delivery::Error> {
    let Some(path) = &manifest.read_me else {
        return Ok(Some(none(manifest)));
    };
    let index = kept_index(root, &manifest.index.sha256)?;
    let Some(file) = index.as_ref().and_then(|index| packed_file(index, path)) else {
        return Ok(None);
    };
    let content = match file.size > MAX_READ_ME_BYTES {
        true => Err(BadReadMe::TooLarge),
        false => match installed_file(root, file)? {
            Some(content) => Ok(content),
            None => return Ok(None),
        },
    };
    let current = toolcrib_delivery::current(root)?;
    let place = current.map(|current| root.join(current.tree.as_str()).join(path.as_str()));
    Ok(Some(view(manifest, path, content, place)))
}

fn none(manifest: &Manifest) -> ReadMeView {
    ReadMeView {
        product: manifest.product.clone(),
        name: manifest.name.clone(),
        version: manifest.version.clone(),
        language: manifest.language.clone(),
        file: None,
        text: None,
        replaced_count: 0,
        refusal: None,
        place: None,
    }
}

fn view(
    manifest: &Manifest,
    path: &RelPath,
    content: Result<Vec<u8>, BadReadMe>,
    place: Option<Utf8PathBuf>,
) -> ReadMeView {
    let read = content.and_then(|content| judge_read_me(&content));
    ReadMeView {
        file: Some(path.to_string()),
        place: place.map(Utf8PathBuf::into_string),
        refusal: read.as_ref().err().copied().map(Into::into),
        replaced_count: read
            .as_ref()
            .map_or(0, |read| u32::try_from(read.replaced_count).unwrap_or(u32::MAX)),
        text: read.ok().map(|read| read.text),
        ..none(manifest)
    }
}
