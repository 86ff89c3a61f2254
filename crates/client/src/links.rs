//! Links to immutable files, from the account service.

use crate::client::Client;
use crate::error::Error;
use crate::links_ahead::MOST_AHEAD;
use async_trait::async_trait;
use std::time::Instant;
use toolcrib_account::Account;
use toolcrib_delivery::{LinkError, Links, Mirrors};
use toolcrib_model::{Digest, ProductId};
use toolcrib_net::SafeUrl;
use toolcrib_wire::api::product::ContentLink;
use toolcrib_wire::manifest::Blob;

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
        let next = if next.len() <= MOST_AHEAD { next } else { &[] };
        let asked: Vec<Digest> = std::iter::once(blob.sha256).chain(next.iter().copied()).collect();
        let mut links = self.links(product)?.ask(&asked).await?.into_iter();
        let own = links.next();
        self.0
            .links_ahead
            .keep(next.iter().copied().zip(links), Instant::now());
        let mut failure = Error::Interrupted;
        for link in own.into_iter().chain(self.mirrors_of(&blob.sha256).await) {
            match self.fetch_blob(&link, blob).await {
                Ok(bytes) => return Ok(bytes),
                Err(error) => {
                    tracing::warn!(%error, "a file could not be had from one of its places");
                    failure = error;
                }
            }
        }
        Err(failure)
    }

    async fn fetch_blob(&self, link: &SafeUrl, blob: Blob) -> Result<Vec<u8>, Error> {
        let bytes = self.http()?.fetch(link, blob.length).await.map_err(Error::Net)?;
        match Digest::of(&bytes) == blob.sha256 {
            true => Ok(bytes.into()),
            false => Err(Error::DamagedContent { sha256: blob.sha256 }),
        }
    }
}

impl AccountLinks {
    async fn ask(&self, files: &[Digest]) -> Result<Vec<SafeUrl>, Error> {
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
            let mirrors = self.client.mirrors_of(file).await;
            places.push(std::iter::once(link).chain(mirrors).collect());
        }
        Ok(places)
    }
}
