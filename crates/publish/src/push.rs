//! `push`: sends to a server what it does not have, content first and `timestamp.json` last.

mod server;

pub use server::Server;

use crate::Error;
use crate::catalogue::{Folder, State};
use crate::progress::{Stage, Watch};
use camino::{Utf8Path, Utf8PathBuf};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use serde::Serialize;
use server::Put;
use std::collections::BTreeMap;
use toolcrib_machine::clock::Clock;
use toolcrib_model::Digest;
use toolcrib_wire::api::publish::MissingFile;

/// How many files of content are under way at once.
const AT_ONCE: usize = 4;

/// What was sent, and what was not because the server had it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pushed {
    /// Parts, patches, indexes and lists of components that were sent.
    pub content_sent: usize,
    /// Parts, patches, indexes and lists of components that the server had.
    pub content_held: usize,
    /// Bytes of content that were sent.
    pub bytes_sent: u64,
    /// Bytes of content that the server had, beginnings of files included.
    pub bytes_held: u64,
    /// Manifests, listing and metadata that were sent.
    pub files_sent: usize,
    /// Manifests, listing and metadata that the server had.
    pub files_held: usize,
}

/// Sends everything that the server does not have. Broken off, the server offers what it did before; the next push
/// goes on where this one ended, to the byte.
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
    let content = content(&folder, &state)?;
    let digests: Vec<Digest> = content.keys().copied().collect();
    let missing = server.missing(&digests, clock).await?;
    let mut pushed = counted(&content, &missing);
    watch.begin(Stage::Pushing, pushed.bytes_sent);
    let sending = missing.into_iter().map(|file| {
        let length = content.get(&file.sha256).copied().unwrap_or_default();
        let folder = &folder;
        async move {
            let bytes = folder.read(&folder.content(&file.sha256), length)?;
            server.put_content(file, &bytes, clock).await?;
            watch.advance(length.saturating_sub(file.held_bytes));
            Ok::<_, Error>(())
        }
    });
    let sending = stream::iter(sending).buffer_unordered(AT_ONCE);
    sending.try_collect::<()>().await?;
    for (name, path) in files(&folder, &state)? {
        let bytes = folder.read(&path, u64::MAX - 1)?;
        match server.put(&format!("files/{name}"), bytes, clock).await? {
            Put::New => pushed.files_sent += 1,
            Put::Known => pushed.files_held += 1,
        }
    }
    Ok(pushed)
}

/// What will have been sent once all that is missing was.
fn counted(content: &BTreeMap<Digest, u64>, missing: &[MissingFile]) -> Pushed {
    let all: u64 = content.values().sum();
    let lengths = missing.iter().map(|file| {
        let length = content.get(&file.sha256).copied().unwrap_or_default();
        length.saturating_sub(file.held_bytes)
    });
    let bytes_sent = lengths.sum();
    Pushed {
        content_sent: missing.len(),
        content_held: content.len().saturating_sub(missing.len()),
        bytes_sent,
        bytes_held: all.saturating_sub(bytes_sent),
        ..Pushed::default()
    }
}

/// Every index, part and list of components that the catalogue's manifests name, with its length.
fn content(folder: &Folder, state: &State) -> Result<BTreeMap<Digest, u64>, Error> {
    let mut content = BTreeMap::new();
    for release in state.releases() {
        let manifest = folder.manifest(state, release)?;
        content.extend(manifest.content().map(|blob| (blob.sha256, blob.length)));
    }
    Ok(content)
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
