//! What a download puts beside the parts of a release, so that a computer without a network can judge it.

use super::Opened;
use super::carried::{address, fetch_listing, not_had};
use super::folder::beside_parts;
use crate::client::Client;
use crate::error::Error;
use bytes::Bytes;
use toolcrib_delivery::Companion;
use toolcrib_trust::catalogue::{Role, Source};
use toolcrib_wire::catalogue::LISTING_TARGET;
use toolcrib_wire::folder::SERVER;

impl Client {
    /// What is put beside the parts of a release, so that a computer without a network can judge it: the listing, every
    /// root, the state that is believed here, and where it comes from.
    ///
    /// # Errors
    /// When one of them cannot be had, or is not what was signed.
    pub(crate) async fn companions(&self, opened: &Opened) -> Result<Vec<Companion>, Error> {
        let mut files = opened.stored_listing().await?;
        files.extend(opened.earlier_roots().await?);
        let metadata = opened.catalogue.metadata_files().into_iter();
        files.extend(metadata.map(|(name, bytes)| (format!("metadata/{name}"), bytes)));
        files.push((SERVER.to_owned(), format!("{}\n", address(&opened.server)).into()));
        let companion = |(path, bytes): (String, Bytes)| {
            let path = beside_parts(&path)?;
            Some(Companion { path, bytes })
        };
        Ok(files.into_iter().filter_map(companion).collect())
    }
}

impl Opened {
    /// The listing as it was signed, under the name that it has below the catalogue.
    async fn stored_listing(&self) -> Result<Vec<(String, Bytes)>, Error> {
        let bytes = fetch_listing(&self.catalogue, &self.source).await?;
        if let Some(bytes) = &bytes {
            self.catalogue.judge_listing(bytes).map_err(Error::Trust)?;
        }
        let path = self.catalogue.target_path(LISTING_TARGET);
        let file = path
            .zip(bytes)
            .map(|(path, bytes)| (format!("targets/{path}"), bytes));
        Ok(file.into_iter().collect())
    }

    /// The roots before the one that is believed here: for computers that believe an earlier one. Whoever follows them
    /// judges each; a root that the server has no more is left out.
    async fn earlier_roots(&self) -> Result<Vec<(String, Bytes)>, Error> {
        let states = self.catalogue.states().iter();
        let newest = states
            .filter(|state| state.role == Role::Root)
            .map(|state| state.version);
        let mut roots = Vec::new();
        for number in 1..newest.max().unwrap_or_default() {
            let name = format!("{number}.root.json");
            let fetched = self.source.metadata(&name, Role::Root.max_bytes()).await;
            let root = fetched.map_err(|source| not_had(&name, source))?;
            roots.extend(root.map(|root| (format!("metadata/{name}"), root)));
        }
        Ok(roots)
    }
}
