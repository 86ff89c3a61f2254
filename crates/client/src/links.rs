//! Links to immutable files, from the account service.

use crate::client::Client;
use crate::content_servers::place_on;
use crate::error::Error;
use crate::links_ahead::MOST_AHEAD;
use async_trait::async_trait;
use bytes::Bytes;
use std::time::Instant;
use toolcrib_account::Account;
use toolcrib_delivery::{LinkError, Links, Mirrors, Rank};
use toolcrib_model::{Digest, ProductId};
use toolcrib_net::peers::PeerAddress;
use toolcrib_net::{Error as NetError, SafeUrl};
use toolcrib_wire::api::product::ContentLink;
use toolcrib_wire::manifest::Blob;

/// What takes a single connection several ways there and back, in bytes.
const WORTH_DIVIDING: u64 = 64 << 10;
/// Over how many connections such a file is fetched.
const CONNECTIONS: usize = 4;

/// Links to the files of one product. Every call asks anew, because a call means that the last links have expired; but
/// those that came ahead are taken first.
pub(crate) struct AccountLinks {
    client: Client,
    /// `None` where nobody is signed in: then there are none.
    account: Option<Account>,
    product: ProductId,
}

impl Client {
    /// Links to the files of `product`.
    pub(crate) fn links(&self, product: &ProductId) -> Result<AccountLinks, Error> {
        Ok(AccountLinks {
            client: self.clone(),
            account: Some(self.account()?),
            product: product.clone(),
        })
    }

    /// The same for what may be all here already: where nobody is signed in, only asking for links fails.
    pub(crate) fn links_if_needed(&self, product: &ProductId) -> Result<AccountLinks, Error> {
        match self.links(product) {
            Err(Error::NotSignedIn) => Ok(AccountLinks {
                client: self.clone(),
                account: None,
                product: product.clone(),
            }),
            links => links,
        }
    }

    /// A small immutable file of `product`, its digest checked: from the account service, else from a mirror. Links to
    /// the files that will be wanted `next` are asked for with it.
    pub(crate) async fn fetch_content(
        &self,
        product: &ProductId,
        blob: Blob,
        next: &[Digest],
    ) -> Result<Vec<u8>, Error> {
        // Begins to look for one, where that is wanted: what is fetched next may come from there.
        let _known_by_now = self.content_servers();
        let next = if next.len() <= MOST_AHEAD { next } else { &[] };
        let asked: Vec<Digest> = std::iter::once(blob.sha256).chain(next.iter().copied()).collect();
        let mut links = self.links(product)?.ask(&asked).await?.into_iter();
        let own = links.next();
        self.0
            .links_ahead
            .keep(next.iter().copied().zip(links), Instant::now());
        let mut failure = Error::Interrupted;
        let places = match own {
            Some(own) => {
                let mut places = place_on(&self.content_servers(), &blob.sha256, &own);
                places.extend(self.places_of(&blob.sha256, own).await?);
                places
            }
            None => Vec::new(),
        };
        for link in places {
            match self.fetch_blob(&link, blob).await {
                Ok(bytes) => return Ok(bytes),
                Err(error) => {
                    tracing::warn!(%error, "a file could not be had from one of its places");
                    if !is_getting(&error) {
                        self.0.found_servers.doubt(&link);
                    }
                    failure = error;
                }
            }
        }
        Err(failure)
    }

    /// Where the vendor has a file: by the account service's link first, then in the vendor's other places. Nowhere, where
    /// the organisation's policy cannot be understood.
    async fn places_of(&self, sha256: &Digest, link: SafeUrl) -> Result<Mirrors, Error> {
        self.policy()?;
        let mut places = vec![link];
        places.extend(self.mirrors_of(sha256).await);
        Ok(places)
    }

    async fn fetch_blob(&self, link: &SafeUrl, blob: Blob) -> Result<Vec<u8>, Error> {
        let bytes = match self.fetch_divided(link, blob).await? {
            Some(bytes) => bytes,
            None => self.http()?.fetch(link, blob.length).await.map_err(Error::Net)?,
        };
        match Digest::of(&bytes) == blob.sha256 {
            true => Ok(bytes.into()),
            false => Err(Error::DamagedContent { sha256: blob.sha256 }),
        }
    }
}

impl Client {
    /// A file that is worth it over as many connections as a job begins with, which then finds them open; `None` where
    /// it is not worth it, or did not work: a server need not know ranges.
    async fn fetch_divided(&self, link: &SafeUrl, blob: Blob) -> Result<Option<Bytes>, Error> {
        let connections = self.policy()?.connections.unwrap_or(CONNECTIONS).min(CONNECTIONS);
        if blob.length < WORTH_DIVIDING || connections == 1 {
            return Ok(None);
        }
        match self.http()?.fetch_divided(link, blob.length, connections).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(
                error @ (NetError::RangeIgnored { .. }
                | NetError::RangeMismatch { .. }
                | NetError::RangeRefused { .. }),
            ) => {
                tracing::info!(%error, "a file does not come in pieces; it is asked for whole");
                Ok(None)
            }
            Err(error) => Err(Error::Net(error)),
        }
    }
}

/// Whether a server says that it is getting the file itself: a cold one, and nothing to hold against it.
const fn is_getting(error: &Error) -> bool {
    matches!(error, Error::Net(NetError::Status { status: 202, .. }))
}

impl AccountLinks {
    /// Links of the account service's own to these files, in the same order.
    pub(crate) async fn ask(&self, files: &[Digest]) -> Result<Vec<SafeUrl>, Error> {
        let account = self.account.as_ref().ok_or(Error::NotSignedIn)?;
        let links = self
            .client
            .heard(account.content_links(&self.product, files).await)?;
        links.iter().map(believe).collect()
    }
}

/// A link has to lead over a safe way.
fn believe(link: &ContentLink) -> Result<SafeUrl, Error> {
    SafeUrl::parse(&link.url).map_err(|source| Error::BadLink {
        sha256: link.sha256,
        source,
    })
}

#[async_trait]
impl Links for AccountLinks {
    async fn links(&self, files: &[Digest]) -> Result<Vec<Mirrors>, LinkError> {
        let ahead = self.client.0.links_ahead.take(files, Instant::now());
        let links = match ahead {
            Some(links) => links,
            None => self.ask(files).await.map_err(Error::into_link_error)?,
        };
        let mut places = Vec::with_capacity(links.len());
        for (link, file) in links.into_iter().zip(files) {
            let of_this = self.client.places_of(file, link).await;
            places.push(of_this.map_err(Error::into_link_error)?);
        }
        Ok(places)
    }

    /// The first link is the account service's own: it proves to a content server that this person may have the file.
    fn nearby(&self, file: &Digest, link: &SafeUrl) -> Mirrors {
        place_on(&self.client.content_servers(), file, link)
    }

    /// The organisation's own servers are asked first, and the vendor's places where none of them can serve.
    fn rank(&self, link: &SafeUrl) -> Rank {
        let servers = self.client.content_servers();
        match servers.iter().any(|server| server.is_same_origin(link)) {
            true => Rank::Near,
            false => Rank::Far,
        }
    }

    async fn peers(&self) -> Vec<PeerAddress> {
        self.client.nearby_peers().await
    }
}
