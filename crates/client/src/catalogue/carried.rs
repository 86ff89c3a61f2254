//! The catalogue that is carried beside parts to a computer without a network, and how it is believed where no catalogue
//! was seen before.

use super::ContentCache;
use super::folder::FolderSource;
use super::source::OnlineSource;
use crate::client::{Client, parse_server};
use crate::error::Error;
use crate::view::CarriedView;
use bytes::Bytes;
use camino::{Utf8Path, Utf8PathBuf};
use toolcrib_delivery::Source as Content;
use toolcrib_model::Digest;
use toolcrib_net::SafeUrl;
use toolcrib_trust::catalogue::{self, Catalogue, Source, SourceError, Trusted};
use toolcrib_wire::catalogue::{LISTING_TARGET, Listing};

impl Client {
    /// What another computer has to be told so that it believes the catalogue that a download put into this folder;
    /// `None` where there is none.
    ///
    /// # Errors
    /// When it cannot be read, or does not hold together.
    pub async fn carried_in(&self, folder: &Utf8Path) -> Result<Option<CarriedView>, Error> {
        let Some(carried) = FolderSource::beside(folder) else {
            return Ok(None);
        };
        let (Some(root), Some(server)) = (carried.newest_root()?, carried.server()) else {
            return Ok(None);
        };
        let fingerprint = Digest::of(&root);
        let mut trusted = Trusted::from_root(root);
        let state = catalogue::refresh(&mut trusted, &carried, self.0.clock.now()).await;
        let state = state.map_err(Error::Trust)?;
        Ok(Some(CarriedView {
            server: address(&server),
            fingerprint: fingerprint.to_string(),
            expires_at: state.states().iter().map(|state| state.expires).min(),
        }))
    }

    /// Believes the catalogue that lies in one of these folders, because the person knows a root of it by its
    /// fingerprint. What was trusted before stays: then this only compares. The account service is the one that is
    /// known, or `server`, which is remembered where none was.
    ///
    /// # Errors
    /// When there is no catalogue, none with such a root, or it is not signed as that root says; when no account service
    /// is known or named.
    pub async fn trust_carried(
        &self,
        folders: &[Utf8PathBuf],
        fingerprint: &Digest,
        server: Option<&str>,
    ) -> Result<(), Error> {
        let carried = beside(folders.iter());
        let (folder, root) = with_root(&carried, folders, fingerprint)?;
        let server = match server {
            Some(named) => parse_server(named)?,
            None => self.server_or_ask(&carried)?,
        };
        let (shelf, _lock) = self.shelf_of(&server).await?;
        if shelf.find()?.is_none() {
            let mut trusted = Trusted::from_root(root);
            let refreshed = catalogue::refresh(&mut trusted, folder, self.0.clock.now()).await;
            refreshed.map_err(Error::Trust)?;
            shelf.keep(&trusted)?;
        }
        self.0.settings.change(|settings| {
            settings.server.get_or_insert_with(|| address(&server));
        })
    }

    /// The account service; where none is known, what a folder says of it is put before the person.
    pub(super) fn server_or_ask(&self, carried: &[FolderSource]) -> Result<SafeUrl, Error> {
        self.server().map_err(|error| match error {
            Error::NoServer => self.unknown_root(carried).unwrap_or(Error::NoServer),
            error => error,
        })
    }

    /// That the catalogue of a folder is not known here, with all that a person has to compare; `None` without a folder.
    pub(super) fn unknown_root(&self, carried: &[FolderSource]) -> Option<Error> {
        let folder = carried.first()?;
        let said = || folder.server().as_ref().map(address);
        let server = self
            .server()
            .map_or_else(|_| said(), |server| Some(address(&server)));
        Some(match folder.newest_root() {
            Ok(Some(root)) => Error::UnknownRoot {
                folder: folder.parts().to_owned(),
                server,
                fingerprint: Digest::of(&root),
            },
            Ok(None) => Error::NothingCarried {
                folders: vec![folder.parts().to_owned()],
            },
            Err(error) => error,
        })
    }
}

/// The catalogues that lie beside parts, in the order of the folders.
pub(super) fn carried_beside(sources: &[Content]) -> Vec<FolderSource> {
    beside(sources.iter().filter_map(|source| match source {
        Content::Parts(folder) => Some(folder),
        Content::Tree(_) => None,
    }))
}

fn beside<'a>(folders: impl Iterator<Item = &'a Utf8PathBuf>) -> Vec<FolderSource> {
    folders
        .filter_map(|folder| FolderSource::beside(folder))
        .collect()
}

/// The listing: from the network, else from the first folder that has it; kept, so that it is remembered.
pub(super) async fn listing(
    catalogue: &Catalogue,
    source: &OnlineSource,
    carried: &[FolderSource],
    cache: &ContentCache,
) -> Result<Listing, Error> {
    let outage = match catalogue.listing(source).await.map_err(Error::Trust) {
        Err(error) if error.is_outage() => error,
        answer => return answer,
    };
    for folder in carried {
        if let Some(bytes) = fetch_listing(catalogue, folder).await? {
            let listing = catalogue.judge_listing(&bytes).map_err(Error::Trust)?;
            cache.keep(&Digest::of(&bytes), &bytes)?;
            return Ok(listing);
        }
    }
    Err(outage)
}

/// The bytes of the listing, not judged yet; `None` where the source has none.
pub(super) async fn fetch_listing(
    catalogue: &Catalogue,
    source: &dyn Source,
) -> Result<Option<Bytes>, Error> {
    let named = catalogue.target_path(LISTING_TARGET);
    let Some((path, blob)) = named.zip(catalogue.target(LISTING_TARGET)) else {
        return Ok(None);
    };
    let fetched = source.target(&path, blob.length).await;
    fetched.map_err(|source| not_had(LISTING_TARGET, source))
}

/// The catalogue that has the root with this fingerprint, and that root.
fn with_root<'a>(
    carried: &'a [FolderSource],
    folders: &[Utf8PathBuf],
    fingerprint: &Digest,
) -> Result<(&'a FolderSource, Bytes), Error> {
    if carried.is_empty() {
        return Err(Error::NothingCarried {
            folders: folders.to_vec(),
        });
    }
    for folder in carried {
        if let Some(root) = folder.roots()?.remove(fingerprint) {
            return Ok((folder, root));
        }
    }
    Err(Error::OtherRoot {
        folders: folders.to_vec(),
        fingerprint: *fingerprint,
    })
}

/// The address of a server, as a person types it.
pub(super) fn address(server: &SafeUrl) -> String {
    server.expose().trim_end_matches('/').to_owned()
}

pub(super) fn not_had(name: &str, source: SourceError) -> Error {
    Error::Trust(toolcrib_trust::Error::Fetch {
        name: name.to_owned(),
        source,
    })
}
