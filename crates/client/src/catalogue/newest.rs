//! The newest state of a catalogue that can be had and believed: from the network first, then from folders, then as it is
//! remembered. All three go through the same judge and stand on the same floor.

use super::folder::FolderSource;
use super::shelf::Shelf;
use super::source::OnlineSource;
use super::{Opened, PATIENCE, server_key};
use crate::client::Client;
use crate::error::Error;
use bytes::Bytes;
use camino::Utf8PathBuf;
use jiff::Timestamp;
use toolcrib_machine::files::{self, Lock};
use toolcrib_net::SafeUrl;
use toolcrib_trust::catalogue::{self, Catalogue, Trusted};
use toolcrib_wire::catalogue::LISTING_TARGET;

impl Client {
    /// Judges, then persists; what cannot be reached is looked for in folders, then remembered; what is not believed is
    /// refused.
    ///
    /// Also after a failure: what was believed before it is a floor from then on.
    pub(super) async fn newest(
        &self,
        (shelf, known): (&Shelf, Option<Trusted>),
        source: &OnlineSource,
        carried: &[FolderSource],
    ) -> Result<Catalogue, Error> {
        let wall = self.0.clock.now();
        let mut trusted = match &known {
            Some(trusted) => trusted.clone(),
            None => Trusted::from_root(self.first_root(source, carried).await?),
        };
        let refreshed = catalogue::refresh(&mut trusted, source, wall).await;
        let refreshed = match refreshed.map_err(Error::Trust) {
            Err(outage) if outage.is_outage() && known.is_some() => {
                from_folders(&mut trusted, carried, wall, outage).await
            }
            refreshed => refreshed,
        };
        if refreshed.is_ok() || known.is_some() {
            shelf.keep(&trusted)?;
        }
        refreshed.or_else(|error| match error.is_outage() {
            true => trusted.open(wall).map_err(|_| error),
            false => Err(error),
        })
    }

    /// The catalogue as it is remembered, while that is current; nobody is asked for what is here.
    pub(crate) async fn remembered_catalogue(&self) -> Option<Opened> {
        let opened = self.old_catalogue().await?;
        opened.catalogue.must_be_current().ok()?;
        Some(opened)
    }

    /// The same, however old it is: for what was begun while it was current.
    pub(crate) async fn old_catalogue(&self) -> Option<Opened> {
        let (server, catalogue) = self.known_catalogue()?;
        self.with_listing(server, catalogue).await
    }

    /// The same, where its listing is on this computer, too: then nobody is asked for anything.
    pub(crate) async fn catalogue_at_hand(&self) -> Option<Opened> {
        let (server, catalogue) = self.known_catalogue()?;
        let listing = catalogue.target(LISTING_TARGET)?;
        self.0.cache.find(&listing.sha256)?;
        self.with_listing(server, catalogue).await
    }

    fn known_catalogue(&self) -> Option<(SafeUrl, Catalogue)> {
        let server = self.server().ok()?;
        let known = Shelf::new(self.shelf_folder(&server)).find().ok()??;
        let catalogue = known.open(self.0.clock.now()).ok()?;
        Some((server, catalogue))
    }

    async fn with_listing(&self, server: SafeUrl, catalogue: Catalogue) -> Option<Opened> {
        let source = OnlineSource::new(self.http().ok()?.clone(), &server, self.0.cache.clone());
        let listing = catalogue.listing(&source).await.ok()?;
        Some(Opened {
            server,
            catalogue,
            listing,
            source,
        })
    }

    fn shelf_folder(&self, server: &SafeUrl) -> Utf8PathBuf {
        self.0.home.catalogue().join(server_key(server))
    }

    /// The first root comes from the server itself. That of a folder is for the person to know again.
    async fn first_root(&self, source: &OnlineSource, carried: &[FolderSource]) -> Result<Bytes, Error> {
        let fetched = source.first_root().await;
        fetched.map_err(|error| match error.is_outage() {
            true => self.unknown_root(carried).unwrap_or(error),
            false => error,
        })
    }

    /// What is kept of the catalogue of one server, for this process alone as long as the lock is held; without one
    /// where another process takes too long.
    ///
    /// # Errors
    /// When the home cannot be written.
    pub(super) async fn shelf_of(&self, server: &SafeUrl) -> Result<(Shelf, Option<Lock>), Error> {
        let folder = self.shelf_folder(server);
        files::create_folders(&folder).map_err(Error::Machine)?;
        let lock = folder.join("lock");
        let waiting = tokio::task::spawn_blocking(move || Lock::acquire(&lock, PATIENCE));
        let lock = waiting
            .await
            .map_err(|_| Error::Interrupted)?
            .map_err(Error::Machine)?;
        Ok((Shelf::new(folder), lock))
    }
}

/// The newest state that lies in folders; the outage where there is none. One that is older than what is trusted is
/// passed over, any other fault is told.
async fn from_folders(
    trusted: &mut Trusted,
    carried: &[FolderSource],
    wall: Timestamp,
    outage: Error,
) -> Result<Catalogue, Error> {
    let mut newest = Err(outage);
    for folder in carried {
        match catalogue::refresh(trusted, folder, wall).await {
            Err(toolcrib_trust::Error::Downgrade { .. }) => {}
            Err(error) => return Err(Error::Trust(error)),
            Ok(catalogue) => newest = Ok(catalogue),
        }
    }
    newest
}
