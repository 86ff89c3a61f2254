//! Downloading a package into a folder, to be installed from there: manifest, index and parts, each judged; and what the
//! caller wants to lie beside them.
//!
//! A part grows beside its name, and is called by it only once its digest is right; so whatever has its name is whole,
//! and an interrupted download goes on where each part stands.

pub(crate) mod part;

use crate::error::Error;
use crate::links::{LinkBook, Links};
use crate::part_names;
use crate::plan::Sizes;
use crate::progress::{Meter, Progress, Stage};
use crate::stop::{Stop, Wish};
use bytes::Bytes;
use camino::{Utf8Path, Utf8PathBuf};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use part::{PartFetch, Writes};
use tokio::sync::watch;
use toolcrib_machine::clock::Clock;
use toolcrib_machine::files::{self, Lock};
use toolcrib_model::{Digest, RelPath};
use toolcrib_net::Http;
use toolcrib_trust::package::{TrustedIndex, TrustedManifest};
use toolcrib_wire::manifest::Blob;

/// Held by whoever downloads into the folder.
const LOCK: &str = ".toolcrib-download";

/// What is to be downloaded, and where to.
#[derive(Clone, Debug)]
pub struct Package {
    /// The release.
    pub manifest: TrustedManifest,
    /// The manifest as the catalogue has it, to be kept with the parts.
    pub manifest_bytes: Vec<u8>,
    /// Its index.
    pub index: TrustedIndex,
    /// What else is kept with the parts; written in this order, before any part.
    pub companions: Vec<Companion>,
    /// The folder, which need not exist yet.
    pub folder: Utf8PathBuf,
    /// How many parts are fetched at a time, each over a connection of its own.
    pub connections: usize,
}

/// A small file that is kept with the parts, for whoever installs from the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Companion {
    /// Where it lies in the folder.
    pub path: RelPath,
    /// What is in it.
    pub bytes: Bytes,
}

/// How a download ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Downloaded {
    /// All of it is in the folder.
    Complete,
    /// It can be gone on with: the same call takes up what is there.
    Paused,
    /// It was given up. Parts that were complete stay, for they are what they are called.
    Cancelled,
}

/// A part that is not complete: its place in the manifest, how it is named, how much of it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lacking {
    place: usize,
    blob: Blob,
    path: Utf8PathBuf,
    held: u64,
}

impl Package {
    /// How many connections are usual.
    pub const CONNECTIONS: usize = 6;

    /// What a download would fetch, and the room for it. Parts under their names are taken to be whole: they were
    /// judged when they got them, and whoever installs from them judges again.
    ///
    /// # Errors
    /// [`Error::Inspect`] where the folder's disk cannot be looked at.
    pub fn sizes(&self) -> Result<Sizes, Error> {
        let space = files::space(&self.folder).map_err(|source| Error::Inspect {
            root: self.folder.clone(),
            source,
        })?;
        let stored_bytes = self
            .manifest
            .manifest()
            .parts
            .iter()
            .map(|part| part.length)
            .sum();
        let lacking = self.lacking();
        let bytes_to_fetch = lacking.iter().map(|part| part.blob.length - part.held).sum();
        Ok(Sizes {
            stored_bytes,
            bytes_to_fetch,
            bytes_held: stored_bytes - bytes_to_fetch,
            peak_bytes: stored_bytes,
            room_needed_bytes: bytes_to_fetch,
            free_bytes: space.free,
            ..Sizes::default()
        })
    }

    fn lacking(&self) -> Vec<Lacking> {
        let parts = self.manifest.manifest().parts.iter().enumerate();
        let lacking = parts.map(|(place, blob)| {
            let path = self.folder.join(part_names::part(place));
            let length = |path: &Utf8Path| path.metadata().map(|found| found.len()).unwrap_or_default();
            let held = length(&part::begun(&path)).min(blob.length);
            (length(&path) != blob.length).then_some(Lacking {
                place,
                blob: *blob,
                path,
                held,
            })
        });
        lacking.flatten().collect()
    }
}

/// Downloads a package into its folder. What is there is not fetched again.
///
/// # Errors
/// [`Error`]; what is there stays.
pub async fn download(
    package: &Package,
    http: &Http,
    links: &dyn Links,
    stop: &Stop,
    progress: watch::Sender<Progress>,
    clock: &dyn Clock,
) -> Result<Downloaded, Error> {
    let sizes = package.sizes()?;
    let meter = Meter::new(&sizes, progress);
    meter.arrived(sizes.bytes_held);
    let _lock = begin(package, &sizes)?;
    let name = &package.manifest.manifest().name;
    meter.enter(Stage::Downloading, format!("Downloading {name}"));
    let lacking = package.lacking();
    let numbered = lacking.iter().map(|part| (part.place as u32, part.blob.sha256));
    let writes = Writes::default();
    let fetch = PartFetch {
        http,
        links: &LinkBook::new(links, numbered),
        meter: &meter,
        clock,
        writes: &writes,
    };
    // A closure that lends would keep the whole from being sent to another thread.
    let fetches: Vec<_> = lacking.iter().map(|part| fetch.complete(part)).collect();
    let fetching = stream::iter(fetches)
        .buffer_unordered(package.connections.max(1))
        .try_collect::<()>();
    let fetched = tokio::select! {
        biased;
        wish = stop.wished() => Ok(Some(wish)),
        fetched = fetching => fetched.map(|()| None),
        never = meter.keep_telling() => match never {},
    };
    writes.settle().await;
    let ended = fetched.map(|wish| wish.map_or(Downloaded::Complete, |wish| stopped(wish, &lacking)));
    meter.tell(std::time::Instant::now());
    // Nobody else needs it, and the folder is the person's.
    let _ = std::fs::remove_file(package.folder.join(LOCK));
    ended.map_err(|error: Error| error.or_disk_full(&package.folder, sizes.bytes_to_fetch))
}

/// Takes the folder, and writes down what the parts belong to.
fn begin(package: &Package, sizes: &Sizes) -> Result<Lock, Error> {
    let folder = || package.folder.clone();
    if sizes.bytes_to_fetch > sizes.free_bytes {
        return Err(Error::NotEnoughSpace {
            folder: folder(),
            needed: sizes.bytes_to_fetch,
            free: sizes.free_bytes,
        });
    }
    let refuse = |source| Error::FolderNotWritable {
        folder: folder(),
        source,
    };
    files::create_folders(&package.folder).map_err(refuse)?;
    let lock = Lock::try_acquire(&package.folder.join(LOCK)).map_err(refuse)?;
    let lock = lock.ok_or_else(|| Error::Busy { root: folder() })?;
    if Digest::of(&package.manifest_bytes) != package.manifest.blob().sha256 {
        return Err(Error::Unreasonable {
            what: "the bytes of another manifest",
        });
    }
    for (name, bytes) in [
        (part_names::MANIFEST, package.manifest_bytes.as_slice()),
        (part_names::INDEX, package.index.stored()),
    ] {
        let path = package.folder.join(name);
        files::replace(&path, bytes).map_err(|source| Error::KeepIndex { path, source })?;
    }
    package
        .companions
        .iter()
        .try_for_each(|companion| keep(&package.folder, companion))?;
    Ok(lock)
}

fn keep(folder: &Utf8Path, companion: &Companion) -> Result<(), Error> {
    let path = folder.join(companion.path.as_str());
    let kept = match path.parent() {
        Some(above) => files::create_folders(above),
        None => Ok(()),
    };
    kept.and_then(|()| files::replace(&path, &companion.bytes))
        .map_err(|source| Error::KeepCompanion { path, source })
}

fn stopped(wish: Wish, lacking: &[Lacking]) -> Downloaded {
    match wish {
        Wish::Pause => return Downloaded::Paused,
        Wish::Cancel { keep: true } => {}
        Wish::Cancel { keep: false } => {
            for part in lacking {
                let _ = std::fs::remove_file(part::begun(&part.path));
            }
        }
    }
    Downloaded::Cancelled
}
