//! Manifest and index that lie beside parts in a folder: they are taken into the cache, where the signed catalogue finds
//! them by their digest. Nothing else is believed of them.

use crate::client::Client;
use camino::Utf8Path;
use toolcrib_delivery::{Source, part_names};
use toolcrib_machine::files;
use toolcrib_model::Digest;
use toolcrib_trust::package::MAX_MANIFEST_BYTES;
use toolcrib_wire::manifest::Blob;

impl Client {
    /// Takes the manifests of folders into the cache. What cannot be read is fetched, so nothing fails here.
    pub(super) fn bring_manifests(&self, sources: &[Source]) {
        for folder in folders(sources) {
            let found = files::read_bounded(&folder.join(part_names::MANIFEST), MAX_MANIFEST_BYTES);
            if let Some(bytes) = found.ok().flatten() {
                self.keep_content(&Digest::of(&bytes), &bytes);
            }
        }
    }

    /// Takes the index of a package into the cache, if it lies in one of the folders.
    pub(super) fn bring_index(&self, sources: &[Source], index: Blob) {
        let name = index.sha256.to_string();
        let names = [part_names::INDEX, name.as_str()];
        for path in folders(sources).flat_map(|folder| names.map(|name| folder.join(name))) {
            let found = files::read_bounded(&path, index.length).ok().flatten();
            if let Some(bytes) = found.filter(|bytes| Digest::of(bytes) == index.sha256) {
                self.keep_content(&index.sha256, &bytes);
                return;
            }
        }
    }

    fn keep_content(&self, sha256: &Digest, bytes: &[u8]) {
        if let Err(error) = self.0.cache.keep(sha256, bytes) {
            tracing::warn!(%error, "a file beside the parts could not be taken into the cache");
        }
    }
}

fn folders(sources: &[Source]) -> impl Iterator<Item = &Utf8Path> {
    sources.iter().filter_map(|source| match source {
        Source::Parts(folder) => Some(folder.as_path()),
        Source::Tree(_) => None,
    })
}
