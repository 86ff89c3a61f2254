//! The catalogue that is carried beside parts to a computer without a network: what a download puts there, and how it is
//! believed where no catalogue was seen before.

use super::folder::{FolderSource, SERVER, beside_parts};
use super::source::OnlineSource;
use super::{ContentCache, Opened};
use crate::client::{Client, parse_server};
use crate::error::Error;
use crate::view::CarriedView;
use bytes::Bytes;
use camino::{Utf8Path, Utf8PathBuf};
use toolcrib_delivery::{Companion, Source as Content};
use toolcrib_model::Digest;
use toolcrib_net::SafeUrl;
use toolcrib_trust::catalogue::{self, Catalogue, Role, Source, SourceError, Trusted};
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
async fn fetch_listing(catalogue: &Catalogue, source: &dyn Source) -> Result<Option<Bytes>, Error> {
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
fn address(server: &SafeUrl) -> String {
    server.expose().trim_end_matches('/').to_owned()
}

fn not_had(name: &str, source: SourceError) -> Error {
    Error::Trust(toolcrib_trust::Error::Fetch {
        name: name.to_owned(),
        source,
    })
}
