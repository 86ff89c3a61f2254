//! `push`: sends to a server what it does not have, content first and `timestamp.json` last.

use crate::Error;
use crate::catalogue::{Folder, State};
use crate::progress::{Stage, Watch};
use bytes::Bytes;
use camino::{Utf8Path, Utf8PathBuf};
use serde::Serialize;
use std::collections::BTreeSet;
use toolcrib_machine::Secret;
use toolcrib_machine::clock::Clock;
use toolcrib_model::{Digest, Remedy};
use toolcrib_net::retry::{Budget, Verdict};
use toolcrib_net::{Answer, Http, Method, Request, SafeUrl};
use toolcrib_trust::package::judge_manifest;
use toolcrib_wire::catalogue::ListedRelease;
use toolcrib_wire::manifest::Blob;

/// The longest answer that is read, in bytes.
const MAX_ANSWER: u64 = 64 << 10;
/// How much of a refusal is repeated, in characters.
const MAX_DETAIL: usize = 300;
const BYTES: &str = "application/octet-stream";

/// A server that takes catalogues.
#[derive(Clone, Debug)]
pub struct Server {
    /// The network.
    pub http: Http,
    /// Its address.
    pub url: SafeUrl,
    /// What shows that we may.
    pub token: Secret<String>,
}

/// What was sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pushed {
    /// Parts, patches and indexes that were sent.
    pub content_sent: usize,
    /// Parts, patches and indexes that the server had.
    pub content_held: usize,
    /// Manifests, listing and metadata that were sent.
    pub files_sent: usize,
    /// Bytes of content that were sent.
    pub bytes_sent: u64,
}

/// Sends everything that the server does not have. Broken off, the server offers what it did before; the next push
/// goes on where this one ended.
///
/// # Errors
/// [`Error::Send`] where the network fails for good, [`Error::Refused`] where the server does not take something.
pub async fn push(
    catalogue: &Utf8Path,
    server: &Server,
    clock: &dyn Clock,
    watch: &dyn Watch,
) -> Result<Pushed, Error> {
    let folder = Folder::open(catalogue)?;
    let state = folder.state(clock.now())?;
    let mut pushed = Pushed::default();
    let mut missing = Vec::new();
    for blob in content(&folder, &state)? {
        match server.has(&blob.sha256, clock).await? {
            true => pushed.content_held += 1,
            false => missing.push(blob),
        }
    }
    watch.begin(Stage::Pushing, missing.iter().map(|blob| blob.length).sum());
    for blob in missing {
        let bytes = folder.read(&folder.content(&blob.sha256), blob.length)?;
        server
            .put(&format!("content/{}", blob.sha256), bytes, clock)
            .await?;
        watch.advance(blob.length);
        (pushed.content_sent, pushed.bytes_sent) = (pushed.content_sent + 1, pushed.bytes_sent + blob.length);
    }
    for (name, path) in files(&folder, &state)? {
        let bytes = folder.read(&path, u64::MAX - 1)?;
        server.put(&format!("files/{name}"), bytes, clock).await?;
        pushed.files_sent += 1;
    }
    Ok(pushed)
}

/// Every index, part and patch that the catalogue's manifests name, each once.
fn content(folder: &Folder, state: &State) -> Result<Vec<Blob>, Error> {
    let mut seen = BTreeSet::new();
    let mut content = Vec::new();
    for release in state
        .listing
        .products
        .values()
        .flat_map(|product| &product.releases)
    {
        let blobs = blobs(folder, state, release)?;
        content.extend(blobs.into_iter().filter(|blob| seen.insert(blob.sha256)));
    }
    Ok(content)
}

fn blobs(folder: &Folder, state: &State, release: &ListedRelease) -> Result<Vec<Blob>, Error> {
    let bytes = folder.target_bytes(&state.catalogue, &release.manifest)?;
    let manifest = judge_manifest(&state.catalogue, &release.manifest, &bytes)?;
    Ok(manifest.manifest().content().collect())
}

/// Targets, then metadata, in the order in which they are sent.
fn files(folder: &Folder, state: &State) -> Result<Vec<(String, Utf8PathBuf)>, Error> {
    let targets = state
        .catalogue
        .targets()
        .filter_map(|(name, _)| state.catalogue.target_path(name));
    let mut files: Vec<_> = targets
        .map(|path| (format!("targets/{path}"), folder.target(&path)))
        .collect();
    let version = |role| {
        state
            .catalogue
            .states()
            .iter()
            .find(|one| one.role == role)
            .map_or(0, |one| one.version)
    };
    use toolcrib_trust::catalogue::Role::{Snapshot, Targets};
    let roots = (1..=folder.newest_root()?).map(|number| format!("{number}.root.json"));
    let rest = [
        format!("{}.targets.json", version(Targets)),
        format!("{}.snapshot.json", version(Snapshot)),
        "timestamp.json".to_owned(),
    ];
    files.extend(
        roots
            .chain(rest)
            .map(|name| (format!("metadata/{name}"), folder.metadata(&name))),
    );
    Ok(files)
}

impl Server {
    async fn has(&self, sha256: &Digest, clock: &dyn Clock) -> Result<bool, Error> {
        let name = format!("content/{sha256}");
        let answer = self.send(Method::HEAD, &name, None, clock).await?;
        match answer.status {
            404 => Ok(false),
            _ if answer.is_success() => Ok(true),
            _ => Err(refused(&name, &answer)),
        }
    }

    async fn put(&self, name: &str, bytes: Bytes, clock: &dyn Clock) -> Result<(), Error> {
        let answer = self.send(Method::PUT, name, Some(bytes), clock).await?;
        if answer.is_success() {
            Ok(())
        } else {
            Err(refused(name, &answer))
        }
    }

    /// Sends until there is an answer: every request here does the same thing however often it arrives.
    async fn send(
        &self,
        method: Method,
        name: &str,
        bytes: Option<Bytes>,
        clock: &dyn Clock,
    ) -> Result<Answer, Error> {
        let url = self.url.below(&format!("v1/catalogue/{name}"));
        let url = url.map_err(|source| Error::Server { source })?;
        let mut request = Request::new(method, url)
            .bearer(self.token.clone())
            .limit(MAX_ANSWER);
        if let Some(bytes) = bytes {
            request = request.payload(BYTES, bytes);
        }
        let mut budget = Budget::default();
        loop {
            let sent = self.http.send(request.clone()).await;
            let remedy = match &sent {
                Ok(answer) if is_passing(answer.status) => {
                    Remedy::RetryAfter(answer.retry_after.unwrap_or_default())
                }
                Ok(_) => Remedy::GiveUp,
                Err(source) => source.remedy(),
            };
            match budget.judge_remedy(remedy, false, clock.now()) {
                Verdict::Again { after } => tokio::time::sleep(after).await,
                Verdict::GiveUp => {
                    return sent.map_err(|source| Error::Send {
                        name: name.to_owned(),
                        source,
                    });
                }
            }
        }
    }
}

/// Whether a status says that the server is busy or ailing, which passes.
const fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504)
}

/// What the server says against it: its problem document's detail, else nothing.
fn refused(name: &str, answer: &Answer) -> Error {
    let problem: Option<toolcrib_wire::api::problem::Problem> = serde_json::from_slice(&answer.body).ok();
    let detail = problem.map(|problem| problem.detail).unwrap_or_default();
    let detail = detail
        .chars()
        .filter(|c| !c.is_control())
        .take(MAX_DETAIL)
        .collect();
    Error::Refused {
        name: name.to_owned(),
        status: answer.status,
        detail,
    }
}
