//! Filling content servers ahead: each is asked for every file of a release until it holds it, and nothing of it comes here.

use super::look::{Standing, probe};
use crate::client::Client;
use crate::content_servers::place_on;
use crate::error::Error;
use crate::links::AccountLinks;
use crate::view::FillView;
use futures::stream::{self, StreamExt as _};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::sleep;
use toolcrib_model::{Digest, Language, Platform, ProductId, Version};
use toolcrib_net::{Http, Method, Request, SafeUrl};
use toolcrib_wire::manifest::Blob;

/// How many files a server is asked for at a time: as many as keep it busy, for it fetches two.
const AT_ONCE: usize = 4;
/// For how many files links are asked at once: they work for a quarter of an hour.
const LINKS_AT_ONCE: usize = 64;
/// When to ask again where a server does not say it, and the soonest whatever it says.
const AGAIN: Duration = Duration::from_secs(1);
const SOONEST: Duration = Duration::from_millis(100);
/// How often a server may fail to get one file, and how long it is then left alone: it rests for as long itself.
const MOST_FAILURES: u32 = 4;
const REST: Duration = Duration::from_secs(10);
/// How often a link may have ended: waiting for one file in line takes longer than links last.
const MOST_LINKS: u32 = 40;

/// The release that content servers are to hold.
#[derive(Clone, Debug)]
pub struct FillOrder {
    /// The product.
    pub product: ProductId,
    /// The version; `None` for the one that this computer is offered.
    pub version: Option<Version>,
    /// The platform; `None` for that of this computer.
    pub platform: Option<Platform>,
    /// The language; `None` for the one that is usual here.
    pub language: Option<Language>,
    /// The server; `None` for those that are known here.
    pub server: Option<String>,
}

/// What a content server says of its room.
#[derive(Deserialize)]
struct Room {
    most_bytes: u64,
}

impl Client {
    /// Has content servers hold every file of a release, one server after the other. `told` hears how far one is, whenever
    /// that has changed. A server says itself when it cannot get a file; as long as it says that it is getting it, it is
    /// waited for. Whoever drops this asks for nothing more, and what the server holds by then stays there.
    ///
    /// # Errors
    /// When no content server is known or answers, it has too little room or cannot get a file, or the person may not have
    /// the release.
    pub async fn fill_content_servers(
        &self,
        order: &FillOrder,
        mut told: impl FnMut(&FillView),
    ) -> Result<Vec<FillView>, Error> {
        let servers = self.servers_to_fill(order).await?;
        let (release, files) = self.files_of(order).await?;
        let links = self.links(&order.product)?;
        let mut filled = Vec::with_capacity(servers.len());
        for server in &servers {
            let mut view = FillView {
                server: server.to_string(),
                ..release.clone()
            };
            must_have_room(self.http()?, server, view.size_bytes).await?;
            told(&view);
            for some in files.chunks(LINKS_AT_ONCE) {
                let wanted: Vec<Digest> = some.iter().map(|blob| blob.sha256).collect();
                let given = links.ask(&wanted).await?;
                let filling = Filling {
                    http: self.http()?,
                    server,
                    links: &links,
                };
                let holding = some
                    .iter()
                    .zip(given)
                    .map(|(blob, link)| filling.hold(*blob, link));
                let mut holding = stream::iter(holding).buffer_unordered(AT_ONCE);
                while let Some(held) = holding.next().await {
                    view.held_files += 1;
                    view.held_bytes += held?.length;
                    told(&view);
                }
            }
            filled.push(view);
        }
        Ok(filled)
    }

    /// The servers that are meant, each of which answers.
    async fn servers_to_fill(&self, order: &FillOrder) -> Result<Vec<SafeUrl>, Error> {
        let policy = self.policy()?;
        let servers = match &order.server {
            Some(named) => vec![SafeUrl::parse(named).map_err(|source| Error::BadFileLink { source })?],
            None if policy.content_servers.is_empty() => {
                let look = self.look_for_content_servers(&self.domains(&policy)).await?;
                look.server().cloned().into_iter().collect()
            }
            None => policy.content_servers,
        };
        for server in &servers {
            if !matches!(probe(self.http()?, server, None).await, Standing::Answers(_)) {
                let server = server.to_string();
                return Err(Error::ContentServerAway { server });
            }
        }
        match servers.is_empty() {
            true => Err(Error::NoContentServer),
            false => Ok(servers),
        }
    }

    /// The release that is meant, of which nothing is held yet, and its files, each once.
    async fn files_of(&self, order: &FillOrder) -> Result<(FillView, Vec<Blob>), Error> {
        let opened = self.catalogue().await?;
        let asking = self.asking_for(&order.product, order.platform)?;
        let wish = (order.version.as_ref(), order.language.as_ref());
        let release = opened.release(&asking, &order.product, wish)?;
        let manifest = opened.manifest(release).await?;
        let files: BTreeMap<Digest, Blob> = manifest
            .manifest()
            .content()
            .map(|blob| (blob.sha256, blob))
            .collect();
        let files: Vec<Blob> = files.into_values().collect();
        let view = FillView {
            server: String::new(),
            product: order.product.clone(),
            version: release.version.clone(),
            platform: release.platform,
            language: release.language.clone(),
            files: files.len() as u64,
            held_files: 0,
            size_bytes: files.iter().map(|blob| blob.length).sum(),
            held_bytes: 0,
        };
        Ok((view, files))
    }
}

/// One server that is being filled.
struct Filling<'a> {
    http: &'a Http,
    server: &'a SafeUrl,
    links: &'a AccountLinks,
}

impl Filling<'_> {
    /// Asks for the head of a file until the server holds the file.
    async fn hold(&self, blob: Blob, mut link: SafeUrl) -> Result<Blob, Error> {
        let (mut failures, mut ended) = (0, 0);
        loop {
            let place = place_on(std::slice::from_ref(self.server), &blob.sha256, &link);
            let [place] = &place[..] else {
                return Err(self.refused(&blob, 404));
            };
            let asked = Request::new(Method::HEAD, place.clone());
            let answer = self.http.send(asked).await.map_err(Error::Net)?;
            match answer.status {
                200 => return Ok(blob),
                202 => sleep(answer.retry_after.unwrap_or(AGAIN).max(SOONEST)).await,
                401 | 403 | 410 if ended < MOST_LINKS => {
                    ended += 1;
                    let given = self.links.ask(&[blob.sha256]).await?;
                    link = given.into_iter().next().unwrap_or(link);
                }
                500..=599 if failures < MOST_FAILURES => {
                    failures += 1;
                    sleep(REST).await;
                }
                status => return Err(self.refused(&blob, status)),
            }
        }
    }

    fn refused(&self, blob: &Blob, status: u16) -> Error {
        Error::ContentServerRefused {
            server: self.server.to_string(),
            sha256: blob.sha256,
            status,
        }
    }
}

/// Refuses where a server says that it never holds so much: it would drop the first files for the last. One that says
/// nothing of its room is filled all the same.
async fn must_have_room(http: &Http, server: &SafeUrl, wanted: u64) -> Result<(), Error> {
    let Ok(stats) = server.below("stats") else {
        return Ok(());
    };
    let Ok(answer) = http.send(Request::get(stats)).await else {
        return Ok(());
    };
    match serde_json::from_slice::<Room>(&answer.body) {
        Ok(room) if room.most_bytes < wanted => Err(Error::ContentServerTooSmall {
            server: server.to_string(),
            most: room.most_bytes,
            wanted,
        }),
        Ok(_) | Err(_) => Ok(()),
    }
}
