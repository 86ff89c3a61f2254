//! Whether a folder may become the install root of a product, and what is in it where it may not.

use crate::client::Client;
use crate::error::Error;
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeSet;
use toolcrib_delivery::{Source, YOUR_FILES, current, find_copy};
use toolcrib_model::{ComponentId, ProductId};
use toolcrib_trust::catalogue::{TrustedIndex, TrustedManifest};

impl Client {
    /// A folder that holds other things is not taken for an install root. Where these are a copy of the release, in a folder
    /// that the person chose, it can be taken over instead (B-08), and the error says so.
    ///
    /// # Errors
    /// [`Error::FolderTaken`], [`Error::HoldsCopy`], or what keeps it from being found out.
    pub(super) async fn must_be_free(
        &self,
        (root, sources): (&Utf8PathBuf, &[Source]),
        manifest: &TrustedManifest,
        components: &BTreeSet<ComponentId>,
    ) -> Result<(), Error> {
        let product = &manifest.manifest().product;
        let taken = || Error::FolderTaken { folder: root.clone() };
        if self.is_of_another(root, product)? {
            return Err(taken());
        }
        if self.is_free(root, product)? {
            return Ok(());
        }
        // It goes where it usually goes, so that has to be another folder; and it is taken over from one place.
        let has_other_place = self.root_of(product, None).is_ok_and(|usual| usual != *root);
        let is_adopting = sources.iter().any(|source| matches!(source, Source::Tree(_)));
        if !has_other_place || is_adopting {
            return Err(taken());
        }
        let index = self.index(manifest).await?;
        Err(match find_copy(root, index.index(), components) {
            Some(copy) => Error::HoldsCopy {
                folder: root.clone(),
                copy,
                product: product.clone(),
                version: manifest.manifest().version.clone(),
            },
            None => taken(),
        })
    }

    /// Whether another product is installed there, by this client or by another one.
    fn is_of_another(&self, root: &Utf8Path, product: &ProductId) -> Result<bool, Error> {
        let receipts = self.receipts()?;
        let mut others = receipts.iter().filter(|receipt| receipt.product != *product);
        let found = current(root).ok().flatten();
        Ok(others.any(|receipt| receipt.root == *root)
            || found.is_some_and(|current| current.product != *product))
    }

    /// Whether there is nothing else: nothing at all, or what this product put there.
    fn is_free(&self, root: &Utf8Path, product: &ProductId) -> Result<bool, Error> {
        if root.join(".toolcrib").exists() || self.receipt(product)?.is_some() {
            return Ok(true);
        }
        // What stayed of an earlier installation is no other thing.
        let is_other = |entry: std::io::Result<fs_err::DirEntry>| {
            entry.map_or(true, |entry| entry.file_name() != YOUR_FILES)
        };
        let has_other = fs_err::read_dir(root).map(|mut entries| entries.any(is_other));
        Ok(!has_other.unwrap_or(false))
    }
}

/// The sources, where those that were named for a copy lead to it: it may lie in a folder below the one that was named.
pub(super) fn lead_to_copies(
    sources: Vec<Source>,
    index: &TrustedIndex,
    components: &BTreeSet<ComponentId>,
) -> Vec<Source> {
    let place = |folder: Utf8PathBuf| find_copy(&folder, index.index(), components).unwrap_or(folder);
    let lead = |source| match source {
        Source::Tree(folder) => Source::Tree(place(folder)),
        Source::Parts(folder) => Source::Parts(folder),
    };
    sources.into_iter().map(lead).collect()
}
